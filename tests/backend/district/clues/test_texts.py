"""Texts of clues: what counts as equal, what as nearly equal, what says nothing."""

from __future__ import annotations

import random
import time

import pytest

from backend.district.clues.texts import grams, near, plain, says_something, stock_phrases
from backend.district.rules import rules


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("正宗上頭電子煙，同城當面", "正宗上头电子烟 同城当面"),
        ("ＡＢ烟粉３００一支", "ab烟粉300一支"),
        ("老客户烟粉到货 350一支送到手", "老客户烟粉到货 300一支，送到手！"),
        ("👋🏽老地方烟粉到货了送到手", "👋老地方烟粉到货了送到手"),
    ],
)
def test_ways_of_writing_are_one_text(a: str, b: str) -> None:
    """Trap: width, script, price, skin tone and punctuation hide that two posts are one text (reference A4)."""
    assert plain(a).key == plain(b).key


def test_emoji_are_tokens_and_short_texts_keep_their_digits() -> None:
    """Trap: emoji dropped as punctuation; two short texts with other numbers in them called the same."""
    assert plain("❄️到货").exact == "❄到货"
    assert plain("电话13900001111").key != plain("电话13900002222").key
    assert plain("❄老地方老价格今晚到货").masked != plain("老地方老价格今晚到货").masked


def test_near_texts_are_found_by_their_whole_sets() -> None:
    """Trap: an index by rare grams misses pairs at the bound; compared with all pairs, one by one (reference A4: verified)."""
    rng = random.Random(5)
    base = [
        "".join(rng.choice("云山海月风花雪夜星河江湖竹松") for _ in range(rng.randrange(8, 40)))
        for _ in range(60)
    ]
    said = []
    for text in base:
        cut = rng.randrange(len(text))
        said += [text, text[:cut] + rng.choice("甲乙丙") + text[cut:], text[:cut] + text[cut + 1 :]]
    texts = {plain(text).key: plain(text) for text in said}
    slow = set()
    keys = sorted(key for key, text in texts.items() if text.words >= 8)
    for i, a in enumerate(keys):
        for b in keys[i + 1 :]:
            one, two = grams(texts[a].masked), grams(texts[b].masked)
            if one and two and len(one & two) / len(one | two) >= 0.8:
                slow.add((a, b))
    assert len(slow) > 30 and {(a, b) for a, b, _ in near(texts)} == slow


def test_short_texts_are_never_near() -> None:
    """Trap: texts of seven characters joined because two of three grams agree (reference A4: exact only)."""
    texts = {plain(text).key: plain(text) for text in ("今晚老地方见", "今晚老地方见面")}
    assert near(texts) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("有货联系", False),
        ("全国发货 加微信 量大从优", False),
        ("茶叶批发，量大从优", False),
        ("老码头仓库烟粉自提，过期不候", True),
        ("城西桥洞下取蓝盒子", True),
    ],
)
def test_stock_phrases_say_nothing(text: str, says: bool) -> None:
    """Trap: everybody's phrases join every seller there is."""
    phrases = tuple(row.text("phrase") for row in rules("ad_phrases").rows)
    assert says_something(plain(text), stock_phrases(phrases)) is says


def test_ten_thousand_texts_in_seconds() -> None:
    """Trap: all pairs compared: 10^4 texts would take minutes."""
    rng = random.Random(1)
    words = [
        "到货",
        "烟粉",
        "同城",
        "自提",
        "老客户",
        "一支",
        "今晚",
        "码头",
        "仓库",
        "蓝盒",
        "先款",
        "验货",
        "北门",
        "夜里",
    ]
    texts = {}
    while len(texts) < 10_000:
        made = plain("".join(rng.choice(words) for _ in range(rng.randrange(5, 14))))
        texts[made.key] = made
    begun = time.process_time()
    near(texts)
    assert time.process_time() - begun < 20
