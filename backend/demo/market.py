"""The drug market, day by day: users buy, retailers and wholesalers restock, collectors pass money on."""

from __future__ import annotations

from math import exp
from random import Random

from backend.demo.world import DAY, Dealer, Habit, Parcel, Pass, Stay, Supply, World

GATES = 12
HOTELS = 9
_GOODS = ("茶叶", "服装", "手机配件", "食品", "日用品", "鞋子")


class Market:
    """Simulates the trade of the whole district; arrests are the caller's business (``closed``)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.habits = world.behaviour
        self.rng: Random = world.rng("market")
        self.next_need = [self.rng.uniform(0, h.gap_days) + h.begins for h in world.habits]
        self.collected: dict[tuple[int, int], int] = {}  # collector, principal → fen held
        self.batches = 0

    def day(self, day: int) -> None:
        """One day of trade."""
        world = self.world
        for dealer in world.dealers.values():
            if self._active(dealer, day):
                self._mind_stock(dealer, day)
        for k, habit in enumerate(world.habits):
            if habit.ends > day >= self.next_need[k] and world.people[habit.person].gone > day * DAY:
                self._need(k, habit, day)
        for dealer in world.dealers.values():
            if self._active(dealer, day):
                self._side_business(dealer, day)
        self._forward(day)

    def _active(self, dealer: Dealer, day: int) -> bool:
        return dealer.begins <= day and self.world.people[dealer.person].gone > day * DAY

    # -- stock ---------------------------------------------------------------------------------

    def _mind_stock(self, dealer: Dealer, day: int) -> None:
        if dealer.stock > dealer.lot * 0.25 or self.rng.random() > self.habits.restock_reach:
            return
        if not dealer.suppliers:
            self._source(dealer, day)
            return
        world, rng = self.world, self.rng
        shape = world.orgs[dealer.org].shape if dealer.org >= 0 else "none"
        swap = max(self.habits.swap_share, 0.3 if shape == "exchange" else 0.0)
        if dealer.role == "retailer" and rng.random() < swap:
            for other in dealer.swaps:
                if self._active(world.dealers[other], day) and world.dealers[other].stock > 2.5:
                    self._restock(dealer, world.dealers[other], rng.uniform(1.0, 2.5), day)
                    return
        open_ = [(s, w) for s, w in dealer.suppliers if self._active(world.dealers[s], day)]
        if not open_:
            self._new_supplier(dealer, day)
            return
        supplier = world.dealers[rng.choices([s for s, _ in open_], [w for _, w in open_])[0]]
        grams = min(dealer.lot * rng.uniform(0.7, 1.3), supplier.stock)
        if grams > dealer.lot * 0.3:
            self._restock(dealer, supplier, grams, day)

    def _source(self, dealer: Dealer, day: int) -> None:
        """Goods from outside of the district: paid in cash, seen at most as a journey."""
        self.batches += 1
        grams = dealer.lot * self.rng.uniform(0.8, 1.2)
        dealer.stock += grams
        dealer.batch = f"PC{self.batches:04d}"
        person = self.world.people[dealer.person]
        start = day * DAY + self.rng.randrange(7, 11) * 3600
        if dealer.role == "organiser" and person.plate:
            gate = self.rng.randrange(GATES)
            self.world.passes.append(Pass(start, person.plate, gate))
            self.world.passes.append(Pass(start + self.rng.randrange(18, 40) * 3600, person.plate, gate))

    def _new_supplier(self, dealer: Dealer, day: int) -> None:
        """Whoever lost his supplier finds another of the same organisation after a while, if there is one."""
        if self.rng.random() > 0.15:
            return
        for other in self.world.dealers.values():
            higher = other.role == "wholesaler" if dealer.role == "retailer" else other.role == "organiser"
            if other.org == dealer.org and higher and other is not dealer and self._active(other, day):
                dealer.suppliers.append((other.person, 1.0))
                return

    def _restock(self, buyer: Dealer, seller: Dealer, grams: float, day: int) -> None:
        rng = self.rng
        price = seller.price
        if seller.role == "retailer":
            price = seller.price / seller.packet * 0.65
        elif seller.role == "organiser" and buyer.role == "retailer":
            price *= 1.4
        yuan = self._price(grams * price, 50)
        buyer.stock += grams
        seller.stock -= grams
        buyer.batch = seller.batch or buyer.batch
        at = self._time(day, self.habits.supply_hours)
        owed = buyer.owed.pop(seller.person, 0)
        if rng.random() < 0.2:  # part of it on tick until next time
            tick = self._price(yuan * rng.uniform(0.3, 0.7), 50)
            buyer.owed[seller.person] = tick
            yuan -= tick
        self._trade(buyer.person, seller, grams, yuan + owed, at, self.habits.cash_supply)
        if seller.by_parcel:
            self._parcel(seller.person, buyer.person, at)
        elif seller.role == "organiser" and rng.random() < 0.5:
            self._journey(seller.person, at)

    # -- retail --------------------------------------------------------------------------------

    def _need(self, k: int, habit: Habit, day: int) -> None:
        rng, dealers = self.rng, self.world.dealers
        self.next_need[k] = day + max(0.6, rng.gauss(habit.gap_days, habit.gap_days * 0.35))
        open_ = [(s, w) for s, w in habit.sellers if self._active(dealers[s], day)]
        if not open_:
            self._new_seller(habit, day)
            return
        seller = dealers[rng.choices([s for s, _ in open_], [w for _, w in open_])[0]]
        packets = rng.choices((1, 2, 3), (70, 22, 8))[0]
        grams = packets * seller.packet
        if seller.stock < grams:
            self.next_need[k] = day + 1
            return
        seller.stock -= grams
        yuan = self._price(seller.price * packets, 50 if rng.random() < 0.6 else 10)
        at = self._time(day, self.habits.retail_hours)
        self._trade(habit.person, seller, grams, yuan, at, self.habits.cash_retail)

    def _new_seller(self, habit: Habit, day: int) -> None:
        if self.rng.random() > 0.2:
            return
        orgs = {self.world.dealers[s].org for s, _ in habit.sellers}
        choice = [
            d.person
            for d in self.world.dealers.values()
            if d.role == "retailer" and self._active(d, day) and (d.org in orgs or self.rng.random() < 0.04)
        ]
        if choice:
            habit.sellers.append((self.rng.choice(choice), 1.0))

    def _side_business(self, dealer: Dealer, day: int) -> None:
        """Own use, wages of runners, talk that is about nothing in particular."""
        rng, world = self.rng, self.world
        if world.people[dealer.person].uses and dealer.stock > 0.3:
            dealer.stock -= rng.uniform(0, 0.3)
        if dealer.runner is not None and day % 7 == dealer.person % 7 and rng.random() < 0.8:
            at = self._time(day, self.habits.supply_hours)
            world.pay(
                at,
                dealer.person,
                dealer.runner,
                self._price(rng.uniform(200, 700), 50) * 100,
                "wallet",
                "转账",
            )
        for supplier, _ in dealer.suppliers:
            if rng.random() < 0.08:
                self._talk(dealer.person, supplier, self._time(day, self.habits.supply_hours))

    # -- one deal ------------------------------------------------------------------------------

    def _trade(self, buyer: int, seller: Dealer, grams: float, yuan: int, at: int, cash: float) -> None:
        world, rng = self.world, self.rng
        edge = (seller.person, buyer)
        deal = world.supply.setdefault(edge, Supply(at, at))
        deal.first, deal.last = min(deal.first, at), max(deal.last, at)
        deal.deals += 1
        deal.grams += grams
        deal.fen += yuan * 100
        self._contacts(buyer, seller, at)
        if rng.random() < cash or yuan <= 0:
            return
        receiver = seller.person
        if seller.collector is not None and rng.random() < 0.9:
            receiver = seller.collector
            held = (receiver, seller.person)
            self.collected[held] = self.collected.get(held, 0) + yuan * 100
        payer = buyer
        if seller.role == "retailer" and rng.random() < 0.03:  # a friend pays for him
            payer = rng.choice(world.habits).person
        big = yuan >= 3000
        parts = (
            [yuan]
            if not big or rng.random() < 0.6
            else [yuan // 2 // 100 * 100, yuan - yuan // 2 // 100 * 100]
        )
        for part in parts:
            bank = rng.random() < (0.55 if big else 0.08 if seller.role != "retailer" else 0.03)
            purpose = rng.choices(("转账", "微信红包", "二维码收付款"), (60, 8 if part <= 200 else 0, 32))[0]
            world.pay(at, payer, receiver, part * 100, "bank" if bank else "wallet", purpose, "", edge)
            at += rng.randrange(20, 400)

    def _contacts(self, buyer: int, seller: Dealer, at: int) -> None:
        rng, habits = self.rng, self.habits
        partner = seller.person
        if seller.by_parcel and rng.random() < 0.6:  # writes, does not speak
            return
        spoken = 1.0 if seller.role == "retailer" else 1.25  # larger deals are talked over more
        if rng.random() < habits.call_before * spoken:
            lag = self._lag(habits.order_lag_minutes)
            self._ring(buyer, partner, at - lag, 0.8)
            if rng.random() < 0.3:
                self._ring(buyer, partner, at - lag + rng.randrange(60, max(61, lag)), 0.5)
        if rng.random() < habits.call_after * spoken:
            lag = self._lag(habits.pickup_lag_minutes)
            if seller.runner is not None and rng.random() < 0.5:
                self._ring(partner, seller.runner, at + lag // 2, 1.0)
                partner = seller.runner
            self._ring(buyer, partner, at + lag, 0.45)

    def _ring(self, a: int, b: int, at: int, first: float) -> None:
        rng = self.rng
        caller, called = (a, b) if rng.random() < first else (b, a)
        if rng.random() < 0.06:
            self.world.call(at, caller, called, 0, text=True)
        else:
            self.world.call(at, caller, called, max(4, round(rng.lognormvariate(3.3, 0.6))))

    def _talk(self, a: int, b: int, at: int) -> None:
        self.world.call(at, *((a, b) if self.rng.random() < 0.5 else (b, a)), self.rng.randrange(20, 400))

    def _lag(self, median_minutes: float) -> int:
        return max(30, round(median_minutes * 60 * exp(self.rng.gauss(0, 0.8))))

    def _price(self, yuan: float, step: int) -> int:
        noisy = yuan * max(0.4, self.rng.gauss(1, self.habits.haggle))
        step = min(step, self.habits.price_step_yuan) if self.habits.price_step_yuan < 10 else step
        return max(step, round(noisy / step) * step)

    def _time(self, day: int, hours: tuple[int, ...]) -> int:
        hour = self.rng.choices(range(24), hours)[0]
        return day * DAY + hour * 3600 + self.rng.randrange(3600)

    # -- goods and money on the way --------------------------------------------------------------

    def _parcel(self, sender: int, receiver: int, paid: int) -> None:
        rng = self.rng
        at = paid + rng.randrange(3, 40) * 3600
        days = rng.randrange(2, 4) * DAY
        waybill = self.world.inventor.waybill()
        goods = rng.choice(_GOODS)
        parcel = Parcel(
            at, at + days, sender, receiver, goods, round(rng.uniform(0.2, 1.5), 2), False, waybill
        )
        self.world.parcels.append(parcel)

    def _journey(self, person: int, at: int) -> None:
        plate = self.world.people[person].plate
        if plate is None:
            return
        gate = self.rng.randrange(GATES)
        self.world.passes.append(Pass(at - self.rng.randrange(1800, 9000), plate, gate))
        self.world.passes.append(Pass(at + self.rng.randrange(3600, 30000), plate, gate))
        if self.rng.random() < 0.3:
            until = at + self.rng.randrange(6, 14) * 3600
            self.world.stays.append(Stay(at - 3600, until, [person], self.rng.randrange(HOTELS)))

    def _forward(self, day: int) -> None:
        """Collectors pass on what they hold, keeping a little."""
        for (collector, principal), fen in list(self.collected.items()):
            if fen > 30_000 and self.rng.random() < 0.3:
                at = self._time(day, self.habits.supply_hours)
                sent = round(fen * self.rng.uniform(0.85, 1.0) / 1000) * 1000
                channel = "bank" if sent > 400_000 and self.rng.random() < 0.5 else "wallet"
                self.world.pay(at, collector, principal, sent, channel, "转账")
                if self.rng.random() < 0.3:
                    self._talk(collector, principal, at - self.rng.randrange(120, 1800))
                self.collected[collector, principal] = 0
