"""How names are read and mistaken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.dictionaries import (
    confusable,
    differ_by_confusable,
    every_reading,
    load,
    name_search,
    surname,
)


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("单小明", "shanxiaoming", "sxm"),
        ("曾小明", "zengxiaoming", "zxm"),
        ("仇小明", "qiuxiaoming", "qxm"),
        ("区小明", "ouxiaoming", "oxm"),
        ("朴小明", "piaoxiaoming", "pxm"),
        ("尉迟小明", "yuchixiaoming", "ycxm"),
        ("万俟小明", "moqixiaoming", "mqxm"),
        ("欧阳小明", "ouyangxiaoming", "oyxm"),
        ("王小明", "wangxiaoming", "wxm"),
    ],
)
def test_surname_readings(name: str, pinyin: str, initials: str) -> None:
    """Trap: 单 read dān and 曾 read céng, so that nobody finds the man by his name."""
    found = name_search(name)
    assert found.pinyin[0] == pinyin and found.initials[0] == initials


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("翟小明", {"zhaixiaoming", "dixiaoming"}),
        ("吕小明", {"lvxiaoming", "luxiaoming", "lyuxiaoming"}),
        ("覃小明", {"qinxiaoming", "tanxiaoming"}),
        ("单小明", {"shanxiaoming", "danxiaoming"}),
        ("阿卜杜·买买提", {"abodumaimaiti"}),
        ("Tom Lee", {"tomlee"}),
    ],
)
def test_every_way_of_typing(name: str, typed: set[str]) -> None:
    """Trap: ü typed as v, u or yu; a second reading of the surname; a dot in the name."""
    assert typed <= set(name_search(name).pinyin)


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("长孙样七", {"zhangsunyangqi", "changsunyangqi"}, {"zsyq", "csyq"}),
        ("单小重", {"shanxiaozhong", "danxiaochong", "chanxiaozhong"}, {"sxz", "dxc"}),
        ("王行吕", {"wangxinglv", "wanghanglu", "wanghanglyu"}, {"wxl", "whl"}),
    ],
)
def test_every_reading_of_every_character(name: str, pinyin: set[str], initials: set[str]) -> None:
    """Traps: 长孙 found by zsyq alone, while most people type csyq; the usual reading no longer the first."""
    found, usual = every_reading(name), name_search(name)
    assert pinyin <= set(found.pinyin) and initials <= set(found.initials)
    assert found.pinyin[0] == usual.pinyin[0] and found.initials[0] == usual.initials[0]


def test_compound_surnames_come_first() -> None:
    """Trap: 欧阳 cut into 欧 and 阳; a two-character name that only begins like one."""
    assert surname("欧阳小明") == "欧阳" and surname("欧阳") == "欧" and surname("王小明") == "王"


def test_confusable_characters() -> None:
    """Trap: 张 and 章 taken for two people without a question, or for one without a question."""
    assert differ_by_confusable("张小明", "章小明")
    assert not differ_by_confusable("张小明", "张小明")
    assert not differ_by_confusable("张小明", "李小明")
    assert not differ_by_confusable("张小明", "章小民")
    for entry in load("confusables"):
        assert all(other in confusable(entry.value[0]) for other in entry.value[1:])


@given(st.text(max_size=12))
def test_any_name_can_be_searched(name: str) -> None:
    """Trap: a rare character or an emoji in a name that stops a load."""
    found = name_search(name)
    assert len(found.pinyin) <= 36 and all(isinstance(text, str) for text in (*found.pinyin, *found.initials))
    wide = every_reading(name)
    assert set(found.pinyin) <= set(wide.pinyin) and len(wide.pinyin) <= 64 and len(wide.initials) <= 64
