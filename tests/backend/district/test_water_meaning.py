"""Use, disposal, manufacture, or that it cannot be told."""

from __future__ import annotations

import pytest

from backend.district.water.meaning import meaning
from backend.district.water.series import Sample
from backend.district.water.targets import named, watched
from tests.backend.district.waters import given, sample

METH = sample(ng_l=500)


def _amp(ng_l: float, below: float | None = None) -> Sample:
    return sample(ng_l=ng_l, below=below, target="苯丙胺")


@pytest.mark.parametrize(
    ("beside", "origin"),
    [
        ([_amp(15)], "disposal"),  # .03
        ([_amp(25)], "undecided"),  # .05
        ([_amp(95)], "undecided"),  # .19
        ([_amp(110)], "use"),  # .22
        ([_amp(0, 10)], "disposal"),  # at most .02
        ([_amp(0, 200)], "undecided"),  # anywhere up to .4
        ([], "undecided"),
    ],
)
def test_amphetamine_beside_methamphetamine(beside: list[Sample], origin: str) -> None:
    """Trap: a missing or censored companion is read as none at all (reference F3)."""
    assert meaning(METH, {each.target: each for each in beside}, given()).origin == origin


@pytest.mark.parametrize(
    ("bze", "origin"),
    [
        (sample(target="苯甲酰爱康宁", below=1), "disposal"),
        (sample(target="苯甲酰爱康宁"), "use"),
        (None, "undecided"),
    ],
)
def test_cocaine_without_its_metabolite(bze: Sample | None, origin: str) -> None:
    """Trap: benzoylecgonine that nobody measured is taken for absent (reference F3, Auckland 2014)."""
    found = meaning(sample(target="可卡因"), {bze.target: bze} if bze else {}, given())
    assert found.origin == origin


@pytest.mark.parametrize(
    ("target", "extra", "origin"),
    [
        ("MDMA", {"对映体分数": "0.50"}, "disposal"),
        ("MDMA", {"对映体分数": "0.65"}, "use"),
        ("MDMA", {"对映体分数": "0.57"}, "undecided"),
        ("MDMA", {}, "undecided"),
        ("甲基苯丙胺", {"对映体分数": "0.50"}, "undecided"),
    ],
)
def test_enantiomers_of_mdma_only(target: str, extra: dict[str, str], origin: str) -> None:
    """Trap: for methamphetamine the fraction decides nothing (reference F3, Velenje .514)."""
    assert meaning(sample(target=target, extra=extra), {}, given()).origin == origin


def test_amphetamine_of_methamphetamine_is_no_second_drug() -> None:
    """Trap: one drug counted twice: amphetamine follows methamphetamine as its metabolite (wording 6)."""
    along = meaning(_amp(100), {METH.target: METH}, given())
    assert along.told[0][0] == "against" and not along.counted
    assert meaning(_amp(300), {METH.target: METH}, given()).counted
    assert meaning(_amp(100), {}, given()).counted


def test_methcathinone_with_ephedrine_and_what_is_made() -> None:
    """Trap: a cold medicine passes for methcathinone; a precursor passes for use."""
    beside = {"麻黄碱": sample(target="麻黄碱")}
    found = meaning(sample(target="甲卡西酮"), beside, given())
    assert found.origin == "undecided" and found.told[0][0] == "against"
    alone = meaning(sample(target="甲卡西酮"), {}, given())
    assert alone.told[0][0] == "missing"
    assert meaning(sample(target="羟亚胺"), {}, given()).origin == "manufacture"


def test_targets_go_by_one_name() -> None:
    """Trap: 6-MAM and O6-单乙酰吗啡 are two series of half the samples each."""
    assert {named(each) for each in ("6-MAM", "O6-单乙酰吗啡", " 6-单乙酰吗啡 ")} == {"O6-单乙酰吗啡"}
    assert named("METH") == named("冰毒") == "甲基苯丙胺" and named("新物质") == "新物质"
    assert not watched("吗啡") and not watched("可替宁") and watched("新物质")
