"""Each signal of "A supplies B": what it catches and what it must not."""

from __future__ import annotations

import numpy as np
import pytest

from backend.analysis.model.weights import default_weights
from tests.backend.analysis.tiny import HOUR, MINUTE, Tiny, at, dealer, restock


@pytest.fixture
def street() -> Tiny:
    """A retailer R with users, restocking from W."""
    world = Tiny()
    dealer(world, "R")
    restock(world, "R", "W")
    return world


def test_every_signal_has_a_published_weight_and_every_weight_a_signal(street: Tiny) -> None:
    """Trap: a signal renamed in code keeps an orphan weight, and silently counts for nothing."""
    scored = street.scored()
    assert {s.name for s in (*scored.first, *scored.around)} == set(default_weights().signals)


def test_payments_on_many_days_count_more_than_many_payments_on_one(street: Tiny) -> None:
    """Trap: twenty transfers within one evening are one event, not a trade."""
    for minute in range(20):
        street.pay("R", "once", at(40, 20, minute), 300)
    assert street.value("repeated", "once", "R") == -1.0
    assert street.value("repeated", "W", "R") > 2.0


def test_jiao_and_fen_are_a_till_not_a_price(street: Tiny) -> None:
    """Trap: a noodle shop is paid as often as a supplier."""
    for day in range(0, 90, 3):
        street.pay("R", "noodles", at(day, 12), 23.5)
    assert street.value("odd_cents", "noodles", "R") == 1.0
    assert street.value("odd_cents", "W", "R") == 0.0


def test_money_that_comes_back_is_no_purchase(street: Tiny) -> None:
    """Trap: a gambling agent receives as much as the supplier but pays out as well."""
    for day in range(0, 90, 5):
        street.pay("R", "agent", at(day, 22), 2000)
        street.pay("agent", "R", at(day, 23), 1500)
    assert street.value("money_back", "agent", "R") == pytest.approx(0.75)
    assert street.value("money_back", "W", "R") == 0.0


def test_a_rent_shows_by_its_one_sum_and_its_even_pace(street: Tiny) -> None:
    """Trap: rent and instalments are round sums with calls near, as a restock is; a packet price is one sum too."""
    for day in range(2, 90, 10):
        street.pay("R", "landlord", at(day, 14), 1500)
        street.call("landlord", "R", at(day, 13, 50))
    assert street.value("same_sum", "landlord", "R") == 1.0
    assert street.value("even_pace", "landlord", "R") == 1.0
    assert street.value("rung_by_supplier", "landlord", "R") == 1.0
    assert street.score("landlord", "R") < 0.1 < street.score("W", "R")
    for signal in ("same_sum", "even_pace", "rung_by_supplier"):
        assert street.value(signal, "W", "R") == pytest.approx(0.0, abs=0.01), signal
    assert street.value("same_sum", "R", "R-user1") < 0.1, "others pay this price too"


def test_pace_is_seen_through_missing_rows(street: Tiny) -> None:
    """Trap: one row that was never delivered makes an instalment look like a trade."""
    for day in (2, 12, 22, 42, 52, 82):
        street.pay("R", "lender", at(day, 14), 1500)
    assert street.value("even_pace", "lender", "R") == 1.0


def test_a_dealer_who_rings_for_the_same_lot_every_week_buys_it(street: Tiny) -> None:
    """Trap: a fixed lot on a fixed day taken for an instalment although he orders each."""
    for day in range(3, 90, 7):
        street.call("R", "weekly", at(day, 15, 50))
        street.pay("R", "weekly", at(day, 16), 3000)
    assert street.value("same_sum", "weekly", "R") == 0.0
    assert street.value("even_pace", "weekly", "R") == 0.0
    assert street.score("weekly", "R") > 0.3


def test_a_loan_shows_by_its_first_transfer(street: Tiny) -> None:
    """Trap: the repayments of a loan look like restocking once the loan itself is left out."""
    street.pay("lender", "R", at(0, 10), 30_000)
    for day in range(8, 90, 8):
        street.pay("R", "lender", at(day, 14), 2500)
    assert street.value("loan_first", "lender", "R") == 1.0
    assert street.value("loan_first", "W", "R") == 0.0


def test_bulk_is_measured_against_the_buyers_own_retail_price(street: Tiny) -> None:
    """Trap: fixed thresholds in yuan fail where prices differ."""
    for day in range(0, 90, 6):
        street.pay("R", "peer", at(day, 16), 250)
    assert street.value("bulk_amount", "W", "R") > 1.0
    assert street.value("bulk_amount", "peer", "R") < 0.3


