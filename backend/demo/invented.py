"""Names and identifiers that pass checks of form and can belong to nobody.

Resident ids carry region codes beginning 99, which are assigned to no place; subscriber blocks, card
prefix, wxid prefix, IMSI network code and plate letter are equally unassigned. Check digits are right.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


_SURNAMES = _words(
    "申屠 东方 澹台 司徒 公冶 宗政 濮阳 太叔 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 亓官 司寇",
    "子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延",
    "归海 羊舌 微生 梁丘 左丘 东门 西门 南宫 第五",
)
_MARKS = "例测拟样示演试仿设虚"  # words for "sample", so that nobody takes such a name for a real one
_GIVEN = (
    "安宁远河山川林松柏竹梅兰菊石云风雨雪星辰晓明清和平顺成文武华"
    "强军民建国庆春夏秋冬东南西北中一二三四五六七八九十"
)
_NICKNAMES = _words(
    "阿坤 老K 小马 大头 眼镜 四哥 胖子 阿飞 光头 小北 老猫 黑皮 阿水 二毛 豆子 长脚",
    "老鬼 花生 阿亮 石头 小六 卷毛 疤子 阿强",
)
_BLOCKS = ("1990000", "1980000", "1950000", "1930000", "1910000", "1890000")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
REGIONS = ("990101", "990102", "990103", "990121", "990122", "990201", "990202", "990301")
BANKS = (
    ("629999010", "云汀示例银行"),
    ("629999020", "海澜示例银行"),
    ("629999030", "临川示例农商银行"),
    ("629999040", "北屿示例银行"),
)


def luhn(body: str) -> str:
    """Append the Luhn check digit to a string of digits."""
    total = 0
    for i, char in enumerate(reversed(body)):
        digit = int(char) * (2 if i % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def resident_id_check(body: str) -> str:
    """Check character of a 17-digit resident id (GB 11643)."""
    return "10X98765432"[sum(w * int(c) for w, c in zip(_WEIGHTS, body, strict=True)) % 11]


class Inventor:
    """Hands out identifiers, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[str] = set()

    def taken(self, *identifiers: str) -> None:
        """Never hand out these: somebody else has them."""
        self._used.update(identifiers)

    def _fresh(self, make: str) -> bool:
        if make in self._used:
            return False
        self._used.add(make)
        return True

    def name(self) -> str:
        """A compound surname and a given name starting with a word for "sample"; may repeat."""
        rng = self._rng
        return rng.choice(_SURNAMES) + rng.choice(_MARKS) + rng.choice(_GIVEN)

    def nickname(self) -> str:
        return self._rng.choice(_NICKNAMES)

    def born(self, youngest: int, oldest: int) -> date:
        """A birth date for someone aged ``youngest`` to ``oldest`` in 2025."""
        days = self._rng.randrange(youngest * 365, oldest * 365)
        return date(2025, 1, 1) - timedelta(days=days)

    def resident_id(self, born: date, male: bool) -> str:
        while True:
            serial = self._rng.randrange(10, 500) * 2 + (1 if male else 0)
            body = f"{self._rng.choice(REGIONS)}{born:%Y%m%d}{serial:03d}"
            number = body + resident_id_check(body)
            if self._fresh(number):
                return number

    def phone(self) -> str:
        while True:
            number = f"{self._rng.choice(_BLOCKS)}{self._rng.randrange(10000):04d}"
            if self._fresh(number):
                return number

    def imsi(self) -> str:
        while True:
            number = f"46099{self._rng.randrange(10**10):010d}"
            if self._fresh(number):
                return number

    def imei(self) -> str:
        while True:
            number = luhn(f"869999{self._rng.randrange(10**8):08d}")
            if self._fresh(number):
                return number

    def card(self) -> tuple[str, str, str]:
        """Card number, account number behind it, bank."""
        prefix, bank = self._rng.choice(BANKS)
        while True:
            number = luhn(f"{prefix}{self._rng.randrange(10**9):09d}")
            if self._fresh(number):
                return number, f"99{prefix[-3:]}{self._rng.randrange(10**12):012d}", bank

    def wallet(self) -> str:
        """A wallet's user id: mostly the wxid, sometimes the payment system's own form."""
        while True:
            tail = "".join(self._rng.choices(_BASE36, k=10))
            number = f"wxid_demo{tail}"
            if self._rng.random() < 0.08:
                number = f"demo{tail}{''.join(self._rng.choices(_BASE36, k=14))}@wx.tenpay.com"
            if self._fresh(number):
                return number

    def alipay(self) -> str:
        while True:
            number = f"2088990{self._rng.randrange(10**9):09d}"
            if self._fresh(number):
                return number

    def plate(self) -> str:
        while True:
            number = "宁Z" + "".join(self._rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=1))
            number += f"{self._rng.randrange(10000):04d}"
            if self._fresh(number):
                return number

    def waybill(self) -> str:
        while True:
            number = f"DEMO{self._rng.randrange(10**11):011d}"
            if self._fresh(number):
                return number

    def digits(self, length: int) -> str:
        while True:
            number = (
                str(self._rng.randrange(1, 10)) + f"{self._rng.randrange(10 ** (length - 1)):0{length - 1}d}"
            )
            if self._fresh(number):
                return number
