"""The sewer network as a tree: what drains to a node, where the source can still be, and where to sample next.

The next manhole is the one behind which lies nearest to half of the remaining prior weight: the population for use,
firms by their risk for manufacture. Nothing is sampled behind which fewer people live than the rule allows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

PLANT = "污水厂"


@dataclass(frozen=True)
class DrainingFirm:
    """A firm that drains to a node."""

    uscc: str
    name: str | None
    risk: float


@dataclass(frozen=True)
class SewerNode:
    """A node of the network as its table tells it."""

    id: str
    kind: str | None
    name: str | None
    population: float | None
    downstream: str | None
    firms: tuple[DrainingFirm, ...] = ()


@dataclass(frozen=True)
class SewerNetwork:
    """All nodes with who drains to whom; ``own`` is the population that joins at a node itself."""

    nodes: Mapping[str, SewerNode]
    above: Mapping[str, tuple[str, ...]]
    own: Mapping[str, float]

    def catchment(self, root: str, without: Iterable[str] = ()) -> list[str]:
        """A node and all above it, each after the one it drains to; ``without`` some nodes and what is above them."""
        cut, found, seen = set(without), [root], {root}
        for each in found:
            more = [up for up in self.above.get(each, ()) if up not in cut and up not in seen]
            found.extend(more)
            seen.update(more)
        return found

    def persons(self, root: str) -> float:
        """How many people drain to a node."""
        return sum(self.own.get(each, 0.0) for each in self.catchment(root))


@dataclass(frozen=True)
class Split:
    """Where the source can still be: prior by node, the node to sample next, and how much lies behind it."""

    prior: dict[str, float]
    next: str | None
    behind: float
    root: str
    cleared: tuple[str, ...] = field(default=())


def network(nodes: Sequence[SewerNode]) -> SewerNetwork:
    """Put nodes together; a table may state the people at a node itself or all that drain to it (see ``_own``)."""
    by_id = {node.id: node for node in nodes}
    above: dict[str, list[str]] = defaultdict(list)
    for node in sorted(nodes, key=lambda each: each.id):
        if node.downstream is not None and node.downstream != node.id:
            above[node.downstream].append(node.id)
    shape = SewerNetwork(by_id, {key: tuple(of) for key, of in above.items()}, {})
    own: dict[str, float] = {}
    roots = [each for each in by_id if by_id[each].downstream not in by_id]
    for root in roots:
        own.update(_own(shape, root))
    return SewerNetwork(by_id, shape.above, own)


def _own(shape: SewerNetwork, root: str) -> dict[str, float]:
    """The people who join at each node of a tree.

    ``服务人口`` of a manhole is read as everybody above it where no inner node has fewer than the nodes above it
    together, and the tree's total then fits the plant's figure better; else as those at the node itself.
    """
    order = shape.catchment(root)
    stated = {each: shape.nodes[each].population or 0.0 if each in shape.nodes else 0.0 for each in order}
    plain = {each: (0.0 if each == root and shape.above.get(root) else stated[each]) for each in order}
    total: dict[str, float] = {}
    grows = True
    for each in reversed(order):
        behind = sum(total[up] for up in shape.above.get(each, ()) if up in total)
        grows = grows and (stated[each] == 0 or stated[each] >= behind)
        total[each] = max(stated[each], behind)
    whole, apart = sum(total[up] for up in shape.above.get(root, ()) if up in total), sum(plain.values())
    if not grows or (stated[root] and abs(apart - stated[root]) < abs(whole - stated[root])):
        return plain
    return {
        each: 0.0
        if each == root and shape.above.get(root)
        else total[each] - sum(total[up] for up in shape.above.get(each, ()) if up in total)
        for each in order
    }


def by_population(net: SewerNetwork) -> Callable[[str], float]:
    """The prior of use: people at the node."""
    return lambda node: net.own.get(node, 0.0)


def by_firms(net: SewerNetwork) -> Callable[[str], float]:
    """The prior of manufacture: firms at the node, each by its risk."""
    return lambda node: sum(firm.risk for firm in net.nodes[node].firms) if node in net.nodes else 0.0


def split(
    net: SewerNetwork,
    root: str,
    weight: Callable[[str], float],
    raised: Iterable[str] = (),
    usual: Iterable[str] = (),
    least_persons: float = 0.0,
) -> Split:
    """Where to sample next, after what samples above ``root`` have shown.

    A raised node moves the search above itself, a usual one clears all above it. Nodes that fewer people drain to than
    ``least_persons`` are weighed with the node below them and never named; a node with firms and nobody living there may be.
    """
    cleared = sorted(set(usual))
    start = _deepest(net, root, raised, cleared)
    order = net.catchment(start, cleared)
    folded = _folded(net, order, start, least_persons)
    own: dict[str, float] = {each: 0.0 for each in order if folded[each] == each}
    for each in order:
        own[folded[each]] += weight(each)
    whole = sum(own.values())
    if whole <= 0:
        return Split(dict.fromkeys(own, 0.0), None, 0.0, start, tuple(cleared))
    behind = dict(own)
    for each in reversed(order):
        below = net.nodes[each].downstream if each in net.nodes else None
        if each in own and each != start and below is not None:
            behind[folded[below]] += behind[each]
    halves = [each for each in own if each != start and 0 < behind[each] < whole]
    chosen = min(halves, key=lambda each: (abs(behind[each] - whole / 2), -behind[each], each), default=None)
    if chosen is None:  # everything lies behind one node: a sample there says whether it is so
        chosen = [each for each in own if behind[each] > 0][-1]
        chosen = None if chosen == start else chosen
    prior = {each: value / whole for each, value in own.items()}
    return Split(prior, chosen, behind[chosen] / whole if chosen else 0.0, start, tuple(cleared))


def _deepest(net: SewerNetwork, root: str, raised: Iterable[str], cleared: Sequence[str]) -> str:
    """The raised node highest above ``root`` whose own catchment is still open."""
    start = root
    order = {each: place for place, each in enumerate(net.catchment(root, cleared))}
    for each in sorted((each for each in raised if each in order), key=lambda each: order[each]):
        if each in net.catchment(start, cleared):
            start = each
    return start


def _folded(net: SewerNetwork, order: Sequence[str], start: str, least: float) -> dict[str, str]:
    """The node each one is told as: itself, or the nearest below it that enough people drain to."""
    people: dict[str, float] = {}
    firms: dict[str, int] = {}
    for each in reversed(net.catchment(start)):
        above = net.above.get(each, ())
        people[each] = net.own.get(each, 0.0) + sum(people.get(up, 0.0) for up in above)
        own = len(net.nodes[each].firms) if each in net.nodes else 0
        firms[each] = own + sum(firms.get(up, 0) for up in above)
    told = {start: start}
    for each in order[1:]:
        node = net.nodes.get(each)
        below = node.downstream if node and node.downstream in told else start
        only_firms = people[start] > 0 and people[each] == 0 and firms[each] > 0
        told[each] = each if people[each] >= least or only_firms else told[below or start]
    return told
