"""An invented town whose people talk and change their numbers: what the search for successions is held against.

Half of the people's books are delivered; a call is seen where one of its ends' books is. Some numbers end without a
successor, some begin without a predecessor, and pairs who live together talk with much the same people.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

DAY = 86_400_000
DAYS = 240


@dataclass(frozen=True)
class Town:
    """Calls as columns, and the true successions of which both numbers are seen."""

    a: list[str]
    b: list[str]
    at: list[int]
    successions: set[tuple[str, str]]


def town(seed: int, people: int = 300, changing: float = 0.25, kept: float = 0.75) -> Town:
    """Make a town; ``kept`` of his contacts go on with a person after he changed his number."""
    rng = Random(seed)
    friends = _friends(rng, people)
    numbers: list[list[tuple[str, int, int]]] = []  # number, first day, last day
    successions: list[tuple[str, str]] = []
    for person in range(people):
        begin = rng.randrange(30, 200) if rng.random() < 0.1 else 0
        end = rng.randrange(40, 210) if rng.random() < 0.1 else DAYS
        lives = [(_number(person, 0), begin, end)]
        if rng.random() < changing and begin == 0 and end == DAYS:
            last = rng.randrange(50, 190)
            lives = [(_number(person, 0), 0, last), (_number(person, 1), last + rng.randrange(8), DAYS)]
            successions.append((lives[0][0], lives[1][0]))
        numbers.append(lives)
    delivered = {person for person in range(people) if rng.random() < 0.5}
    lost = {(person, friend) for person in range(people) for friend in friends[person] if rng.random() > kept}
    calls: list[tuple[str, str, int]] = []
    for person in range(people):
        for friend in friends[person]:
            if person > friend or not {person, friend} & delivered:
                continue
            for _ in range(rng.randrange(3, 25)):
                day = rng.randrange(DAYS)
                ends = [_at(numbers[who], day) for who in (person, friend)]
                new = any(n is not None and n.endswith("1") for n in ends)
                if None in ends or (new and {(person, friend), (friend, person)} & lost):
                    continue
                one, other = (str(end) for end in ends)
                calls.append((one, other, day * DAY + rng.randrange(DAY)))
    seen = {number for call in calls for number in call[:2]}
    return Town(
        [call[0] for call in calls],
        [call[1] for call in calls],
        [call[2] for call in calls],
        {pair for pair in successions if set(pair) <= seen},
    )


def _friends(rng: Random, people: int) -> list[list[int]]:
    made: list[set[int]] = [set() for _ in range(people)]
    for person in range(people):
        for friend in rng.sample(range(people), rng.randrange(4, 12)):
            if friend != person:
                made[person].add(friend)
                made[friend].add(person)
    for person in range(0, people // 5, 2):  # pairs who live together
        for friend in list(made[person]):
            if rng.random() < 0.7 and friend != person + 1:
                made[person + 1].add(friend)
                made[friend].add(person + 1)
    return [sorted(each) for each in made]


def _number(person: int, nth: int) -> str:
    return f"Phone:+8613{person:08d}{nth}"


def _at(lives: list[tuple[str, int, int]], day: int) -> str | None:
    return next((number for number, first, last in lives if first <= day < last), None)
