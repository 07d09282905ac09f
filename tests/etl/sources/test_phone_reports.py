"""Reports of phone tools: Cellebrite XML streamed, ALEAPP/iLEAPP folders with their own index."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from etl.intake.containers import walk
from etl.reading import Unreadable
from tests.etl.opened import Facts, facts_of, facts_of_member, read

OWN = "Phone:+8613900001234"
SPACE = 'xmlns="http://pa.cellebrite.com/report/2.0"'


def field(name: str, value: str) -> str:
    return f'<field name="{name}" type="String"><value type="String"><![CDATA[{value}]]></value></field>'


def stamp(text: str) -> str:
    return f'<field name="TimeStamp"><value formattedTimestamp="{text}">x</value></field>'


def party(role: str, ident: str, owner: bool = False) -> str:
    inside = field("Role", role) + field("Identifier", ident) + field("IsPhoneOwner", str(owner))
    return f'<model type="Party">{inside}</model>'


def model(kind: str, inside: str, state: str = "Intact") -> str:
    return f'<model type="{kind}" id="m" deleted_state="{state}">{inside}</model>'


CALL = model(
    "Call",
    field("Direction", "Outgoing")
    + field("Status", "Established")
    + stamp("2024-03-05T20:58:41+08:00")
    + field("Duration", "00:00:47.0000000")
    + f'<multiModelField name="Parties">{party("To", "13900005678")}</multiModelField>',
    "Deleted",
)
MISSED = model(
    "Call",
    field("Direction", "Incoming")
    + field("Status", "Missed")
    + stamp("2024-03-05T21:58:41+08:00")
    + f'<multiModelField name="Parties">{party("From", "13900005679")}</multiModelField>',
)


def said(sender: str, text: str) -> str:
    return model(
        "InstantMessage",
        f'<modelField name="From">{party("From", sender)}</modelField>'
        + field("Body", text)
        + stamp("2024-03-05T21:14:07+08:00"),
    )


CHAT = model(
    "Chat",
    field("Source", "WeChat")
    + field("Id", "c1")
    + '<multiModelField name="Participants">'
    + party("General", "wxid_sample0001", True)
    + party("General", "wxid_sample0002")
    + "</multiModelField>"
    + f'<multiModelField name="Messages">{said("wxid_sample0002", "无")}{said("wxid_sample0001", "好")}</multiModelField>',
)
CONTACT = model(
    "Contact",
    field("Name", "老水")
    + f'<multiModelField name="Entries">{model("PhoneNumber", field("Value", "13900005678"))}</multiModelField>',
)
DEVICE = (
    '<metadata section="Device Data"><item name="MSISDN">13900001234</item>'
    '<item name="IMEI">990000000000010</item></metadata>'
)


def report(*models: str) -> str:
    kinds = "".join(f'<modelType type="x">{text}</modelType>' for text in models)
    head = f'<?xml version="1.0" encoding="utf-8"?><project {SPACE} id="p1" name="x">{DEVICE}'
    return f"{head}<decodedData>{kinds}</decodedData></project>"


def by_kind(path: Path) -> dict[str, Facts]:
    return {facts.kind: facts for facts in facts_of(path)}


def test_a_cellebrite_report(tmp_path: Path) -> None:
    """Traps: the namespace (0 records), CDATA, an owner who is no party, deleted calls, nested models."""
    path = tmp_path / "report.xml"
    path.write_text(report(CALL, MISSED, CHAT, CONTACT), encoding="utf-8")
    found = by_kind(path)
    out, missed = found["handset_calls"].legs
    assert (out["start"], out["end"], out["amount"], out["at"]) == (
        OWN,
        "Phone:+8613900005678",
        47,
        1709643521000,
    )
    assert out["props"]["deleted"] is True and missed["props"]["state"] == "missed"
    assert (missed["start"], missed["end"]) == ("Phone:+8613900005679", OWN)
    a, b = "Account:wechat:wxid_sample0001", "Account:wechat:wxid_sample0002"
    assert [(leg["start"], leg["end"], leg["text"], leg["side"]) for leg in found["chat_messages"].legs] == [
        (b, a, "无", "end"),
        (a, b, "好", "start"),
    ]
    [contact] = found["handset_contacts"].legs
    assert (contact["start"], contact["end"], contact["props"]["name"]) == (
        OWN,
        "Phone:+8613900005678",
        "老水",
    )
    assert OWN in found["handset_accounts"].records[0]["refs"]


@pytest.mark.parametrize("kind", ["Device", "Spool", "Project", "put_device", "_init__", "Read", "Own", ""])
def test_a_model_is_never_taken_for_a_part_of_the_program(kind: str, tmp_path: Path) -> None:
    """Trap: a model named as a part of the reader is called as if it were one, and ends the report."""
    path = tmp_path / "report.xml"
    path.write_text(report(CALL), encoding="utf-8")
    plain = {name: facts.rows for name, facts in by_kind(path).items()}
    path.write_text(report(model(kind, field("Name", "x")), CALL), encoding="utf-8")
    assert {name: facts.rows for name, facts in by_kind(path).items()} == plain
    assert "handset_calls" in plain


def test_a_ufdr_is_the_report_inside(tmp_path: Path) -> None:
    """Trap: a package taken for an archive of files, or another report.xml for a phone's."""
    path = tmp_path / "a.ufdr"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("report.xml", report(CALL))
        package.writestr("files/Image/a.jpg", b"\xff\xd8\xff")
    [member] = walk([path])
    assert [facts.kind for facts in facts_of_member(member)] == ["handset_accounts", "handset_calls"]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("report.xml", "<a/>")
    with pytest.raises(Unreadable) as refused:
        facts_of(path)
    assert refused.value.reason == "ufdr"


