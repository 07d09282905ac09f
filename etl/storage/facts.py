"""Facts: what one file says, in typed columns, before anything is matched with other files.

A converter turns the rows of one table into four column tables (schemas below). They are kept as
Parquet under ``UPLINE_HOME/facts``; the observed graph is a pure function of all facts, so that a
load, an unload or a repair is the difference of two such functions.

A *node reference* is one string, ``Label:key`` (``Phone:+8613800000000``,
``Account:wechat:wxid_x``, ``Case:A3302…``). A reference ``Record:<row>/<slot>`` names a record of the
same file and sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

NODES = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("ref", pa.string()),
        ("props", pa.string()),  # JSON object of declared properties of the label; never null values
    ]
)

RECORDS = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("slot", pa.string()),  # which mention of the row: "owner", "counter", "sender" …
        ("name", pa.string()),  # null where the row gives none
        ("refs", pa.list_(pa.string())),  # identifiers stated for this person
        ("hows", pa.list_(pa.string())),  # one per ref, see HOWS
        ("props", pa.string()),  # JSON: aliases, nickname, sex, birth, region text, registered_user …
    ]
)

HOWS = ("registered", "used", "named", "nickname")
"""How a record ties an identifier to a person, strongest first.

registered: a registration or identity document says so (bank account opening, wallet or SIM registration,
bank row that carries account, name and resident id); used: the squad's own table says he uses it (case
person table, waybill with real name); named: a counterpart's row calls the holder by this name; nickname:
a display name, never used for identity.
"""

LEGS = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("rel", pa.string()),  # declared relationship type
        ("start", pa.string()),  # node reference, direction as it happened
        ("end", pa.string()),
        ("at", pa.int64()),  # epoch ms UTC; null where the source has none
        ("at_precision", pa.string()),  # day | minute | second
        ("amount", pa.int64()),  # fen for money, seconds for calls, grams*1000 for goods; else null
        ("currency", pa.string()),
        ("side", pa.string()),  # whose record this row is: start | end | none
        ("system", pa.string()),  # bank | tenpay | alipay | carrier | table …: which books it comes from
        ("serial", pa.string()),  # serial or order number within that system, as text
        ("common", pa.string()),  # number that bank and wallet books share (网银联单号 …)
        ("start_card", pa.string()),  # wallet rows: Account:card:… that paid, where the row says so
        ("end_card", pa.string()),
        ("distinct", pa.string()),  # anything that tells two otherwise equal rows apart (balance …)
        ("text", pa.string()),  # memo, message, content
        ("props", pa.string()),  # JSON of further declared properties
    ]
)

BOOKS = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("account", pa.string()),  # node reference of the owner
        ("at", pa.int64()),
        ("change", pa.int64()),  # fen, negative for money out; null where the row moved nothing
        ("balance", pa.int64()),  # fen after the row; null where the row gives none
        ("way", pa.string()),  # in | out | neutral, as the row says
    ]
)
"""What every row of an account book did to its account, returned and neutral rows too: the ground of checks."""

LOADED, REJECTED, EXCLUDED, DUPLICATE = "loaded", "rejected", "excluded", "duplicate"

ROWS = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),  # 1-based as a spreadsheet shows it, header and blank lines counted
        ("cells", pa.list_(pa.string())),  # as read
        ("state", pa.string()),
        ("reason", pa.string()),  # stable code, e.g. bad_time, bad_direction, query_failed
        ("column", pa.string()),  # heading of the offending cell
        ("value", pa.string()),  # its value
    ]
)


@dataclass
class FactBatch:
    """Facts of some consecutive rows of one sheet: tables with the schemas above, plus every row's state."""

    rows: pa.Table
    nodes: pa.Table = field(default_factory=NODES.empty_table)
    records: pa.Table = field(default_factory=RECORDS.empty_table)
    legs: pa.Table = field(default_factory=LEGS.empty_table)
    books: pa.Table = field(default_factory=BOOKS.empty_table)


@dataclass
class SheetFacts:
    """One recognised table of a file: its heading and a stream of fact batches (memory stays flat)."""

    sheet: str
    kind: str  # name of the layout, e.g. "bank_transactions"
    headings: list[str]
    header_row: int
    batches: Iterator[FactBatch]
    declared_rows: int | None = None  # a count the file itself declares
    declared: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    """Count and sum (fen) the file declares per way of money: in, out, neutral."""
    period: tuple[int, int] | None = None  # first and last moment the file says it covers, epoch ms
    hidden: bool = False  # the workbook does not show this sheet
    no_counter: list[str] | None = None
    """Of an account book without any column of the other party: the columns that mean nothing to its layout."""
    sections: list[tuple[int, list[str]]] = field(default_factory=list)
    """Rows in which the heading comes again in another order, with the headings of the rows below."""
    said: list[tuple[int, list[str]]] = field(default_factory=list)
    """From which row on the lines outside the rows say what of them (owner, currency, unit, period), a cell each."""


@dataclass(frozen=True)
class FileOrigin:
    """Where a file came from, as far as its content needs it: ``path`` is relative to the load argument
    ("/" between, archive members as ``a.zip/b.csv``); owner hints are read from it."""

    path: str
    sha256: str
    case_no: str | None = None
    beside: Mapping[str, Path] = field(default_factory=dict)
    """Files of the same package that describe this one (an index of columns), by lower-case name."""
    entry: str | None = None
    """Kind of table, where the file is what somebody typed in."""
    password: str | None = field(default=None, repr=False)
    """What opens the file where it is encrypted; never kept."""
