"""docs/sources.md: every layout with an invented sample, generated from the layouts themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from etl.layouts.layout import Column, Layout
from etl.layouts.registry import layouts
from etl.sources import documents
from etl.storage.reasons import EXCLUDED_REASONS, REASONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sources.md"

_INTRODUCTION = """# 数据来源 · Sources

本页由 `etl/layouts/tables` 生成，请勿手工修改：`python -m etl.sources.page`。样例均为虚构。
This page is generated from `etl/layouts/tables`; do not edit it by hand. All samples are invented.

文件按内容识别，与文件名无关：容器（文本、xlsx、xls、xlsb、ods、存成 .xls 的网页和 XML、文本 PDF；压缩包 zip、7z、RAR，
加密的用 `--password-file`）、编码（UTF-8、GB18030、UTF-16）、分隔符（逗号、制表符、分号、竖线）、前 40 行内的表头。
列的次序不限，表头前的说明、空行、重复的表头和末尾合计不算数据行；
同一张表里上下排列的几种表逐个读取，左右并排的拒收；
表头换了列序再次出现时，其下各行按新表头读取。带 * 的列必须有，且不得为空；
自建表的其余列保留在 `extra` 中；原始行一律逐格保存。
A file is recognised by its content, never by its name: container (text, xlsx, xls, xlsb, ods, web pages and XML saved as .xls,
text PDFs; archives zip, 7z, RAR, encrypted ones with `--password-file`), encoding, delimiter, heading within the first 40 rows.
Columns come in any order; preambles, blank lines, repeated headings and closing totals are no data rows; a heading that
comes again with its columns in another order holds for the rows below it; tables of several kinds below each other
are read one by one, side by side they are refused. Columns with *
have to be there and filled. Further columns of the squad's own tables are kept in `extra`; every raw row is kept as read.

    读取 = 装入 + 重复 + 拒收（原因） + 排除（原因）
    read = loaded + duplicate + rejected (reason) + excluded (reason)
"""

_PDF = """
## PDF 账单 · Statements as PDF

