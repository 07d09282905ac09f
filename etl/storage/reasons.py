"""Why a row was not loaded: the stable codes of ``ROWS.reason``, in words."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "blank_required": ("必填栏为空", "A required cell is blank"),
    "bad_time": ("不是可识别的时间", "Not a time that can be read"),
    "future_time": ("时间在将来", "The event lies in the future"),
    "bad_amount": (
        "不是可识别的金额或数量，或正负与方向矛盾",
        "Not an amount, or its sign contradicts the direction",
    ),
    "bad_direction": ("方向无法判断", "The direction is unclear"),
    "filler": (
        "只有占位内容（如 0、999…、暂无、未识别），没有号码",
        "Only a filler (0, 999…, 暂无, 未识别) where a number has to be",
    ),
    "cut_number": (
        "号码末位已被表格软件截断，请向来源调取文本格式",
        "A spreadsheet cut the last digits of the number: ask its source for a text export",
    ),
    "no_owner": (
        "没有本方账号：表中无该列，表头前、工作表名、文件名也未写明；写入其一后重新导入",
        "No account of the owner: no column, nothing above the heading, no sheet or file name says it; "
        "put it into one of them and load again",
    ),
    "no_year": (
        "时间缺年份，表头前和文件名也没有可确定年份的期间",
        "The time has no year, and no period above the heading or in the file name gives it",
    ),
    "no_party": ("一方或方向无法判断", "One of the two parties, or the direction, is unclear"),
    "bad_duration": ("不是可识别的时长", "Not a duration"),
    "surplus_cells": ("单元格多于表头，整行可能错位", "More cells than headings: the row may be shifted"),
    "too_long": (
        "号码、编号或名称过长（超过 1000 字），可能错列或损坏",
        "A number, key or name beyond 1,000 characters: the cell may be shifted or damaged",
    ),
    "bad_encoding": ("字符已损坏", "Damaged characters"),
    "unknown_actor": ("不在表头的人员之列", "Not one of the actors of the heading"),
    "query_failed": ("查询失败或无记录", "The query failed or found nothing"),
    "payment_failed": ("交易未成功", "The payment did not succeed"),
    "payment_returned": ("冲正、退款或退汇", "Reversed, refunded or returned"),
    "reversal_alone": (
        "标为冲正、抹账或红冲，文件中没有与之对应的另一笔",
        "Marked as a reversal or as reversed, and the file has no other side of it",
    ),
    "bad_flag": (
        "冲正（抹账、红冲）标志的写法无法识别",
        "A flag of reversal whose word or code is not known",
    ),
    "neutral": ("不计收支", "Neither income nor expense"),
    "zero_amount": ("金额为零", "Amount is zero"),
    "total_line": ("合计、小计、余额结转等汇总行", "A total, a subtotal or a balance carried forward"),
    "not_a_call": ("上网等非通话记录", "Data traffic, not a call"),
    "service_message": ("群或系统的操作提示，不是消息", "A notice of the application, not a message"),
    "describes_others": (
        "说明其他文件的索引，本身不是数据",
        "An index that describes other files, not data",
    ),
    "derived": ("研判所得，不作为来源数据", "A result of the analysis; it is computed again, not loaded"),
    "bad_identifier": ("编号不是该类别的有效标识", "The id is not a valid identifier of its label"),
    "bad_attribute": ("属性未声明或类型不符", "An attribute that is not declared or has another type"),
    "unknown_table": ("工作簿中无法识别的表", "An unknown table in the workbook"),
}
EXCLUDED_REASONS = (
    *("query_failed", "payment_failed", "payment_returned", "reversal_alone"),
    *(
        "neutral",
        "zero_amount",
        "total_line",
        "not_a_call",
        "service_message",
        "describes_others",
        "derived",
        "unknown_table",
    ),
)
"""Codes of rows that are kept but not analysed; all others are rejections to correct and load again."""
