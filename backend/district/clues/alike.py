"""What clues have in common: keys, nearly equal texts, pictures that look the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from backend.district.clues import pictures, texts
from backend.district.clues.joining import JoinKind, SharedValue, hard
from backend.district.clues.keys import Clue, own_words

Likeness = tuple[str, str, float]
SHOWN = 40
"""Characters of a text that are shown as the reason of a join."""


def shared_by(clues: Mapping[str, Clue], stock: Sequence[str]) -> list[SharedValue]:
    """Everything that more than one clue has."""
    return [*hard(clues.values()), *_texts(clues, tuple(stock)), *_pictures(clues)]


def account_only(clues: Mapping[str, Clue]) -> list[SharedValue]:
    """What joining by account alone would go by: the comparison of the benchmark."""
    return [each for each in hard(clues.values()) if each.kind == "account"]


def _texts(clues: Mapping[str, Clue], stock: tuple[str, ...]) -> list[SharedValue]:
    phrases = texts.stock_phrases(stock)
    said: dict[str, texts.Plain] = {}
    of: dict[str, list[str]] = defaultdict(list)
    for clue in clues.values():
        if clue.joins and clue.text:
            plain = texts.plain(own_words(clue.text))
            if texts.says_something(plain, phrases):
                said[plain.key] = plain
                of[plain.key].append(clue.clue_id)
    return _grouped("text", of, texts.near(said), clues, lambda first: clues[first].text[:SHOWN])


def _pictures(clues: Mapping[str, Clue]) -> list[SharedValue]:
    """Pictures that look the same or have the same bytes; one that has no hash is only itself."""
    seen: dict[str, pictures.Hashed] = {}
    of: dict[str, list[str]] = defaultdict(list)
    for clue in clues.values():
        for each in clue.pictures if clue.joins else ():
            sha256, hashed = str(each["sha256"]), pictures.hashed(each)
            of[sha256].append(clue.clue_id)
            if hashed is not None:
                seen[sha256] = hashed
    names = {clue: sha256[:12] for sha256, found in of.items() for clue in found}
    return _grouped("picture", of, pictures.alike(list(seen.values())), clues, lambda first: names[first])


def _grouped(
    kind: JoinKind,
    of: Mapping[str, list[str]],
    near: Sequence[Likeness],
    clues: Mapping[str, Clue],
    shown: Callable[[str], str],
) -> list[SharedValue]:
    """One value for each connected set of things that are nearly equal."""
    parent = {value: value for value in of}

    def root(value: str) -> str:
        while parent[value] != value:
            parent[value] = parent[parent[value]]
            value = parent[value]
        return value

    links: dict[str, list[Likeness]] = defaultdict(list)
    for a, b, _ in near:
        parent[max(root(a), root(b))] = min(root(a), root(b))
    for a, b, score in near:
        links[root(a)].append((of[a][0], of[b][0], round(score, 4)))
    for value, found in of.items():
        links[root(value)] += [(a, b, 1.0) for a, b in pairwise(found)]
    return [
        SharedValue(
            kind,
            f"{kind}:{value}",
            shown(found[0][0]),
            tuple(found),
            {c: clues[c].rows for a, b, _ in found for c in (a, b)},
        )
        for value, found in sorted(links.items())
        if found
    ]
