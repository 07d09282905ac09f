"""Substances of a clue: words with several meanings, tests, and the status on the day of the act."""

from __future__ import annotations

import datetime as dt

import pytest

from backend.district.clues.substances import offered, status_of
from backend.district.rules import rules
from tests.backend.district.test_deliveries import at

ON = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "day", "status", "since"),
    [
        ("依托咪酯", "2023-09-30", "not_controlled", None),
        ("依托咪酯", "2023-10-01", "controlled", "2023-10-01"),
        ("合成大麻素", "2021-07-01", "controlled", "2021-07-01"),
        ("氟胺酮", "2021-06-30", "not_controlled", None),
        ("γ-羟丁酸", "2006-05-01", "controlled", "2005-01-01"),
        ("γ-羟丁酸", "2024-05-01", "controlled", "2005-01-01"),
        ("冰毒", "2024-05-01", "controlled", "1997-10-01"),
        ("卡芬太尼", "2018-01-01", "controlled", "2017-03-01"),
        ("呋喃芬太尼", "2018-01-01", "unknown", None),
        ("呋喃芬太尼", "2019-05-01", "controlled", "2019-05-01"),
        ("一氧化二氮", "2025-12-01", "not_controlled", None),
        ("替来他明", "2026-02-01", "unknown", None),
        ("某新物质", "2024-01-01", "unknown", None),
    ],
)
def test_status_is_that_of_the_day(name: str, day: str, status: str, since: str | None) -> None:
    """Trap: today's list applied to an act before it (district reference A2)."""
    found = status_of(name, dt.date.fromisoformat(day), rules("controlled_since"))
    assert (found.status, found.since.isoformat() if found.since else None) == (status, since)


def test_an_unverified_date_says_so() -> None:
    """Trap: 1 or 20 July 2025: a date two sources give differently told as certain (reference A2)."""
    assert not status_of("尼秦类", dt.date(2025, 7, 10), rules("controlled_since")).verified
    assert status_of("依托咪酯", dt.date(2025, 7, 10), rules("controlled_since")).verified


def told(text: str, day: str = "2024-05-01", **more: object) -> list[tuple[object, ...]]:
    props = {"clue_id": "X", "text": text, "at": at(day), **more}
    found = offered(props, rules("code_words"), rules("controlled_since"), ON)
    return [(each["word"], each["substance"], each["tested"], each["status"]) for each in found]


def test_words_with_several_meanings_are_never_resolved() -> None:
    """Trap: 烟粉 is 氟胺酮 in one text and 依托咪酯 in another: two substances, two dates (reference A3)."""
    assert told("烟粉到货", price_fen=30_000) == [("烟粉", None, None, "unknown")]
    assert told("上头电子烟现货") == [("上头电子烟", None, None, "unknown")]
    assert told("听话水现货") == [("听话水", "γ-羟丁酸", None, "controlled")]
    assert told("聽話水現貨")[0][1] == "γ-羟丁酸", "in traditional characters"
    assert told("开心水")[0][1] is None


def test_everyday_words_need_another_sign() -> None:
    """Trap: a word of daily life (香薰, 浴盐) makes a shop of bath salts a seller of cathinones."""
    assert told("薰衣草香薰礼盒") == []
    assert told("香薰到货", price_fen=9_900) == [("香薰", None, None, "unknown")]
    assert told("娜塔莎")[0][1] is None and told("娜塔莎", price_fen=9_900)[0][1] == "合成大麻素类"


def test_what_was_tested_stands_above_words() -> None:
    """Trap: sold as 合成大麻素, tested as 依托咪酯 before it was controlled: (2022)桂0305刑初278号 (reference A2)."""
    sold = told("烟粉到货", "2022-03-01", tested_substance="依托咪酯", tested_at=at("2022-04-01"))
    assert sold == [("烟粉", None, "依托咪酯", "not_controlled")]
    later = told("烟粉到货", "2024-03-01", tested_substance="依托咪酯", tested_at=at("2024-04-01"))
    assert later == [("烟粉", None, "依托咪酯", "controlled")]
    assert told("无暗语", "2024-03-01", tested_substance="依托咪酯") == [
        (None, None, "依托咪酯", "controlled")
    ]
    future = told("烟粉到货", "2024-03-01", tested_substance="依托咪酯", tested_at=at("2026-04-01"))
    assert future == [("烟粉", None, None, "unknown")], "not known yet on the day asked for"


def test_laughing_gas_is_no_drug() -> None:
    """Trap: sellers of 笑气 called drug dealers (reference A5)."""
    assert told("笑气气弹送到家") == [
        ("气弹", "一氧化二氮", None, "not_controlled"),
        ("笑气", "一氧化二氮", None, "not_controlled"),
    ]
