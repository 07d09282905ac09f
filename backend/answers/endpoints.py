"""From what a person types to the one person or node it means."""

from __future__ import annotations

from backend.answers.persons import described
from backend.answers.runs import Run, on_run
from backend.answers.search import EXACT, NAME, ranked
from backend.contract.persons import PersonFitting, PersonMeant, PersonSought
from backend.security.audited import audited
from graph_schema.declaration import load_declaration
from graph_schema.errors import InputError, NotFound
from graph_schema.language import Text
from graph_schema.store import Store, Viewer

_SURE = {EXACT, NAME}


@audited("person.find")
@on_run
def find_person(store: Store, viewer: Viewer, run: Run, query: str, *, limit: int = 20) -> PersonSought:
    """The person a name, pinyin, number or id means, in full; several that fit, in short, each with why."""
    hits, cut = ranked(store, viewer, run, query)
    best: dict[str, PersonFitting] = {}
    for hit in hits:
        if hit["person"] is not None:
            best.setdefault(
                hit["person"]["id"], {"person": hit["person"], "why": hit["why"], "how": hit["how"]}
            )
    sure = [found for found in best.values() if found["how"] in _SURE]
    chosen = sure if len(sure) == 1 else list(best.values())
    if len(chosen) == 1:
        full = described(store, viewer, run, chosen[0]["person"]["id"])
        one: PersonMeant = {**full, "why": chosen[0]["why"]}
        return {
            "persons": [one],
            "total": 1,
            "truncated": False,
            "run": run.name,
        }
    return {"persons": chosen[:limit], "total": len(chosen), "truncated": cut, "run": run.name}


def station(store: Store, viewer: Viewer, run: Run, text: str) -> str:
    """Element id of the station ``text`` means: a person id, node reference, number, case number or name.

    Raises ``NotFound`` where it means nothing, ``InputError`` where it means several.
    """
    return _resolved(store, viewer, run, text)[2]


def meant(store: Store, viewer: Viewer, run: Run, text: str) -> tuple[str, str]:
    """Label and key of what ``text`` means, as ``station`` takes it; for a person ``Person`` and his id.

    A node reference stays the node it names.
    """
    label, key, _ = _resolved(store, viewer, run, text)
    return label, key


def person_meant(store: Store, viewer: Viewer, run: Run, text: str) -> str:
    """Id of the person ``text`` means, himself or by an identifier he holds."""
    label, key = held_by(store, viewer, run, text)
    if label != "Person":
        raise NotFound(NOTHING)
    return key


def held_by(store: Store, viewer: Viewer, run: Run, text: str) -> tuple[str, str]:
    """Label and key of what ``text`` means; of something somebody holds its holder, ``Person`` and his id."""
    label, key = meant(store, viewer, run, text)
    if label in ("Person", "Case"):
        return label, key
    rows = store.read(viewer, "person.holder", labels={"label": label}, key=key, run=run.run_id)
    return ("Person", str(rows[0]["person"])) if rows else (label, key)


NOTHING = Text("没有这个对象，或无权查看。", "There is no such object, or you may not see it.")


def _resolved(store: Store, viewer: Viewer, run: Run, text: str) -> tuple[str, str, str]:
    """Label, key and element id of the station."""
    label, _, key = text.partition(":")
    if label in load_declaration().labels and key:
        found = _station(store, viewer, run, label, run.key(key) if label == "Person" else key)
        if found is not None:
            return label, key, found
    by_id = _station(store, viewer, run, "Person", run.key(text))
    if by_id is not None:
        return "Person", text, by_id
    hits = [hit for hit in ranked(store, viewer, run, text)[0] if hit["how"] in _SURE]
    means = {hit["person"]["id"] if hit["person"] else hit["identifier"]: hit for hit in hits}
    if len(means) > 1:
        some = "，".join(sorted(means)[:10])
        raise InputError(
            Text(
                f"“{text}”对应 {len(means)} 个对象，请改用人员编号或号码：{some}",
                f"“{text}” means {len(means)} objects; give an id or a number: {some}",
            )
        )
    for name, hit in means.items():
        label, key = ("Person", name) if hit["person"] else (name.split(":", 1)[0], name.split(":", 1)[1])
        found = _station(store, viewer, run, label, run.key(key) if hit["person"] else key)
        if found is not None:
            return label, key, found
    raise NotFound(NOTHING)


def _station(store: Store, viewer: Viewer, run: Run, label: str, key: str) -> str | None:
    rows = store.read(viewer, "path.station", labels={"label": label}, key=key, run=run.run_id)
    return rows[0]["station"] if rows else None
