"""The catalogue of named queries: the only place where Cypher lives.

``queries/<area>.cypher`` holds the queries of one area. Each starts with its header and runs to the next::

    // name: persons.by_key
    // mode: read
    // Any further comment says what it is for.
    MATCH (n:<<label>> {<<label.key>>: $key}) RETURN n.<<label.key>> AS key

Placeholders are filled from names of the declaration, never from input as such:

    <<label>> <<…_label>> <<start>> <<end>>     one label
    <<label.key>> (any of the above)            that label's key property
    <<rel>> <<…_rel>>                           one relationship type
    <<labels>> <<rels>>                         several, joined with |
    <<key>> <<…_key>>                           a property that is the key of some label
    <<property>> <<…_property>> <<amount>> <<text>>   a declared property

Everything else is a parameter. A label or type a query names itself must be declared as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph_schema.errors import UplineError

if TYPE_CHECKING:
    from graph_schema.declaration import Declaration

QUERIES = Path(__file__).with_name("queries")
OWN_LABELS = frozenset({"Migration"})
"""Labels of the store's own book-keeping, which the declaration does not show."""

Names = Mapping[str, str | Sequence[str]]

_HEADER = re.compile(r"^//\s*(name|mode):\s*(.*?)\s*$")
_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"<<([^<>]*)>>")
_SLOT = re.compile(r"(?:[a-z0-9]+_)*(label|labels|rel|rels|key|property)|(start|end)|(amount|text)")
_PARAMETER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_NAMED = re.compile(r":\s*(!?\(?[A-Z][A-Za-z0-9_]*(?:\s*[|&]\s*:?!?[A-Z][A-Za-z0-9_]*)*)")
_STRINGS = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH)\b", re.I)
_BARRED = re.compile(r"\b(apoc\s*\.|gds\s*\.|LOAD\s+CSV|CALL\s+dbms\s*\.|USE\s+\w)", re.I)
_RESERVED = {"labels", "timeout", "query", "viewer"}


class CatalogueError(UplineError):
    """A query file, or a use of a query, that does not keep the rules: a mistake of the program."""

    code = "E-CATALOGUE"


@dataclass(frozen=True)
class Query:
    """One named query: its text with placeholders, its slots and its parameters."""

    name: str
    mode: str
    text: str
    slots: frozenset[str]
    parameters: frozenset[str]

    def filled(self, labels: Names | None, declaration: Declaration) -> str:
        """Return the text with every placeholder replaced by declared names; raise CatalogueError."""
        given = dict(labels or {})
        if given.keys() != self.slots:
            raise CatalogueError(
                f"{self.name}: takes the placeholders {sorted(self.slots)}, was given {sorted(given)}"
            )

        def fill(match: re.Match[str]) -> str:
            slot, _, key = match[1].partition(".")
            return _name_for(self.name, slot, bool(key), given[slot], declaration)

        return _PLACEHOLDER.sub(fill, self.text)

    def check(self, parameters: Mapping[str, object]) -> None:
        """Raise CatalogueError unless exactly the query's parameters are given."""
        if parameters.keys() != self.parameters:
            missing = sorted(self.parameters - parameters.keys())
            surplus = sorted(parameters.keys() - self.parameters)
            raise CatalogueError(f"{self.name}: missing parameters {missing}, unknown parameters {surplus}")


def _kind(slot: str) -> str | None:
    """Return what fills a slot: label, labels, rel, rels, key or property; None for an unknown slot."""
    match = _SLOT.fullmatch(slot)
    if match is None:
        return None
    return match[1] or ("label" if match[2] else "property")


def _declared(kind: str, declaration: Declaration) -> Collection[str]:
    """Return the names that may fill a slot of this kind."""
    if kind.startswith("label"):
        return declaration.labels.keys()
    if kind.startswith("rel"):
        return declaration.relationships.keys()
    if kind == "key":
        return {label.key for label in declaration.labels.values()}
    parts = (*declaration.labels.values(), *declaration.relationships.values())
    return {name for part in parts for name in part.properties}


def _name_for(query: str, slot: str, key: bool, value: str | Sequence[str], declaration: Declaration) -> str:
    """Return the declared name or names that fill one slot."""
    kind = str(_kind(slot))
    several = kind in ("labels", "rels")
    if several == isinstance(value, str):
        raise CatalogueError(f"{query}: <<{slot}>> takes {'a list of names' if several else 'one name'}")
    names = [value] if isinstance(value, str) else list(value)
    if not names:
        raise CatalogueError(f"{query}: <<{slot}>> takes at least one name")
    declared = _declared(kind, declaration)
    for name in names:
        if name not in declared:
            raise CatalogueError(f"{query}: {name!r} for <<{slot}>> is not in the declaration")
    return str(declaration.labels[names[0]].key) if key else "|".join(names)


