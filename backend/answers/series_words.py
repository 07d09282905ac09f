"""How a link between cases is told: what it is, how rare, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from backend.analysis.cases.causes import PLAIN
from backend.analysis.cases.series import JOIN, Cause
from backend.contract.base import Words
from backend.contract.person import Person
from graph_schema.language import Text

BASES: Mapping[str, Text] = {
    "person": Text("同一涉案人员", "the same person"),
    "upstream": Text("链条上行至同一人", "chains up to the same person"),
    "batch": Text("同一特征批次", "the same batch"),
    "handset": Text("同一手机", "the same handset"),
    "packaging": Text("同样包装", "the same packaging"),
    "supplier": Text("同一供货候选", "the same supply candidate"),
    "account": Text("付款至同一账户", "payments to the same account"),
    "code_word": Text("同一暗语", "the same code word"),
}
ORDER = tuple(BASES)


def why(cause: Cause, person: Person | None) -> Words:
    """In both languages: what is shared, by how many people, and how much it says."""
    basis = BASES[cause.basis]
    name = (person["name"] if person else None) or cause.value
    n = len(cause.cases)
    parts_zh, parts_en = [f"{basis.zh}：{name}，{n} 起案件"], [f"{basis.en}: {name}, {n} cases"]
    if cause.basis in ("upstream", "supplier"):
        surely = sorted(cause.cases.values(), reverse=True)[:2]
        parts_zh.append("最有把握的两案 " + "、".join(f"{each:.2f}" for each in surely))
        parts_en.append("the two strongest " + " and ".join(f"{each:.2f}" for each in surely))
    if cause.people is not None:
        parts_zh.append(f"共 {cause.people} {'个账户付款' if cause.basis == 'account' else '人'}")
        parts_en.append(
            f"{cause.people} {'paying accounts' if cause.basis == 'account' else 'people'} in all"
        )
    if cause.weight == 0:
        account = cause.basis == "account"
        parts_zh.append("收款人无涉毒材料，不计" if account else "过于常见，不计")
        parts_en.append("no drug fact about the payee, not counted" if account else "too common, not counted")
    elif PLAIN[cause.basis] < JOIN:
        parts_zh.append("仅作佐证，不单独并案")
        parts_en.append("supporting only; does not join cases alone")
    return {"zh": "；".join(parts_zh), "en": "; ".join(parts_en)}
