"""Arrests, cases, seizures and statements: what the squad of the district did during the period."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from backend.demo.market import Market
from backend.demo.world import DAY, DAYS, END, Dealer, World, moment

UNIT = "990100110000"


@dataclass(slots=True)
class Suspect:
    person: int
    part: str  # 涉案身份
    arrested: int | None
    measure: str
    statement: str = ""
    named: int | None = None  # whom the statement points to
    true_statement: bool = False


@dataclass(slots=True)
class Find:
    person: int
    at: int
    substance: str
    grams: float
    packets: int
    packaging: str
    batch: str


@dataclass(slots=True)
class Case:
    number: str
    title: str
    opened: int
    org: int | None  # None: has nothing to do with any organisation
    kind: str  # packet | small | major
    suspects: list[Suspect] = field(default_factory=list)
    finds: list[Find] = field(default_factory=list)
    target: str = ""
    code: str = "060702"


@dataclass(slots=True)
class Plan:
    day: int
    person: int
    kind: str
    org: int | None


class Police:
    """Plans arrests, and makes them while the market runs."""

    def __init__(self, world: World, market: Market) -> None:
        self.world = world
        self.market = market
        self.rng: Random = world.rng("police")
        self.cases: list[Case] = []
        self.plans: list[Plan] = []
        for k, org in enumerate(world.orgs):
            self._plan_organisation(k, org.shape)
        self._plan_others()
        self.plans.sort(key=lambda p: (p.day, p.person))

    def run(self) -> list[Case]:
        """The whole period: every day arrests first, then trade."""
        waiting = list(self.plans)
        for day in range(DAYS):
            while waiting and waiting[0].day == day:
                self._arrest(waiting.pop(0))
            self.market.day(day)
        return self.cases

    # -- plans -----------------------------------------------------------------------------------

    def _plan_organisation(self, k: int, shape: str) -> None:
        rng, org = self.rng, self.world.orgs[k]
        retailers = [r for r in org.of("retailer") if self.world.dealers[r].begins < 90]
        count = min(len(retailers) - 1, rng.choice((3, 3, 4)))
        for pid in rng.sample(retailers, count):
            self.plans.append(Plan(rng.randrange(150, 292), pid, "packet", k))
        organiser, wholesalers = org.of("organiser")[0], org.of("wholesaler")
        if shape == "parcel":
            self._wanted(organiser, k, -rng.randrange(40, 300))
        elif shape == "burner":
            self.plans.append(Plan(rng.randrange(262, 300), rng.choice(wholesalers), "major", k))
        else:
            self.plans.append(Plan(rng.randrange(262, 302), organiser, "major", k))
            if len(wholesalers) > 1 and rng.random() < 0.4:
                self.plans.append(Plan(rng.randrange(235, 262), wholesalers[-1], "small", k))

    def _plan_others(self) -> None:
        rng = self.rng
        alone = [d for d in self.world.dealers.values() if d.org < 0]
        for dealer in alone:
            if dealer.role == "wholesaler":
                self.plans.append(Plan(rng.randrange(200, 300), dealer.person, "major", None))
            elif not dealer.suppliers and rng.random() < 0.9:
                self.plans.append(Plan(rng.randrange(150, 292), dealer.person, "packet", None))
        people, members = self.world.people, {h.person for h in self.world.habits}
        members.update(self.world.dealers, *(org.members for org in self.world.orgs))
        casual = [i for i, p in enumerate(people) if p.occupation == "casual" and i not in members]
        for pid in rng.sample(casual, max(1, round(3 * self.world.size))):
            self.plans.append(Plan(rng.randrange(160, 295), pid, "hosting", None))

    # -- arrests ---------------------------------------------------------------------------------

    def _case(self, at: int, kind: str, org: int | None, title: str) -> Case:
        number = f"A{UNIT}{moment(at):%Y%m}{len(self.cases) + 101:04d}"
        case = Case(number, title, at, org, kind)
        if kind == "major":
            case.target = self.rng.choice(("省级目标案件", "部级目标案件", "市级目标案件", ""))
        self.cases.append(case)
        return case

    def _arrest(self, plan: Plan) -> None:
        world, rng = self.world, self.rng
        person = world.people[plan.person]
        at = plan.day * DAY + rng.randrange(9, 23) * 3600 + rng.randrange(3600)
        person.gone = at
        surname = person.name[:2]
        if plan.kind == "hosting":
            case = self._case(at, "packet", None, f"{surname}某容留他人吸毒案")
            case.code = "060745"
            case.suspects.append(Suspect(plan.person, "容留", at, "刑事拘留"))
            case.finds.append(
                Find(plan.person, at, "甲基苯丙胺", round(rng.uniform(0.1, 0.9), 2), 1, "透明自封袋", "")
            )
            return
        case = self._case(
            at, plan.kind, plan.org, f"{surname}某{'等人' if plan.kind == 'major' else ''}贩卖毒品案"
        )
        dealer = world.dealers[plan.person]
        measure = rng.choice(("刑事拘留", "逮捕", "刑事拘留"))
        suspect = Suspect(plan.person, "贩卖", at, measure)
        self._statement(suspect, dealer)
        case.suspects.append(suspect)
        case.finds.append(self._find(dealer, at, plan.kind))
        if plan.kind == "major" and plan.org is not None:
            self._round_up(case, plan, at)
        elif plan.kind == "packet" and rng.random() < 0.5:
            self._witness(case, dealer, at)

    def _find(self, dealer: Dealer, at: int, kind: str) -> Find:
        rng = self.rng
        org = self.world.orgs[dealer.org] if dealer.org >= 0 else None
        grams = {
            "packet": min(max(dealer.stock, rng.uniform(0.3, 2.0)), rng.uniform(4.0, 9.6)),
            "small": rng.uniform(11, 45),
            "major": max(dealer.stock, rng.uniform(56, 420)),
        }[kind]
        packets = max(1, round(grams / dealer.packet)) if kind == "packet" else rng.randrange(1, 9)
        packaging = org.packaging if org else rng.choice(("透明自封袋", "黑色胶带缠裹"))
        batch = dealer.batch if org and rng.random() < 0.5 else ""
        substance = org.substance if org else rng.choice(("甲基苯丙胺", "甲基苯丙胺", "海洛因"))
        return Find(dealer.person, at, substance, round(grams, 2), packets, packaging, batch)

    def _round_up(self, case: Case, plan: Plan, at: int) -> None:
        """Whoever else of the organisation goes in with him, and who got away."""
        world, rng = self.world, self.rng
        org = world.orgs[plan.org or 0]
        for pid, role in org.members.items():
            person = world.people[pid]
            chance = {"wholesaler": 0.4, "runner": 0.5, "payee": 0.3, "organiser": 0.6}.get(role, 0.0)
            if pid == plan.person or person.gone < END or rng.random() > chance:
                continue
            part = {"runner": "运输", "payee": "洗钱"}.get(role, "贩卖")
            if role == "organiser":
                case.suspects.append(Suspect(pid, part, None, "网上追逃"))
                continue
            person.gone = at + rng.randrange(0, 6 * 3600)
            case.suspects.append(Suspect(pid, part, person.gone, rng.choice(("逮捕", "取保候审"))))

    def _wanted(self, organiser: int, k: int, day: int) -> None:
        """The older case of a man who is wanted: others were caught, he was not."""
        case = self._case(day * DAY, "major", k, f"{self.world.people[organiser].name[:2]}某等人运输毒品案")
        case.code = "060703"
        case.target = "省级目标案件"
        case.suspects.append(Suspect(organiser, "运输", None, "网上追逃"))
        helper = self.rng.randrange(len(self.world.people))
        if helper not in self.world.orgs[k].members and helper not in self.world.dealers:
            case.suspects.append(Suspect(helper, "运输", day * DAY + 3600, "逮捕"))
            self.world.people[helper].gone = 0
        grams = round(self.rng.uniform(300, 900), 1)
        case.finds.append(Find(organiser, day * DAY, "甲基苯丙胺", grams, 3, "黑色胶带缠裹", ""))

    def _witness(self, case: Case, dealer: Dealer, at: int) -> None:
        users = [
            h.person for h in self.world.habits if h.sellers[0][0] == dealer.person and h.ends * DAY > at
        ]
        if users:
            user = self.rng.choice(users)
            witness = Suspect(
                user, self.rng.choice(("吸食", "证人")), at - self.rng.randrange(1, 5) * 3600, ""
            )
            self._point(witness, dealer.person, True)
            case.suspects.append(witness)

    # -- statements ------------------------------------------------------------------------------

    def _statement(self, suspect: Suspect, dealer: Dealer) -> None:
        rng, habits = self.rng, self.world.behaviour
        if rng.random() < habits.false_statement:
            others = [d.person for d in self.world.dealers.values() if d.person != suspect.person]
            crowd = others if rng.random() < 0.4 else list(range(len(self.world.people)))
            self._point(suspect, rng.choice(crowd), False)
        elif dealer.suppliers and rng.random() < 0.45:
            self._point(suspect, dealer.suppliers[0][0], True)
        else:
            texts = ("不清楚上家真实身份", "通过网络联系，未见过面", "拒不供述", "")
            suspect.statement = rng.choice(texts)

    def _point(self, suspect: Suspect, target: int, true: bool) -> None:
        rng, person = self.rng, self.world.people[target]
        phone = person.phone_at(min(suspect.arrested or END, person.gone - 1)).number
        texts = (
            f"毒品系从绰号“{person.nickname}”的人处购买，联系电话{phone}",
            f"上家微信号{person.wallet}，真实姓名不详",
            f"从{person.name}处购买",
            f"上家绰号“{person.nickname}”，电话记不清",
            f"每次打{phone}联系，转账后取货",
        )
        suspect.statement = rng.choices(texts, (25, 20, 20, 20, 15))[0]
        suspect.named, suspect.true_statement = target, true
