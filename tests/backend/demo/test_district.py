"""The invented district: reproducible, recognisably invented, and its truth agrees with its files."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from backend.demo.behaviour import PRESETS
from backend.demo.district import generate
from backend.demo.files import headings
from backend.demo.nouns import care, risk, tasks
from backend.demo.truth import FileTruth, Truth

District = tuple[Path, Truth]
Get = Callable[[str], District]
NOUNS = (
    *risk.HEADINGS.values(),
    *(columns for _, columns in care.TABLES.values()),
    *(tasks.TASKS, tasks.JOINT, tasks.PROBLEMS, tasks.PREVENTION, tasks.REPORTS),
)
HEADINGS = {
    *(v for k, v in vars(headings).items() if k.isupper()),
    *(tuple(columns.split()) for columns in NOUNS),
    ("货架", "品名", "件数", "盘点人"),
}
RESIDENT = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9X](?![0-9A-Za-z])")
KINDS = sorted(PRESETS.keys() - {"neighbours"})
"""Presets whose files differ in kind: neighbours are written as those of base."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def content(folder: Path, path: str) -> bytes:
    """Bytes of a file or of an archive's member."""
    archive, inside, member = path.partition(".zip/")
    if inside:
        with zipfile.ZipFile(folder / f"{archive}.zip") as packed:
            return packed.read(member)
    return (folder / path).read_bytes()


