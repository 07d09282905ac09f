"""Cloned plate, misread or to be checked: told apart before anybody is named.

One odd read among many is a misread and is left out. Reads that again and again cannot be of one car, or a strange
looking car that keeps coming under the plate, are a clone. What is only fast is to be checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backend.contract.district.drivers import CloneState
from backend.district.days import day_of
from backend.district.drivers.fit import look
from backend.district.drivers.parameters import Parameters
from backend.district.drivers.speed import Jump
from backend.district.passes import Pass


@dataclass(frozen=True)
class PlateFinding:
    """What was found of a plate: the worst jump (None where looks alone tell), and the reads that fall out."""

    state: CloneState
    jump: Jump | None
    out: tuple[Pass, ...]
    odd: tuple[Pass, ...]


def tell(
    fitting: Sequence[Pass], strange: Sequence[Pass], jumps: Sequence[Jump], rule: Parameters
) -> PlateFinding | None:
    """What the reads of one plate say of it; None where one car explains them."""
    worst = max(jumps, key=lambda each: each.least_kmh, default=None)
    among = [each for each in jumps if each.first in fitting and each.second in fitting]
    again = _again(fitting, strange, rule)
    if again or (_occasions(among) > 1 and not _one_read_explains(among)):
        return PlateFinding("suspected_clone", worst, (), again or _ends(jumps))
    if among:
        fast = max(among, key=lambda each: each.least_kmh)
        odd = _odd_one(fitting, among)
        if odd is not None:
            return PlateFinding("misread", fast, (odd,), (odd,))
        if fast.least_kmh <= rule.number("clone_kmh"):
            return PlateFinding("to_check", fast, (), _ends(among))
        return PlateFinding("suspected_clone", fast, (), _ends(among))
    if worst is not None:
        odd_ones = tuple(each for each in _ends(jumps) if each not in fitting)
        return PlateFinding("misread", worst, (), odd_ones)
    return None


def enough(reads: Sequence[Pass], rule: Parameters) -> bool:
    """Whether reads support each other: at several cameras, or on several days."""
    least = rule.number("least_reads")
    return len({each.camera for each in reads}) >= least or len({day_of(each.at) for each in reads}) >= least


def _again(fitting: Sequence[Pass], strange: Sequence[Pass], rule: Parameters) -> tuple[Pass, ...]:
    """Reads of one strange looking car that came more than once, and often beside the right one.

    Cameras take a colour or make for another now and then: in many reads two alike are nothing.
    """
    looks = Counter(look(each) for each in strange)
    for kind, _ in looks.most_common():
        alike = tuple(each for each in strange if look(each) == kind)
        share = len(alike) / (len(alike) + len(fitting))
        if enough(alike, rule) and share >= rule.number("strange_share"):
            return alike
    return ()


def _ends(jumps: Sequence[Jump]) -> tuple[Pass, ...]:
    return tuple(dict.fromkeys(end for each in jumps for end in (each.first, each.second)))


def _occasions(jumps: Sequence[Jump]) -> int:
    """Jumps that share no read count apart."""
    taken: set[Pass] = set()
    count = 0
    for each in jumps:
        if each.first not in taken and each.second not in taken:
            count += 1
        taken |= {each.first, each.second}
    return count


def _one_read_explains(jumps: Sequence[Jump]) -> bool:
    shared = set.intersection(*({each.first, each.second} for each in jumps))
    return bool(shared)


def _odd_one(fitting: Sequence[Pass], jumps: Sequence[Jump]) -> Pass | None:
    """The one read that explains all jumps: in each of them, at a camera the car is at no other time, the others well known."""
    shared = set.intersection(*({each.first, each.second} for each in jumps))
    seen = Counter(each.camera for each in fitting)
    alone = [each for each in shared if seen[each.camera] == 1]
    if len(shared) == 1 and len(jumps) > 1:
        return next(iter(shared))
    known = [each for each in _ends(jumps) if seen[each.camera] > 1]
    return alone[0] if len(alone) == 1 and known else None
