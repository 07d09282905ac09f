"""Results of tests: by the cut-off of their day where a value is stated, else as reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

from backend.district.care.told import DrugTest
from backend.district.rules import Rules

TestResult = Literal["positive", "negative", "refused", "invalid", "none"]
OVERRULED_WITHIN = dt.timedelta(days=30)
_REFUSED = ("拒", "逃避")
_INVALID = ("无效", "不合格", "未检", "待", "无法")
_DOUBTED = re.compile(r"(?:不|不能|不可|未|未能|尚难|难以|无法)排除(?:弱)?阳性?")
_SUBSTANCE = r"吗啡|胺|酮|酯|大麻|卡因|洛因|待因|冰毒|摇头丸|爱康宁|芬太尼|西泮|唑仑|[A-Za-z]"
_CLEARED = re.compile(
    r"(?:(?<!排除)(?<!不是)(?<!非)[假伪]|非|不是|并非|未见|排除|误报)阳性?|未检出(?:毒品|阳性)?|"
    r"(?:(?:^|(?<=[，,。；;（(：:测检样]))(?P<same>[^，,。；;：:、和及阴阳]{2,12}))?弱?阳性?"
    rf"(?:(?!{_SUBSTANCE})[^。；;]){{0,6}}(?:复[检核查]|确证|实验室)"
    r"(?:检[测验查]|鉴定|尿检|尿[液样]|血[液样]|毛发|样本|结[果论]|报告|意见|毒品|显示|确[认证]|[为呈系均仍后的：:，,]|(?P=same))*+阴性?"
)
"""Words of a result that take a positive one back: 阳 alone is no finding. Another substance's 阴性 takes nothing back."""
_TREATED = re.compile(r"(?<!非)处方|医嘱|美沙酮维持|药物维持|戒毒药物")
_VERIFIED = re.compile(r"核实|查实|证明|凭证|凭处方")
_NOT_FALSE = re.compile(r"(?:无|非|未|没有|不是|不存在|未发现|未见)(?:虚假|伪造|假处方|不实|不符|过期)")
_NOT_SHOWN = re.compile(
    r"不属?实|不符|失实|虚假|伪造|假处方|过期|否认[^，。；,;毒吸]{0,4}(?:处方|医嘱)|"
    r"(?:不(?![良适])(?![^，。；,;]{0,5}服)|未|无(?![误不异疑])|没|缺)[^，。；,;毒吸系因]{0,6}"
    r"(?:核实|查实|证明|凭证|处方|医嘱|美沙酮维持|药物维持|戒毒药物)|"
    r"(?:处方|医嘱|证明|凭证)[^，。；,;]{0,4}(?:未|不能|没)[^，。；,;]{0,3}(?:提供|出示|提交|核实|查实|开具)"
)
"""No medicine, or nobody saw its paper: a word of denial beside either, or what was found to be untrue."""
_RANK = {"现场": 0, "": 0, "实验室": 1, "复检": 2}
_MATRIX = (("毛发", "毛发"), ("头发", "毛发"), ("血", "血液"))
_SAME = {"THC": "四氢大麻酚", "冰毒": "甲基苯丙胺", "K粉": "氯胺酮", "摇头丸": "MDMA"}
_UNITS = {"ng/mg": 1.0, "纳克/毫克": 1.0, "pg/mg": 0.001, "皮克/毫克": 0.001, "μg/g": 1.0, "微克/克": 1.0}
_LIQUID = {"ng/ml": 1.0, "纳克/毫升": 1.0, "μg/l": 1.0, "微克/升": 1.0, "μg/ml": 1000.0, "微克/毫升": 1000.0}


def verdict(test: DrugTest, cut_offs: Rules) -> TestResult:
    """What one test says. A value decides against its cut-off; without either the reported result does."""
    said = reported(test)
    if said in ("refused", "invalid") or test.at is None:
        return said
    limit = cut_off(test, cut_offs)
    if limit is None or test.value is None:
        return said
    return "positive" if test.value >= limit else "negative"


def reported(test: DrugTest) -> TestResult:
    """The result as the row words it."""
    result = _CLEARED.sub("阴", _DOUBTED.sub("待", test.result.strip()))
    if any(word in result for word in _REFUSED):
        return "refused"
    if test.at is None or not result:
        return "none"
    if any(word in result.replace("可待因", "") for word in _INVALID):
        return "invalid"
    if "阳" in result or result in ("+", "（+）", "(+)"):
        return "positive"
    return "negative" if "阴" in result or result in ("-", "（-）", "(-)") else "invalid"


def cut_off(test: DrugTest, cut_offs: Rules) -> float | None:
    """The cut-off for a test in the unit of its value; None where none is known, as for 依托咪酯."""
    if test.at is None or test.value is None:
        return None
    matrix = next((name for word, name in _MATRIX if word in test.way), None)
    target = _SAME.get(test.target, test.target)
    for row in cut_offs.on(test.at):
        if (row.text("matrix"), row.text("target")) == (matrix, target):
            limit, factor = row.number("value"), _factor(test.unit, row.text("unit"))
            return None if limit is None or factor is None else limit / factor
    return None


def _factor(unit: str, wanted: str) -> float | None:
    """How many of the cut-off's units one unit of the value is; a blank unit says nothing."""
    known = _UNITS if wanted.casefold() in _UNITS else _LIQUID
    return known.get(unit.strip().casefold().replace("µ", "μ"))


def positives(tests: Sequence[DrugTest], cut_offs: Rules) -> list[DrugTest]:
    """Tests that found use: positive, and not overruled by a later laboratory test or recheck of the same occasion.

    Poppy seed and codeine make on-site morphine tests positive; who was cleared by the laboratory has not used. Nor has
    a patient whose row says that the medicine was prescribed, and that this was verified.
    """
    judged = [(test, verdict(test, cut_offs)) for test in tests]
    return [
        test
        for test, said in judged
        if said == "positive"
        and not treated(test)
        and not any(other_said == "negative" and _overrules(other, test) for other, other_said in judged)
    ]


def treated(test: DrugTest) -> bool:
    """Whether a row says both: a medicine of a doctor explains the result, and somebody verified it."""
    said = _NOT_FALSE.sub("", test.result)
    return bool(_TREATED.search(said) and _VERIFIED.search(said) and not _NOT_SHOWN.search(said))


def _overrules(other: DrugTest, test: DrugTest) -> bool:
    if other.at is None or test.at is None or _rank(other) <= _rank(test):
        return False
    same = not other.target or not test.target or other.target == test.target
    return same and test.at <= other.at <= test.at + OVERRULED_WITHIN


def _rank(test: DrugTest) -> int:
    return next((rank for word, rank in _RANK.items() if word and word in test.kind), 0)
