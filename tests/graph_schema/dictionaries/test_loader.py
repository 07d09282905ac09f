"""Dictionary files: well formed, versioned, and open to a site without being changed by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_schema.dictionaries import courier_name, courier_shapes, is_service_number, loader, own
from graph_schema.dictionaries.loader import COLUMNS, DictionaryError, load, names, read, version
from graph_schema.errors import InputError

HEADING = ",".join(COLUMNS)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An UPLINE_HOME of its own; what was read before and afterwards is forgotten."""
    monkeypatch.setenv("UPLINE_HOME", str(tmp_path))
    (tmp_path / "dictionaries").mkdir()
    for cached in (load, version):
        cached.cache_clear()
    yield tmp_path / "dictionaries"
    for cached in (load, version):
        cached.cache_clear()


@pytest.mark.parametrize("name", names())
def test_shipped_files(name: str) -> None:
    """Trap: a row without a source, an id used twice, a word listed twice with two meanings by mistake."""
    entries = read(loader.DATA / f"{name}.csv")
    assert entries
    for entry in entries:
        assert entry.source and entry.verified, f"{name} {entry.id}"
        assert entry.value == entry.value.strip() and not entry.site
    pairs = [(entry.value, entry.meaning, *sorted(entry.extra.items())) for entry in entries]
    assert len(pairs) == len(set(pairs))


def test_site_adds_rows_and_changes_the_version(home: Path) -> None:
    """Trap: a run made with a site's own words that says it was made with the shipped ones."""
    shipped = version()
    assert "+site" not in shipped
    version.cache_clear()
    row = "site-1,本地暗语,甲基苯丙胺,,,本单位,yes,,2,"
    (home / "code_words.csv").write_text(f"{HEADING},ambiguity,use\n{row}\n", encoding="utf-8-sig")
    added = [entry for entry in load("code_words") if entry.site]
    assert [entry.value for entry in added] == ["本地暗语"] and added[0].extra["ambiguity"] == "2"
    assert version().startswith(f"{shipped}+site.")


def test_site_never_changes_a_shipped_row(home: Path) -> None:
    """Trap: a site silently raises a legal threshold by reusing its id."""
    row = "tier-1,海洛因,,,,本单位,yes,,exact,100,500,x,x"
    (home / "tiers.csv").write_text(f"{HEADING},match,large_g,major_g,law,article\n{row}\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="tier-1"):
        load("tiers")


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADING}\n1,a,b,,,s,v\n",
        f"{HEADING}\n1,a,b,,,s,v,n,surplus\n",
        f"{HEADING}\n1,,b,,,s,v,\n",
        f"{HEADING}\n1,a,b,2023-13-01,,s,v,\n",
        f"{HEADING}\n1,a,b,,,s,v,\n1,c,d,,,s,v,\n",
        "id,value\n1,a\n",
    ],
)
def test_bad_files_say_where(tmp_path: Path, text: str) -> None:
    """Trap: a short row whose cells slide one column to the left."""
    path = tmp_path / "words.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DictionaryError, match=r"words\.csv"):
        read(path)


def test_defaults_of_remark_lines(tmp_path: Path) -> None:
    """Trap: a default that overrides what the row itself says."""
    path = tmp_path / "words.csv"
    path.write_text(f"# 说明\n# source: 公告\n{HEADING}\n1,a,b,,,,v,\n2,c,d,,,自采,v,\n", encoding="utf-8")
    assert [entry.source for entry in read(path)] == ["公告", "自采"]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("couriers", {"value": "新快递", "meaning": "XKD", "shape": "("}),
        ("couriers", {"value": "新快递", "meaning": "XKD", "shape": "(?P<a>1)"}),
        ("service_numbers", {"value": "95(", "meaning": "某行", "match": "pattern"}),
        ("service_numbers", {"value": "(?i)95", "meaning": "某行", "match": "pattern"}),
        ("service_numbers", {"value": "9" * 300, "meaning": "某行", "match": "pattern"}),
    ],
)
def test_a_pattern_nobody_can_read_stops_no_load(
    home: Path, capfd: pytest.CaptureFixture[str], name: str, cells: dict[str, str]
) -> None:
    """Trap: somebody adds the pattern "(" and every load from then on ends in a fault, though no file is at fault."""
    with pytest.raises(InputError):
        own.add_entry(name, cells)
    heading = own.columns(name)
    lines = [",".join(heading), ",".join({"id": "site-1", **cells}.get(column, "") for column in heading)]
    (home / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    own.forget()
    assert is_service_number("110") and not is_service_number("13900001234")
    assert courier_name("SF") == "顺丰" and dict(courier_shapes())["顺丰"]
    load(name)
    assert capfd.readouterr().err.count("site-1") == 1
    own.forget()


def test_a_name_of_a_courier_without_a_shape_is_known(home: Path) -> None:
    """Trap: a row of the site's own names a code no shipped row has, and no courier is known any more."""
    own.add_entry("couriers", {"value": "新快递", "meaning": "XKD"})
    assert courier_name("新快递") == "新快递" and courier_name("顺丰速运") == "顺丰"
    own.forget()
