"""What a load did: as JSON, and in words of the terminal's language by file or by kind, with rejects and findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypedDict

from backend.cli.console import say, show, told
from graph_schema.language import Text, spoken

if TYPE_CHECKING:
    from etl.writing.load import FileReport, LoadReport

_STATES = {
    "loaded": Text("已导入", "loaded"),
    "known": Text("此前已导入", "known"),
    "beside": Text("随表格读取", "read with its table"),
    "refused": Text("未导入", "refused"),
}
_COUNTS = [
    Text("状态", "state"),
    Text("读取", "read"),
    Text("装入", "loaded"),
    Text("重复", "dup"),
    Text("拒收", "rej"),
    Text("排除", "exc"),
]


def print_report(report: LoadReport, by_kind: bool = False) -> None:
    """The accounting table, by file or summed up by kind, then what to do about rejects and refusals."""
    if by_kind:
        columns: list[str] = [Text("识别为", "kind"), Text("文件", "files"), *_COUNTS]
        groups: dict[tuple[str, str], list[FileReport]] = {}
        for file in report.files:
            groups.setdefault((file.kind or "", file.state), []).append(file)
        rows = [
            [kind_name(kind), len(files), _state(state), *_sums(files)]
            for (kind, state), files in sorted(groups.items())
        ]
    else:
        columns = [Text("文件", "file"), Text("识别为", "kind"), *_COUNTS]
        rows = [
            [file.path, kind_name(file.kind), _state(file.state), *_sums([file])] for file in report.files
        ]
    total = [sum(column) for column in zip(*([row[3:] for row in rows] or [[0] * 5]), strict=True)]
    show("", columns, [*rows, [told("合计", "total"), "", "", *total]])
    _accounted(report, total)
    for file in report.files:
        _told_of(file)


def kind_name(kind: str | None) -> str:
    """What a kind of file is called; one of the squad's own has only its own name."""
    from etl.layouts.registry import kind_words

    return told(*kind_words(kind)) if kind else ""


def _accounted(report: LoadReport, total: list[int]) -> None:
    from etl.storage.reasons import REASONS

    read, loaded, duplicate, rejected, excluded = total
    say(
        f"读取 {read} 行 = 装入 {loaded} + 重复 {duplicate} + 拒收 {rejected} + 排除 {excluded}；"
        f"现有通话 {report.events['calls']} 通，付款 {report.events['payments']} 笔",
        f"Read {read} = loaded {loaded} + duplicate {duplicate} + rejected {rejected} + excluded {excluded}; "
        f"{report.events['calls']} calls and {report.events['payments']} payments in the graph",
    )
    reasons = sum((Counter(file.excluded_reasons) for file in report.files), Counter[str]())
    if reasons:
        words = {code: REASONS.get(code, (code, code)) for code in reasons}
        say(
            f"排除：{'；'.join(f'{words[code][0]} {n} 行' for code, n in reasons.items())}",
            f"Excluded: {'; '.join(f'{words[code][1]} ({n})' for code, n in reasons.items())}",
        )


def _told_of(file: FileReport) -> None:
    if file.state == "refused":
        reason = spoken(file.reason or "")
        say(f"未导入 {file.path}：{reason}", f"refused {file.path}: {reason}")
    for path in file.rejects:
        say(f"拒收清单：{path}。修改后可直接再次导入。", f"rejects: {path}. Correct and load again.")
    for note in file.notes:
        say(f"{file.path}：{note.zh}", f"{file.path}: {note.en}")


def _state(state: str) -> str:
    return spoken(_STATES.get(state, state))


def _sums(files: list[FileReport]) -> list[int]:
    return [
        sum(getattr(file, name) for file in files)
        for name in ("read", "loaded", "duplicate", "rejected", "excluded")
    ]


class LoadTold(TypedDict):
    """A load as the command line prints it."""

    load: int
    files: list[FileTold]
    events: dict[str, int]


FileTold = dict[str, Any]  # a report of the loader as it is, field by field


def load_json(report: LoadReport) -> LoadTold:
    """The JSON contract of ``upline load``."""
    return {
        "load": report.load,
        "files": [_file_json(file) for file in report.files],
        "events": report.events,
    }


def _file_json(file: FileReport) -> FileTold:
    return asdict(file)
