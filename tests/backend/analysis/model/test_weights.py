"""The published weights."""

from __future__ import annotations

from backend.analysis.model.weights import default_weights


def test_a_signal_that_weighs_nothing_says_why() -> None:
    """The trap: a signal left at 0 for a reason nobody remembers, or one that says so and was given a weight since."""
    idle = {name for name, each in default_weights().signals.items() if not (each.retail or each.restock)}
    zh = {name for name, each in default_weights().signals.items() if "；不计权重：" in each.reason_zh}
    en = {
        name for name, each in default_weights().signals.items() if "; weight 0, because " in each.reason_en
    }
    assert idle == zh == en