def sheets(folder: Path, path: str) -> Iterator[list[list[str]]]:
    """All lines of every table of a file, however it is encoded."""
    raw = content(folder, path)
    if path.endswith(".xlsx"):
        for sheet in load_workbook(io.BytesIO(raw), read_only=True).worksheets:
            yield [["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    yield list(csv.reader(io.StringIO(text), delimiter="\t" if path.endswith(".txt") else ","))


def tables(folder: Path, path: str) -> Iterator[tuple[tuple[str, ...], list[list[str]], list[list[str]]]]:
    """Heading, lines above it and data rows of every table of a file."""
    for lines in sheets(folder, path):
        at = next(k for k, line in enumerate(lines) if tuple(line) in HEADINGS)
        width = len(lines[at])  # a workbook leaves out the empty cells at the end of a row
        yield tuple(lines[at]), lines[:at], [row + [""] * (width - len(row)) for row in lines[at + 1 :]]


def sound(truth: Truth) -> list[FileTruth]:
    return [f for f in truth.files if f.kind not in ("rar", "picture")]


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Trap: workbooks carry the time of saving, sets of strings iterate in another order per process."""
    code = (
        "import sys; from pathlib import Path; from backend.demo.district import generate;"
        "f = Path(sys.argv[1]); generate(f / 'files', 5, 'base', 0.1).save(f / 'truth.json')"
    )
    digests = []
    for k in ("1", "2"):
        (tmp_path / k).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": k}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / k)], check=True, env=environment)
        digests.append(digest(tmp_path / k))
    assert digests[0] == digests[1]


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    """Trap: a stream that ignores the seed."""
    one, two = (generate(tmp_path / str(k), seed=k, size=0.1) for k in (1, 2))
    assert not {p.resident_id for p in one.persons} & {p.resident_id for p in two.persons}


@pytest.mark.parametrize("preset", KINDS)
def test_truth_reconciles_with_the_files(district: Get, preset: str) -> None:
    """Trap: counts kept beside the writing drift apart from it, in whatever file of whatever preset."""
    folder, truth = district(preset)
    on_disk = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert on_disk == {re.sub(r"\.zip/.*", ".zip", f.path) for f in truth.files}
    for file in sound(truth):
        parts = list(tables(folder, file.path))
        assert sum(len(rows) for _, _, rows in parts) == file.rows, file.path
        odd = file.repeats + file.failed_queries + file.failed_payments + file.bad_directions + file.bad_times
        assert file.rows == file.fine + odd
        declared = re.search(r"共(\d+)条记录", "".join(c for line in parts[0][1] for c in line))
        assert file.declared == (int(declared[1]) if declared else None)


@pytest.mark.parametrize("preset", KINDS)
def test_every_identity_is_impossible(district: Get, preset: str) -> None:
    """Trap: a real region code or an assigned number block would point at a living person."""
    folder, truth = district(preset)
    assert all(p.resident_id.startswith("99") for p in truth.persons)
    assert all(re.fullmatch(r"1(99|98|95|93|91|89)0000\d{4}", n) for p in truth.persons for n in p.phones)
    for file in sound(truth):
        for lines in sheets(folder, file.path):
            for number in RESIDENT.findall(" ".join(c for line in lines for c in line)):
                # any other number of eighteen digits is a bank's serial, which begins with the date
                assert number.startswith(("99", "24", "25")), (file.path, number)
    for person in truth.persons:
        total = sum(w * int(c) for w, c in zip(WEIGHTS, person.resident_id[:17], strict=True))
        assert "10X98765432"[total % 11] == person.resident_id[17]


def test_dirt_is_there_but_rare(district: Get) -> None:
    """Trap: a clean district proves nothing about reading; a filthy one drowns what matters."""
    _, truth = district("base")
    rows = sum(f.rows for f in truth.files)
    for kind in ("repeats", "failed_queries", "failed_payments", "bad_directions", "bad_times"):
        count = sum(getattr(f, kind) for f in truth.files)
        assert 0 < count < 0.05 * rows, kind
    assert sum(f.refused for f in truth.files) == 2


@pytest.mark.parametrize("preset", KINDS)
def test_overlapping_returns_tell_nothing_new(district: Get, preset: str) -> None:
    """Trap: a second answer whose rows differ from the first would be counted as new events."""
    folder, truth = district(preset)
    paths = {f.path for f in truth.files}
    again = [f for f in truth.files if f.overlaps is not None]
    assert again
    for file in again:
        assert file.overlaps in paths
        assert file.repeats == file.rows > 0
        first = {tuple(row) for _, _, rows in tables(folder, str(file.overlaps)) for row in rows}
        assert {tuple(row) for _, _, rows in tables(folder, file.path) for row in rows} <= first


def test_both_ends_tell_of_the_same_transfer(district: Get) -> None:
    """Trap: two returns of one payment that do not agree could never be matched."""
    folder, truth = district("base")
    sides: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file in truth.files:
        if file.kind == "tenpay_trades":
            for header, _, rows in tables(folder, file.path):
                for row in rows:
                    cells = dict(zip(header, row, strict=True))
                    sides[cells["交易单号"]][cells["借贷类型"]].add(cells["交易金额(分)"])
    both = [s for s in sides.values() if len(s) == 2]
    assert len(both) > 50
    assert all(s["出"] == s["入"] for s in both)


def test_bank_balances_are_continuous(district: Get) -> None:
    """Trap: a loader that checks balances must find none broken where no row is missing."""
    folder, truth = district("base")
    steps = broken = 0
    for file in truth.files:
        if "bank_transactions" not in file.kind:
            continue
        header, _, rows = next(tables(folder, file.path))
        last: dict[str, Decimal] = {}
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            flag = cells["收付标志"].strip()
            good = cells["交易是否成功"] in ("1", "成功") and flag and "25:61" not in cells["交易时间"]
            if not good:
                continue
            fen = Decimal(cells["交易金额"].replace(",", ""))
            balance, card = Decimal(cells["交易余额"]), cells["交易卡号"].strip()
            if card in last and balance != last[card]:  # equal: the row stands twice
                steps += 1
                broken += balance - last[card] not in (fen, -fen)
            last[card] = balance
    assert steps > 300
    assert broken <= 0.01 * steps  # only around rows whose direction is blank


def test_cases_follow_the_organisations(district: Get) -> None:
    """Trap: a packet case of ten grams or a path over people who never dealt would make the truth false."""
    folder, truth = district("base")
    seized = {row[0]: float(row[5]) for _, _, rows in tables(folder, "台账/缴获毒品.xlsx") for row in rows}
    pairs = {(s.supplier, s.buyer) for s in truth.supplies if s.shown}
    orgs = {o.id: o for o in truth.organisations}
    assert {c.case_no for c in truth.cases} == set(seized)
    for case in truth.cases:
        low, high = {"packet": (0, 10), "small": (10, 50), "major": (50, 1e9)}[case.kind]
        assert low < seized[case.case_no] < high
        assert set(zip(case.path[1:], case.path[:-1], strict=True)) <= pairs
        if case.organisation is not None:
            org = orgs[case.organisation]
            assert case.suspect in org.members
            assert case.organiser == org.organiser
            assert org.members[org.organiser] == "organiser"
        if case.shown:
            assert (case.path[0], case.path[-1]) == (case.suspect, case.organiser)
    assert sum(c.shown for c in truth.cases if c.kind == "packet") >= 3
    assert any(c.organisation is None for c in truth.cases)


def test_nobody_calls_from_custody(district: Get) -> None:
    """Trap: events after an arrest would let an analysis see what cannot be."""
    folder, truth = district("base")
    (header, _, rows), *_ = tables(folder, "台账/涉案人员.csv")
    people = {p.resident_id: p for p in truth.persons}
    arrested: dict[str, str] = {}
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        if cells["到案日期"] and cells["涉案身份"] not in ("吸食", "证人"):
            for number in people[cells["身份证号"]].phones:
                arrested[number] = cells["到案日期"]
    checked = 0
    for file in truth.files:
        number = re.search(r"1\d{10}", file.path.rpartition("/")[2])
        if file.kind.startswith("call_") and number and number[0] in arrested:
            for head, _, calls in tables(folder, file.path):
                at = next(
                    k for k, name in enumerate(head) if name in ("开始时间", "起始时间", "呼叫开始时间")
                )
                times = [row[at] for row in calls]
                checked += len(times)
                assert all(t[:16] <= arrested[number[0]] for t in times), file.path
    assert checked > 100


def test_truth_survives_a_file(district: Get, tmp_path: Path) -> None:
    """Trap: a field that JSON changes, such as a tuple or an integer key."""
    folder, truth = district("base")
    truth.save(tmp_path / "truth.json")
    assert Truth.load(tmp_path / "truth.json") == truth
    assert not list(folder.rglob("*truth*"))


def test_presets_change_what_they_say(district: Get) -> None:
    """Trap: a preset whose habits never reach the files."""
    rows = {p: sum(f.rows for f in district(p)[1].files) for p in KINDS}
    assert rows["sparse"] < 0.8 * rows["base"]
    phones = {p: sum(len(x.phones) - 1 for x in district(p)[1].persons) for p in KINDS}
    assert phones["adversarial"] > 3 * phones["base"]
    payees = {p: sum("payee" in o.members.values() for o in district(p)[1].organisations) for p in KINDS}
    assert payees["adversarial"] == len(district("adversarial")[1].organisations)
