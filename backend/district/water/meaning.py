"""What a jump can mean: use, disposal, manufacture, or that it cannot be told.

Only what science allows is said. Each test names the value it rests on; where a companion was not measured, that is
what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from backend.contract.district.common import Reason
from backend.contract.district.water import Origin
from backend.district.reasons import reason
from backend.district.water import targets
from backend.district.water.series import Sample
from backend.district.water.settings import Settings

SpeaksFor = Literal["for", "against", "missing"]
_FRACTIONS = ("对映体分数", "对映体比", "EF", "enantiomeric fraction")


@dataclass(frozen=True)
class Meaning:
    """Where a load comes from, with the reasons by side; ``counted`` is false for the trace of another drug."""

    origin: Origin
    told: tuple[tuple[SpeaksFor, Reason], ...]
    counted: bool = True


def meaning(sample: Sample, beside: Mapping[str, Sample], given: Settings) -> Meaning:
    """Judge a sample by the other targets of the same water (``beside``, by target)."""
    if sample.target in targets.PRECURSORS:
        text = (
            "前体或中间体升高，提示制造而非使用",
            "A precursor or intermediate points to making, not to use",
        )
        return _is("manufacture", "for", sample, given, text)
    test = _TESTS.get(sample.target)
    if test is None:
        text = ("无法判断来自使用、倾倒还是制造", "Whether use, disposal or manufacture cannot be told")
        return _is("undecided", "missing", sample, given, text)
    return test(sample, beside, given)


def _is(
    origin: Origin,
    side: SpeaksFor,
    sample: Sample,
    given: Settings,
    text: tuple[str, str],
    value: float | None = None,
    threshold: float | None = None,
    rows: tuple[str, ...] = (),
) -> Meaning:
    said = reason(given.warning["id"], *text, (*sample.rows, *rows), value, threshold)
    return Meaning(origin, ((side, said),))


def _methamphetamine(sample: Sample, beside: Mapping[str, Sample], given: Settings) -> Meaning:
    """Amphetamine follows methamphetamine in the body, not in the drum."""
    other = beside.get(targets.AMP)
    if other is None or sample.below:
        text = (
            "未测苯丙胺，无法区分使用与倾倒",
            "Amphetamine was not measured: use and disposal cannot be told apart",
        )
        return _is("undecided", "missing", sample, given, text)
    low, high = other.low / sample.high, other.high / sample.high
    if high < given["disposal_ratio"]:
        text = (
            "苯丙胺与甲基苯丙胺之比过低，提示倾倒或制造",
            "So little amphetamine hints at disposal or manufacture",
        )
        return _is("disposal", "for", sample, given, text, high, given["disposal_ratio"], other.rows)
    if low > given["use_ratio"]:
        text = ("苯丙胺与甲基苯丙胺之比与使用相符", "The ratio of amphetamine fits use")
        return _is("use", "for", sample, given, text, low, given["use_ratio"], other.rows)
    text = (
        "苯丙胺与甲基苯丙胺之比不能区分使用与倾倒",
        "The ratio of amphetamine cannot tell use from disposal",
    )
    return _is("undecided", "missing", sample, given, text, high, given["use_ratio"], other.rows)


def _amphetamine(sample: Sample, beside: Mapping[str, Sample], given: Settings) -> Meaning:
    """What the body makes of methamphetamine is no second drug."""
    other = beside.get(targets.METH)
    if other is not None and other.low > 0 and sample.high / other.low <= given["metabolite_ratio"]:
        ratio = sample.high / other.low
        text = (
            "与甲基苯丙胺的代谢相符，不另计消费量",
            "It fits what the body makes of methamphetamine: no use of its own",
        )
        found = _is("use", "against", sample, given, text, ratio, given["metabolite_ratio"], other.rows)
        return replace(found, counted=False)
    text = ("无法判断来自使用、倾倒还是制造", "Whether use, disposal or manufacture cannot be told")
    return _is("undecided", "missing", sample, given, text)


def _cocaine(sample: Sample, beside: Mapping[str, Sample], given: Settings) -> Meaning:
    """The body leaves benzoylecgonine; cocaine alone was poured away."""
    other = beside.get(targets.BZE)
    if other is None:
        text = (
            "未测苯甲酰爱康宁，无法区分使用与倾倒",
            "Benzoylecgonine was not measured: use and disposal cannot be told apart",
        )
        return _is("undecided", "missing", sample, given, text)
    if other.below and not sample.below:
        text = ("有可卡因而无苯甲酰爱康宁，为倾倒", "Cocaine without benzoylecgonine was disposed of")
        return _is("disposal", "for", sample, given, text, other.high, None, other.rows)
    text = ("同时检出苯甲酰爱康宁，与使用相符", "Benzoylecgonine is there: it fits use")
    return _is("use", "for", sample, given, text, other.high, None, other.rows)


def _mdma(sample: Sample, _: Mapping[str, Sample], given: Settings) -> Meaning:
    """Made MDMA is racemic; the body takes one form away faster."""
    fraction = next(
        (each for name in _FRACTIONS if (each := _number(sample.extra.get(name))) is not None), None
    )
    if fraction is None:
        text = (
            "未测对映体分数，无法区分使用与倾倒",
            "No enantiomeric fraction: use and disposal cannot be told apart",
        )
        return _is("undecided", "missing", sample, given, text)
    if fraction < given["racemic_below"]:
        text = (
            "对映体分数接近外消旋，提示倾倒",
            "The enantiomeric fraction is near racemic: it hints at disposal",
        )
        return _is("disposal", "for", sample, given, text, fraction, given["racemic_below"])
    if fraction >= given["used_above"]:
        text = ("对映体分数与使用相符", "The enantiomeric fraction fits use")
        return _is("use", "for", sample, given, text, fraction, given["used_above"])
    text = ("对映体分数不能区分使用与倾倒", "The enantiomeric fraction cannot tell use from disposal")
    return _is("undecided", "missing", sample, given, text, fraction, given["used_above"])


def _methcathinone(sample: Sample, beside: Mapping[str, Sample], given: Settings) -> Meaning:
    """It also arises from medicines with ephedrine."""
    other = beside.get(targets.EPHEDRINE)
    if other is None:
        text = (
            "未同测麻黄碱，不能排除含麻黄碱药品",
            "Ephedrine was not measured with it: medicines cannot be ruled out",
        )
        return _is("undecided", "missing", sample, given, text)
    if not other.below:
        text = ("同时检出麻黄碱，可能来自含麻黄碱药品", "Ephedrine is there too: it may come from medicines")
        return _is("undecided", "against", sample, given, text, other.high, None, other.rows)
    text = ("未检出麻黄碱，含麻黄碱药品难以解释", "No ephedrine is there: medicines hardly explain it")
    return _is("undecided", "for", sample, given, text, other.high, None, other.rows)


def _monoacetylmorphine(sample: Sample, _: Mapping[str, Sample], given: Settings) -> Meaning:
    text = ("O6-单乙酰吗啡只来自海洛因", "6-monoacetylmorphine comes from heroin alone")
    return _is("use", "for", sample, given, text)


def _benzoylecgonine(sample: Sample, _: Mapping[str, Sample], given: Settings) -> Meaning:
    text = ("苯甲酰爱康宁为可卡因代谢物", "Benzoylecgonine is what the body leaves of cocaine")
    return _is("use", "for", sample, given, text)


def _ketamine(sample: Sample, _: Mapping[str, Sample], given: Settings) -> Meaning:
    text = (
        "医疗用药和倾倒同样增加氯胺酮，无法判断",
        "Medical use and disposal add ketamine too: it cannot be told",
    )
    return _is("undecided", "missing", sample, given, text)


def _etomidate(sample: Sample, _: Mapping[str, Sample], given: Settings) -> Meaning:
    text = (
        "酸也来自美托咪酯等，只报依托咪酯类负荷",
        "The acid also comes from metomidate and the like: only the load is told",
    )
    return _is("undecided", "against", sample, given, text)


def _medicine(sample: Sample, _: Mapping[str, Sample], given: Settings) -> Meaning:
    text = (
        "多来自药品，流感等疫情期间升高，不作海洛因预警",
        "Mostly medicine, more during flu: no alarm for heroin",
    )
    return _is("undecided", "against", sample, given, text)


_TESTS = {
    targets.METH: _methamphetamine,
    targets.AMP: _amphetamine,
    targets.COCAINE: _cocaine,
    targets.BZE: _benzoylecgonine,
    targets.MDMA: _mdma,
    targets.CATHINONE: _methcathinone,
    targets.MAM: _monoacetylmorphine,
    targets.KETAMINE: _ketamine,
    targets.ETOMIDATE: _etomidate,
    targets.MORPHINE: _medicine,
    targets.CODEINE: _medicine,
}


def _number(value: object) -> float | None:
    try:
        return float(str(value)) if value is not None else None
    except ValueError:
        return None
