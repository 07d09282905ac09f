"""Hostile and broken documents: XML, JSON, databases and packages."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.etl.corpus.archives import LAUGHS
from tests.etl.corpus.texts import File
from tests.etl.sources.packages import OWNER, TARGET, bcp_index, bcp_name

XXE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
GRAPH = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph>{}</graph></graphml>'
CHART = "<Chart><ChartItemCollection>{}</ChartItemCollection></Chart>"
GEXF = '<gexf xmlns="http://gexf.net/1.3"><graph><nodes>{}</nodes></graph></gexf>'
REPORT = '<project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData>{}</decodedData></project>'
NODE = '<node id="a"/><edge source="a" target="b"/>'


def documents() -> Iterator[File]:
    yield from _xml()
    yield from _json()
    yield from _databases()
    yield from _packages()


def _xml() -> Iterator[File]:
    roots = {"graphml": GRAPH, "anx": CHART, "gexf": GEXF, "report": REPORT}
    for name, root in roots.items():
        yield f"xml-laughs.{name}", (LAUGHS + root.format("&c;")).encode()
        yield f"xml-xxe.{name}", ("<?xml version='1.0'?><!-- x -->" + XXE + root.format("&x;")).encode()
        yield f"xml-cut.{name}", root.format(NODE)[:-12].encode()
        yield f"xml-empty.{name}", root.format("").encode()
        yield f"xml-deep.{name}", root.format("<a>" * 100_000).encode()
    texts = {
        "utf16-dtd": (XXE + GRAPH.format(NODE)).encode("utf-16"),
        "parameter": (
            '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://x.invalid/p"> %p;]>' + GRAPH.format("")
        ).encode(),
        "late-dtd": (" " * 5000 + XXE + GRAPH.format(NODE)).encode(),
        "long-comment": ("<!--" + "x" * 2_000_000 + "-->" + XXE + GRAPH.format(NODE)).encode(),
        "unknown": b"<?xml version='1.0'?><whatever><a/></whatever>",
        "encoding": b"<?xml version='1.0' encoding='utf-7'?>" + GRAPH.format(NODE).encode(),
        "ebcdic": b"<?xml version='1.0' encoding='cp037'?>" + GRAPH.format(NODE).encode(),
        "gb2312": ("<?xml version='1.0' encoding='gb2312'?>" + GRAPH.format('<node id="章"/>')).encode(
            "gb18030"
        ),
        "wrong-gb": b"<?xml version='1.0' encoding='gb2312'?>" + b"<graphml>\xff\xff\xff</graphml>",
        "nul": GRAPH.format("<node id='&#0;'/>").encode(),
        "control": GRAPH.format("<node id='\x01'/>").encode(),
        "cdata": GRAPH.format("<node id='a'><![CDATA[x").encode(),
        "attributes": GRAPH.format(
            "<node id='a' " + " ".join(f"a{n}=''" for n in range(100_000)) + "/>"
        ).encode(),
        "twice": GRAPH.format("<node id='a' id='b'/>").encode(),
        "huge-text": GRAPH.format(
            "<node id='a'><data key='x'>" + "长" * 4_000_000 + "</data></node>"
        ).encode(),
        "missing-ends": GRAPH.format("<edge source='' target=''/><edge/>" + NODE).encode(),
        "no-id": GRAPH.format("<node/>").encode(),
        "xinclude": GRAPH.format(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
        ).encode(),
        "own-lies": GRAPH.format(
            "<node id='Phone:x'><data key='label'>Phone</data><data key='Phone.number'>1</data></node>"
        ).encode(),
        "own-types": GRAPH.format(
            "<node id='Case:A1'><data key='label'>Case</data><data key='Case.opened_at'>gestern</data></node>"
        ).encode(),
        "time": CHART.format(
            "<ChartItem DateTime='9999-99-99'><Link End1Id='a' End2Id='b'/></ChartItem>"
        ).encode(),
        "goaml": b"<report><rentity_id>1</rentity_id><transaction><amount_local>x</amount_local></transaction></report>",
        "models": REPORT.format(
            "<model type='Call'/><model type='Chat'/><model/><model type='__init__'/>"
        ).encode(),
        "instructions": (b"<?x y?>" * 100_000) + GRAPH.format(NODE).encode(),
    }
    for name, data in texts.items():
        yield f"xml-{name}.xml", data


def _json() -> Iterator[File]:
    chat = {"name": "x", "type": "personal_chat", "id": 990010001}
    said = {
        "id": 1,
        "type": "message",
        "date_unixtime": "1709644447",
        "from_id": "user990010001",
        "text": "在",
    }

    def telegram(*messages: object) -> bytes:
        return json.dumps({**chat, "messages": list(messages)}).encode()

    texts: dict[str, bytes] = {
        "deep-arrays": b'{"name":"x","type":"y","id":1,"messages":' + b"[" * 200_000,
        "deep-objects": b'{"name":"x","type":"y","id":1,"messages":[' + b'{"a":' * 200_000,
        "deep-text": telegram({**said, "text": "@"}).replace(b'"@"', b"[" * 100_000 + b"]" * 100_000),
        "digits": telegram({**said, "id": "@"}).replace(b'"@"', b"9" * 1_000_000),
        "exponent": telegram({**said, "id": "@"}).replace(b'"@"', b"1e999999999"),
        "nan": telegram({**said, "id": "@"}).replace(b'"@"', b"NaN"),
        "surrogate": telegram({**said, "text": "\ud800"}),
        "surrogate-pair": telegram({**said, "text": "\ud842\udfb7"}),
        "nul": telegram({**said, "text": "a\x00b"}),
        "same-keys": telegram(said).replace(b'"id": 1,', b'"id": 1, "id": 2, "text": 5,'),
        "types": telegram({"text": {"a": 1}, "from_id": [], "date": {}, "id": {}}, 5, None, "x", [said]),
        "no-messages": telegram(),
        "object-messages": json.dumps({**chat, "messages": {"a": 1}}).encode(),
        "dates": telegram({**said, "date_unixtime": "99999999999999"}, {**said, "date_unixtime": "-5"}, said),
        "mark": b"\xef\xbb\xbf" + telegram(said),
        "utf16": telegram(said).decode().encode("utf-16"),
        "comma": telegram(said).replace(b"}]", b"},]"),
        "huge-string": telegram({**said, "text": "长" * 3_000_000}),
        "unknown": b'{"a": [1, 2, 3]}',
        "empty-array": b"[[]]",
        "ftm-broken-line": b'{"id":"a","schema":"Person","properties":{}}\n{"id":\n{"id":"b"}\n',
        "ftm-types": b'{"id":5,"schema":"Payment","properties":{"payer":"x","amount":[{"a":1}]}}\n'
        b'{"id":"b","schema":"Person","properties":[]}\n',
        "stix": b'{"type":"bundle","objects":[{"type":"relationship"},{},5,{"type":"identity","id":"i"}]}',
        "own": b'{"nodes":[{"id":"Phone:1","label":"Phone","properties":{"load":"x"}},{"id":1}],"relationships":[{"type":"X"}]}',
        "wechat": b'[{"seq":1,"talker":null,"isSelf":"?","sender":{},"time":"x","content":[1]}]',
    }
    for name, data in texts.items():
        yield f"json-{name}.json", data
    for part in (20, 60, 95):
        whole = telegram(said, said, said)
        yield f"json-cut-{part}.json", whole[: len(whole) * part // 100]


def _databases() -> Iterator[File]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with closing(sqlite3.connect(path)) as db:
            db.executescript(
                "CREATE TABLE calls (call_date INTEGER, partner TEXT, type TEXT, duration_in_secs TEXT);"
                "INSERT INTO calls VALUES (1709643521, '13900005678', 'Incoming', '5'), (9e300, x'ff', 3, NULL);"
                'CREATE TABLE "a""b" ("x""y" TEXT); INSERT INTO "a""b" VALUES (CAST(x\'fffe\' AS TEXT));'
                "CREATE VIEW v AS SELECT * FROM calls; CREATE VIRTUAL TABLE ft USING fts5(a);"
                "CREATE TABLE g (a INTEGER, b AS (a * 2)); INSERT INTO g VALUES (1);"
            )
            db.executemany(
                "INSERT INTO calls VALUES (?, ?, 'Outgoing', '5')",
                [(1709643521 + n, "13900005678") for n in range(3000)],
            )
            db.commit()
        whole = path.read_bytes()
    name = "{}/_lava_artifacts.db"
    yield name.format("db-fine"), whole
    yield name.format("db-head"), whole[:100]
    for part in (10, 40, 80):
        yield name.format(f"db-cut-{part}"), whole[: len(whole) * part // 100]
    for at in (18, 100, 4096, 9000, 30_000):
        yield name.format(f"db-noise-{at}"), whole[:at] + b"\xff" * 200 + whole[at + 200 :]
    yield "db-unknown/other.db", whole
    yield "db-index/_lava_data.lava", b'{"artifacts": [1, {"a": 2}]}'
    yield "db-index-deep/_lava_data.lava", b'{"artifacts": ' + b"[" * 100_000


def _packages() -> Iterator[File]:
    columns, rows = OWNER["010100"]
    fine = bcp_index(OWNER)
    data = "\t".join(rows[0]).encode() + b"\n"
    index, member = "GAB_ZIP_INDEX.xml", bcp_name("010100")
    kinds: dict[str, tuple[bytes | None, bytes]] = {
        "no-index": (None, data),
        "other-index": (bcp_index({"010600": OWNER["010100"]}), data),
        "index-dtd": (LAUGHS.encode() + fine[fine.index(b"<MESSAGE") :], data),
        "index-cut": (fine[:300], data),
        "index-empty": (b"<MESSAGE/>", data),
        "no-columns": (bcp_index({"010100": ((), [()])}), data),
        "same-columns": (bcp_index({"010100": (columns[:1] * 6, rows)}), data),
        "count": (bcp_index(OWNER, counts={"010100": 10**11}), data),
        "nul": (fine, data.replace(b"\t", b"\x00\t")),
        "surplus": (fine, data.replace(b"\t", b"\t\t\t\t\t")),
        "short": (fine, TARGET.encode() + b"\n"),
        "encoding": (fine, data.decode().encode("gb18030")),
        "ten-megabytes": (fine, data.replace("章一凡".encode(), "章".encode() * 3_500_000)),
        "blank": (fine, b"\n\n\n"),
    }
    for name, (described, content) in kinds.items():
        if described is not None:
            yield f"bcp-{name}/{index}", described
        yield f"bcp-{name}/{member}", content
