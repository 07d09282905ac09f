"""One folder with everything that is sent by mistake or malice: each is refused with its reason, the good files load."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from typer.testing import CliRunner

from backend.cli import app
from graph_schema.store import Store
from tests.etl.corpus.archives import archives
from tests.etl.corpus.texts import PERSON, PERSONS
from tests.etl.intake.packing import ods, rar, xlsb
from tests.etl.intake.test_archives import LOCKED, MADE, PASSWORD, aes_zip, seven

GOOD = {"a.csv": f"{PERSONS}\n{PERSON}\n".encode(), "深/层/b.csv": f"{PERSONS}\n{PERSON}x\n".encode()}
BAD_ARCHIVES = (
    *(
        "zip-bomb.zip",
        "zip-nested-3.zip",
        "zip-nested-4.zip",
        "zip-symlink.zip",
        "zip-encrypted.zip",
        "zip-method.zip",
    ),
    *("zip-empty.zip", "zip-folder.zip", "zip-empty-file.zip", "zip-lies.zip", "zip-many.zip", "zip-crc.zip"),
    *("zip-name-0.zip", "zip-name-1.zip", "zip-name-2.zip", "zip-name-3.zip", "zip-name-4.zip"),
    *(f"zip-cut-{part}.zip" for part in (1, 10, 30, 60)),
    *(
        f"wrong-{kind}.csv"
        for kind in ("rar", "7z", "gz", "bz2", "xz", "pdf", "png", "jpg", "exe", "elf", "mdb", "ole", "tar")
    ),
    *("workbook-encrypted.xlsx", "workbook-biff-cut.xls", "workbook-bomb.xlsx", "workbook-stray.xlsx"),
    *(f"workbook-cut-{part}.xlsx" for part in (5, 25, 50, 75)),
    *(f"package-{name}.xlsx" for name in ("content.xml", "word", "ppt", "report.xml")),
)


def hostile() -> Iterator[tuple[str, bytes]]:
    made = dict(archives())
    for name in BAD_ARCHIVES:
        yield name, made[name]
    yield "empty.csv", b""
    yield "blank.csv", b" \n\t\n"
    yield "letter.txt", "关于协助查询的函\n请予协助。\n".encode()
    yield "controls.csv", bytes(range(1, 9)) * 200
    yield "nul.csv", bytes(9_000)
    yield "endless.csv", b"x" * (66 << 20)
    yield "wrong-encoding.csv", PERSONS.encode("gb18030") + b"\n" + b"\xff\xff\xff\n" * 60
    yield "page.xls", b"<html><frameset><frame src='a.htm'></frameset></html>"
    yield "dtd.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    yield "deep.xml", b"<a>" * 20_000
    yield "deep.json", b'[{"a":' * 20_000
    yield "sealed.7z", LOCKED["7z with hidden names"]
    yield "sealed.rar", rar({"a.csv": GOOD["a.csv"]}, PASSWORD)
    yield "sealed.zip", aes_zip({"a.csv": GOOD["a.csv"]}, PASSWORD)
    yield "bomb.7z", seven({"a.csv": bytes(80 << 20)})
    yield "cut.7z", MADE["7z"][:-40]
    yield "cut.rar", MADE["rar"][:40]
    yield "slip.rar", rar({"../../up.csv": GOOD["a.csv"]})
    yield "text.ods", ods([["a"]], "application/vnd.oasis.opendocument.text")
    yield "cut.xlsb", xlsb([PERSONS.split(",")])[:-60]
    yield "cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"
    yield "long-name.xlsx", _long_name()


def _long_name() -> bytes:
    """A sheet of one absurd cell under a heading nobody knows."""
    book = Workbook()
    book.active.append(["甲", "乙", "丙"])
    book.active.append(["x" * 32_000] * 3)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_folder_of_hostile_files(store: Store, tmp_path: Path) -> None:
    """Traps: one of them ends the load; one is passed over without a word; a link leads out or round in a circle."""
    for name, data in (*GOOD.items(), *((f"坏/{name}", data) for name, data in hostile())):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    bad = tmp_path / "in" / "坏"
    (bad / "loop-a").symlink_to(bad / "loop-b")
    (bad / "loop-b").symlink_to(bad / "loop-a")
    (bad / "circle").symlink_to(bad)
    (bad / "passwd.csv").symlink_to("/etc/passwd")
    os.mkfifo(bad / "pipe.csv")
    (bad / "a\nb\x07.csv").write_bytes(b"x")
    deep = bad
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "c.csv").write_bytes(GOOD["a.csv"] + b"\n")
    result = CliRunner().invoke(app, ["load", str(tmp_path / "in"), "--json"])
    assert result.exit_code == 1, result.output[-2_000:]
    files = json.loads(result.stdout)["files"]
    loaded = {file["path"] for file in files if file["state"] == "loaded"}
    assert loaded == {*GOOD, "坏/" + "d/" * 300 + "c.csv"}
    refused = [file for file in files if file["state"] == "refused"]
    assert len(refused) >= 62 and len(refused) + len(loaded) == len(files)
    assert [
        f["path"] for f in refused if " / " not in (f["reason"] or "") or "Reading failed" in f["reason"]
    ] == []
    names = {file["path"].split("/")[1] for file in refused}
    assert names == {path.name for path in bad.iterdir()} - {"d"}
    with store.driver.session() as session:
        found = session.run("MATCH (r:Record) RETURN count(*) AS n").single()
    assert found is not None and found["n"] >= 2
