"""What a load prints: one language at a time, whatever there is to say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli import app
from graph_schema.store import Store
from tests.backend.cli.test_languages import HAN

MINE, OTHER = "6200994900000000014", "6200994900000000022"
BOOK = f"""卡号：{MINE},收入：7笔 900.00元
交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,摘要说明,交易流水号,冲正标志
2026-01-05 08:00:00,100,900,出,{OTHER},季试,转账,A1,0
2026-01-06 08:00:00,100,700,出,{OTHER},季试,转账,A2,0
2026-01-07 08:00:00,30,670,出,{OTHER},季试,转账,A3,1
2026-01-08 08:00:00,100,600,?,{OTHER},季试,转账,A4,0
2026-05-08 08:00:00,0,600,出,{OTHER},季试,转账,A5,0
共9条
"""
ENGLISH = re.compile(r"\b(?!csv\b|pdf\b|upline\b|templates\b|a\b|b\b)[a-z]{3,}\b", re.IGNORECASE)
"""Words of a sentence; file names, the command and an option are the same in both languages."""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.csv").write_text(BOOK, encoding="utf-8")
    (folder / "2.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (folder / "3.pdf").write_bytes(b"%PDF-1.4\n")
    return folder


def said(store: Store, language: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setenv("UPLINE_LANG", language)
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    text = result.output.replace(str(store.home), "")
    return re.sub(r"/rejects/\S+|Failed to load document \(.*?\)\.", "", text)  # a path; what a library said


@pytest.mark.parametrize("again", [False, True])
def test_a_load_speaks_english(
    again: bool, store: Store, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: findings, reasons and totals in Chinese on an English terminal, or in both languages at once."""
    told = said(store, "en", monkeypatch, "load", str(files), *([] if again else ["--dry-run"]))
    for word in ("refused", "balance breaks", "declares", "marked as reversed", "Amount is zero", "rejects:"):
        assert word in told, word
    assert HAN.findall(told) == []
    more = said(store, "en", monkeypatch, "load", str(files)) + said(store, "en", monkeypatch, "loads")
    assert HAN.findall(more) == []


def test_a_load_speaks_chinese(store: Store, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap: states, kinds and findings in English on a Chinese terminal."""
    told = said(store, "zh", monkeypatch, "load", str(files))
    for word in ("未导入", "余额不连续", "声明", "标为冲正", "金额为零", "拒收清单", "银行交易明细", "合计"):
        assert word in told, word
    assert ENGLISH.findall(told) == []
    assert ENGLISH.findall(said(store, "zh", monkeypatch, "unload", "1", "--dry-run")) == []
    assert ENGLISH.findall(said(store, "zh", monkeypatch, "load", str(files))) == []