def test_restock_needs_income_before_and_sales_after(street: Tiny) -> None:
    """Trap: somebody without any retail income who pays regularly does not restock."""
    for day in range(0, 90, 6):
        street.pay("idle", "W", at(day, 16), 1000)
    street.registered.add("idle")
    assert street.value("restock", "W", "R") > 0.3
    assert street.value("restock", "W", "idle") == 0.0


def test_a_price_list_is_what_several_payers_pay(street: Tiny) -> None:
    """Trap: a relative who sends odd sums to a dealer is not his customer."""
    for day in range(0, 90, 9):
        street.pay("aunt", "R", at(day, 9), 137)
    assert street.value("price_fits", "R", "R-user0") == 1.0
    assert street.value("price_fits", "R", "aunt") == 0.0
    assert street.value("price_differs", "R", "aunt") == 1.0


def test_spending_share_names_the_largest_expense(street: Tiny) -> None:
    """Trap: the largest payee overall may be a single purchase; at least four payments are needed."""
    street.pay("R", "car dealer", at(50, 11), 90_000)
    assert street.value("spending_share", "car dealer", "R") == 0.0
    assert street.value("spending_share", "W", "R") > 0.1


def test_repurchase_fades_with_the_gap(street: Tiny) -> None:
    """Trap: rent every thirty days is regular too; slow restocking must still count for something."""
    for day in range(0, 90, 29):
        street.pay("R", "landlord", at(day, 12), 1200)
    assert street.value("repurchase", "W", "R") == 1.0
    assert 0.0 < street.value("repurchase", "landlord", "R") < 1.0


def test_a_fixed_date_each_month_is_rent(street: Tiny) -> None:
    """Trap: a landlord or instalment is paid more reliably than any supplier."""
    for month in range(6):
        street.pay("R", "landlord", at(month * 30.4, 12), 1200)
    assert street.value("monthly", "landlord", "R") > 0.5
    assert street.value("monthly", "W", "R") == 0.0


def test_day_only_times_never_count_as_night(street: Tiny) -> None:
    """Trap: a date without a time is stored as midnight, in the middle of the night."""
    for day in range(0, 40, 5):
        street.pay("R", "dated", at(day), 500, precision=0)
        street.pay("R", "late", at(day, 23), 500)
    assert street.value("night", "dated", "R") == 0.0
    assert street.value("night", "late", "R") == 1.0


def test_calls_near_payments_beyond_chance(street: Tiny) -> None:
    """Trap: a spouse who calls all day long is near every payment by chance."""
    for day in range(90):
        for hour in range(8, 24, 2):
            street.call("spouse", "R", at(day, hour, 13 * day % 60))
        if day % 6 == 0:
            street.pay("R", "spouse", at(day, 18, 30), 600)
    assert street.value("call_near_payment", "W", "R") > 2.0
    assert street.value("call_near_payment", "spouse", "R") < 0.7
    assert street.value("call_share", "W", "R") > 0.8


def test_two_of_two_payments_with_a_call_tell_less_than_twelve_of_thirteen(street: Tiny) -> None:
    """Trap: whoever was paid twice stands before the supplier, because both payments had a call."""
    for day in (20, 41):
        street.call("R", "twice", at(day, 15))
        street.pay("R", "twice", at(day, 15, 9), 1800)
    street.calls.remove(next(call for call in street.calls if call[:2] == ("R", "W")))
    assert 0.4 < street.value("call_share", "twice", "R") < 0.7 < street.value("call_share", "W", "R")


def test_calls_after_the_payment_count_as_well(street: Tiny) -> None:
    """Trap: where goods are left at a place, the call comes after the money."""
    for k, day in enumerate(range(2, 90, 7)):
        when = at(day, 13 + k % 6)
        street.pay("R", "late caller", when, 2000)
        street.call("late caller", "R", when + 20 * MINUTE)
    assert street.value("call_near_payment", "late caller", "R") > 2.0


def test_unknown_phone_of_the_buyer_stands_in_for_him(street: Tiny) -> None:
    """Trap: the user's wallet and his phone are two holders, so no call is between payer and payee."""
    for k, day in enumerate(range(1, 90, 5)):
        when = at(day, 20 + k % 3, 17)
        street.call("phone of nobody", "R", when - 8 * MINUTE)
        street.pay("wallet of nobody", "R", when, 300)
    assert street.value("call_near_payment", "R", "wallet of nobody") > 2.0


