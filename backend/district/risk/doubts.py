"""What speaks against a firm's facts, and what is missing or to be asked first: ordinary causes before suspicion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.contract.district.common import Reason
from backend.district.reasons import ReasonAbout, reason
from backend.district.risk.measure import month_end
from backend.district.risk.net import Net
from backend.district.risk.persons import distance
from backend.district.risk.told import District, Fact, Firm, Look, Stay
from backend.district.risk.usage import grown, series

ASK = {
    "own_history": (
        "先问：有无新增生产线、烘干季节、冷库、矿机、漏水、换表？",
        "Ask first: new line, drying season, cold store, mining machines, leak, new meter?",
    ),
    "against_output": (
        "先问：产值是否迟报、少报，有无试产或停产检修？",
        "Ask first: is output declared late or low, was there a trial run or a stop for repair?",
    ),
    "no_output": (
        "先问：产值是否按季申报、是否迟报？",
        "Ask first: is output declared by the quarter, or late?",
    ),
    "let_idle": (
        "先问：租赁合同、承租人经营内容、付款方式。",
        "Ask first: the lease, the tenant's business, how the rent is paid.",
    ),
    "purchases": (
        "先问：领用台账、退货、损耗申报和最近一次盘点。",
        "Ask first: the withdrawal book, returns, declared loss, the latest count of stock.",
    ),
    "discharge": (
        "先问：排污记录、危废去向和雨污分流情况。",
        "Ask first: discharge records, where hazardous waste went, rain in the sewer.",
    ),
}


@dataclass(frozen=True)
class Doubts:
    """Finds ordinary causes; asked once per firm."""

    district: District
    net: Net
    peers: dict[str, tuple[list[str], str]]

    def against(self, firm: Firm, firm_facts: Sequence[Fact], person_facts: Sequence[Fact]) -> list[Reason]:
        """Everything in the data that speaks against the facts."""
        found = [
            *self._new_line(firm, firm_facts),
            *self._peers(firm, firm_facts),
            *self._water(firm, firm_facts),
            *self._reading(firm_facts),
            *self._near_many(person_facts),
            *self._in_post(firm, firm_facts, person_facts),
            *self._looked(firm, firm_facts, person_facts),
        ]
        return found

    def _say(
        self,
        rule: str,
        zh: str,
        en: str,
        value: float | None = None,
        rows: Iterable[str] = (),
        kind: ReasonAbout = "firm",
    ) -> Reason:
        row = self.net.rows.get(rule)
        return reason(
            *(self.net.id(rule), zh, en, rows),
            value=value,
            threshold=row.number("threshold") if row else None,
            unit=row.text("unit") if row else "",
            kind=kind,
        )

    def _new_line(self, firm: Firm, facts: Sequence[Fact]) -> list[Reason]:
        for fact in facts:
            if fact.rule in ("own_history", "peers"):
                days = [m.at for m in firm.months if fact.first <= m.at <= fact.last]
                use, output = grown(firm, "electricity", days), grown(firm, "output", days)
                if use and output and use > 1 and output - 1 >= self.net.threshold("new_line") * (use - 1):
                    zh = f"同期产值增至 {output:.1f} 倍（用电 {use:.1f} 倍）：可能新增生产线"
                    en = f"Output rose {output:.1f}-fold as well (power {use:.1f}-fold): perhaps a new line"
                    return [self._say("new_line", zh, en, round(output, 2), fact.evidence)]
        return []

    def _peers(self, firm: Firm, facts: Sequence[Fact]) -> list[Reason]:
        peers, way = self.peers[firm.uscc]
        rules = {fact.rule for fact in facts}
        if way == "none" or "own_history" not in rules or "peers" in rules:
            return []
        zh = f"与 {len(peers)} 家同行同期变化相近：季节或行情"
        en = f"{len(peers)} peers moved much alike: season or market"
        return [self._say("same_as_peers", zh, en, float(len(peers)))]

    def _water(self, firm: Firm, facts: Sequence[Fact]) -> list[Reason]:
        own = [fact for fact in facts if fact.rule == "own_history"]
        if (
            len(own) != 1
            or not own[0].zh.startswith("用水")
            or any(fact.rule == "discharge" for fact in facts)
        ):
            return []
        if not series(firm, "discharge"):
            return []
        zh, en = "只有用水异常，排污未增：可能漏水", "Only water is high and discharge is not: perhaps a leak"
        return [self._say("water_only", zh, en, None, own[0].evidence)]

    def _reading(self, facts: Sequence[Fact]) -> list[Reason]:
        usage = [fact for fact in facts if fact.unit == "z"]
        if not usage or any(month_end(fact.first) < fact.last for fact in usage):
            return []
        zh, en = (
            "只有一个月异常：可能换表或抄表有误",
            "Only one month stands out: perhaps a new meter or a misreading",
        )
        return [self._say("one_reading", zh, en, None, usage[0].evidence)]

    def _near_many(self, facts: Sequence[Fact]) -> list[Reason]:
        if not facts or any(fact.rule not in ("stay", "vehicle_near") for fact in facts):
            return []
        stays = [stay for stay in self.district.stays if any(fact.ident == stay.ident for fact in facts)]
        most = max((self._firms_near(stay) for stay in stays), default=0)
        if most < self.net.whole("near_many"):
            return []
        zh = f"住宿地 5 公里内有 {most} 家企业，不指向某一家"
        en = f"{most} firms lie within 5 km of the stay; it points at none of them"
        return [self._say("near_many", zh, en, float(most), kind="person")]

    def _firms_near(self, stay: Stay) -> int:
        limit = self.net.threshold("stay")
        return sum((km := distance(firm, stay)) is not None and km <= limit for firm in self.district.firms)

    def _in_post(self, firm: Firm, firm_facts: Sequence[Fact], facts: Sequence[Fact]) -> list[Reason]:
        begun = min((fact.first for fact in firm_facts), default=None)
        if begun is None:
            return []
        found = []
        for fact in facts:
            since = min((t.first for t in self.district.ties if t.uscc == firm.uscc and t.ident == fact.ident and t.first),
                        default=None)  # fmt: skip
            if fact.rule == "work" and since and (begun - since).days > self.net.whole("long_in_post"):
                zh = f"{fact.name or fact.ident} 自 {since} 起任职，早于异常"
                en = f"{fact.name or fact.ident} has held the post since {since}, before the anomaly"
                found.append(
                    self._say("long_in_post", zh, en, float((begun - since).days), fact.evidence, "person")
                )
        return found

    def _looked(self, firm: Firm, firm_facts: Sequence[Fact], facts: Sequence[Fact]) -> list[Reason]:
        begun = min((fact.first for fact in firm_facts), default=None)
        about = {f"Company:{firm.uscc}", *(f"ResidentId:{fact.ident}" for fact in facts)}
        found = []
        for look in self.district.looks:
            if look.clean and look.subject in about and (begun is None or look.day >= begun):
                rule = "inspected" if look.evidence else "checked"
                found.append(self._say(rule, look.zh, look.en, None, look.evidence, "event"))
        return found

    def missing(self, firm: Firm, firm_facts: Sequence[Fact], books: bool) -> list[Reason]:
        """What to ask first for each rule that hit, then what the data lack."""
        found = []
        for rule in dict.fromkeys(fact.rule for fact in firm_facts):
            if rule in ASK:
                rows = [row for fact in firm_facts if fact.rule == rule for row in fact.evidence]
                found.append(self._say("ask_first", *ASK[rule], None, rows, "event"))
        n = len(series(firm, "electricity"))
        if n < self.net.whole("no_history"):
            zh, en = f"用电仅 {n} 个月，无自身历史可比", f"Only {n} months of power: no history of its own"
            found.append(self._say("no_history", zh, en, float(n), firm.evidence))
        if not series(firm, "output"):
            found.append(
                self._say("no_declared_output", "未申报产值", "No output is declared", None, firm.evidence)
            )
        if firm.lon is None or firm.lat is None:
            zh, en = "企业无坐标，住宿距离无法计算", "The firm has no coordinates: no distance to stays"
            found.append(self._say("no_location", zh, en, None, firm.evidence))
        if self.peers[firm.uscc][1] == "none":
            zh, en = (
                "同行业同规模及同园区均不足 8 家，不作同行比较",
                "Fewer than 8 peers by trade and by park: not compared",
            )
            found.append(self._say("few_peers", zh, en, float(len(self.peers[firm.uscc][0])), firm.evidence))
        if not books:
            zh, en = (
                "有购进，无领用或盘点，去向无法核算",
                "Purchases without withdrawals or counts: no balance",
            )
            found.append(self._say("no_books", zh, en, None, firm.evidence))
        return found


def clean_looks(looks: Iterable[Look]) -> int:
    """How many looks found nothing."""
    return sum(look.clean for look in looks)
