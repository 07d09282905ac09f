"""Which side a column belongs to: the owner of the table or the counterparty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.layouts.layout import Layout

_OWN = (
    "本人",
    "本方",
    "我方",
    "本户",
    "本端",
    "本机",
    "自己",
    "机主",
    "开户",
    "客户",
    "主体",
    "查询",
    "持卡",
    "户主",
)
_OTHER = ("对方", "对手", "对端", "往来", "对户", "他方", "交易对象", "另一方", "联系人")
MARGIN = 0.1
"""Scores no further apart are a tie."""


@dataclass(frozen=True)
class Sides:
    """The fields of the two ends of a row; a column taken for the wrong one makes a stranger's account the owner's."""

    one: frozenset[str]
    two: frozenset[str]

    @classmethod
    def of(cls, layout: Layout) -> Sides:
        one: list[str | None] = []
        two: list[str | None] = []
        if layout.payment is not None:
            spec = layout.payment
            one += [*spec.owner, spec.owner_name, spec.owner_id]
            two += [*spec.counter, spec.counter_name, spec.counter_id]
        if layout.call is not None:
            one.append(layout.call.own.number)
            two.append(layout.call.other.number)
        for leg in layout.legs:
            if ":" not in leg.start and ":" not in leg.end:
                one.append(leg.start)
                two.append(leg.end)
        return cls(frozenset(name for name in one if name), frozenset(name for name in two if name))

    def other(self, field: str) -> frozenset[str]:
        """The fields of the other end; none for a field of neither."""
        return self.two if field in self.one else self.one if field in self.two else frozenset()

    def fitting(self, field: str, heading: str, score: float, directed: bool) -> float:
        """The score as the heading's own words for one end raise or lower it."""
        if directed or score >= 1 or field not in self.one | self.two:
            return score
        own, other = (any(word in heading for word in listed) for listed in (_OWN, _OTHER))
        if own == other:
            return score
        fits = own if field in self.one else other
        return round(min(0.99, score + 0.15) if fits else score * 0.5, 3)


def tied(scores: Iterable[tuple[str, float]], field: str, score: float, sides: Sides) -> str | None:
    """The field of the other end that a column fits as well as this one, None where one of them is better."""
    against = sides.other(field)
    rivals = [(name, each) for name, each in scores if name in against and abs(each - score) < MARGIN]
    return max(rivals, key=lambda rival: rival[1])[0] if rivals and score < 1 else None
