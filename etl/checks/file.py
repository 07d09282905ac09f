"""Checks within one file: its declared counts, its running balances, and the period it covers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.checks.balance import BalanceRow, breaks
from etl.storage import quiet_duckdb
from etl.storage.archive import Archive
from graph_schema.beijing import moment

_SILENCE = 30 * 86_400_000
MOST = 20
"""So many findings of one kind are listed; the count says how many there are."""

_WAYS = {"in": ("收入", "income"), "out": ("支出", "expense"), "neutral": ("中性交易", "neutral rows")}


@dataclass(frozen=True)
class Check:
    """One finding: its ``kind``, in words, and the rows (``sheet``, ``row``) it is about."""

    kind: str
    zh: str
    en: str
    sheet: str = ""
    rows: list[int] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def check_file(archive: Archive, sha256: str) -> list[Check]:
    """All findings about one kept file, in the order of its sheets."""
    found: list[Check] = []
    about = archive.about(sha256)
    for sheet in about["sheets"]:
        found += _hidden(archive, sha256, sheet) + _lone_reversals(archive, sha256, sheet)
        found += _no_counter(sheet)
        found += _declared_rows(archive, sha256, sheet) + _declared_sums(archive, sha256, sheet)
    return found + _balances(archive, sha256) + _times(archive, sha256, about)


def _hidden(archive: Archive, sha256: str, sheet: dict[str, Any]) -> list[Check]:
    """A sheet nobody sees in the workbook was read like the others: whoever loads it has to know."""
    if not sheet.get("hidden"):
        return []
    name = sheet["sheet"] or ""
    sql = "SELECT count(*) FROM read_parquet(?) WHERE coalesce(sheet, '') = ? AND state IN ('loaded', 'duplicate')"
    count = int(_query(sql, [str(archive.rows(sha256)), name])[0][0])
    return [
        Check(
            "hidden_sheet",
            f"工作表“{name}”在工作簿中是隐藏的，其 {count} 行已照常导入；如已作废，请删除该表后重新导入。",
            f"Sheet {name!r} is hidden in the workbook; {count} rows of it were loaded like any other. "
            "If it is void, delete the sheet and load the workbook again.",
            name,
            facts={"loaded": count},
        )
    ]


def _no_counter(sheet: dict[str, Any]) -> list[Check]:
    """Payments to nobody: a column of the other party under a heading that is not known is as good as lost."""
    columns = sheet.get("no_counter")
    if not columns:
        return []
    return [
        Check(
            "no_counterparty",
            f"没有识别到对方账号或户名，付款的对方记为未知；未使用的列：{'、'.join(columns)}。"
            "其中如有对方，请先撤销本次导入，再用 upline map 指明各列。",
            "No column says who the other party is, so all payments are to or from unknown; columns not used: "
            f"{', '.join(columns)}. If one of them names the party, take this load out and map the columns with upline map.",
            sheet["sheet"] or "",
            facts={"columns": columns},
        )
    ]


def _lone_reversals(archive: Archive, sha256: str, sheet: dict[str, Any]) -> list[Check]:
    """A flag says that a payment was reversed, and the other side is not there: the return may be incomplete."""
    name = sheet["sheet"] or ""
    sql = "SELECT row FROM read_parquet(?) WHERE coalesce(sheet, '') = ? AND reason = 'reversal_alone' ORDER BY row"
    rows = [int(row) for (row,) in _query(sql, [str(archive.rows(sha256)), name])]
    if not rows:
        return []
    shown = rows[:MOST]
    more = ("等", " …") if len(rows) > MOST else ("", "")
    return [
        Check(
            "reversal_alone",
            f"第 {'、'.join(map(str, shown))}{more[0]} 行标为冲正，文件中没有对应的另一笔，共 {len(rows)} 行，未计入付款。",
            f"Rows {', '.join(map(str, shown))}{more[1]} are marked as reversed and the file has no other side of them: "
            f"{len(rows)} rows, not counted as payments.",
            name,
            shown,
            {"rows": len(rows)},
        )
    ]


def _declared_rows(archive: Archive, sha256: str, sheet: dict[str, Any]) -> list[Check]:
    declared = sheet.get("declared_rows")
    if declared is None:
        return []
    rows = str(archive.rows(sha256))
    sql = "SELECT count(*) FROM read_parquet(?) WHERE coalesce(sheet, '') = ?"
    read = int(_query(sql, [rows, sheet["sheet"] or ""])[0][0])
    if read == declared:
        return []
    gap = abs(declared - read)
    return [
        Check(
            "declared_rows",
            f"声明 {declared} 条，实际读取 {read} 条，差 {gap} 条。",
            f"Declares {declared} records, {read} were read ({gap} apart).",
            sheet["sheet"] or "",
            facts={"declared": declared, "read": read},
        )
    ]


def _declared_sums(archive: Archive, sha256: str, sheet: dict[str, Any]) -> list[Check]:
    declared: dict[str, list[int | None]] = sheet.get("declared") or {}
    path = _books(archive, sha256)
    if not declared or path is None:
        return []
    sql = """SELECT way, count(*), sum(abs(change)) FROM read_parquet(?) WHERE coalesce(sheet, '') = ? GROUP BY way"""
    parsed = {way: (n, total or 0) for way, n, total in _query(sql, [str(path), sheet["sheet"] or ""])}
    found = []
    for way, (count, total) in declared.items():
        n, fen = parsed.get(way, (0, 0))
        wrong_sum = total is not None and way != "neutral" and int(total) != int(fen)
        if (count is None or count == n) and not wrong_sum:
            continue
        zh, en = _WAYS[way]
        found.append(
            Check(
                "declared_sum",
                f"{zh}：声明 {_said(count, total, '笔', '元')}，读得 {n} 笔 {fen / 100:.2f} 元。",
                f"{en}: declares {_said(count, total, 'payments,', 'yuan')}, read {n} payments, {fen / 100:.2f} yuan.",
                sheet["sheet"] or "",
                facts={"way": way, "declared": [count, total], "read": [n, int(fen)]},
            )
        )
    return found


def _said(count: int | None, total: int | None, payments: str, yuan: str) -> str:
    parts = [
        *([f"{count} {payments}"] if count is not None else []),
        *([f"{total / 100:.2f} {yuan}"] if total is not None else []),
    ]
    return " ".join(parts).rstrip(",")


def _balances(archive: Archive, sha256: str) -> list[Check]:
    """A break names the two rows between which something is missing."""
    path = _books(archive, sha256)
    if path is None:
        return []
    sql = """SELECT coalesce(sheet, ''), account, row, "at", change, balance FROM read_parquet(?)
        WHERE change IS NOT NULL AND balance IS NOT NULL ORDER BY 1, 2, 3"""
    groups: dict[tuple[str, str], list[BalanceRow]] = {}
    for sheet, account, row, at, change, balance in _query(sql, [str(path)]):
        groups.setdefault((sheet, account), []).append(BalanceRow(row, at or 0, change, balance))
    found = []
    for (sheet, account), entries in groups.items():
        holes = breaks(entries)
        for hole in holes[:MOST]:
            off, where = f"{hole.missing / 100:+.2f}", account.rsplit(":", 1)[1]
            found.append(
                Check(
                    "balance_break",
                    f"{where}：第 {hole.before} 行与第 {hole.after} 行之间余额不连续，相差 {off} 元，可能缺行。",
                    f"{where}: the balance breaks between rows {hole.before} and {hole.after} "
                    f"({off} yuan): something may be missing there.",
                    sheet,
                    [hole.before, hole.after],
                    {"account": account, "missing_fen": hole.missing, "breaks": len(holes)},
                )
            )
    return found


def _times(archive: Archive, sha256: str, about: dict[str, Any]) -> list[Check]:
    """First and last event per sheet against the period declared, and months of silence in between."""
    legs = archive.facts(sha256) / "legs.parquet"
    sql = f"""WITH t AS (
          SELECT coalesce(sheet, '') AS sheet, "at", lag("at") OVER (PARTITION BY coalesce(sheet, '') ORDER BY "at") AS before
          FROM read_parquet(?) WHERE "at" IS NOT NULL AND rel IN ('PAID', 'CALLED', 'MESSAGED'))
        SELECT sheet, min("at"), max("at"), list_sort(list([before, "at"]) FILTER ("at" - before > {_SILENCE}))
        FROM t GROUP BY sheet"""
    times = {sheet: (first, last, gaps or []) for sheet, first, last, gaps in _query(sql, [str(legs)])}
    found = []
    for sheet in about["sheets"]:
        name = sheet["sheet"] or ""
        if name not in times:
            continue
        first, last, gaps = times[name]
        asked_from, asked_until = sheet.get("period") or [None, None]
        said = {"first": first, "last": last, "asked_from": asked_from, "asked_until": asked_until}
        found.append(
            Check(
                "time_range",
                f"时间范围 {_day(first)} 至 {_day(last)}。",
                f"Covers {_day(first)} to {_day(last)}.",
                name,
                facts=said,
            )
        )
        edges = [(asked_from or first, first), *gaps, (last, asked_until or last)]
        found += [
            Check(
                "gap",
                f"{_day(a)} 至 {_day(b)} 无记录（{(b - a) // 86_400_000} 天）。",
                f"No records from {_day(a)} to {_day(b)} ({(b - a) // 86_400_000} days).",
                name,
                facts={"from": a, "until": b},
            )
            for a, b in [edge for edge in edges if edge[1] - edge[0] > _SILENCE][:MOST]
        ]
    return found


def _day(at: int) -> str:
    return moment(at).strftime("%Y-%m-%d")


def _books(archive: Archive, sha256: str) -> Path | None:
    """The account book of a file; none where the file has none (or was loaded before there were checks)."""
    path = archive.facts(sha256) / "books.parquet"
    return path if path.exists() and pq.read_metadata(path).num_rows else None


def _query(sql: str, parameters: list[str]) -> list[tuple[Any, ...]]:
    with quiet_duckdb.shared() as con:
        return con.execute(sql, parameters).fetchall()
