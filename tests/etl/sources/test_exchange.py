"""Exchange formats: a stranger's graph loses nothing, our own comes back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from tests.etl.opened import Facts, facts_of

A, B = "Phone:+8613900001234", "Phone:+8613900005678"


def opened(folder: Path, text: str, name: str = "a.txt") -> Facts:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    [facts] = facts_of(path, f"netz/{name}")
    assert facts.kind == "exchange_items"
    return facts


def test_graphml_of_a_stranger(tmp_path: Path) -> None:
    """Traps: keys named d0; a phone that becomes a thing beside our phone; a person who cannot be found by name."""
    facts = opened(
        tmp_path,
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="node" attr.name="type"/>'
        '<key id="d1" for="node" attr.name="name"/><key id="d2" for="edge" attr.name="label"/>'
        '<key id="d3" for="edge" attr.name="weight"/><key id="d4" for="node" attr.name="note"/>'
        '<graph edgedefault="directed"><node id="13900001234"><data key="d0">phone</data></node>'
        '<node id="p1"><data key="d0">Person</data><data key="d1">章一凡</data><data key="d4">x</data></node>'
        '<edge source="p1" target="13900001234"><data key="d2">USES</data><data key="d3">2.5</data></edge>'
        "</graph></graphml>",
    )
    [leg] = facts.legs
    assert (leg["rel"], leg["start"], leg["end"]) == ("RELATED_TO", "Thing:netz:p1", A)
    assert (leg["props"]["kind"], leg["props"]["weight"]) == ("USES", 2.5)
    told = facts.node("Thing:netz:p1")
    assert (told["kind"], told["raw"], told["title"]) == ("Person", "p1", "章一凡")
    assert json.loads(told["extra"])["note"] == "x"
    [record] = facts.records
    assert (record["name"], record["refs"]) == ("章一凡", ["Thing:netz:p1"])


def test_gexf(tmp_path: Path) -> None:
    """Trap: attribute titles stand elsewhere than their values; edges without a kind."""
    facts = opened(
        tmp_path,
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><attributes class="node">'
        '<attribute id="0" title="kind" type="string"/></attributes><nodes><node id="1" label="甲">'
        '<attvalues><attvalue for="0" value="person"/></attvalues></node><node id="2" label="乙"/></nodes>'
        '<edges><edge id="e" source="1" target="2" weight="3" start="2024-03-05"/></edges></graph></gexf>',
    )
    [leg] = facts.legs
    assert (leg["start"], leg["end"], leg["at_precision"]) == ("Thing:netz:1", "Thing:netz:2", "day")
    assert leg["props"] == {"kind": "link", "weight": 3.0, "extra": '{"id": "e"}'}
    assert [record["name"] for record in facts.records] == ["甲"]


def test_anx(tmp_path: Path) -> None:
    """Traps: links before entities; an arrow on the tail; a clock that was never set; a call with both phones."""

    def entity(ident: str, kind: str, label: str) -> str:
        icon = f'<Icon><IconStyle Type="{kind}"/></Icon>'
        inside = f'<Entity EntityId="{ident}" Identity="{label}">{icon}</Entity>'
        return f'<ChartItem Label="{label}"><End X="0">{inside}</End></ChartItem>'

    def link(style: str, when: str) -> str:
        return f'<ChartItem Label="x" {when}><Link End1Id="E1" End2Id="E2"><LinkStyle {style}/></Link></ChartItem>'

    facts = opened(
        tmp_path,
        '<Chart IdReferenceLinking="false"><ChartItemCollection>'
        + link(
            'Type="Call" ArrowStyle="ArrowOnTail"',
            'DateTime="2024-03-05T20:58:41" DateSet="true" TimeSet="true"',
        )
        + link('Type="Friend"', 'DateTime="2024-03-05T00:00:00" DateSet="true" TimeSet="false"')
        + entity("E1", "Phone", "13900001234")
        + entity("E2", "Phone", "13900005678")
        + "</ChartItemCollection></Chart>",
    )
    call, friend = facts.legs
    assert (call["rel"], call["start"], call["end"], call["at"]) == ("CALLED", B, A, 1709643521000)
    assert (friend["rel"], friend["start"], friend["at_precision"]) == ("RELATED_TO", A, "day")


def test_ftm(tmp_path: Path) -> None:
    """Traps: lists everywhere; links before their ends; a payment by account; numbers instead of entities."""
    lines: list[dict[str, Any]] = [
        {
            "id": "y1",
            "schema": "Payment",
            "properties": {
                "payerAccount": ["a1"],
                "beneficiaryAccount": ["a2"],
                "amount": ["300.50"],
                "currency": ["CNY"],
                "date": ["2024-03-05T21:00:00"],
                "purpose": ["茶叶"],
            },
        },
        {"id": "a1", "schema": "BankAccount", "properties": {"accountNumber": ["6222000000000000012"]}},
        {"id": "a2", "schema": "BankAccount", "properties": {"accountNumber": ["6222000000000000020"]}},
        {
            "id": "p1",
            "schema": "Person",
            "properties": {"name": ["章一凡", "老章"], "idNumber": ["990101199001010019"]},
        },
        {
            "id": "c1",
            "schema": "Call",
            "properties": {
                "callerNumber": ["13900001234"],
                "receiverNumber": ["+86 139 0000 5678"],
                "duration": ["47"],
            },
        },
        {
            "id": "o1",
            "schema": "Ownership",
            "properties": {"owner": ["p1"], "asset": ["a1", "x9"], "role": ["户主"]},
        },
    ]
    facts = opened(tmp_path, "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    [paid] = facts.legs_of("PAID")
    assert (paid["amount"], paid["text"], paid["currency"]) == (30050, "茶叶", "CNY")
    [call] = facts.legs_of("CALLED")
    assert (call["start"], call["end"], call["amount"]) == (A, B, 47)
    owns = facts.legs_of("RELATED_TO")
    assert [leg["end"] for leg in owns] == [paid["start"], "Thing:netz:x9"]
    [record] = facts.records
    assert record["refs"] == ["Thing:netz:p1", "ResidentId:990101199001010019"]
    assert json.loads(facts.node("Thing:netz:p1")["extra"])["name"] == "章一凡; 老章"


def test_link_list(tmp_path: Path) -> None:
    """Traps: ends described in each row; a direction that points back; the cells as received."""
    facts = opened(
        tmp_path,
        "End1 Type,End1 Id,End1 Label,Link Type,Link Label,Date,Time,Direction,End2 Type,End2 Id,End2 Label,Description,Source\n"
        "Phone,13900001234,,Call,,2024-03-05,20:58:41,End2 to End1,Phone,13900005678,老水,,话单\n"
        "Person,P1,章一凡,Friend,发小,,,,Person,P2,季二水,备注,\n"
        "Person,,章一凡,Friend,,,,,Person,P2,季二水,,\n",
        "links.csv",
    )
    call, friend = facts.legs
    assert (call["rel"], call["start"], call["end"], call["at"]) == ("CALLED", B, A, 1709643521000)
    assert (friend["text"], friend["end"]) == ("发小", "Thing:netz:Person/P2")
    assert sorted(record["name"] for record in facts.records) == ["季二水", "章一凡"]
    assert facts.reasons()[0][:3] == (4, "rejected", "no_party")
    assert "发小" in facts.rows[1]["cells"][15:]


def test_stix(tmp_path: Path) -> None:
    """Trap: what is no relationship object but a reference is lost."""
    bundle = {
        "type": "bundle",
        "id": "bundle--1",
        "objects": [
            {"type": "identity", "id": "identity--1", "identity_class": "individual", "name": "章一凡"},
            {
                "type": "user-account",
                "id": "user-account--1",
                "account_type": "telegram",
                "user_id": "user990010001",
            },
            {
                "type": "relationship",
                "id": "relationship--1",
                "relationship_type": "uses",
                "source_ref": "identity--1",
                "target_ref": "user-account--1",
                "created": "2024-03-05T13:00:00.000Z",
            },
            {"type": "note", "id": "note--1", "content": "x", "object_refs": ["identity--1"]},
        ],
    }
    facts = opened(tmp_path, json.dumps(bundle, ensure_ascii=False))
    assert [(leg["start"], leg["end"], leg["props"]["kind"]) for leg in facts.legs] == [
        ("Thing:netz:identity--1", "Account:telegram:user990010001", "uses"),
        ("Thing:netz:note--1", "Thing:netz:identity--1", "object"),
    ]


def test_goaml(tmp_path: Path) -> None:
    """Traps: _my_client names; a payment by a person without account; signatories lost."""
    account = "<account>{}</account><institution_name>示例</institution_name>"
    signed = (
        "<signatory><t_person><first_name>一凡</first_name><last_name>章</last_name>"
        "<id_number>990101199001010019</id_number></t_person></signatory>"
    )
    text = (
        "<report><rentity_id>1</rentity_id><transaction><transactionnumber>T1</transactionnumber>"
        "<date_transaction>2024-03-05T21:00:00</date_transaction><amount_local>300.00</amount_local>"
        f"<t_from_my_client><from_account>{account.format('6222000000000000012')}{signed}</from_account></t_from_my_client>"
        f"<t_to><to_account>{account.format('6222000000000000020')}</to_account></t_to></transaction>"
        "<transaction><transactionnumber>T2</transactionnumber><amount_local>5</amount_local>"
        "<t_from><from_person><first_name>二水</first_name><last_name>季</last_name></from_person></t_from>"
        f"<t_to><to_account>{account.format('6222000000000000020')}</to_account></t_to></transaction></report>"
    )
    facts = opened(tmp_path, text)
    [paid] = facts.legs_of("PAID")
    assert (paid["amount"], paid["serial"]) == (30000, "T1")
    kinds = [leg["props"]["kind"] for leg in facts.legs_of("RELATED_TO")]
    assert kinds == ["signatory", "transaction"]
    assert {record["name"] for record in facts.records} == {"一凡 章", "二水 季"}


RECORD = "Record:0123456789abcdef"
NODES: list[tuple[str, str, dict[str, Any]]] = [
    (A, "Phone", {"number": "+8613900001234", "verified": True, "kind": "mobile"}),
    (B, "Phone", {"number": "+8613900005678", "extra": '{"a": 1}'}),
    ("Thing:netz:x", "Thing", {"thing_id": "netz:x", "kind": "boat", "title": 'a\x07_x0041_b <&>"'}),
    (
        RECORD,
        "Record",
        {
            "record_id": "0123456789abcdef",
            "name": "章一凡",
            "aliases": ["老章", "凡"],
            "slot": "owner",
            "file": "aaaaaaaaaaaa",
            "sheet": "-",
            "row": 7,
            "registered_user": True,
        },
    ),
    ("Case:A9901", "Case", {"case_no": "A9901"}),
    ("Person:P1", "Person", {"name": "章一凡"}),
    ("Phone:1x", "Phone", {"number": "1x"}),
]
EVENT = {"event_id": "e1", "at": 1709643521000, "at_precision": "second", "evidence": ["aaaaaaaaaaaa/-/2"]}
LINKS: list[tuple[str, str, str, str, dict[str, Any]]] = [
    (
        "e1",
        "CALLED",
        A,
        B,
        {**EVENT, "seconds": 47, "seen_from": "both", "systems": ["carrier"], "deleted": True},
    ),
    (
        "e2",
        "RELATED_TO",
        A,
        "Thing:netz:x",
        {"event_id": "e2", "kind": "ON", "weight": 2.5, "text": "换行\n文"},
    ),
    (
        "e3",
        "RELATED_TO",
        A,
        "Thing:netz:x",
        {"event_id": "e3", "kind": "ON", "weight": 2.5, "text": "换行\n文"},
    ),
    ("s1", "STATES", RECORD, A, {"how": "registered", "evidence": ["aaaaaaaaaaaa/-/7"]}),
    ("e4", "INVOLVED_IN", RECORD, "Case:A9901", {"event_id": "e4", "role": "贩卖"}),
    ("d1", "HOLDS", "Person:P1", A, {"run": "r"}),
]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    return text.replace("_x0041_", "_x005F_x0041_").replace("\x07", "_x0007_")


def own_graphml() -> str:
    def data(letter: str, kind: str, props: dict[str, Any]) -> str:
        return "".join(f'<data key="{letter}.{kind}.{n}">{escape(_text(v))}</data>' for n, v in props.items())

    names = {("n", k, n) for _, k, p in NODES for n in p} | {
        ("e", k, n) for _, k, _, _, p in LINKS for n in p
    }
    keys = "".join(f'<key id="{a}.{k}.{n}" attr.name="{k}.{n}"/>' for a, k, n in sorted(names))
    keys += '<key id="label" attr.name="label"/><key id="type" attr.name="type"/>'
    nodes = "".join(
        f'<node id={quoteattr(i)}><data key="label">{k}</data>{data("n", k, p)}</node>' for i, k, p in NODES
    )
    edges = "".join(
        f'<edge id="{i}" source={quoteattr(a)} target={quoteattr(b)}><data key="type">{k}</data>{data("e", k, p)}</edge>'
        for i, k, a, b, p in LINKS
    )
    return f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}<graph id="upline">{nodes}{edges}</graph></graphml>'


def own_gexf() -> str:
    def values(kind: str, props: dict[str, Any]) -> str:
        each = "".join(f'<attvalue for="{kind}.{n}" value={quoteattr(_text(v))}/>' for n, v in props.items())
        return f'<attvalues><attvalue for="kind" value="{kind}"/>{each}</attvalues>'

    nodes = "".join(f'<node id={quoteattr(i)} label="x">{values(k, p)}</node>' for i, k, p in NODES)
    edges = "".join(
        f'<edge id="{i}" source={quoteattr(a)} target={quoteattr(b)} label="{k}">{values(k, p)}</edge>'
        for i, k, a, b, p in LINKS
    )
    return f'<gexf xmlns="http://gexf.net/1.3"><graph><nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>'


def own_anx() -> str:
    def attributes(kind: str, props: dict[str, Any]) -> str:
        each = "".join(
            f'<Attribute AttributeClass="{kind}.{n}" Value={quoteattr(_text(v))}/>' for n, v in props.items()
        )
        return f"<AttributeCollection>{each}</AttributeCollection>"

    nodes = "".join(
        f'<ChartItem Label="x"><End><Entity EntityId={quoteattr(i)} Identity={quoteattr(i)}><Icon><IconStyle Type="{k}"/>'
        f"</Icon></Entity></End>{attributes(k, p)}</ChartItem>"
        for i, k, p in NODES
    )
    links = "".join(
        f'<ChartItem Label="{i}"><Link End1Id={quoteattr(a)} End2Id={quoteattr(b)}><LinkStyle Type="{k}" '
        f'ArrowStyle="ArrowOnHead"/></Link>{attributes(k, p)}</ChartItem>'
        for i, k, a, b, p in LINKS
    )
    return (
        f'<Chart IdReferenceLinking="false"><ChartItemCollection>{nodes}{links}</ChartItemCollection></Chart>'
    )


def own_ftm() -> str:
    nodes = [
        {"id": i, "schema": "Asset", "properties": {}, "upline": {"label": k, "props": p}}
        for i, k, p in NODES
    ]
    links = [
        {
            "id": i,
            "schema": "UnknownLink",
            "properties": {},
            "upline": {"type": k, "start": a, "end": b, "props": p},
        }
        for i, k, a, b, p in LINKS
    ]
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in (*nodes, *links))


def own_json() -> str:
    nodes = [{"id": i, "label": k, "properties": p} for i, k, p in NODES]
    links = [{"id": i, "type": k, "start": a, "end": b, "properties": p} for i, k, a, b, p in LINKS]
    return json.dumps({"nodes": nodes, "relationships": links}, ensure_ascii=False)


@pytest.mark.parametrize(
    "make", [own_graphml, own_gexf, own_anx, own_ftm, own_json], ids=lambda f: f.__name__
)
def test_our_own_comes_back_as_it_was(tmp_path: Path, make: Callable[[], str]) -> None:
    """Traps: types lost in XML; two equal relations become one; a record without what it states; results as sources."""
    facts = opened(tmp_path, make())
    for ident, kind, props in NODES[:3] + NODES[4:5]:
        key = {"Phone": "number", "Thing": "thing_id", "Case": "case_no"}[kind]
        assert facts.node(ident) == {n: v for n, v in props.items() if n != key}, ident
    [record] = facts.records
    assert (record["name"], record["refs"], record["hows"], record["slot"]) == (
        "章一凡",
        [A],
        ["registered"],
        "owner",
    )
    assert (record["props"]["aliases"], record["props"]["registered_user"]) == (["老章", "凡"], True)
    assert json.loads(record["props"]["extra"])["upline:row"] == 7
    called = facts.legs_of("CALLED")
    assert [leg["side"] for leg in called] == ["start", "end"]
    assert (called[0]["amount"], called[0]["at"], called[0]["system"]) == (47, 1709643521000, "carrier")
    assert called[0]["props"]["deleted"] is True
    assert json.loads(called[0]["props"]["extra"]) == {
        "upline:event_id": "e1",
        "upline:evidence": ["aaaaaaaaaaaa/-/2"],
    }
    related = facts.legs_of("RELATED_TO")
    assert [(leg["text"], leg["props"]["weight"]) for leg in related] == [("换行\n文", 2.5)] * 2
    assert related[0]["distinct"] != related[1]["distinct"]
    [involved] = facts.legs_of("INVOLVED_IN")
    assert involved["start"] == f"Record:{record['row']}/owner"
    assert [(reason, value) for _, _, reason, _, value in facts.reasons()] == [
        ("derived", "Person"),
        ("bad_identifier", "Phone:1x"),
        ("derived", "HOLDS"),
    ]


def test_own_elements_that_were_tampered_with(tmp_path: Path) -> None:
    """Trap: an undeclared property, a wrong type or an impossible pair of ends stops the whole load when written."""
    body = {
        "nodes": [
            {"id": A, "label": "Phone", "properties": {"shoe_size": 43}},
            {"id": "Person:x", "label": "Phone", "properties": {}},
            {"id": "Nonsense:x", "label": "Nonsense", "properties": {}},
            {"id": "Account:card:1", "label": "Account", "properties": {}},
        ],
        "relationships": [
            {"id": "1", "type": "CALLED", "start": A, "end": "Case:x", "properties": {}},
            {"id": "2", "type": "CALLED", "start": A, "end": B, "properties": {"seconds": "long"}},
            {"id": "3", "type": "DROPPED", "start": A, "end": B, "properties": {}},
            {"id": "4", "type": "INVOLVED_IN", "start": "Record:gone", "end": "Case:x", "properties": {}},
        ],
    }
    facts = opened(tmp_path, json.dumps(body))
    assert facts.states() == {"rejected": 8}
    assert facts.legs == facts.nodes == facts.records == []
