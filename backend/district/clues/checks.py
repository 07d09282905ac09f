"""What is wrong with the rows of clues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.contract.district.common import Finding
from backend.district.clues.joining import ClueGroup
from backend.district.clues.keys import Clue
from backend.district.days import day_of
from graph_schema.language import Text
from graph_schema.store import Props

CODES: Mapping[str, Text] = {
    "no_content": Text("无内容", "No text"),
    "received_before_posted": Text("接收时间早于发布时间", "Received before it was posted"),
    "tested_before_posted": Text("检出日期早于发布时间", "Tested before it was posted"),
    "tested_without_substance": Text("有检出日期，无检出物质", "A day of testing, but no substance"),
    "not_preserved": Text("未写证据保全", "Preservation of evidence is not stated"),
    "no_integrity": Text("已写证据保全，无完整性校验值", "Preserved, but without an integrity value"),
    "picture_missing": Text("图片文件未找到或无法读取", "A picture file is missing or cannot be read"),
    "upstream_missing": Text("上游线索不在库中", "The clue it follows is not loaded"),
    "shared_identifier": Text(
        "多组互不相关的线索共用，不作串并依据",
        "On too many separate groups; joins nothing",
    ),
}


def findings(clues: Mapping[str, Clue], groups: Sequence[ClueGroup]) -> list[Finding]:
    """Findings by clue, then identifiers on too many groups."""
    found = [
        _finding(code, clue.clue_id, clue.rows) for clue in clues.values() for code in _wrong(clue, clues)
    ]
    bridges = {each.shared.value: each for group in groups for each in group.bridges}
    for _, bridge in sorted(bridges.items()):
        rows = [row for clue in bridge.groups for row in bridge.shared.evidence.get(clue, ())]
        found.append(_finding("shared_identifier", bridge.shared.shown, rows))
    return found


def _finding(code: str, about: str, rows: Sequence[str]) -> Finding:
    said = CODES[code]
    return {"code": code, "zh": said.zh, "en": said.en, "id": about, "evidence": list(dict.fromkeys(rows))}


def _wrong(clue: Clue, clues: Mapping[str, Clue]) -> list[str]:
    props = clue.props
    wrong = {
        "no_content": not clue.text.strip() and not props.get("pictures"),
        "received_before_posted": _before(props, "received_at", "at"),
        "tested_before_posted": _before(props, "tested_at", "at"),
        "tested_without_substance": bool(props.get("tested_at")) and not props.get("tested_substance"),
        "not_preserved": not props.get("preserved"),
        "no_integrity": bool(props.get("preserved")) and not props.get("integrity"),
        "picture_missing": len(props.get("pictures") or ()) > len(clue.pictures),
        "upstream_missing": any(up not in clues for up in props.get("upstream") or ()),
    }
    return [code for code, holds in wrong.items() if holds]


def _before(props: Props, late: str, early: str) -> bool:
    a, b = day_of(props.get(late)), day_of(props.get(early))
    return a is not None and b is not None and a < b
