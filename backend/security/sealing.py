"""What of ordinary nodes and rows belongs to the circle of care: records of its tables, some columns of the register.

涉毒人员 stays a table of cases: it says where drugs came from. Its 管控现状, 风险等级 and 脱失次数 are care, and so is the whole
entry of who was a minor when he was found. Whoever is not of the circle sees that it is there and sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend.security.circles import circle_of, closed, sealed_rows
from backend.security.rights import Right, rights
from etl.layouts.registry import layouts
from graph_schema.beijing import AHEAD_MS
from graph_schema.store import Props, Row, Store, Viewer

CIRCLE = "care"
REGISTER = "registered_users"
PROPERTIES = ("control_status", "risk_level", "relapses")
"""What the register says of care."""
OF_CASES = ("source_text",)
"""What it says of cases."""
LEFT = ("record_id", "file", "sheet", "row", "slot", "load", "registered_user")
"""What may be said of a sealed record: where it stands, and that it is there."""
CLOSED = "封存 sealed"
_TIMEOUT = 120.0
_CASE_ROLE = Viewer("", "investigator")


def records_of_care(store: Store, viewer: Viewer, ids: Iterable[str] | None = None) -> frozenset[str]:
    """Records that belong to care, among some or among all; for everybody, whoever asks."""
    if ids is None:
        rows = store.read(viewer, "circle.records", ahead=AHEAD_MS, timeout=_TIMEOUT)
    else:
        wanted = sorted(set(ids))
        rows = store.read(viewer, "circle.records_among", ahead=AHEAD_MS, ids=wanted, timeout=_TIMEOUT)
    return frozenset(str(row["record"]) for row in rows)


def sealed_records(store: Store, viewer: Viewer, ids: Iterable[str] | None = None) -> frozenset[str]:
    """Records a viewer may not read, among some or among all."""
    if not closed(viewer, CIRCLE):
        return frozenset()
    among = None if ids is None else list(ids)
    return frozenset() if among == [] else records_of_care(store, viewer, among)


def readable(viewer: Viewer, props: Props, sealed: frozenset[str]) -> Row:
    """Properties of a record as a viewer may read them."""
    if not closed(viewer, CIRCLE):
        return dict(props)
    if props["record_id"] in sealed:
        return {name: value for name, value in props.items() if name in LEFT}
    return {name: value for name, value in props.items() if name not in PROPERTIES}


def sealed_review(viewer: Viewer, label: str, props: Props) -> bool:
    """Whether a node is a judgement of a circle the viewer is not in."""
    return label == "Review" and closed(
        viewer, circle_of(str(props.get("kind")), props.get("subjects") or ())
    )


def sealed_row(store: Store, viewer: Viewer, kind: str, prefix: str, sheet: str, row: int) -> bool:
    """Whether a row of a file is closed to a viewer: of a table of care, or the register's entry of a minor; to care
    staff every other row."""
    if sealed_rows(viewer, kind):
        return True
    if Right.CASES not in rights(viewer):
        return not (_is_register(kind) or sealed_rows(_CASE_ROLE, kind))
    if not _is_register(kind) or not closed(viewer, CIRCLE):
        return False
    found = store.read(
        viewer, "circle.records_at", ahead=AHEAD_MS, file=prefix, sheet="" if sheet == "-" else sheet, row=row
    )
    return bool(found)


def shown_cells(viewer: Viewer, kind: str, headings: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Cells of a row; in the register those of care are closed to case roles, where drugs came from to care staff."""
    if not _is_register(kind):
        return list(cells)
    hidden = _headings(PROPERTIES) if closed(viewer, CIRCLE) else frozenset[str]()
    if Right.CASES not in rights(viewer):
        hidden |= _headings(OF_CASES)
    return [
        CLOSED if cell and n < len(headings) and headings[n].strip().rstrip("*") in hidden else cell
        for n, cell in enumerate(cells)
    ]


def _is_register(kind: str) -> bool:
    return kind.removeprefix("hand_entry/").partition("/")[0] == REGISTER


def _headings(properties: Sequence[str]) -> frozenset[str]:
    """Headings of the columns of the register that become some properties."""
    layout = layouts()[REGISTER]
    columns = {
        column for record in layout.records for name, column in record.props.items() if name in properties
    }
    return frozenset(alias for column in columns for alias in layout.columns[column].aliases)
