"""The files: registers of the squad, returns of banks, wallets and carriers, each world in a hand of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from benchmarks.accuracy.elsewhere.inquiry import Case, DataRequest
from benchmarks.accuracy.elsewhere.town import DAY, Someone, Town
from benchmarks.accuracy.elsewhere.trade import Money, Talk, Trade

_FIRST = datetime(2025, 1, 6)


class Delivery:
    """Writes one world and remembers which events a sound row tells of."""

    def __init__(self, folder: Path, town: Town, trade: Trade) -> None:
        self.folder, self.town, self.trade, self.rng = folder, town, trade, town.rng
        self.hand = self.rng.randrange(3)
        self.paid: set[int] = set()
        self.told: set[int] = set()
        self.seen: set[int] = set()
        self.files: list[str] = []
        self.books: dict[int, list[tuple[int, Money]]] = {}
        for k, m in enumerate(trade.money):
            for end in (m.payer, m.payee):
                self.books.setdefault(end, []).append((k, m))
        self.lines: dict[str, list[tuple[int, Talk]]] = {}
        for k, t in enumerate(trade.talks):
            for number in (t.caller, t.called):
                self.lines.setdefault(number, []).append((k, t))

    def write(self, cases: list[Case], asked: list[DataRequest]) -> set[int]:
        """Everything; returns who is registered as a user."""
        self._squad(cases)
        for one in asked:
            person = self.town.people[one.person]
            self.seen.add(one.person)
            if one.wallet:
                self._wallet(person, one)
            if one.card:
                self._bank(person, one)
            if one.phones:
                self._phones(person, one)
        self._holders(asked)
        return self._users()

    def _when(self, at: int, style: str = "%Y-%m-%d %H:%M:%S") -> str:
        return (_FIRST + timedelta(seconds=at)).strftime(style)

    def _put(self, path: str, header: Sequence[str], rows: list[list[str]], book: bool = False) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self.files.append(path)
        if book:
            workbook = Workbook(write_only=True)
            sheet = workbook.create_sheet("Sheet1")
            for row in [list(header), *rows]:
                sheet.append(row)
            workbook.save(target)
            return
        out = io.StringIO()
        csv.writer(out, delimiter="\t" if path.endswith(".txt") else ",").writerows([list(header), *rows])
        target.write_bytes(out.getvalue().encode(("utf-8", "gb18030", "utf-8-sig")[self.hand]))

    def _keep(self) -> bool:
        return self.rng.random() >= self.town.habits.lost

    # -- returns ---------------------------------------------------------------------------------

    def _money(self, one: DataRequest, bank: bool) -> list[tuple[int, Money]]:
        mine = [
            (k, m)
            for k, m in self.books.get(one.person, [])
            if m.bank == bank and one.since <= m.at < one.until and self._keep()
        ]
        self.paid.update(k for k, _ in mine)
        self.seen.update(n for _, m in mine for n in (m.payer, m.payee) if n >= 0)
        return sorted(mine, key=lambda item: item[1].at)

    def _wallet(self, person: Someone, one: DataRequest) -> None:
        header = [
            "用户ID",
            "交易单号",
            "用户侧账号名称",
            "借贷类型",
            "交易业务类型",
            "交易用途类型",
            "交易时间",
            "交易金额(分)",
        ]
        header += [
            "账户余额(分)",
            "用户银行卡号",
            "对手方ID",
            "对手侧账户名称",
            "对手方银行卡号",
            "备注1",
            "备注2",
        ]
        rows, left = [], 500_000
        for k, m in self._money(one, bank=False):
            out = m.payer == person.number
            left = max(0, left + (-m.fen if out else m.fen))
            other = m.payee if out else m.payer
            counter = self.town.people[other] if other >= 0 else None
            ends = [counter.wallet, counter.name] if counter else [f"16{-other:08d}", f"样品小店{-other}"]
            use = m.note or self.rng.choice(("转账", "转账", "扫二维码付款"))
            rows.append(
                [
                    person.wallet,
                    f"53010{k:011d}",
                    person.name,
                    "出" if out else "入",
                    "余额支付",
                    use,
                    self._when(m.at),
                    str(m.fen),
                    str(left),
                    "",
                    *ends,
                    "",
                    "",
                    "",
                ]
            )
        base = f"回函/微信/{person.ident}_{person.wallet}"
        self._put(f"{base}/TenpayTrades.txt", header, rows)
        registered = [
            "账户状态",
            "账号",
            "注册姓名",
            "注册时间",
            "注册身份证号",
            "绑定手机",
            "绑定状态",
            "开户行信息",
            "银行账号",
        ]
        details = [
            "正常",
            person.wallet,
            person.name,
            "2019-05-04 09:10:11",
            person.ident,
            person.phones[0].number,
            "已绑定",
        ]
        self._put(f"{base}/TenpayRegInfo.txt", registered, [[*details, "河口样本银行", person.card]])

    def _bank(self, person: Someone, one: DataRequest) -> None:
        split = self.hand == 1
        header = ["卡号", "账号", "户名", "身份证号码"]
        header += ["交易日期", "借方发生额", "贷方发生额"] if split else ["交易时间", "交易金额", "借贷标志"]
        header += ["余额", "对方账号", "对方户名", "摘要", "交易流水号"]
        rows, left = [], 9_000_000
        for k, m in self._money(one, bank=True):
            out = m.payer == person.number
            left = max(0, left + (-m.fen if out else m.fen))
            counter = self.town.people[m.payee if out else m.payer]
            yuan = f"{m.fen / 100:,.2f}" if self.hand == 2 else f"{m.fen / 100:.2f}"
            middle = [self._when(m.at), yuan if out else "", "" if out else yuan]
            if not split:
                middle = [
                    self._when(m.at, "%Y%m%d%H%M%S" if self.hand == 2 else "%Y/%m/%d %H:%M:%S"),
                    yuan,
                    "借" if out else "贷",
                ]
            tail = [f"{left / 100:.2f}", counter.card, counter.name, m.note or "转账", f"HK{k:010d}"]
            rows.append([person.card, person.account, person.name, person.ident, *middle, *tail])
        self._put(f"回函/银行/{person.name}{person.card[-4:]}{person.number}.csv", header, rows)

    def _phones(self, person: Someone, one: DataRequest) -> None:
        for phone in person.phones:
            if phone.ends <= one.since or phone.begins >= one.until or self.rng.random() < 0.1:
                continue
            talks = self.lines.get(phone.number, [])
            mine = [(k, t) for k, t in talks if one.since <= t.at < one.until and self._keep()]
            self.told.update(k for k, _ in mine)
            self.seen.update(n for _, t in mine for n in (t.a, t.b))
            self._calls(phone.number, [t for _, t in sorted(mine, key=lambda item: item[1].at)])

    def _calls(self, number: str, talks: list[Talk]) -> None:
        if self.hand == 0:
            header = ["主叫号码", "被叫号码", "通话开始时间", "通话时长"]
            rows = [[t.caller, t.called, self._when(t.at), str(t.seconds)] for t in talks]
        else:
            header = ["序号", "用户号码", "对方号码", "主被叫标志", "通话起始时间", "通话时长", "通话地"]
            rows = [
                [
                    str(n + 1),
                    number,
                    t.called if t.caller == number else t.caller,
                    "主叫" if t.caller == number else "被叫",
                    self._when(t.at, "%Y/%m/%d %H:%M:%S"),
                    f"{t.seconds // 60}分{t.seconds % 60}秒",
                    "例湾",
                ]
                for n, t in enumerate(talks)
            ]
        self._put(f"回函/话单/{number}.{'xlsx' if self.hand == 2 else 'csv'}", header, rows, self.hand == 2)

    # -- registers of the squad --------------------------------------------------------------------

    def _squad(self, cases: list[Case]) -> None:
        book, end = self.hand == 1, ".xlsx" if self.hand == 1 else ".csv"
        heads = [[c.number, "贩卖毒品案", "破案", self._when(c.at, "%Y-%m-%d"), "例湾大队"] for c in cases]
        self._put(
            f"大队/案件登记{end}", ["案件编号", "案件名称", "案件状态", "立案日期", "主办单位"], heads, book
        )
        rows = []
        for case in cases:
            for part in case.parts:
                p = self.town.people[part.person]
                self.seen.add(part.person)
                wallet = p.wallet if self.rng.random() < 0.8 else ""
                card = p.card if self.rng.random() < 0.5 else ""
                phone = p.phone(part.at) if self.rng.random() < 0.9 else ""
                day = self._when(part.at, "%Y-%m-%d %H:%M")
                rows.append(
                    [
                        case.number,
                        p.name,
                        p.ident,
                        phone,
                        wallet,
                        card,
                        part.what,
                        day,
                        part.measure,
                        part.words,
                    ]
                )
        header = [
            "案件编号",
            "姓名",
            "身份证号",
            "手机号码",
            "微信号",
            "银行卡号",
            "涉案身份",
            "到案日期",
            "强制措施",
            "供述上家",
        ]
        self._put(f"大队/人员登记{end}", header, rows, book)
        found = [
            [
                c.number,
                self._when(c.at, "%Y-%m-%d"),
                self.town.people[c.parts[0].person].ident,
                "甲基苯丙胺",
                f"{c.grams}",
                "2",
                c.batch,
            ]
            for c in cases
        ]
        self._put(
            f"大队/缴毒登记{end}",
            ["案件编号", "缴获日期", "持有人身份证号", "毒品种类", "净重(克)", "包数", "特征批次"],
            found,
            book,
        )

    def _holders(self, asked: list[DataRequest]) -> None:
        rows = []
        for one in asked:
            person = self.town.people[one.person]
            for n, phone in enumerate(person.phones):
                if (n == 0 or self.rng.random() < 0.4) and self.rng.random() < 0.85:
                    rows.append([phone.number, person.name, person.ident, "2020-02-02"])
        self._put("大队/机主.csv", ["手机号码", "机主姓名", "身份证号", "入网时间"], rows)

    def _users(self) -> set[int]:
        rng = self.rng
        chosen = {
            p.number
            for p in self.town.people
            if p.role == "customer" and rng.random() < self.town.habits.registered
        }
        chosen |= set(rng.sample(self.town.crowd, 12))
        self.seen |= chosen
        rows = [
            [
                self.town.people[n].name,
                self.town.people[n].ident,
                "甲基苯丙胺",
                self._when(rng.randrange(self.town.end) - 300 * DAY, "%Y-%m-%d"),
                "",
            ]
            for n in sorted(chosen)
        ]
        self._put("大队/在册人员.csv", ["姓名", "身份证号", "滥用毒品种类", "查获日期", "毒品来源"], rows)
        return chosen
