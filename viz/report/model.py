"""What a report says, as plain data: sentences that carry the rows they rest on, tables, drawings.

Nothing here knows where the facts come from or how a page is set: ``docx`` and ``pdf`` write the same report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from graph_schema.language import Text
from viz.model.drawing import Drawing
from viz.text.words import STATUS


@dataclass(frozen=True)
class Sentence:
    """One statement; ``evidence`` are the row references (``sha256[:12]/sheet/row``) it rests on."""

    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is 一、, 2 is （一）; the number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Sentences that are read together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption above; ``evidence`` has one tuple of row references per row, or is empty."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()  # shares of the type area, one per head


@dataclass(frozen=True)
class Picture:
    """A drawing with its caption below."""

    caption: str
    drawing: Drawing = field(repr=False)


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True)
class Event:
    """What a row says happened: when, between whom (name and number), how much or how long, its serial in full."""

    at: str
    kind: str
    a: str
    b: str
    what: str
    serial: str
    note: str = ""  # memo or words, in full
    through: bool = False  # the other end is a payment platform; the wallet's own row says more


@dataclass(frozen=True)
class Source:
    """A row of a source file as the list of evidence names it; ``text`` is all it says, where it is no ``event``."""

    ref: str
    file: str
    sheet: str
    row: int
    text: str = ""
    basis: str = ""
    unit: str = ""
    found: bool = True
    event: Event | None = None


@dataclass(frozen=True)
class Furniture:
    """What stands around the text and only people decide; empty until they do."""

    unit: str = ""
    number: str = ""
    date: str = ""
    author: str = ""
    reviewer: str = ""
    chief: str = ""
    marking: str = ""
    readers: str = ""


@dataclass(frozen=True)
class Report:
    """A whole report. ``status`` is candidate, confirmed, rejected or unsure; it stands on every page."""

    title: str
    subject: str
    status: str
    status_text: str
    lead: str
    blocks: tuple[Block, ...]
    sources: Mapping[str, Source]
    run: str
    furniture: Furniture = Furniture()
    language: str = "zh"

    def chip(self) -> str:
        """The word for the status, with who decided and when, where somebody did."""
        return self.status_text or STATUS[self.status].of(self.language)

    def digest(self) -> str:
        """SHA-256 of everything the report says, drawings left out; the same report has the same digest."""
        said = {
            "title": self.title,
            "subject": self.subject,
            "status": [self.status, self.status_text],
            "run": self.run,
            "furniture": asdict(self.furniture),
            "blocks": [
                {"caption": block.caption} if isinstance(block, Picture) else asdict(block)
                for block in self.blocks
            ],
            "sources": {ref: asdict(source) for ref, source in sorted(self.sources.items())},
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Seal:
    """What the footer proves: digest of the report and number of its audit record."""

    digest: str
    audit: int


class RowNumbers:
    """Numbers the rows in the order in which the report first rests on them."""

    def __init__(self, report: Report) -> None:
        self._number: dict[str, int] = {}
        for ref in _cited(report.blocks):
            self._number.setdefault(ref, len(self._number) + 1)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((number, ref) for ref, number in self._number.items())

    def __len__(self) -> int:
        return len(self._number)

    def mark(self, refs: Sequence[str]) -> str:
        """``[1–3, 7]`` for the rows; empty where there are none."""
        numbers = sorted({self._number[ref] for ref in refs})
        return f"[{', '.join(_runs(numbers))}]" if numbers else ""


def _cited(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for sentence in block.sentences:
                yield from sentence.evidence
        elif isinstance(block, Table):
            for refs in block.evidence:
                yield from refs


def cited(blocks: Iterable[Block]) -> list[str]:
    """Every row the blocks rest on, once, in the order of first mention."""
    return list(dict.fromkeys(_cited(blocks)))


def _runs(numbers: list[int]) -> Iterator[str]:
    start = 0
    for i, number in enumerate(numbers):
        if i + 1 == len(numbers) or numbers[i + 1] != number + 1:
            first = numbers[start]
            yield (
                str(first)
                if first == number
                else f"{first}–{number}"
                if number > first + 1
                else f"{first}, {number}"
            )
            start = i + 1


HEADER = Text("侦查线索，不作为证据使用", "A lead for investigators, not evidence")
EVENT_HEADS = (
    Text("序号", "No."),
    Text("时间", "Time"),
    Text("付款方、主叫方", "Payer, caller"),
    Text("收款方、被叫方", "Payee, called"),
    Text("金额、时长、摘要", "Amount, duration, words"),
    Text("流水号", "Serial"),
    Text("出处", "Source"),
)
ROW_HEADS = (Text("序号", "No."), Text("内容", "What the row says"), Text("出处", "Source"))
FILE_HEADS = (
    Text("文件", "File"),
    Text("名称", "Name"),
    Text("文件摘要前 12 位", "Hash, 12 digits"),
    Text("依据、单位", "Basis, unit"),
)
EVENTS = Text("往来记录", "Payments, calls and parcels")
OTHERS = Text("登记及其他记录", "Registrations and other rows")
FILES = Text("来源文件", "Source files")
EVIDENCE_TITLE = Text("证据清单", "List of evidence")
EVIDENCE_HEAD = Text("证据号", "Rows")
EVIDENCE_NOTE = Text(
    "序号即正文方括号内的编号。出处为文件号、工作表、行号，可在系统中打开原始记录。双方各有记录的同一笔往来合列一行，出处各列。",
    "Numbers are those in brackets in the text. A source is file, sheet, row; an event that two books hold is one line.",
)
MISSING = Text("原始记录已撤出或不可查看", "row taken out or not to be seen")
DRAFT = Text("草稿（未经审批）", "Draft, not approved")
FURNITURE = {
    "unit": Text("单位", "Unit"),
    "number": Text("编号", "Number"),
    "date": Text("日期", "Date"),
    "author": Text("研判员", "Author"),
    "reviewer": Text("审核", "Reviewer"),
    "chief": Text("审批", "Chief"),
    "readers": Text("知悉范围", "Readers"),
}


def furniture_lines(report: Report) -> list[str]:
    """The lines under the title: what people filled in, else a blank to fill in by hand."""
    values = asdict(report.furniture)
    return [
        f"{label.of(report.language)}：{values[name] or '＿＿＿＿'}"
        if report.language != "en"
        else f"{label.en}: {values[name] or '________'}"
        for name, label in FURNITURE.items()
    ]


def footer(report: Report, seal: Seal) -> str:
    """The line at the foot of every page, page number left out; who decided and why stands at its head."""
    status = STATUS[report.status].of(report.language)
    if report.language == "en":
        return f"{status} · SHA-256 {seal.digest[:16]} · audit no. {seal.audit}"
    return f"{status} · 摘要 SHA-256 {seal.digest[:16]} · 审计号 {seal.audit}"


def evidence_tables(report: Report, numbers: RowNumbers) -> list[Table]:
    """The list of evidence: what happened, what else is on record, and the files both come from."""
    language = report.language
    files: dict[tuple[str, str], tuple[str, Source]] = {}
    happened: list[tuple[int, Event, str]] = []
    others: list[tuple[str, ...]] = []
    for number, ref in numbers:
        source = report.sources.get(ref)
        if source is None or not source.found:
            others.append((str(number), MISSING.of(language), ref))
            continue
        key = (source.file, ref.split("/", 1)[0])
        mark, _ = files.setdefault(key, (f"F{len(files) + 1}", source))
        place = " · ".join(filter(None, (mark, source.sheet, str(source.row))))
        if source.event is None:
            others.append((str(number), source.text, place))
        else:
            happened.append((number, source.event, place))
    events = [_line(some) for some in _same(happened)]
    listed = [
        (mark, source.file, digits, " ".join(filter(None, (source.basis, source.unit))))
        for (_, digits), (mark, source) in files.items()
    ]
    found: list[tuple[Text, tuple[Text, ...], Sequence[tuple[str, ...]], tuple[float, ...]]] = [
        (EVENTS, EVENT_HEADS, events, (0.45, 0.95, 2.2, 2.2, 1.15, 1.95, 0.95)),
        (OTHERS, ROW_HEADS, others, (0.45, 7.5, 1.5)),
        (FILES, FILE_HEADS, listed, (0.45, 6.0, 1.5, 1.5)),
    ]
    return [
        Table(name.of(language), tuple(head.of(language) for head in heads), tuple(rows), (), widths)
        for name, heads, rows, widths in found
        if rows
    ]


def _same(rows: Sequence[tuple[int, Event, str]]) -> list[list[tuple[int, Event, str]]]:
    """Rows of one event together: both parties' books say the same, or give it one number."""
    groups: list[list[tuple[int, Event, str]]] = []
    by_key: dict[tuple[str, ...], list[tuple[int, Event, str]]] = {}
    for row in rows:
        each = row[1]
        keys: list[tuple[str, ...]] = [(each.at, each.kind, each.what, each.a, each.b)]
        keys += [(each.kind, each.what, serial) for serial in each.serial.split("\n") if serial]
        group = next((by_key[key] for key in keys if key in by_key), None)
        if group is None:
            groups.append(group := [])
        group.append(row)
        for key in keys:
            by_key.setdefault(key, group)
    return groups


def _line(rows: Sequence[tuple[int, Event, str]]) -> tuple[str, ...]:
    """One event of the list with all rows that tell of it."""
    each = next((event for _, event, _ in rows if not event.through), rows[0][1])
    serials = dict.fromkeys(serial for _, event, _ in rows for serial in event.serial.split("\n") if serial)
    notes = dict.fromkeys(event.note for _, event, _ in rows if event.note)
    what = "\n".join([f"{each.kind} {each.what}".strip(), *notes])
    marks = ", ".join(_runs([number for number, _, _ in rows]))
    places = "\n".join(place for _, _, place in rows)
    return marks, each.at, each.a, each.b, what, "\n".join(serials), places
