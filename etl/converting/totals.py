"""Totals and carried-forward lines: they look like rows but are not."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.parsing.text import clean, filled, to_mask
from etl.reading.grid import RawBatch
from graph_schema.arrays import Bools

_OF = r"(?:人民币|本页|本月|本日|当日|当月|本年|全年|本期|全部|账户|收入|支出|借方|贷方|转入|转出|收付|交易|金额|笔数|总)*"
_SUM = rf"{_OF}(?:合\s*计|总\s*计|小\s*计|累\s*计|总\s*额|以上|发生额(?:及余额)?|[月日年]计)"
_FORWARD = (
    r"(?:承|接|转|过|结转?)(?:前|上|次|下)(?:页|期|月|年|日)(?:余额|结存)?|(?:上|前|下|次)(?:页|期|月|年|日)(?:结转|余额|结余|结存)"
    r"|(?:期初|期末|月初|月末|年初|年末|昨日|上日|本期|上期|起始|截止|结转)(?:账户)?(?:余额|结余|结存)|余额结转|结转(?:下|上)(?:页|期|月|年)"
)
_TOTAL = rf"^(?:{_SUM}|{_FORWARD}|(?i:sub)?-?(?i:total)|截[至止]|共\s*\d+\s*[笔条行]|[-=*—─]{{5,}})"
_ENGLISH = (
    r"(?i:(?:grand |sub-?)?totals?|(?:balance )?(?:brought|carried) forward|(?:opening|closing) balance"
    r"|(?:balance )?[bc]/[fd])"
)
_PAGE = r"第\s*\d+\s*页(?:[\s,，/]*共\s*\d+\s*页)?|共\s*\d+\s*页"
_END = rf"[-—*]*\s*(?:以下(?:空白|无正文|无记录|无内容)|本页(?:完|结束)|{_PAGE}|完|END)\s*[-—*]*"
_WHOLE = rf"^(?:{_SUM}|{_FORWARD}|{_ENGLISH}|{_END})\s*[:：]?$"
_FOOTER = r"^(总?(记录|条|笔)总?数|明细条数|(打印|导出|制表|查询|下载)(时间|日期|人|单位)?|备注|说明|注|声明|提示)\s*[:：\d]"


def closing_lines(batch: RawBatch, used: list[int]) -> Bools:
    """Lines that are left out: they begin with the word for a sum, or like one and leave most columns blank."""
    mask = np.zeros(len(batch), bool)
    if not len(batch) or not batch.columns:
        return mask
    first = pc.utf8_trim_whitespace(batch.columns[0])
    whole = to_mask(pc.match_substring_regex(first, _WHOLE))
    total = to_mask(pc.match_substring_regex(first, _TOTAL))
    footer = to_mask(pc.match_substring_regex(first, _FOOTER))
    for i in np.flatnonzero(whole | total | footer).tolist():
        given = sum(bool(batch.columns[at][i].as_py().strip()) for at in used)
        mask[i] = whole[i] or (given * 2 <= len(used) if total[i] else given <= 1)
    return mask


def sum_lines(batch: RawBatch) -> Bools:
    """Lines whose first word, after blank cells and a running number, is the word for a sum."""
    if not len(batch) or not batch.columns:
        return np.zeros(len(batch), bool)
    return to_mask(pc.match_substring_regex(_lead(batch), _WHOLE))


def _lead(batch: RawBatch) -> pa.StringArray:
    """The first cell of every line that holds anything; a running number before it does not count."""
    lead = pc.utf8_trim_whitespace(batch.columns[0])
    bare = to_mask(pc.match_substring_regex(lead, r"^\d{0,6}$"))
    for column in batch.columns[1:]:
        if not bare.any():
            break
        following = pc.utf8_trim_whitespace(column)
        lead = pc.if_else(pa.array(bare), following, lead)
        bare &= ~to_mask(pc.greater(pc.binary_length(following), 0))
    return lead


def summing(text: pa.StringArray, *others: pa.StringArray) -> Bools:
    """Rows whose words (memo, kind) say a sum or a balance, while nobody stands against the owner."""
    said = to_mask(pc.match_substring_regex(text, _WHOLE))
    for cells in others:
        if not said.any():
            break
        said &= ~filled(clean(cells)) | to_mask(pc.match_substring_regex(cells, _WHOLE))
    return said
