"""``python -m benchmarks.accuracy``: prepare the districts, run every method on each, print the table."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import backend.demo
from backend.analysis.model.weights import default_weights, load_weights
from backend.analysis.pipeline import run
from backend.demo.district import generate
from benchmarks.accuracy import baselines
from benchmarks.accuracy.answer import Answer, answer
from benchmarks.accuracy.elsewhere import make
from benchmarks.accuracy.figures import PRESETS, Marks, cell, marks, missed, reliability, shapes, table
from benchmarks.accuracy.identities import known_identities
from benchmarks.accuracy.prepared import STAGES, Prepared, World, prepare, say
from benchmarks.accuracy.series import plain_rule

OURS = "upline"


def district(preset: str, seed: int, size: float) -> World:
    """A district of the demo's maker."""
    sources = Path(backend.demo.__file__).parent
    write = partial(generate, seed=seed, preset=preset, size=size)
    return World("district", preset, seed, size, write, sources)


def elsewhere(preset: str, seed: int, size: float) -> World:
    """A world of the second maker, which neither the demo nor the analysis knows; it has one size."""
    return World(
        "elsewhere",
        preset,
        seed,
        1.0,
        partial(make, preset=preset, seed=seed),
        Path(__file__).parent / "elsewhere",
    )


MAKERS = {"district": district, "elsewhere": elsewhere}


def measure(district: Prepared, weights: Path | None, with_baselines: bool) -> dict[str, Marks]:
    """Marks of every method in one district, ours first."""
    used = load_weights(weights) if weights else default_weights()
    started = time.perf_counter()
    results = run(district.facts, weights=used)
    seconds = time.perf_counter() - started
    found = {OURS: marks(district, answer(district.facts, district.persons, results))}
    if with_baselines:
        found["perfect identities"] = marks(district, known_identities(district, used), scored=False)
        known = baselines.ties(district.facts, district.persons)
        for name, method in baselines.METHODS.items():
            found[name] = marks(district, method(known), scored=False)
        shared = [sorted(couple) for couple in plain_rule(district.facts, results)]
        found["first chains share"] = marks(district, Answer(series=shared), scored=False)
    say(f"{district.world.name}: analysed in {seconds:.1f} s")
    return found


def summary(results: dict[str, dict[str, list[Marks]]]) -> dict[str, Any]:
    """The table as JSON: method → preset → figure → mean, low, high, and the counts over all seeds."""
    out: dict[str, Any] = {}
    for method, by_preset in results.items():
        for preset, seeds in by_preset.items():
            cells = {key: cell(key, seeds) for key in sorted({k for each in seeds for k in each.figures})}
            counts: Counter[str] = Counter()
            for each in seeds:
                counts.update(each.counts)
            out.setdefault(method, {})[preset] = {
                "figures": {key: asdict(each) for key, each in cells.items() if each is not None},
                "seeds": [each.figures for each in seeds],
                "counts": dict(counts),
            }
    return out


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy", description=__doc__)
    parser.add_argument("--maker", choices=sorted(MAKERS), default="district", help="whose worlds to use")
    parser.add_argument("--seeds", default="1,2,3,4", help="comma separated")
    parser.add_argument("--presets", default=",".join(PRESETS), help="comma separated")
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--weights", type=Path, help="a weight file other than the published one")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--reuse", type=Path, metavar="DIR", help="keep districts here and take them from here"
    )
    parser.add_argument(
        "--anew", choices=STAGES, help="make this stage of a kept district again, and what follows"
    )
    parser.add_argument("--prepare-only", action="store_true", help="fill --reuse and stop")
    return parser.parse_args()


def main() -> None:
    """Print the table; with ``--json`` the same as JSON."""
    options = _options()
    presets = options.presets.split(",")
    folder = options.reuse or Path(tempfile.mkdtemp(prefix="upline-accuracy-"))
    results: dict[str, dict[str, list[Marks]]] = {}
    try:
        for seed in map(int, options.seeds.split(",")):
            for preset in presets:
                world = MAKERS[options.maker](preset, seed, options.size)
                ready = prepare(world, folder / world.name, options.anew)
                if options.prepare_only:
                    continue
                for method, each in measure(ready, options.weights, not options.no_baselines).items():
                    results.setdefault(method, {}).setdefault(preset, []).append(each)
    finally:
        if options.reuse is None:
            shutil.rmtree(folder, ignore_errors=True)
    if options.prepare_only:
        return
    if options.json:
        print(json.dumps(summary(results), ensure_ascii=False, indent=1))
        return
    print("\n".join(table(results, presets)))
    print("supplies named per tenth of score, true share / number, all seeds together")
    print("\n".join(reliability(results[OURS])))
    print(
        "by shape of organisation, all presets and seeds together: share of packet cases whose data can show it"
    )
    print("\n".join(shapes(results)))
    print("mean over seeds (least-most); * = asked and not reached; calibration: all seeds together")
    for line in missed(results, OURS):
        print(f"missed: {line}")