def _plain(text: str) -> str:
    """Return the text without strings and comments: what the rules look at."""
    return _COMMENT.sub(" ", _STRINGS.sub("''", text))


def _build(name: str, mode: str | None, text: str, where: str) -> Query:
    """Check one block and make a Query of it."""
    plain = _plain(text)
    if not plain.strip():
        raise CatalogueError(f"{where}: {name} has no body")
    if mode not in {"read", "write"}:
        raise CatalogueError(f"{where}: {name} needs `// mode: read` or `// mode: write`")
    if mode == "read" and (found := _WRITES.search(plain)):
        raise CatalogueError(f"{where}: {name} is declared read but says {found[0]}")
    if found := _BARRED.search(plain):
        raise CatalogueError(f"{where}: {name} uses {found[0].strip()}, which is outside the portable core")
    slots = set()
    for placeholder in _PLACEHOLDER.findall(text):
        slot, dot, tail = placeholder.partition(".")
        kind = _kind(slot)
        if kind is None or (dot and (tail != "key" or kind != "label")):
            raise CatalogueError(f"{where}: {name} has the unknown placeholder <<{placeholder}>>")
        slots.add(slot)
    parameters = frozenset(_PARAMETER.findall(plain))
    if clash := parameters & _RESERVED:
        raise CatalogueError(f"{where}: {name} has parameters named {sorted(clash)}; choose other names")
    return Query(name, mode, text, frozenset(slots), parameters)


def parse(area: str, source: str, where: str) -> list[Query]:
    """Return the queries of one file; raise CatalogueError for anything that is not exactly so."""
    queries: list[Query] = []
    name: str | None = None
    mode: str | None = None
    body: list[str] = []

    def finish() -> None:
        if name is not None:
            queries.append(_build(name, mode, "\n".join(body).strip().removesuffix(";"), where))

    for number, line in enumerate(source.splitlines(), 1):
        header = _HEADER.match(line)
        if header is None:
            if name is None and line.strip() and not line.startswith("//"):
                raise CatalogueError(f"{where}:{number}: text before the first `// name:`")
            if not line.startswith("//"):
                body.append(line)
        elif header[1] == "name":
            finish()
            name, mode, body = header[2], None, []
            if not _NAME.fullmatch(name) or name.split(".")[0] != area:
                raise CatalogueError(f"{where}:{number}: name {name!r} must be {area}.something")
        elif name is None or mode is not None or "".join(body).strip():
            raise CatalogueError(f"{where}:{number}: `// mode:` belongs right after `// name:`, once")
        else:
            mode = header[2]
    finish()
    return queries


def undeclared(query: Query, declaration: Declaration) -> list[str]:
    """Return the labels and types the query names itself that the declaration does not have."""
    known = declaration.labels.keys() | declaration.relationships.keys() | OWN_LABELS
    named = {
        word for group in _NAMED.findall(_plain(query.text)) for word in re.findall(r"[A-Za-z]\w*", group)
    }
    return sorted(named - known)


def load(folder: Path, declaration: Declaration, area: str = "*") -> dict[str, Query]:
    """Return the queries of a folder (or of one of its areas) by name, checked against the declaration."""
    queries: dict[str, Query] = {}
    for file in sorted(folder.glob(f"{area}.cypher")):
        for query in parse(file.stem, file.read_text(encoding="utf-8"), file.name):
            if query.name in queries:
                raise CatalogueError(f"{file.name}: {query.name} exists twice")
            if wrong := undeclared(query, declaration):
                raise CatalogueError(f"{file.name}: {query.name} names {wrong}, not in the declaration")
            queries[query.name] = query
    return queries


@cache
def _area(area: str) -> dict[str, Query]:
    from graph_schema.declaration import load_declaration

    return load(QUERIES, load_declaration(), area)


def find(name: str) -> Query:
    """Return one of the program's own queries; its file is read once per process. Raises CatalogueError."""
    area = name.partition(".")[0]
    query = _area(area).get(name) if area.isidentifier() else None
    if query is None:
        raise CatalogueError(f"no query named {name} in the catalogue")
    return query
