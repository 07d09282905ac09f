"""What is wrong with the data the risk net rests on: gaps, impossible values, rows that name a firm no table has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from backend.contract.district.common import Finding
from backend.district.risk.net import Net
from backend.district.risk.told import District, Firm
from graph_schema.store import Row

LEAST, MOST = 73.0, 136.0  # degrees east
SOUTH, NORTH = 3.0, 54.0


def findings(district: District, net: Net, strangers: Iterable[Row]) -> list[Finding]:
    """All findings, firm by firm."""
    found = [each for firm in district.firms for each in _of_firm(firm, net)]
    for row in strangers:
        rows = list(row["evidence"] or ())[:10]
        found.append(
            _finding(
                "no_firm", "有用量或关系，无企业登记", "Rows name a firm no table has", row["uscc"], rows
            )
        )
    for tie in district.ties:
        if tie.first and tie.last and tie.last < tie.first:
            zh, en = "关系的止早于起", "A tie ends before it begins"
            found.append(_finding("dates_out_of_order", zh, en, tie.uscc, tie.evidence))
    return found


def _of_firm(firm: Firm, net: Net) -> Iterator[Finding]:
    least = net.whole("least_months")
    days = [month.at for month in firm.months]
    if not days:
        yield _finding("no_usage", "无企业用量", "No usage at all", firm.uscc, firm.evidence)
    else:
        span = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month + 1
        if span > len(days):
            zh, en = f"用量缺 {span - len(days)} 个月", f"{span - len(days)} months of usage are missing"
            yield _finding("months_missing", zh, en, firm.uscc, firm.evidence)
        if len(days) < least:
            zh, en = f"用量不足 {least} 个月，无自身历史", f"Fewer than {least} months: no history of its own"
            yield _finding("short_history", zh, en, firm.uscc, firm.evidence)
    for month in firm.months:
        values = (month.electricity, month.water, month.discharge, month.output)
        if any(value is not None and value < 0 for value in values):
            zh, en = f"{month.at:%Y-%m} 用量为负", f"Negative usage in {month.at:%Y-%m}"
            yield _finding("negative_usage", zh, en, firm.uscc, month.evidence)
    if firm.lon is None or firm.lat is None:
        yield _finding("no_location", "企业无坐标", "The firm has no coordinates", firm.uscc, firm.evidence)
    elif not (LEAST <= firm.lon <= MOST and SOUTH <= firm.lat <= NORTH):
        zh, en = "企业坐标不在国内", "The firm's coordinates lie outside the country"
        yield _finding("location_outside", zh, en, firm.uscc, firm.evidence)


def _finding(code: str, zh: str, en: str, uscc: str, rows: Sequence[str]) -> Finding:
    return {"code": code, "zh": zh, "en": en, "id": uscc, "evidence": list(rows)}
