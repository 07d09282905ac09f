"""The accuracy benchmark: worlds of the second maker, plain methods, and the score taken from results."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from backend.analysis.model.facts import Case, Events, Facts, Involvement
from backend.demo.truth import Truth
from benchmarks.accuracy import baselines
from benchmarks.accuracy.elsewhere import make
from benchmarks.accuracy.figures import FIGURES, PRESETS, Cell, Marks, cell, missed, table


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("elsewhere")
    return folder, make(folder, "sparse", 2)


def content(path: Path) -> bytes:
    """A file's bytes; of a workbook its sheet, because the workbook itself keeps the time of saving."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml")


def digest(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return hashlib.sha256(b"".join(map(content, files))).hexdigest()


def test_a_world_of_the_second_maker_is_made_again_alike(world: tuple[Path, Truth], tmp_path: Path) -> None:
    """Trap: figures over worlds that change from run to run cannot be compared."""
    folder, truth = world
    assert make(tmp_path, "sparse", 2) == truth
    assert digest(tmp_path) == digest(folder)


def test_nobody_of_the_second_maker_can_be_real(world: tuple[Path, Truth]) -> None:
    """Trap: a region code or number block that belongs to somebody."""
    _, truth = world
    assert all(p.resident_id.startswith("9905") for p in truth.persons)
    assert all(re.fullmatch(r"19[67]0000\d{4}", n) for p in truth.persons for n in p.phones)


def test_the_truth_of_the_second_maker_holds_together(world: tuple[Path, Truth]) -> None:
    """Trap: a path over people who never dealt, an organiser of another network, nothing that can be shown."""
    _, truth = world
    pairs = {(s.supplier, s.buyer) for s in truth.supplies if s.shown}
    packet = [c for c in truth.cases if c.kind == "packet" and c.organisation]
    assert sum(c.shown for c in packet) >= 3
    assert [c for c in truth.cases if c.organisation is None]
    orgs = {o.id: o for o in truth.organisations}
    for case in packet:
        assert set(zip(case.path[1:], case.path[:-1], strict=True)) <= pairs
        assert case.organiser == orgs[str(case.organisation)].organiser


def events(*rows: tuple[int, int, int, int]) -> Events:
    """Payer, payee, time, fen."""
    a, b, at, amount = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    n = len(rows)
    return Events(
        a,
        b,
        at,
        np.full(n, 2, dtype=np.int8),
        amount,
        np.zeros(n, dtype=np.bool_),
        [""] * n,
        [""] * n,
        [[] for _ in rows],
    )


def facts() -> Facts:
    """0 was arrested and pays 1 most, 1 pays 2, who stands in another case; 3 gives back what he gets."""
    paid = events(
        (0, 1, 1, 900), (0, 1, 2, 900), (1, 2, 3, 5000), (0, 3, 4, 4000), (3, 0, 5, 4000), (0, 4, 6, 100)
    )
    none = events((0, 1, 1, 10))
    flags = np.zeros(5, dtype=np.bool_)
    return Facts(
        person_ids=[f"P{k}" for k in range(5)],
        named=flags,
        registered_user=flags,
        fugitive=flags,
        platform=flags,
        asked=flags,
        calls=none,
        payments=paid,
        parcels=none,
        statements=none,
        cases=[Case("A1", "packet", None, {}), Case("A2", "major", None, {})],
        involvements=[Involvement(0, 0, "dealing", None), Involvement(2, 1, "dealing", None)],
        seizures=[],
        refs=[[] for _ in range(5)],
    )


def test_the_largest_net_payee_is_net() -> None:
    """Trap: a brother who sends everything back would pass for the supplier."""
    people = [{"id": f"P{k}"} for k in range(5)]
    known = baselines.ties(facts(), people)
    answer = baselines.largest_net_payee(known)
    assert answer.supplies is not None
    assert answer.chains is not None
    first = [(e["supplier"]["id"], e["buyer"]["id"]) for e in answer.supplies["edges"] if e["score"] >= 0.5]
    assert ("P1", "P0") in first
    assert not any("P3" in pair for pair in first)
    chain = answer.chains["cases"][0]["chains"][0]
    assert [p["id"] for p in chain["persons"]] == ["P0", "P1", "P2"]
    assert "A2" in chain["reaches"]


def test_every_plain_method_answers() -> None:
    """Trap: a method that finds nothing makes ours look good."""
    known = baselines.ties(facts(), [{"id": f"P{k}"} for k in range(5)])
    for name, method in baselines.METHODS.items():
        chains = method(known).chains
        assert chains is not None, name
        assert any("A2" in c["reaches"] for c in chains["cases"][0]["chains"]), name


def marks(value: float | None, claims: list[tuple[float, bool]]) -> Marks:
    return Marks(
        {"supplier_first": value, "chain_calibration_error": 0.5}, {}, {"chain_calibration_error": claims}
    )


def test_a_seed_without_the_figure_is_no_zero() -> None:
    """Trap: a district with no such case would pull the mean down, or divide by nothing."""
    seeds = [marks(1.0, []), marks(None, []), marks(0.5, [])]
    assert cell("supplier_first", seeds) == Cell(0.75, 0.5, 1.0)
    assert cell("gangs_found", seeds) is None


def test_calibration_is_taken_over_all_seeds_together() -> None:
    """Trap: one right and one wrong claim at 0.5 in two districts are each off by a half, together by nothing."""
    found = cell("chain_calibration_error", [marks(1.0, [(0.5, True)]), marks(1.0, [(0.5, False)])])
    assert found == Cell(0.0, 0.5, 0.5)


def test_what_is_missed_is_marked() -> None:
    """Trap: a table that shows only what was reached."""
    results = {
        "upline": {p: [marks(0.5, [(1.0, True)])] for p in PRESETS},
        "plain": {p: [marks(0.1, [])] for p in PRESETS},
    }
    lines = table(results, PRESETS)
    assert any("upline" in line and "0.50 (0.50-0.50)*" in line for line in lines)
    assert not any("plain" in line and "*" in line for line in lines)
    assert len(missed(results, "upline")) == len(PRESETS)
    assert all(len(f.asked) == len(PRESETS) for f in FIGURES)
