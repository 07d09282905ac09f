"""Saved mappings: a layout of its own, checked as strictly, for tables with exactly its headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.intake.ask import propose
from etl.layouts import saved
from etl.mapping.decide import StatedMapping, layout_of, save
from etl.mapping.targets import PROPOSED, bases
from etl.mapping.unknown import MappingChoices
from etl.reading import Unreadable
from graph_schema.errors import InputError, NotFound
from tests.etl.mapping.test_propose import BOOKS
from tests.etl.opened import read


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def decided(folder: Path) -> StatedMapping:
    file = folder / "u.csv"
    file.write_text(BOOKS, encoding="utf-8")
    return StatedMapping.model_validate(propose(file, MappingChoices(outflow=("飞",)))["mapping"])


def test_the_next_file_of_that_shape_loads_by_itself(tmp_path: Path) -> None:
    """Trap: the work of mapping is done again for each file, or a later version cannot be told from an earlier."""
    with pytest.raises(Unreadable):
        read(tmp_path, BOOKS)
    save("某行流水", decided(tmp_path))
    facts = read(tmp_path, BOOKS)
    assert facts.kind == "bank_transactions/某行流水@1"
    assert facts.states() == {"loaded": 3, "rejected": 1}
    assert len(facts.legs_of("PAID")) == 3
    save("某行流水", decided(tmp_path))
    assert read(tmp_path, BOOKS).kind == "bank_transactions/某行流水@2"
    saved.delete("某行流水")
    with pytest.raises(Unreadable):
        read(tmp_path, BOOKS)


def test_another_shape_is_not_taken(tmp_path: Path) -> None:
    """Trap: a mapping that grabs every table with a few of its headings."""
    save("某行流水", decided(tmp_path))
    with pytest.raises(Unreadable):
        read(tmp_path, BOOKS.replace("附注", "附加").replace("对方名称", "别的"))
    reordered = "\n".join(",".join(reversed(line.split(","))) for line in BOOKS.splitlines())
    assert read(tmp_path, reordered).states() == {"loaded": 3, "rejected": 1}


def test_a_saved_mapping_is_checked_like_a_layout(tmp_path: Path, home: Path) -> None:
    """Trap: a misspelt key in a file somebody edited by hand changes what rows mean."""
    path = home / "mappings" / "某行流水.yaml"
    save("某行流水", decided(tmp_path))
    good = path.read_text(encoding="utf-8")
    for wrong in (
        good + "colums: {}\n",
        good.replace("name: 某行流水", "name: 别的"),
        good + "name: 某行流水\n",
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(InputError, match="某行流水"):
            saved.all_saved()


def test_names_and_shapes_are_nobody_elses(tmp_path: Path) -> None:
    """Trap: a name that leads out of the folder, hides a known table, or two mappings for one shape."""
    for name in ("../x", "a/b", "", "bank_transactions", "x" * 41, "a.b"):
        with pytest.raises(InputError):
            save(name, decided(tmp_path))
    save("甲", decided(tmp_path))
    with pytest.raises(InputError, match="甲"):
        save("乙", decided(tmp_path))
    with pytest.raises(NotFound):
        saved.one("丙")


def test_a_decision_that_lacks_or_invents_is_refused(tmp_path: Path) -> None:
    """Trap: a mapping without the amount loads rows that mean nothing."""
    whole = decided(tmp_path)
    fields = dict(whole.fields)
    for wrong in ({"amount": None}, {"nonsense": "附注"}, {"memo": "没有的列"}):
        changed = {name: heading for name, heading in (fields | wrong).items() if heading is not None}
        with pytest.raises(InputError):
            layout_of("x", whole.model_copy(update={"fields": changed}))


def test_every_proposed_kind_exists() -> None:
    """Trap: a kind that was renamed vanishes from the proposals."""
    assert set(PROPOSED) <= set(bases())
