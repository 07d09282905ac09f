"""Invented packages as phone tools write them, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

TARGET = "990101000001"

Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def bcp_index(
    tables: Mapping[str, Table], encoding: str = "utf-8", counts: Mapping[str, int] | None = None
) -> bytes:
    """GAB_ZIP_INDEX.xml for data sets given as code → (columns, rows)."""
    parts = []
    for code, (columns, rows) in tables.items():
        items = "".join(
            f'<ITEM key="K{n}" chn="列{n}" eng={quoteattr(c)} rmk=""/>' for n, c in enumerate(columns)
        )
        count = (counts or {}).get(code, len(rows))
        parts.append(
            f'<DATA><ITEM key="I010032" val="\\t"/><ITEM key="I010033" val="\\n"/>'
            f'<ITEM key="A010004" val="WA_MFORENSICS_{code}"/><ITEM key="I010039" val="UTF-8无BOM"/>'
            f'<DATASET name="WA_COMMON_010014"><DATA><ITEM key="H040003" val=""/>'
            f'<ITEM key="H010020" val="{bcp_name(code)}"/><ITEM key="I010034" val="{count}"/></DATA></DATASET>'
            f'<DATASET name="WA_COMMON_010015"><DATA>{items}</DATA></DATASET></DATA>'
        )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><MESSAGE><DATASET name="WA_COMMON_010017"><DATA>'
        f'<DATASET name="WA_COMMON_010013">{"".join(parts)}</DATASET></DATA></DATASET></MESSAGE>'
    )
    return text.encode(encoding)


def bcp_name(code: str) -> str:
    return f"137-990101-1709643600-00000-WA_MFORENSICS_{code}-0.bcp"


def bcp_package(
    folder: Path,
    tables: Mapping[str, Table],
    encoding: str = "utf-8",
    counts: Mapping[str, int] | None = None,
) -> Path:
    """A folder with the index and one header-less file for each data set."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "GAB_ZIP_INDEX.xml").write_bytes(bcp_index(tables, encoding, counts))
    for code, (_, rows) in tables.items():
        text = "".join("\t".join(cells) + "\n" for cells in rows)
        (folder / bcp_name(code)).write_text(text, encoding="utf-8")
    return folder


OWNER: dict[str, Table] = {
    "010100": (
        ("COLLECT_TARGET_ID", "NAME", "CERTIFICATE_TYPE", "CERTIFICATE_CODE", "CASE_NO", "SEXCODE"),
        [(TARGET, "章一凡", "111", "990101199001010019", "A990101000000202403001", "1")],
    ),
    "010200": (
        ("COLLECT_TARGET_ID", "MATERIALS_NAME", "IMEI_ESN_MEID", "MANUFACTURER", "MODEL"),
        [(TARGET, "手机", "990000000000010", "示例", "X1")],
    ),
    "010300": (
        ("COLLECT_TARGET_ID", "MSISDN", "IMSI", "ICCID"),
        [(TARGET, "13900001234", "460009900000001", "")],
    ),
}
