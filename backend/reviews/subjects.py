"""From what a person names (a person, chain, gang, lead …) to the references a judgement keeps.

Persons are computed anew by every run. So a judgement about who is who keeps an anchor of each person that
outlasts runs: his verified resident id, else the number or account he holds, else his oldest record.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from backend.answers.runs import published
from backend.answers.shape import reference
from backend.judgements.words import ABOUT, NOUNS
from etl.resolve.anchors import anchor as best_anchor
from graph_schema.declaration import load_declaration
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

_BY_RUN = ("Person", "Gang", "Chain")


def subjects_of(store: Store, viewer: Viewer, kind: str, named: Sequence[str]) -> list[str]:
    """The references a judgement of this kind keeps. Raises ``NotFound`` and ``InputError``."""
    labels = ABOUT[kind]
    if len(named) != len(labels):
        raise InputError(
            Text(
                f"{kind} 需要 {len(labels)} 个对象：{'，'.join(labels)}。",
                f"A review of kind {kind} is about {', '.join(labels)}.",
            )
        )
    if kind == "item":
        return [_item(store, viewer, named[0])]
    if kind in ("identity", "person"):
        about = [anchor(store, viewer, name) for name in named]
    else:
        about = [_known(store, viewer, label, name) for label, name in zip(labels, named, strict=True)]
    if kind in ("identity", "series", "offer") and about[0] == about[1]:
        raise InputError(Text("两个对象是同一个。", "Both name the same object."))
    return about


def anchor(store: Store, viewer: Viewer, named: str) -> str:
    """What stands for a person in a judgement: ``named`` is a person id, or a reference of something he holds."""
    label, colon, key = named.partition(":")
    declared = load_declaration().labels
    if colon and label != "Person" and label in declared:
        if label != "Record" and not declared[label].identifier:
            raise InputError(Text(f"{label} 不能说明是谁。", f"A {label} does not identify a person."))
        return _known(store, viewer, label, key)
    person_id = key if colon else named
    key = published(store, viewer).key(person_id)
    if not store.read(viewer, "person.one", key=key):
        raise _missing()
    held = store.read(viewer, "person.holds", key=key, limit=2_000)
    refs = [(reference(row["label"], row["props"]), row["props"]) for row in held]
    records = [row["props"] for row in store.read(viewer, "person.records", key=key, limit=2_000)]
    oldest = sorted(records, key=lambda record: (record.get("load", 0), record["record_id"]))
    return best_anchor(
        [ref for ref, _ in refs],
        [record["record_id"] for record in oldest],
        frozenset(ref for ref, props in refs if props.get("platform")),
    )


def _known(store: Store, viewer: Viewer, label: str, named: str) -> str:
    """The reference of an object there is. Raises ``NotFound``."""
    name = named.removeprefix(f"{label}:")
    value = published(store, viewer).key(name) if label in _BY_RUN else name
    labels = {"label": label, "key": load_declaration().labels[label].key}
    if not store.read(viewer, "review.known", labels=labels, value=value)[0]["n"]:
        raise _missing()
    return f"{label}:{name}"


def _item(store: Store, viewer: Viewer, named: str) -> str:
    """``NOUN:ID`` of an item there is now, asked of the noun itself. Raises ``InputError`` and ``NotFound``."""
    noun, colon, item_id = named.removeprefix("Item:").partition(":")
    if not colon or not item_id or noun not in NOUNS:
        raise InputError(
            Text(
                f"对象应写成 类别:编号，如 tasks:RW1；类别为 {'、'.join(NOUNS)}。",
                f"Name the item as NOUN:ID, such as tasks:RW1; the nouns are {', '.join(NOUNS)}.",
            )
        )
    show = getattr(import_module(f"backend.district.{noun}.answers"), f"{noun}_show")
    show(store, viewer, item_id)
    return f"{noun}:{item_id}"


def _missing() -> NotFound:
    return NotFound(Text("没有这个对象，或无权查看。", "There is no such object, or you may not see it."))
