"""What to do next, in both languages."""

from __future__ import annotations

from backend.contract.base import Words

_AGAIN = (
    "一周内在同一点重采三天 24h 混合样，其中一天在周末，选晴天，送同一实验室",
    "Sample the same site again within a week: three 24-hour composites, one at the weekend, in dry weather, same laboratory",
)
_ASK = ("；询问污水厂 pH、COD 和硝化是否异常", "; ask the plant about pH, COD and nitrification")


def advice(alarm: bool, up: bool, sparse: bool, node: str | None) -> Words:
    """How to sample again, and where next."""
    if not alarm:
        return {"zh": "按原计划采样", "en": "Sample as planned"}
    if not up:
        return {
            "zh": "先核对采样、流量和实验室记录，再按原计划采样",
            "en": "Check the records of sampling, flow and laboratory, then sample as planned",
        }
    zh, en = (text + more for text, more in zip(_AGAIN, _ASK, strict=True))
    if sparse:
        zh, en = zh + "；此点采样太疏，加密到每月", en + "; the site is sampled too rarely: make it monthly"
    if node is not None:
        zh, en = zh + f"；同日在节点 {node} 采样", en + f"; sample node {node} on the same day"
    return {"zh": zh, "en": en}
