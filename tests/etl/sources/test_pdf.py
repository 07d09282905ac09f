"""Statements as PDF: every row read whole under its headings, or rejected; page and row of each kept."""

from __future__ import annotations

import hashlib
import struct
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typst

from etl.checks.file import check_file
from etl.reading import Unreadable
from etl.sources import open_file
from etl.storage.archive import Archive
from etl.storage.facts import FileOrigin
from tests.etl.opened import Facts, facts_of
from tests.etl.sources import statements as made
from tests.etl.sources.statements import Statement

OWNERS = {
    "bill_wechat_short": "Account:wechat:wxid_demo_zhang",
    "bill_alipay_app": "Account:alipay:zhang@example.com",
}
COUNT = 40


def read(statement: Statement, folder: Path) -> Facts:
    [facts] = facts_of(made.made(statement, folder / "a.pdf"))
    return facts


def whole(facts: Facts, kind: str) -> None:
    """Everything on paper is in the facts, at its time, with its sign."""
    wanted = [(abs(amount) * 100, amount < 0, f"{day} {clock}") for amount, day, clock in made.rows_of(COUNT)]
    assert (facts.kind, facts.states()) == (kind, {"loaded": COUNT}), facts.reasons()[:3]
    owner = OWNERS.get(kind, f"Account:card:{made.OWN}")
    paid = sorted(facts.legs_of("PAID"), key=lambda leg: leg["row"])
    assert [(leg["amount"], leg["start"] == owner) for leg in paid] == [row[:2] for row in wanted]
    assert all(owner in (leg["start"], leg["end"]) for leg in paid)
    assert "章一凡" in {record["name"] for record in facts.records}
    if kind not in OWNERS and kind != "bill_abc":
        assert {f"Account:card:{made.OTHER}"} == {
            leg["end"] if leg["start"] == owner else leg["start"] for leg in paid
        }


@pytest.mark.parametrize("kind", made.ALL)
def test_each_bank_and_wallet(kind: str, tmp_path: Path) -> None:
    """Trap: a column is taken for its neighbour; a number wrapped at the edge of its cell loses its end."""
    facts = read(made.ALL[kind](COUNT), tmp_path)
    whole(facts, kind)
    places = [tuple(row["cells"][-2:]) for row in facts.rows]
    assert len(set(places)) == COUNT and places[0] == ("1", "1") and int(places[-1][0]) > 1
    assert facts.headings[-2:] == ["页码", "页内行号"]


def two_lines(heading: str) -> str:
    half = len(heading) // 2
    return heading if len(heading) < 6 else f"{heading[:half]}\n{heading[half:]}"


