"""What the values of a column look like: the share of them that are phones, cards, amounts, times, direction words …"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from etl.converting.calls import meaning as call_meaning
from etl.layouts.layout import Call, Column, Layout
from etl.parsing.numbers import parse_money
from etl.parsing.text import clean, folded
from etl.parsing.times import parse_times
from graph_schema.dictionaries import direction
from graph_schema.identifiers import references

_ACCOUNT = re.compile(r"^\d{8,30}$", re.ASCII)
_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,5}$")
_COMMON_WAYBILL = re.compile(r"^[A-Za-z]{2,4}\d{10,15}$", re.ASCII)
_SEX = {"男", "女", "m", "f", "male", "female"}

TITLES = {
    "resident_id": ("身份证号", "resident ids"),
    "phone": ("电话号码", "phone numbers"),
    "card": ("银行卡号", "bank cards"),
    "account": ("账号", "account numbers"),
    "wechat": ("微信号", "WeChat ids"),
    "alipay": ("支付宝账号", "Alipay ids"),
    "imsi": ("IMSI", "IMSIs"),
    "imei": ("IMEI", "IMEIs"),
    "plate": ("号牌", "plates"),
    "uscc": ("统一社会信用代码", "company codes"),
    "waybill": ("运单号", "waybills"),
    "time": ("时间", "times"),
    "money": ("金额", "amounts"),
    "number": ("数字", "numbers"),
    "direction": ("收付方向", "directions"),
    "signed": ("有正有负的金额", "amounts of both signs"),
    "call_kind": ("通话类型", "kinds of call"),
    "sex": ("性别", "sexes"),
    "name": ("姓名", "names"),
}


@dataclass(frozen=True)
class Profile:
    """Shares from 0 to 1 of the filled cells of a sample, by shape; ``varied`` is the share of distinct ones."""

    filled: int
    varied: float
    shares: dict[str, float]

    def share(self, shapes: tuple[str, ...]) -> tuple[float, str]:
        """The best share among some shapes, and which it is."""
        return max(((self.shares.get(shape, 0.0), shape) for shape in shapes), default=(0.0, ""))


def profile(cells: list[str]) -> Profile:
    """Look at a sample of the cells of one column."""
    texts = [text for text in clean(pa.array(cells, pa.string())).to_pylist() if text]
    if not texts:
        return Profile(0, 0.0, {})
    shares = {kind: _share(texts, partial(_is, kind)) for kind in _KINDS}
    shares["account"] = _share(texts, lambda text: bool(_ACCOUNT.match(text)))
    shares["waybill"] = _share(texts, lambda text: bool(_COMMON_WAYBILL.match(text)))
    shares["name"] = _share(texts, lambda text: bool(_NAME.match(text)))
    shares["sex"] = _share(texts, lambda text: folded(text) in _SEX)
    shares["direction"] = _share(texts, lambda text: direction(text) is not None)
    shares["call_kind"] = _share(texts, lambda text: not text.isdigit() and call_meaning(text) != "")
    array = pa.array(texts, pa.string())
    times = parse_times(array)
    shares["time"] = float(times.known.mean()) if len(array) else 0.0
    money = parse_money(array, 100)
    shares["number"] = float(money.known.mean())
    # Whole numbers may be anything; amounts have cents, or a sign, somewhere.
    cents = _share(texts, lambda text: "." in text or "," in text or "￥" in text or "¥" in text)
    shares["money"] = shares["number"] * (1.0 if cents > 0.2 else 0.5)
    both = bool((money.value < 0).any() and (money.value > 0).any())
    shares["signed"] = shares["number"] if both else 0.0
    for longer in ("phone", "card", "resident_id", "imsi", "imei", "account"):
        shares["money"] = min(shares["money"], 1.0 - shares[longer])
        shares["number"] = min(shares["number"], 1.0 - shares[longer])
    return Profile(len(texts), len(set(texts)) / len(texts), shares)


_KINDS = ("resident_id", "phone", "card", "imsi", "imei", "plate", "uscc", "wechat", "alipay")


def _is(kind: str, text: str) -> bool:
    if kind == "wechat" and not text.lower().startswith("wxid_"):
        return False  # any word could be a chosen WeChat id
    if kind == "alipay" and not (text.startswith("2088") or "@" in text):
        return False
    (found,) = references(kind, [text], "0" * 12)
    return found is not None and found.verified


def _share(texts: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, texts)) / len(texts)


_OF_KIND = {
    "any": ("resident_id", "uscc"),
    "payee": ("phone", "card", "account", "wechat", "alipay"),
    "platform_account": ("wechat", "alipay", "account"),
    "card": ("card", "account", "wechat", "alipay"),
}
_OF_TYPE = {
    "time": ("time",),
    "month": ("time",),
    "money": ("money",),
    "number": ("number",),
    "integer": ("number",),
    "grams": ("number",),
    "kilograms": ("number",),
    "sex": ("sex",),
}


def wanted(layout: Layout) -> dict[str, tuple[str, ...]]:
    """The shapes each field of a layout takes; free text takes none."""
    found = {
        name: shapes for name, each in layout.columns.items() if (shapes := _of_column(each)) is not None
    }
    if layout.time is not None:
        found |= dict.fromkeys(filter(None, (layout.time.at, layout.time.date)), ("time",))
    for name in _names(layout):
        found.setdefault(name, ("name",))
    if layout.payment is not None and layout.payment.direction.column:
        found[layout.payment.direction.column] = ("direction",)
    if layout.payment is not None and layout.payment.signed:
        found[layout.payment.signed] = ("signed",)
    if layout.call is not None:
        found |= _of_call(layout.call)
    return {name: shapes for name, shapes in found.items() if shapes}


def _of_column(column: Column) -> tuple[str, ...] | None:
    """The shapes its kind, type or unit takes; None where it declares none of them."""
    if column.kind is not None:
        return _OF_KIND.get(column.kind, (column.kind,) if column.kind in TITLES else ())
    if column.type in _OF_TYPE:
        return _OF_TYPE[column.type]
    return None if column.unit is None else ("money",)


def _of_call(call: Call) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = dict.fromkeys(call.kinds, ("call_kind",))
    if call.duration:
        found[call.duration] = ("number",)
    if call.end:
        found[call.end] = ("time",)
    return found


def _names(layout: Layout) -> list[str]:
    names = [record.name for record in layout.records]
    if layout.payment is not None:
        names += [layout.payment.owner_name, layout.payment.counter_name]
    return [name for name in names if name]


def owner_fields(layout: Layout) -> set[str]:
    """Fields of the side whose books the table is: their column repeats itself, the other side's varies."""
    if layout.payment is not None and not layout.payment.directed:
        return {*layout.payment.owner, layout.payment.owner_name or "", layout.payment.owner_id or ""} - {""}
    if layout.call is not None and not layout.call.directed:
        return {layout.call.own.number}
    return set()
