"""Every data row is accounted for once, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.layouts.registry import layouts
from etl.layouts.said import is_note
from etl.reading.limits import ReadLimits
from etl.sources import open_file
from etl.storage.facts import DUPLICATE, EXCLUDED, LOADED, REJECTED, FileOrigin
from tests.etl.opened import facts_of, names, read, text_of

HEADS = {
    "bank": names(
        "交易卡号,账户开户名称,交易时间,交易金额,收付标志,交易对手账卡号,对手户名,交易是否成功,查询反馈结果原因,备注"
    ),
    "calls": ["本端号码", "对端号码", "呼叫类型", "开始时间", "通话时长", "LAC", "CI", "短信内容"],
    "persons": ["案件编号", "姓名", "身份证号", "手机号码", "涉案身份", "供述上家"],
    "seizures": ["案件编号", "缴获日期", "毒品种类", "净重(克)", "包数", "持有人身份证号"],
}
USUAL = [
    "6200990000000000119",
    "13900001234",
    "2024-03-05 21:14:07",
    "300.00",
    "出",
    "进",
    "主叫",
    "被叫",
    "1",
    "0",
    "47",
]
USUAL += [
    "章一凡",
    "冰毒",
    "A9901",
    "贩卖",
    "990101199001010019",
    "查询失败",
    "财付通",
    "冲正",
    "合计",
    "共3条",
    "/",
    "--",
    "nan",
]
ODD = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12)
CELL = st.one_of(st.sampled_from(["", *USUAL]), st.sampled_from(USUAL), ODD)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    kind = draw(st.sampled_from(sorted(HEADS)))
    width = len(HEADS[kind])
    row = st.lists(CELL, min_size=max(2, width - 2), max_size=width + 2)
    return kind, draw(st.lists(row, max_size=25))


@settings(max_examples=200, deadline=None)
@given(tables())
@example(("bank", [["合计", "", "", "", "", "", "", "", "", ""], [""] * 10]))
def test_read_is_the_sum_of_the_states(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[str, list[list[str]]]
) -> None:
    """Property: read = loaded + duplicate + rejected + excluded, row by row, and only loaded rows give facts."""
    kind, rows = table
    text = text_of([HEADS[kind], *rows])
    path = tmp_path_factory.mktemp("table")
    facts = read(path, text)
    numbers = [row["row"] for row in facts.rows]
    assert numbers == sorted(set(numbers))
    states = facts.states()
    assert sum(states.get(name, 0) for name in (LOADED, DUPLICATE, REJECTED, EXCLUDED)) == len(facts.rows)
    assert all((row["reason"] is None) == (row["state"] == LOADED) for row in facts.rows)
    blank = sum(not any(cell.strip() for cell in row) for row in rows)
    totals = sum(row[0].strip().startswith(("合计", "共3条", "-----", "=====")) for row in rows)
    totals += sum(is_note(row) for row in rows)  # 卡号：… between the rows speaks of those that follow
    assert len(rows) - blank - totals - _odd(rows) <= len(facts.rows) <= len(rows)


def _odd(rows: list[list[str]]) -> int:
    """Rows that the generator may have made look like totals or into several lines."""
    return sum(any(ord(c) < 32 or c in "\x85\u2028\u2029=*—─" for cell in row for c in cell) for row in rows)


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(1, 7))
def test_batches_do_not_change_the_facts(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[str, list[list[str]]], size: int
) -> None:
    """Property: the same rows in smaller workbook batches give the same states and legs."""
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    kind, rows = table
    book = Workbook()
    try:
        for cells in ([*HEADS[kind]], *rows):
            book.active.append([f"{cell}" for cell in cells])
    except IllegalCharacterError:
        return
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    book.save(path)
    seen = []
    for limits in (ReadLimits(), ReadLimits(batch_rows=size)):
        sheets = open_file(path, FileOrigin("a.xlsx", "ab" * 32), limits)
        batches = [batch for sheet in sheets for batch in sheet.batches]
        state = [row for batch in batches for row in batch.rows.to_pylist()]
        # Whether midnights are times or dates, and cells hexadecimal, is judged by the batch.
        legs = [
            (leg["row"], leg["rel"], leg["start"], leg["end"])
            for b in batches
            for leg in b.legs.to_pylist()
            if leg["rel"] != "SEEN_AT"
        ]
        seen.append((state, sorted(legs)))
    assert seen[0][0] == seen[1][0]
    if kind != "calls":
        assert seen[0][1] == seen[1][1]


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_any_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Property: right-to-left marks, zero-width joiners, NUL, 𠮷: a name comes out as it went in, padding aside."""
    head = ["案件编号", "姓名", "涉案身份"]
    facts = read(tmp_path_factory.mktemp("name"), text_of([head, ["A9901", name, "贩卖"]]), encoding="utf-16")
    for record in facts.records:
        told = record["name"].replace("\r", " ").replace("\n", " ").split()
        given = name.replace("\r", " ").replace("\n", " ").split()
        assert "".join(told) == "".join(given) or record["name"] in name
    if not facts.records:
        assert facts.states() == {"rejected": 1} or not facts.rows


@pytest.mark.parametrize(
    "name",
    [
        layout.name
        for layout in layouts().values()
        if not (layout.module or layout.document or layout.not_yet)  # what is refused loads no sample
    ],
)
def test_every_layout_reads_its_own_sample(tmp_path: Path, name: str) -> None:
    """Trap: a layout that its own headings do not recognise, or whose sample does not load."""
    layout = layouts()[name]
    lacking = [group[0] for group in layout.needs if not any(layout.columns[name].sample for name in group)]
    columns = [column for name, column in layout.columns.items() if column.sample or name in lacking]
    facts = read(tmp_path, text_of([[c.aliases[0] for c in columns], [c.sample for c in columns]]))
    assert (facts.kind, facts.states()) == (name, {"loaded": 1})
    assert facts.nodes or facts.records or facts.legs


def test_damaged_rows_are_rejected(tmp_path: Path) -> None:
    """Trap: a name cut inside a character must not become a person called 章�."""
    lines = [",".join(HEADS["persons"]), *(f"A{i},章一凡,,,贩卖," for i in range(40))]
    data = [line.encode("gb18030") for line in lines]
    data[5] = "A4,章一".encode("gb18030") + b"\xb7,,,x,"
    path = tmp_path / "a.csv"
    path.write_bytes(b"\n".join(data))
    [facts] = facts_of(path)
    assert [(r[0], r[2], r[3]) for r in facts.reasons()] == [(6, "bad_encoding", "姓名")]


def test_facts_are_the_same_every_time(tmp_path: Path) -> None:
    """Trap: hash order or clock in the facts would make two loads of one file differ."""
    rows = [["A9901", f"章{i}", "", f"1390000{i:04d}", "贩卖", ""] for i in range(200)]
    texts = [
        json.dumps(read(tmp_path, text_of([HEADS["persons"], *rows])).__dict__, ensure_ascii=False)
        for _ in range(2)
    ]
    assert texts[0] == texts[1]