VARIANTS: dict[str, Callable[[Statement], Statement]] = {
    "no ruling lines": lambda s: replace(s, ruled=False),
    "ruling lines": lambda s: replace(s, ruled=True),
    "headings once": lambda s: replace(s, again=False),
    "in the middle": lambda s: replace(s, ruled=False, aligns=["center-horizon"] * len(s.heads)),
    "to the right": lambda s: replace(s, ruled=False, aligns=["right"] * len(s.heads)),
    "one page": lambda s: replace(s, height=4000),
    "totals": lambda s: replace(
        s, below=["本页合计 收入 3 笔 支出 7 笔", "合计：共40笔", "打印时间：2024-04-01 10:00:00"]
    ),
    "English headings": lambda s: replace(
        s, ruled=False, english=[f"Column {n}" for n, _ in enumerate(s.heads)]
    ),
    "headings in two lines": lambda s: replace(s, ruled=False, heads=[two_lines(head) for head in s.heads]),
    "ruled headings in two lines": lambda s: replace(
        s, ruled=True, heads=[two_lines(head) for head in s.heads], aligns=["center-horizon"] * len(s.heads)
    ),
    "tight": lambda s: replace(s, ruled=False, gap=1, aligns=["left"] * len(s.heads)),
    "running heads": lambda s: replace(s, header="电子回单专用 2024-04-01", footer="第 {n} 页 / 共 9 页"),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("kind", made.ALL)
def test_variants(kind: str, variant: str, tmp_path: Path) -> None:
    """Trap: what parts rows and columns differs from year to year: lines, alignment, headings on each page, totals."""
    whole(read(VARIANTS[variant](made.ALL[kind](COUNT)), tmp_path), kind)


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("kind", ["bill_icbc_pdf", "bill_ccb", "bill_cmbc", "bill_wechat_short"])
def test_what_runs_into_the_next_column_is_rejected(kind: str, ruled: bool, tmp_path: Path) -> None:
    """Trap: a number that runs over the edge of its column is cut there, and half of it loads as a number."""
    statement = replace(made.ALL[kind](COUNT), broken=False, ruled=ruled)
    narrow = replace(statement, widths=[min(wide, 60.0) for wide in statement.widths])
    facts = read(narrow, tmp_path)
    assert facts.states() == {"rejected": COUNT}
    assert {reason[2] for reason in facts.reasons()} == {"surplus_cells"}


def test_a_row_without_its_date_is_no_silence(tmp_path: Path) -> None:
    """Trap: a row whose date is damaged is no row to the reader and vanishes without a word."""
    statement = made.cmb(COUNT)
    rows = [["#######", *row[1:]] if n == 7 else row for n, row in enumerate(statement.rows)]
    facts = read(replace(statement, rows=rows), tmp_path)
    assert facts.states() == {"loaded": COUNT - 1, "rejected": 1}


@pytest.mark.parametrize(("missing", "findings"), [(0, set()), (1, {"declared_sum", "declared_rows"})])
def test_what_it_declares_is_checked(missing: int, findings: set[str], tmp_path: Path) -> None:
    """Trap: a page that was lost on the way leaves no trace."""
    statement = made.cmb(COUNT)
    into = [amount for amount, _, _ in made.rows_of(COUNT) if amount > 0]
    below = [f"收入：{len(into)}笔 {sum(into)}.00元", f"共{COUNT}笔记录"]
    rows = [row for n, row in enumerate(statement.rows) if not (missing and n == 2)]
    path = made.made(replace(statement, rows=rows, below=below), tmp_path / "a.pdf")
    archive = Archive(tmp_path / "home")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    archive.keep(sha256, "a.pdf", open_file(path, FileOrigin("a.pdf", sha256)), lambda _: None)
    said = {check.kind for check in check_file(archive, sha256)}
    assert said & {"declared_sum", "declared_rows"} == findings


def scanned(path: Path) -> Path:
    """Two pages that show a picture."""
    size = b"".join(struct.pack(">I", n) for n in (40, 40))
    raw = zlib.compress(b"".join(b"\0" + bytes(40) for _ in range(40)))
    parts = [(b"IHDR", size + b"\x08\0\0\0\0"), (b"IDAT", raw), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts]
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
        (Path(name) / "a.typ").write_text('#image("a.png")\n#pagebreak()\n#image("a.png")', encoding="utf-8")
        path.write_bytes(bytes(typst.compile(str(Path(name) / "a.typ"), root=name, format="pdf")))
    return path


def test_what_is_no_statement_is_refused(tmp_path: Path) -> None:
    """Traps: a scan that loads as nothing; a letter; half a file."""
    with pytest.raises(Unreadable) as refused:
        facts_of(scanned(tmp_path / "a.pdf"))
    assert refused.value.reason == "pdf_scanned" and "电子版" in refused.value.zh
    letter = Statement("关于协助查询的函", [["请予协助。"] * 2] * 9, ["甲"], [["乙"]], [200])
    with pytest.raises(Unreadable) as refused:
        facts_of(made.made(letter, tmp_path / "b.pdf"))
    assert refused.value.reason == "pdf_no_table"
    whole_file = made.made(made.cmb(COUNT), tmp_path / "c.pdf").read_bytes()
    for cut in (9, 200, len(whole_file) // 3):
        (tmp_path / "d.pdf").write_bytes(whole_file[:cut])
        with pytest.raises(Unreadable) as refused:
            facts_of(tmp_path / "d.pdf")
        assert refused.value.reason in {"broken_pdf", "pdf_scanned", "pdf_no_table", "no_rows"}
