"""The population: households, trades, phones, wallets and cards, and the institutions they deal with."""

from __future__ import annotations

from random import Random

from backend.demo.world import END, Card, Institution, Person, Phone, World

CELLS = 140
TRADES = {  # per thousand inhabitants
    "restaurant": 14,
    "corner_shop": 14,
    "landlord": 16,
    "lender": 5,
    "gambling_agent": 5,
    "courier": 8,
    "taxi": 10,
    "mahjong_host": 4,
    "wholesale_food": 3,
}
_SHOPS = (
    "便利店",
    "超市",
    "药房",
    "水果店",
    "面馆",
    "烧烤",
    "奶茶",
    "网吧",
    "加油站",
    "五金店",
    "理发店",
    "停车场",
)
_INDUSTRIES = ("制造", "物流", "建筑", "服装", "电子")
_PLACES = ("例溪", "示港", "样桥", "拟山", "演武", "试湖", "设塘", "仿古")
PLATFORMS = (
    ("财付通支付科技有限公司", "243300133"),
    ("支付宝（中国）网络技术有限公司", "215500690"),
    ("美团平台商户", "310011290"),
    ("银联在线支付", "100000000"),
    ("抖音支付科技有限公司", "660020117"),
)
SERVICE_NUMBERS = ("10086", "10010", "10000", "95588", "95533", "12306", "12345", "10690099", "4009900990")


def populate(world: World) -> None:
    """Fill the world with households of ordinary people and with shops, companies and platforms."""
    rng = world.rng("people")
    count = max(300, round(3000 * world.size))
    while len(world.people) < count:
        _household(world, rng, min(rng.choices((1, 2, 3, 4, 5), (15, 25, 30, 20, 10))[0], count))
    trades = [t for t, share in TRADES.items() for _ in range(max(2, round(share * count / 1000)))]
    adults = [i for i, p in enumerate(world.people) if p.born.year < 2004]
    for pid, trade in zip(rng.sample(adults, len(trades)), trades, strict=True):
        world.people[pid].occupation = trade
    _institutions(world, rng, count)


def newcomer(world: World, rng: Random, young: int = 20, old: int = 55, male: bool | None = None) -> int:
    """Add one person with a phone, a wallet and one or two cards; returns the index."""
    inventor = world.inventor
    is_male = rng.random() < 0.52 if male is None else male
    born = inventor.born(young, old)
    cards = [Card(*inventor.card()) for _ in range(rng.choices((1, 2), (6, 4))[0])]
    pid = len(world.people)
    phone = Phone(inventor.phone(), inventor.imsi(), inventor.imei(), 0, END, pid)
    job = rng.choices(("employee", "casual", "none"), (6, 3, 1))[0]
    world.people.append(
        Person(
            name=inventor.name(),
            male=is_male,
            born=born,
            resident_id=inventor.resident_id(born, is_male),
            nickname=inventor.nickname(),
            phones=[phone],
            wallet=inventor.wallet(),
            cards=cards,
            alipay=inventor.alipay(),
            cell=rng.randrange(CELLS),
            occupation=job,
            plate=inventor.plate() if rng.random() < 0.18 else None,
        )
    )
    return pid


def _household(world: World, rng: Random, size: int) -> None:
    members = [newcomer(world, rng)]
    if size > 1:
        members.append(newcomer(world, rng, male=not world.people[members[0]].male))
    members += [newcomer(world, rng, 16, 75) for _ in range(size - 2)]
    for pid in members:
        world.people[pid].household = [other for other in members if other != pid]
        world.people[pid].cell = world.people[members[0]].cell


def _institutions(world: World, rng: Random, count: int) -> None:
    digits = world.inventor.digits
    for name, number in PLATFORMS:
        world.institutions.append(Institution(name, "platform", number))
    for k in range(max(20, count // 20)):
        name = f"{rng.choice(_PLACES)}{rng.choice(_SHOPS)}{k + 1:03d}"
        world.institutions.append(Institution(name, "shop", digits(10)))
    for k in range(max(6, count // 120)):
        name = f"{rng.choice(_PLACES)}示例{rng.choice(_INDUSTRIES)}有限公司{k + 1:02d}"
        world.institutions.append(Institution(name, "company", "8899" + digits(13), "云汀示例银行"))


def of_kind(world: World, kind: str) -> list[int]:
    """Indices (negative) of the institutions of one kind."""
    return [-1 - k for k, inst in enumerate(world.institutions) if inst.kind == kind]


def of_trade(world: World, trade: str) -> list[int]:
    return [i for i, p in enumerate(world.people) if p.occupation == trade]
