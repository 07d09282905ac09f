"""goAML reports (UNODC): payments between two parties, with the persons and firms behind the accounts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.xml import elements, local
from etl.sources.documents import FirstLook
from etl.sources.documents._graph import Link, Node, sheets
from etl.storage.facts import FileOrigin

TITLE = ("goAML 报告", "goAML report")
SAMPLE = (
    "<report><transaction><transactionnumber>T1</transactionnumber>",
    "<date_transaction>2024-03-05T21:00:00</date_transaction><amount_local>300.00</amount_local>",
    "<t_from><from_account><institution_name>示例银行</institution_name><account>6222000000000000012</account>",
    "</from_account></t_from><t_to><to_account><account>6222000000000000020</account></to_account></t_to>",
    "</transaction></report>",
)
_SIDES = (("t_from", "t_from_my_client"), ("t_to", "t_to_my_client"))


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    report = seen.kind == "xml" and seen.root is not None and seen.root.name == "report"
    return report and any(
        word in seen.head for word in ("<rentity_id", "<submission_code", "<transaction>", ":transaction>")
    )


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    return sheets(path, partial(_nodes, path), partial(_links, path), limits)


def _transactions(path: Path) -> Iterator[ET.Element]:
    return elements(path, {"transaction"})


def _texts(element: ET.Element) -> dict[str, str]:
    """Plain children of an element by local name."""
    return {
        local(child.tag): child.text.strip()
        for child in element
        if not len(child) and child.text and child.text.strip()
    }


def _party(transaction: ET.Element, names: tuple[str, ...]) -> ET.Element | None:
    """Account, person or entity of one side."""
    side = next((child for child in transaction if local(child.tag) in names), None)
    if side is None:
        return None
    kinds = ("_account", "_person", "_entity")
    found = [
        child
        for child in side
        for kind in kinds
        if local(child.tag).removesuffix("_my_client").endswith(kind)
    ]
    return min(found, key=lambda child: kinds.index("_" + _shape(child)), default=None)


def _shape(element: ET.Element) -> str:
    return local(element.tag).removesuffix("_my_client").rpartition("_")[2]


def _describe(element: ET.Element) -> Node:
    told = _texts(element)
    if "account" in told or _shape(element) == "account":
        number = told.get("account", "")
        return Node(f"account/{told.get('institution_name', '')}/{number}", "account", number, "", told)
    name = " ".join(filter(None, (told.get("first_name"), told.get("last_name")))) or told.get("name", "")
    number = told.get("id_number") or told.get("ssn") or told.get("incorporation_number", "")
    person = "first_name" in told or "last_name" in told
    kind = "person" if person else "entity"
    return Node(f"{kind}/{number or name}", kind, name, "", told | ({"idNumber": number} if number else {}))


def _behind(element: ET.Element) -> list[tuple[ET.Element, str]]:
    """Persons and entities tied to an account or firm, with the tie."""
    found = []
    for part in element.iter():
        name = local(part.tag)
        if part is not element and name in {
            "t_person",
            "t_entity",
            "t_person_my_client",
            "t_entity_my_client",
        }:
            found.append((part, "signatory" if name.startswith("t_person") else "entity"))
    return found


def _nodes(path: Path) -> Iterator[Node]:
    told: set[str] = set()
    for transaction in _transactions(path):
        for names in _SIDES:
            party = _party(transaction, names)
            for part in [] if party is None else [party, *(each for each, _ in _behind(party))]:
                node = _describe(part)
                if node.ident not in told:
                    told.add(node.ident)
                    yield node


def _links(path: Path) -> Iterator[Link]:
    for transaction in _transactions(path):
        told = _texts(transaction)
        ends = [_party(transaction, names) for names in _SIDES]
        start, finish = ("" if end is None else _describe(end).ident for end in ends)
        said = {**told, "amount": told.get("amount_local", "")}
        text = told.get("transaction_description") or told.get("comments", "")
        number, at = told.get("transactionnumber", ""), told.get("date_transaction", "")
        yield Link(start, finish, "transaction", number, text, at, "", said)
        for end, ident in zip(ends, (start, finish), strict=True):
            for person, tie in [] if end is None else _behind(end):
                yield Link(_describe(person).ident, ident, tie)