def test_silence_where_calls_are_on_record(street: Tiny) -> None:
    """Trap: no call in the data means nothing where no call records were delivered."""
    for day in range(0, 90, 4):
        street.pay("R", "shop", at(day, 17, 20), 800)
        street.pay("quiet buyer", "quiet seller", at(day, 17, 20), 800)
    street.registered.add("quiet buyer")
    assert street.value("no_calls", "shop", "R") > 0.9
    assert street.value("no_calls", "quiet seller", "quiet buyer") == 0.0


def test_calls_known_from_others_records_do_not_cover_a_payment(street: Tiny) -> None:
    """Trap: a supplier whose own records nobody asked for is seen talking in those of his arrested buyers, so his silence with
    everybody else counts against them.
    """
    dealer(street, "Q")
    restock(street, "Q", "W")
    street.registered.add("far buyer")
    for day in range(90):
        street.call("R", "W", at(day, 9, day % 50))
        if day % 4 == 3:
            street.pay("far buyer", "W", at(day, 17, 20), 1800)
    assert street.value("no_calls", "W", "far buyer") == 0.0
    street.asked.add("W")
    for day in range(90):
        street.call("W", f"W-friend{day % 7}", at(day, 11 + day % 9))
    assert street.value("no_calls", "W", "far buyer") > 0.9


def test_a_runner_rung_about_payments_to_the_supplier_is_no_supplier() -> None:
    """Trap: the supplier takes the money himself and his runner the calls, so the supplier passes for the runner's payee."""
    world = Tiny(refs={"runner": ["Phone:runner"]})
    dealer(world, "R")
    restock(world, "R", "runner", account="W")
    before, held = world.score("runner", "R"), world.value("holder_supplies", "runner", "R")
    world.say("R", "W")
    assert world.value("holder_supplies", "runner", "R") > held
    assert world.score("runner", "R") < before
    assert world.value("holder_supplies", "W", "R") == 0.0, "his own account"


def test_daily_talk_is_a_household(street: Tiny) -> None:
    """Trap: family members call often and send money, which looks like close business."""
    for day in range(90):
        street.call("mother", "R", at(day, 12, day % 50), 400)
        if day % 15 == 0:
            street.pay("R", "mother", at(day, 18), 500)
    assert street.value("talks_anyway", "mother", "R") == 1.5
    assert street.value("long_talks", "mother", "R") == 1.0
    assert street.value("long_talks", "W", "R") == 0.0


def test_many_payers_without_calls_are_a_shop(street: Tiny) -> None:
    """Trap: a busy seller has many payers too, but they call him."""
    for payer in range(30):
        street.pay(f"customer{payer}", "stall", at(payer, 12), 40)
    street.pay("R", "stall", at(5, 12), 40)
    assert street.value("many_payers_no_calls", "stall", "R") > 1.0
    assert street.value("many_payers_no_calls", "R", "R-user0") == 0.0


def test_others_who_call_and_pay(street: Tiny) -> None:
    """Trap: counting payers instead of payers who call makes every shop a dealer."""
    dealer(street, "Q")
    restock(street, "Q", "W")
    assert street.value("others_call_and_pay", "W", "R") == 1.0
    assert street.value("others_call_and_pay", "R", "R-user0") > 2.0


def customers(world: Tiny, seller: str, count: int, known: int) -> None:
    """So many pay and ring him again and again, the first of them registered users; his own records were asked for."""
    world.asked.add(seller)
    for n in range(count):
        for day in range(n % 7, 90, 9):
            world.call(f"{seller}-c{n}", seller, at(day, 12 + n % 9, 3))
            world.pay(f"{seller}-c{n}", seller, at(day, 12 + n % 9, 20), 100)
    world.registered |= {f"{seller}-c{n}" for n in range(known)}


def test_customers_on_record_speak_for_and_their_absence_against(street: Tiny) -> None:
    """Trap: fifty who ring and pay a driver make him a dealer; three users of eight are taken for chance."""
    customers(street, "driver", 50, 1)
    customers(street, "seller", 8, 4)
    assert street.value("customers_known", "driver", "driver-c0") < -1.0
    assert street.value("customers_known", "seller", "seller-c0") > 1.0
    assert street.value("customers_known", "R", "R-user0") == 0.0, "that R deals is known without them"


def test_parcels_after_payment(street: Tiny) -> None:
    """Trap: a parcel before any payment says little."""
    street.pay("R", "mailer", at(10, 12), 1000)
    street.pay("R", "mailer", at(30, 12), 1000)
    street.send("mailer", "R", at(11, 9))
    street.send("mailer", "R", at(31, 9))
    street.send("friend", "R", at(3, 9))
    street.pay("R", "friend", at(60, 12), 100)
    assert street.value("parcels", "mailer", "R") == 2.0
    assert street.value("parcels", "friend", "R") == 0.5


