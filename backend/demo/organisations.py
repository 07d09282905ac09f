"""The drug organisations of the district and the dealers who belong to none.

Six shapes: a pyramid; retailers who supply each other; payments in third names; phones changed all the
time; parcels from a wanted man elsewhere; retailers who use what they sell.
"""

from __future__ import annotations

from random import Random

from backend.demo.people import newcomer
from backend.demo.world import DAY, DAYS, END, Dealer, Habit, Organisation, Phone, World

SHAPES = ("pyramid", "exchange", "third_name", "burner", "parcel", "user_dealer")
_MARKS = (
    "蓝色封口袋",
    "红色心形印记小袋",
    "白色药瓶分装",
    "黑色胶带缠裹",
    "绿色条纹封口袋",
    "锡纸小包",
    "印有777字样小袋",
)
_COMMON = "透明自封袋"


def found_organisations(world: World) -> None:
    """Recruit every organisation, its users, its phones, and the dealers outside of all of them."""
    rng = world.rng("organisations")
    ordinary = [i for i, p in enumerate(world.people) if p.occupation in ("casual", "none", "employee")]
    rng.shuffle(ordinary)
    marks = list(_MARKS)
    rng.shuffle(marks)
    count = max(2, round(len(SHAPES) * world.size))
    for k in range(count):
        shape = SHAPES[k * len(SHAPES) // count if count < len(SHAPES) else k % len(SHAPES)]
        _found(world, rng, k, shape, marks[k % len(marks)], ordinary)
    for _ in range(max(2, round(5 * world.size))):
        _independent(world, rng, ordinary)
    for _ in range(max(1, round(3 * world.size))):
        _stranger(world, rng, ordinary)
    _drift_of_users(world, rng)
    _phones(world, rng)


def _found(world: World, rng: Random, k: int, shape: str, mark: str, pool: list[int]) -> None:
    org = Organisation(shape, packaging=mark if rng.random() < 0.75 else _COMMON)
    org.substance = "海洛因" if shape == "user_dealer" else "甲基苯丙胺"
    world.orgs.append(org)
    organiser = pool.pop()
    if shape == "parcel":  # he lives elsewhere and is nobody's neighbour
        organiser = newcomer(world, rng, 30, 50)
    _join(world, org, k, organiser, "organiser", 400.0, rng)
    wholesalers = []
    for _ in range(rng.choice((2, 3)) if shape != "exchange" else 2):
        pid = pool.pop()
        _join(world, org, k, pid, "wholesaler", rng.uniform(18, 38), rng)
        world.dealers[pid].suppliers = [(organiser, 1.0)]
        wholesalers.append(pid)
    if shape == "pyramid":  # one more level in a part of the pyramid
        pid = pool.pop()
        _join(world, org, k, pid, "wholesaler", rng.uniform(14, 24), rng)
        world.dealers[pid].suppliers = [(wholesalers[0], 1.0)]
        wholesalers.append(pid)
    retailers = [pool.pop() for _ in range(rng.randint(6, 9))]
    for pid in retailers:
        _retailer(world, org, k, pid, wholesalers, rng)
    _helpers(world, org, rng, pool)
    _exchange(world, org, retailers, rng)
    _customers(world, org, retailers, rng, pool)


def _join(world: World, org: Organisation, k: int, pid: int, role: str, lot: float, rng: Random) -> None:
    org.members[pid] = role
    world.people[pid].occupation = "none"
    dealer = Dealer(pid, k, role, lot * rng.uniform(0.3, 1.0), lot * world.behaviour.restock_size)
    dealer.price = {"organiser": rng.uniform(85, 120), "wholesaler": rng.uniform(150, 220)}.get(role, 0.0)
    dealer.by_parcel = org.shape == "parcel" and role == "organiser"
    world.dealers[pid] = dealer


def _retailer(world: World, org: Organisation, k: int, pid: int, wholesalers: list[int], rng: Random) -> None:
    _join(world, org, k, pid, "retailer", rng.uniform(4, 10), rng)
    dealer = world.dealers[pid]
    main = rng.choice(wholesalers)
    dealer.suppliers = [(main, 1.0)]
    if len(wholesalers) > 1 and rng.random() < (0.6 if org.shape == "exchange" else 0.15):
        dealer.suppliers.append((rng.choice([w for w in wholesalers if w != main]), 0.3))
    if org.shape == "parcel" and rng.random() < 0.4:  # orders from the man elsewhere himself
        dealer.suppliers = [(org.of("organiser")[0], 1.0)]
    dealer.price = rng.choice((150, 180, 200, 200, 220, 250, 300))
    dealer.packet = rng.uniform(0.25, 0.5)
    dealer.begins = rng.choice((0, 0, 0, rng.randrange(120)))
    world.people[pid].uses = org.shape == "user_dealer" or rng.random() < 0.3


def _helpers(world: World, org: Organisation, rng: Random, pool: list[int]) -> None:
    """Runners who carry, and people in whose name money is collected."""
    dealers = [pid for pid, role in org.members.items() if role != "user"]
    for _ in range(rng.choice((1, 2))):
        runner = pool.pop()
        org.members[runner] = "runner"
        for boss in rng.sample(org.of("wholesaler") + org.of("retailer"), 3):
            world.dealers[boss].runner = runner
    share = 0.75 if org.shape == "third_name" else world.behaviour.collector_share
    shared: list[int] = []
    for pid in dealers:
        if rng.random() >= share:
            continue
        if shared and rng.random() < 0.35:
            collector = rng.choice(shared)
        else:
            partner = world.people[pid].household[:1]
            near = [p for p in partner if p not in org.members and rng.random() < 0.4]
            collector = near[0] if near else pool.pop()
            shared.append(collector)
        org.members.setdefault(collector, "payee")
        world.dealers[pid].collector = collector


def _exchange(world: World, org: Organisation, retailers: list[int], rng: Random) -> None:
    reach = 3 if org.shape == "exchange" else 2
    for pid in retailers:
        others = [r for r in retailers if r != pid]
        world.dealers[pid].swaps = rng.sample(others, min(reach, len(others)))


def _customers(world: World, org: Organisation, retailers: list[int], rng: Random, pool: list[int]) -> None:
    for retailer in retailers:
        for _ in range(rng.randint(4, 9)):
            user = pool.pop()
            org.members[user] = "user"
            _habit(world, rng, user, retailer, retailers)
    for retailer in retailers:  # runners who use buy where they carry
        if org.of("runner") and rng.random() < 0.1:
            _habit(world, rng, rng.choice(org.of("runner")), retailer, retailers)


def _habit(world: World, rng: Random, user: int, retailer: int, others: list[int]) -> None:
    sellers = [(retailer, 1.0)]
    if rng.random() < 0.35 and len(others) > 1:
        sellers.append((rng.choice([r for r in others if r != retailer]), rng.uniform(0.1, 0.5)))
    begins = rng.choice((0, 0, rng.randrange(150)))
    ends = DAYS if rng.random() < 0.75 else min(DAYS, begins + rng.randrange(40, 200))
    world.people[user].uses = True
    world.habits.append(Habit(user, sellers, rng.uniform(2.0, 9.0), begins, ends))


def _independent(world: World, rng: Random, pool: list[int]) -> None:
    """A small dealer whose own source lies outside of everything the district sees."""
    pid = pool.pop()
    dealer = Dealer(pid, -1, "retailer", 6.0, rng.uniform(4, 9))
    dealer.price = rng.choice((150, 200, 250, 300))
    dealer.packet = rng.uniform(0.25, 0.5)
    world.dealers[pid] = dealer
    world.people[pid].occupation = "casual"
    for _ in range(rng.randint(3, 7)):
        _habit(world, rng, pool.pop(), pid, [pid])


def _stranger(world: World, rng: Random, pool: list[int]) -> None:
    """A larger dealer of another business altogether, with two small buyers of his own."""
    pid = pool.pop()
    dealer = Dealer(pid, -1, "wholesaler", 60.0, rng.uniform(40, 120))
    dealer.price = rng.uniform(140, 220)
    world.dealers[pid] = dealer
    world.people[pid].occupation = "casual"
    for _ in range(2):
        _independent(world, rng, pool)
        buyer = next(reversed(world.dealers.values()))
        buyer.suppliers = [(pid, 1.0)]


def _drift_of_users(world: World, rng: Random) -> None:
    """A few users also buy in another organisation, as users do."""
    retailers = [d.person for d in world.dealers.values() if d.role == "retailer"]
    for habit in world.habits:
        if rng.random() < 0.08:
            stranger = rng.choice(retailers)
            if stranger not in [pid for pid, _ in habit.sellers]:
                habit.sellers.append((stranger, rng.uniform(0.05, 0.4)))


def _phones(world: World, rng: Random) -> None:
    """Give dealers their succession of phones: the handset stays or goes, the name is another's."""
    behaviour = world.behaviour
    for org in world.orgs:
        days = behaviour.phone_days or (75 if org.shape == "burner" else None)
        for pid, role in org.members.items():
            if role == "user":
                continue
            if days is not None and role != "payee":
                _succession(world, rng, pid, days)
            elif rng.random() < 0.08:
                _succession(world, rng, pid, rng.randrange(120, 250))


def _succession(world: World, rng: Random, pid: int, days: int) -> None:
    person, inventor = world.people[pid], world.inventor
    phones = [person.phones[0]]
    day = rng.randrange(days // 3, days)
    while day < DAYS:
        start = day * DAY + rng.randrange(DAY)
        phones[-1].until = start
        kept = rng.random() < world.behaviour.handset_kept
        imei = phones[-1].imei if kept else inventor.imei()
        owner = rng.choice((None, None, rng.randrange(len(world.people))))
        phones.append(Phone(inventor.phone(), inventor.imsi(), imei, start, END, owner))
        day += round(days * rng.uniform(0.8, 1.25))
    person.phones = phones
