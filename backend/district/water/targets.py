"""Names of what laboratories look for: one name per substance, and what an alarm of it can mean at all."""

from __future__ import annotations

import re

METH, AMP = "甲基苯丙胺", "苯丙胺"
COCAINE, BZE = "可卡因", "苯甲酰爱康宁"
MAM, MORPHINE, CODEINE = "O6-单乙酰吗啡", "吗啡", "可待因"
MDMA, CATHINONE, EPHEDRINE = "MDMA", "甲卡西酮", "麻黄碱"
KETAMINE, ETOMIDATE = "氯胺酮", "依托咪酯酸"

_ALIASES = {
    METH: ("冰毒", "METH", "methamphetamine", "MA", "甲基安非他明", "去氧麻黄碱"),
    AMP: ("AMP", "amphetamine", "安非他明"),
    COCAINE: ("COC", "cocaine", "古柯碱"),
    BZE: ("BZE", "BE", "BEG", "benzoylecgonine", "苯甲酰芽子碱", "苯甲酰爱康因"),
    MAM: ("6-MAM", "6MAM", "O6-MAM", "6-AM", "6-单乙酰吗啡", "O-6-单乙酰吗啡", "6-乙酰吗啡", "O6单乙酰吗啡"),
    MORPHINE: ("MOR", "morphine"),
    CODEINE: ("COD", "codeine"),
    MDMA: ("摇头丸", "3,4-亚甲二氧基甲基苯丙胺", "亚甲二氧基甲基苯丙胺"),
    CATHINONE: ("methcathinone", "甲基卡西酮"),
    EPHEDRINE: ("ephedrine", "麻黄素", "伪麻黄碱", "麻黄碱/伪麻黄碱"),
    KETAMINE: ("KET", "ketamine", "K粉"),
    ETOMIDATE: ("etomidateacid", "依托咪酯游离酸"),
}
MEDICINES = frozenset({MORPHINE, CODEINE})
"""Their load is mostly medicine: they are told, and raise no alarm."""
MARKERS = frozenset({"可替宁", "氨氮", "cotinine", "咖啡因"})
"""They count people, not drugs."""
PRECURSORS = frozenset(
    {"羟亚胺", "邻酮", "1-苯基-2-丙酮", "苯基丙酮", "P2P", "BMK", "PMK", "3,4-亚甲基二氧苯基-2-丙酮"}
)
"""A peak of one of these comes from making, not from use."""


def _plain(name: str) -> str:
    return re.sub(r"[\s（(].*$|[\s·]", "", name.strip()).upper() or name.strip()


_NAMED = {_plain(alias): name for name, aliases in _ALIASES.items() for alias in (name, *aliases)}


def named(target: str) -> str:
    """The name a target goes by here; one that is not known stays as it is written."""
    return _NAMED.get(_plain(target), target.strip())


def watched(target: str) -> bool:
    """Whether a jump of it asks for a look."""
    return target not in MEDICINES and target not in MARKERS