def test_a_batch_held_by_many_says_less(street: Tiny) -> None:
    """Trap: one large batch spreads over a whole province."""
    case = street.case("A99batch", when=at(80))
    street.seize("R", 0, at(80), 2.0, "B1")
    street.seize("W", case, at(80), 300.0, "B1")
    assert street.value("same_batch", "W", "R") == 1.0
    for n in range(10):
        street.seize(f"other{n}", case, at(80), 1.0, "B1")
    assert street.value("same_batch", "W", "R") == pytest.approx(4 / 12)


def test_statements_and_what_contradicts_them(street: Tiny) -> None:
    """Trap: a false statement names somebody of another case whom the speaker never paid."""
    street.say("R", "W")
    street.say("R", "scapegoat")
    assert street.value("statement", "W", "R") == 1.0
    assert street.value("named_unpaid", "W", "R") == 0.0
    assert street.value("named_unpaid", "scapegoat", "R") == 1.0
    assert street.score("scapegoat", "R") < 0.5


def test_another_candidate_explains_the_same_payments(street: Tiny) -> None:
    """Trap: payee and supplier would both be named for the same money."""
    dealer(street, "Q")
    restock(street, "Q", "boss", account="till")
    assert street.value("collects_for_other", "till", "Q") >= 0.5
    assert street.value("claimed_by_other", "till", "Q") == 1.0
    assert street.value("third_account", "boss", "Q") == 1.0


def test_rivals_are_told_apart_by_what_they_are_paid(street: Tiny) -> None:
    """Trap: whoever has been arrested stands before the one who gets most of the money; or an only candidate is raised."""
    assert street.value("rivals", "W", "R") == pytest.approx(0.0, abs=1e-9)
    for day in range(0, 90, 10):
        street.pay("R", "other", at(day, 12), 900)
    assert street.value("rivals", "other", "R") < 0.0 <= street.value("rivals", "W", "R")


def test_lender_and_spouse_do_not_supply() -> None:
    """Trap: they receive as much as the true supplier, one of them after calls."""
    world = Tiny()
    dealer(world, "R")
    restock(world, "R", "W")
    world.pay("lender", "R", at(0, 11), 20_000)
    for k, day in enumerate(range(5, 90, 7)):
        world.pay("R", "lender", at(day, 14), 2600)
        if k % 3 == 0:
            world.call("lender", "R", at(day, 13, 30), 70)
    for day in range(90):
        for hour in (8, 12, 18, 22):
            world.call(*(("R", "spouse") if hour % 8 else ("spouse", "R")), at(day, hour, 7 * day % 60), 90)
        if day % 4 == 0:
            world.pay("R", "spouse", at(day, 18, 40), 1500)
        if day % 9 == 0:
            world.pay("spouse", "R", at(day, 9), 900)
    assert world.score("W", "R") > 0.8
    assert world.score("lender", "R") < 0.5
    assert world.score("spouse", "R") < 0.5


def test_users_buy_from_the_retailer_and_not_the_other_way_round(street: Tiny) -> None:
    """Trap: direction is lost when ties are undirected."""
    assert street.score("R", "R-user1") > 0.5
    assert street.score("R-user1", "R") < 0.05


def test_cross_supply_goes_both_ways() -> None:
    """Trap: forcing a tree drops one direction of sellers who help each other out (串货)."""
    world = Tiny()
    dealer(world, "R")
    dealer(world, "Q")
    for k, day in enumerate(range(2, 90, 12)):
        for first, second, shift in (("R", "Q", 0), ("Q", "R", 5)):
            when = at(day + shift, 14 + k % 5)
            world.call(first, second, when - 9 * MINUTE)
            world.pay(first, second, when, 900)
    assert world.value("opposite_direction", "Q", "R") > 0.0
    assert world.score("Q", "R") > 0.05
    assert world.score("R", "Q") > 0.05


def test_scores_do_not_depend_on_the_time_of_year(street: Tiny) -> None:
    """Trap: anything anchored to the clock of the machine changes from day to day."""
    moved = Tiny()
    dealer(moved, "R")
    restock(moved, "R", "W")
    year = 364 * 24 * HOUR
    moved.calls = [(a, b, when - year, s, p) for a, b, when, s, p in moved.calls]
    moved.pays = [(a, b, when - year, s, p) for a, b, when, s, p in moved.pays]
    assert np.isclose(moved.score("W", "R"), street.score("W", "R"), atol=0.02)
