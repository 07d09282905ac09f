"""Two holders side by side, row by row: agree, near, complement, differ, missing, or no ground to judge by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.answers.shape import time_text
from backend.contract.reviews import ComparedRow, Outcome, Value
from etl.resolve.features import plain_address, shape, sounds
from graph_schema.store import Props

SAME: Outcome = "same"
NEAR: Outcome = "near"
COMPLEMENT: Outcome = "complement"
DIFFER: Outcome = "differ"
MISSING: Outcome = "missing"
NO_BASIS: Outcome = "no_basis"
ZH: Mapping[Outcome, str] = {
    SAME: "一致",
    NEAR: "相近",
    COMPLEMENT: "互补",
    DIFFER: "不一致",
    MISSING: "缺",
    NO_BASIS: "不作依据",
}
_MOST_VALUES = 20

Values = dict[str, list[str]]  # value → rows that say so


@dataclass
class ComparedSide:
    """What is known of one of the two."""

    person: Props
    holds: Sequence[Props] = ()  # label, reference's bare number, reason, evidence
    records: Sequence[Props] = ()
    handsets: Sequence[Props] = ()
    active: Sequence[Props] = ()
    cases: Sequence[str] = ()
    _cache: dict[str, Values] = field(default_factory=dict)

    def said(self, prop: str) -> Values:
        """The values of a record property with the rows that give them."""
        found: Values = {}
        for record in self.records:
            value = record.get(prop)
            for each in value if isinstance(value, list) else [value]:
                if each:
                    found.setdefault(str(each), []).append(row_of(record))
        return found

    def held(self, label: str) -> Values:
        """The identifiers of a label with the rows behind them."""
        return {
            str(held["number"]): list(held["evidence"] or ())
            for held in self.holds
            if held["label"] == label and not held.get("platform")
        }


def row_of(record: Props) -> str:
    """The row reference of a record."""
    return f"{record['file']}/{record.get('sheet') or '-'}/{record['row']}"


def rows(one: ComparedSide, other: ComparedSide) -> list[ComparedRow]:
    """The comparison, in the order it is read."""
    resident = [_resident(side) for side in (one, other)]
    birth = [side.said("birth") or _from_id(side, 6, 14) for side in (one, other)]
    compared: list[tuple[str, str, Values, Values, Callable[[Values, Values], Outcome]]] = [
        ("name", "姓名", _names(one), _names(other), _name),
        ("nickname", "绰号或昵称", one.said("nickname"), other.said("nickname"), _no_basis),
        ("resident_id", "身份证号", resident[0], resident[1], _single),
        ("birth", "出生日期", birth[0], birth[1], _birth),
        ("sex", "性别", one.said("sex"), other.said("sex"), _single),
        ("region", "户籍地", one.said("region"), other.said("region"), _text),
        ("phones", "电话号码", one.held("Phone"), other.held("Phone"), _several),
        ("handsets", "手机串号", _handsets(one), _handsets(other), _several),
        ("accounts", "账号", one.held("Account"), other.held("Account"), _several),
        ("addresses", "现住址", one.said("address"), other.said("address"), _address),
        ("active", "在网时段", _periods(one), _periods(other), lambda *_: _overlap(one, other)),
        ("cases", "案件", {key: [] for key in one.cases}, {key: [] for key in other.cases}, _several),
    ]
    return [_row(name, zh, left, right, decide) for name, zh, left, right, decide in compared]


def _row(
    name: str, zh: str, left: Values, right: Values, decide: Callable[[Values, Values], Outcome]
) -> ComparedRow:
    outcome = _empty(left, right) or decide(left, right)
    return {
        "field": name,
        "zh": zh,
        "outcome": outcome,
        "outcome_zh": ZH[outcome],
        "one": _shown(left),
        "other": _shown(right),
    }


def _shown(values: Values) -> list[Value]:
    return [
        {"value": value, "evidence": sorted(set(rows))[:5]}
        for value, rows in sorted(values.items())[:_MOST_VALUES]
    ]


def _empty(left: Values, right: Values) -> Outcome | None:
    if not left and not right:
        return MISSING
    return COMPLEMENT if not left or not right else None


def _no_basis(left: Values, right: Values) -> Outcome:
    return NO_BASIS


def _single(left: Values, right: Values) -> Outcome:
    return SAME if left.keys() & right.keys() else DIFFER


def _several(left: Values, right: Values) -> Outcome:
    return SAME if left.keys() & right.keys() else COMPLEMENT


def _name(left: Values, right: Values) -> Outcome:
    if left.keys() & right.keys():
        return SAME

    def alike(a: str, b: str) -> bool:
        return bool(set(sounds(a)) & set(sounds(b))) or shape(a) == shape(b) or sorted(a) == sorted(b)

    return NEAR if any(alike(a, b) for a in left for b in right) else DIFFER


def _birth(left: Values, right: Values) -> Outcome:
    one, other = ({"".join(filter(str.isdigit, value)) for value in side} for side in (left, right))
    if one & other:
        return SAME
    one_off = any(
        len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1 for a in one for b in other
    )
    return NEAR if one_off else DIFFER


def _text(left: Values, right: Values) -> Outcome:
    if left.keys() & right.keys():
        return SAME
    return NEAR if any(a in b or b in a or a[:4] == b[:4] for a in left for b in right) else DIFFER


def _address(left: Values, right: Values) -> Outcome:
    one, other = ({plain_address(value) or value for value in side} for side in (left, right))
    return SAME if one & other else DIFFER


def _names(side: ComparedSide) -> Values:
    return {
        **{key: [] for key in side.person.get("names") or ()},
        **side.said("aliases"),
        **side.said("name"),
    }


def _resident(side: ComparedSide) -> Values:
    rid = side.person.get("resident_id")
    return {rid: []} if rid else {}


def _from_id(side: ComparedSide, start: int, end: int) -> Values:
    rid = side.person.get("resident_id")
    return {rid[start:end]: []} if rid else {}


def _handsets(side: ComparedSide) -> Values:
    return {row["device"]: [ref for refs in row["evidence"] for ref in refs or ()] for row in side.handsets}


def _periods(side: ComparedSide) -> Values:
    return {
        f"{row['number']} {(time_text(row['first']) or '')[:10]}~{(time_text(row['last']) or '')[:10]}": []
        for row in side.active
    }


def _overlap(one: ComparedSide, other: ComparedSide) -> Outcome:
    """Numbers that were in use at the same time speak against one after the other; else they complement."""
    apart = all(a["last"] < b["first"] or b["last"] < a["first"] for a in one.active for b in other.active)
    return COMPLEMENT if apart else DIFFER
