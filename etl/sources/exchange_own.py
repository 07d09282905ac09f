"""Elements of Upline's own exports on their way back: the same nodes, records and relationships as before.

Derived elements are left out: they are results and are computed again. What a new load decides itself (event id,
evidence, the row a record stood in) is kept in ``extra`` under names that begin with ``upline:``.
"""

from __future__ import annotations

import json
import re
from typing import Any

from graph_schema.declaration import load_declaration
from graph_schema.declaration.model import Label, Relationship
from graph_schema.identifiers import reference

_HOUSEKEEPING = {"SourceFile"}
_SCOPED = re.compile(r"@[0-9a-f]{12}$")
_KINDS = {
    "Phone": "phone",
    "ResidentId": "resident_id",
    "Sim": "imsi",
    "Company": "uscc",
    "Parcel": "waybill",
}
_ACCOUNTS = {"card", "wechat", "alipay", "qq", "telegram"}
_OF_RECORD = ("record_id", "name", "file", "sheet", "row", "slot", "load")
_OF_EVENT = ("event_id", "aliases", "evidence", "load", "seen_from", "systems", "serials")

Records = list[dict[str, Any]]


class Rejected(Exception):
    """A row that is not loaded: why, in which column, and the value."""

    def __init__(self, reason: str, column: str, value: str | None) -> None:
        super().__init__(reason)
        self.reason, self.column, self.value = reason, column, value


class OwnElements:
    """Own elements of one file; ``ends`` are node ids that became something else (records, by their row)."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self.ends: dict[str, str] = {}
        self._states: dict[str, list[tuple[str, str]]] = {}
        self._again: dict[tuple[str, ...], int] = {}

    def node(
        self,
        number: int,
        row: dict[str, str],
        said: dict[str, Any],
        nodes: Records,
        records: Records,
        legs: Records,
    ) -> None:
        ident, kind = row["ident"], row["kind"]
        label = load_declaration().labels.get(kind)
        if label is None or not ident.startswith(f"{kind}:"):
            raise Rejected("bad_identifier", "编号", ident)
        if label.layer != "observed":
            raise Rejected("derived", "种类", kind)
        if kind in _HOUSEKEEPING:
            raise Rejected("describes_others", "种类", kind)
        _check(label, said)
        if kind == "Record":
            records.append(self._record(number, ident, said))
            return
        _check_key(kind, ident)
        props = {name: value for name, value in said.items() if name not in {"load", label.key}}
        nodes.append({"sheet": self._sheet, "row": number, "ref": ident, "props": _dumps(props)})

    def _record(self, number: int, ident: str, said: dict[str, Any]) -> dict[str, Any]:
        """A mention again, with what its STATES links (read before) say it states."""
        self.ends[ident] = f"Record:{number}/{said.get('slot') or 'node'}"
        stated = dict(self._states.pop(ident, []))
        props = {name: value for name, value in said.items() if name not in _OF_RECORD}
        source = {
            f"upline:{name}": said[name] for name in ("record_id", "file", "sheet", "row") if name in said
        }
        return {
            "sheet": self._sheet,
            "row": number,
            "slot": said.get("slot") or "node",
            "name": said.get("name"),
            "refs": list(stated),
            "hows": list(stated.values()),
            "props": _dumps(_with_extra(props, source)),
        }

    def link(
        self,
        number: int,
        row: dict[str, str],
        said: dict[str, Any],
        nodes: Records,
        records: Records,
        legs: Records,
    ) -> None:
        rel = load_declaration().relationships.get(row["kind"])
        if rel is None:
            raise Rejected("bad_attribute", "种类", row["kind"])
        ends = (row["start"], row["end"])
        if not rel.event and rel.name != "STATES":
            raise Rejected("derived", "种类", row["kind"])
        labels = [end.partition(":")[0] for end in ends]
        if labels[0] not in rel.starts or labels[1] not in rel.ends:
            raise Rejected("bad_identifier", "起", " → ".join(ends))
        for label, end in zip(labels, ends, strict=True):
            if label != "Record":
                _check_key(label, end)
        if rel.name == "STATES":
            self._states.setdefault(ends[0], []).append((ends[1], str(said.get("how") or "named")))
            return
        _check(rel, said)
        if any(label == "Record" and end not in self.ends for label, end in zip(labels, ends, strict=True)):
            raise Rejected("no_party", "起", " → ".join(ends))
        start, end = (self.ends.get(each, each) for each in ends)
        legs.extend(self._legs(number, rel, start, end, said))

    def _legs(self, number: int, rel: Relationship, start: str, end: str, said: dict[str, Any]) -> Records:
        """One leg for each side the event was seen from."""
        props = {
            name: value
            for name, value in said.items()
            if name not in (*_OF_EVENT, "at", "at_precision", "currency")
        }
        amount = props.pop(rel.amount, None) if rel.amount else None
        text = props.pop(rel.text, None) if rel.text else None
        systems, serials = said.get("systems") or ["table"], said.get("serials") or [None]
        source = {f"upline:{name}": said[name] for name in ("event_id", "evidence") if said.get(name)}
        if len(systems) > 1 or len(serials) > 1:
            source |= {"upline:systems": systems, "upline:serials": serials}
        seen = said.get("seen_from") or "none"
        leg = {
            "sheet": self._sheet,
            "row": number,
            "rel": rel.name,
            "start": start,
            "end": end,
            "at": said.get("at"),
            "at_precision": said.get("at_precision") if said.get("at") is not None else None,
            "amount": amount,
            "currency": said.get("currency"),
            "system": systems[0],
            "serial": serials[0],
            "common": None,
            "start_card": None,
            "end_card": None,
            "text": text,
            "props": _dumps(_with_extra(props, source)),
        }
        leg["distinct"] = self._numbered(rel, leg, said)
        return [leg | {"side": side} for side in (("start", "end") if seen == "both" else (seen,))]

    def _numbered(self, rel: Relationship, leg: dict[str, Any], said: dict[str, Any]) -> str | None:
        """Equal relationships of one file are several of them: from the second on they get a number."""
        kind = str(said["kind"]) if rel.name == "RELATED_TO" and said.get("kind") else None
        names = ("rel", "start", "end", "at", "amount", "text")
        key = (kind or "", *(str(leg[name]) for name in names))
        count = self._again[key] = self._again.get(key, 0) + 1
        return kind if count == 1 else f"{kind or ''} {count}".strip()


def _dumps(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _with_extra(props: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Properties with further names in ``extra``; what an earlier trip put there stays."""
    if not more:
        return props
    try:
        known = json.loads(props.get("extra") or "{}")
    except ValueError:
        known = {"upline:extra": props["extra"]}
    known = known if isinstance(known, dict) else {"upline:extra": known}
    return {**props, "extra": json.dumps({**more, **known}, ensure_ascii=False, sort_keys=True)}


def _check(part: Label | Relationship, said: dict[str, Any]) -> None:
    wrong = part.problems(said)
    if wrong:
        raise Rejected("bad_attribute", "属性", "; ".join(wrong)[:200])


def _check_key(label: str, ident: str) -> None:
    """A key that claims to be verified has to be the one its own number gives."""
    key = ident.partition(":")[2]
    if not key:
        raise Rejected("bad_identifier", "编号", ident)
    kind = _KINDS.get(label)
    if label == "Account" and key.partition(":")[0] in _ACCOUNTS:
        kind, key = key.partition(":")[0], key.partition(":")[2]
    if kind is None or _SCOPED.search(key):
        return
    if reference(kind, key).ref != ident:
        raise Rejected("bad_identifier", "编号", ident)