电子版（可选中文字的）PDF 按表格的位置读取：表头与下列各表相同，每行另记“页码”“页内行号”两栏；
有表格线按线分栏，没有则按各栏之间的空白。
跨栏、认不出日期的行一律拒收，不猜。文件自己声明的笔数和合计照样核对。扫描件不读，请调取电子版。
加密的用 `--password-file`；横着排的页照样读；几百页的逐页读取，进度照常显示。
已按工、农、中、建、招、民生、交行的流水和微信支付交易明细证明、支付宝交易流水证明的版式验证。
Electronic PDFs (text can be selected) are read by the geometry of their table: headings as in the tables below, two more columns
say page and row on it; columns are parted at ruling lines, else in the blanks between them. A row whose text runs across columns,
or whose date is not read, is rejected, never guessed. Declared counts and sums are checked as ever. A scan is refused:
ask for the electronic file. Encrypted files open with `--password-file`, pages drawn sideways are read like others, and
statements of several hundred pages are read page by page.
Tried with the layouts of ICBC, ABC, BOC, CCB, CMB, CMBC and BOCOM, and of the certificates of WeChat Pay and Alipay.
"""


_LABELS = {
    "case": "Case",
    "phone": "Phone",
    "plate": "Vehicle",
    "uscc": "Company",
    "waybill": "Parcel",
    "imei": "Device",
}
_LABELS |= dict.fromkeys(("card", "wechat", "alipay", "payee", "platform_account"), "Account")


_PARTS = {
    "name": "格中的户名 the name in the cell",
    "number": "格中的账号 the number in the cell",
    "bank": "格中的银行 the bank in the cell",
    "numbers": "格中的全部账号 all numbers in the cell",
    "first": "斜线前的部分 what stands before a stroke",
    "below": "<2、<LOQ、ND、未检出、0 为低于限值 below a limit",
    "limit": "低于哪个限值 which limit it is below",
}


def sources_page() -> str:
    """Return the page in Markdown."""
    known = list(layouts().values())
    lines = [
        _INTRODUCTION,
        "## 行的处置原因 · Why a row is not loaded",
        "",
        "| 代码 code | 处置 | 中文 | English |",
        "|---|---|---|---|",
    ]
    for code, (zh, en) in REASONS.items():
        fate = "排除 excluded" if code in EXCLUDED_REASONS else "拒收 rejected"
        lines.append(f"| `{code}` | {fate} | {zh} | {en} |")
    lines += [_PDF.rstrip("\n"), *_documents()]
    lines += ["", "## 可导入的表 · Tables that load", ""]
    for layout in known:
        if not layout.not_yet:
            lines += _section(layout)
    if not any(layout.not_yet for layout in known):
        return "\n".join(lines)
    lines += [
        "## 已识别、不导入的表 · Recognised, not loaded",
        "",
        "| 名称 name | 中文 | English |",
        "|---|---|---|",
    ]
    lines += [f"| `{layout.name}` | {layout.zh} | {layout.en} |" for layout in known if layout.not_yet]
    return "\n".join([*lines, ""])


def _documents() -> list[str]:
    """What is no table itself and is turned into tables by a module."""
    lines = ["", "## 文档与数据包 · Documents and packages", ""]
    for module in documents.modules():
        lines += [f"### {module.TITLE[0]} · {module.TITLE[1]}", "", "```", *module.SAMPLE, "```", ""]
    return lines[:-1]


def _section(layout: Layout) -> list[str]:
    lines = [f"### {layout.zh} · {layout.en}", "", f"`{layout.name}`"]
    if layout.source:
        lines[-1] += f" · {layout.source}"
    lines += [
        "",
        f"成为 makes: {_makes(layout)}",
        "",
        "| 列 column | 其他写法 other spellings | 样例 sample |",
        "|---|---|---|",
    ]
    lines += [_row(column) for column in layout.columns.values()]
    if layout.example:
        lines += ["", "```", *layout.example, "```"]
    if layout.needs:
        groups = ["、".join(layout.columns[name].aliases[0] for name in group) for group in layout.needs]
        lines += ["", f"每组至少一列 at least one of each: {'; '.join(groups)}"]
    return [*lines, ""]


def _row(column: Column) -> str:
    name = f"{column.aliases[0]}{' *' if column.must else ''}"
    if column.unit and column.unit not in name:
        name += f"（{column.unit}）"
    others = "、".join(column.aliases[1:])
    if column.fallback is not None:
        places = [*(f"表头前“{key}”" for key in column.fallback.preamble[:2])]
        places += ["文件名或文件夹 file or folder name"] if column.fallback.path else []
        if places:
            others += f"{'；' if others else ''}或 or: {'、'.join(places)}"
    if column.take is not None:
        others += f"{'；' if others else ''}{_PARTS[column.take]}"
    return "| " + " | ".join(text.replace("|", "\\|") for text in (name, others, column.sample)) + " |"


def _makes(layout: Layout) -> str:
    made: list[str] = []
    if layout.module == "neo4j_csv":
        made = ["Thing", "Record", "RELATED_TO"]
    elif layout.module == "matrix":
        made = ["Thing", "Record", "RELATED_TO {weight}"]
    elif layout.module == "exchange":
        made = ["what it was", "Thing", "Record", "CALLED", "MESSAGED", "PAID", "RELATED_TO"]
    elif layout.module == "aside":
        made = ["nothing: its rows are kept and excluded"]
    if layout.payment is not None:
        made += ["PAID", "Account"]
    if layout.call is not None:
        made += ["CALLED", "MESSAGED", "SEEN_AT Cell", "USED_WITH"]
    made += ["Record"] * bool(layout.records)
    made += [node.label or _LABELS[layout.columns[node.column or ""].kind or ""] for node in layout.nodes]
    made += [leg.rel for leg in layout.legs] + [statement.rel for statement in layout.statements]
    return ", ".join(dict.fromkeys(made))


def main() -> int:
    """Write the page."""
    PAGE.write_text(sources_page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
