"""The signals of a supply: their published weights, what they are called, why they count and where that is from."""

from __future__ import annotations

from functools import cache

from backend.analysis.model.weights import Weight, load_weights
from backend.contract.supplies import SignalWord, SignalWords


@cache
def signal_words() -> SignalWords:
    """All signals of the published weights; no case data."""
    weights = load_weights()
    return {"version": weights.version, "signals": [_word(each) for each in weights.signals.values()]}


def _word(signal: Weight) -> SignalWord:
    return {
        "name": signal.name,
        "retail": signal.retail,
        "restock": signal.restock,
        "zh": signal.zh,
        "en": signal.en,
        "source": {"zh": signal.source.zh, "en": signal.source.en},
        "reason": {"zh": signal.reason_zh, "en": signal.reason_en},
    }