def _long_report(count: int) -> Iterator[str]:
    head, tail = report("@").split("@")
    yield head
    yield CHAT.partition('<model type="InstantMessage"')[0]
    for n in range(count):
        yield said("wxid_sample0002", f"第 {n} 条 " + "长" * 60)
    yield "</multiModelField></model>"
    yield tail


def test_a_long_report_does_not_grow_memory(tmp_path: Path) -> None:
    """Trap: one chat of a hundred thousand messages held in memory until it ends."""
    path = tmp_path / "report.xml"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_long_report(40_000))
    code = (
        "import sys, resource; from pathlib import Path; from etl.storage.facts import FileOrigin\n"
        "from etl.sources import open_file\n"
        "import etl.sources.documents as d; d.modules()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "[s] = [s for s in open_file(Path(sys.argv[1]), FileOrigin('report.xml', '0' * 64)) if s.kind == 'chat_messages']\n"
        "rows = sum(b.rows.num_rows for b in s.batches)\n"
        "print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    rows, grown = (int(text) for text in done.stdout.split())
    assert rows == 40_000
    assert grown < 140_000, f"{grown} KB more for a report of {path.stat().st_size >> 20} MB"


TSV = "Call Date\tPhone Account Address\tPartner\tType\tDuration in Secs\tDeleted\n"


def test_a_tsv_whose_heading_comes_again(tmp_path: Path) -> None:
    """Trap: appended exports repeat the heading; it is no call."""
    line = "2024-03-05 12:58:41+00:00\t13900001234\t13900005678\t{}\t47\t\n"
    text = "\ufeff" + TSV + line.format("Outgoing") + TSV + line.format("3") + line.format("Voicemail?")
    facts = read(tmp_path, text, "Call Logs.tsv")
    assert [(leg["start"], leg["end"], leg["at"]) for leg in facts.legs] == [
        (OWN, "Phone:+8613900005678", 1709643521000),
        ("Phone:+8613900005678", OWN, 1709643521000),
    ]
    assert [(row, reason) for row, _, reason, _, _ in facts.reasons()] == [(5, "no_party")]
    assert len(facts.rows) == 3


def test_a_lava_folder(tmp_path: Path) -> None:
    """Traps: sanitised column names, seconds as integers, a view named chat or conversation, tables nobody knows."""
    index = {
        "lava_schema_version": 2,
        "artifacts": {
            "Calls": [{"name": "Call Logs", "tablename": "calls", "record_count": 2}],
            "WhatsApp": [
                {
                    "name": "WA",
                    "tablename": "wa",
                    "record_count": 2,
                    "data_views": {
                        "chat": {
                            "threadDiscriminatorColumn": "thread",
                            "textColumn": "text",
                            "timeColumn": "at",
                            "senderColumn": "who",
                            "directionColumn": "way",
                            "directionSentValue": 1,
                        }
                    },
                }
            ],
        },
    }
    (tmp_path / "_lava_data.lava").write_text(json.dumps(index), encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "_lava_artifacts.db")) as db:
        db.executescript(
            "CREATE TABLE calls (call_date INTEGER, partner TEXT, type TEXT, duration_in_secs TEXT);"
            "INSERT INTO calls VALUES (1709643521, '13900005678', 'Incoming', '5');"
            "CREATE TABLE wa (at INTEGER, thread TEXT, who TEXT, way INTEGER, text TEXT);"
            "INSERT INTO wa VALUES (1709643521, 't1', '+8613900005678', 0, '在'), (1709643530, 't1', NULL, 1, '来');"
            "CREATE TABLE odd (a TEXT); INSERT INTO odd VALUES ('x');"
            "CREATE TABLE _lava_media_items (a TEXT); INSERT INTO _lava_media_items VALUES ('x');"
        )
        db.commit()
    found = {}
    for member in walk([tmp_path]):
        for facts in facts_of_member(member):
            found[facts.kind] = facts
    assert found["handset_calls"].declared_rows == 2 and len(found["handset_calls"].rows) == 1
    one, two = found["chat_messages"].legs
    assert (one["start"], two["end"]) == ("Phone:+8613900005678", "Phone:+8613900005678")
    assert one["end"] == two["start"] and one["end"].startswith("Phone:本机@")
    assert [row["reason"] for row in found["package_table"].rows] == ["unknown_table"]
    assert {row["reason"] for row in found["package_index"].rows} == {"describes_others"}
