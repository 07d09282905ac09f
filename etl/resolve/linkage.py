"""Record linkage: Splink over the table of holders, with fixed weights. It proposes candidates and merges nobody."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any

import pyarrow as pa

from etl.resolve.weights import IdentityWeights, load_weights
from etl.storage import quiet_duckdb
from graph_schema.errors import InputError
from graph_schema.language import Text

CONDITIONS: dict[str, dict[str, str]] = {
    "name": {
        "exact": "name_l = name_r",
        "former": "list_has_any(names_l, names_r)",
        "sound": "list_has_any(sounds_l, sounds_r)",
        "shape": "list_has_any(shapes_l, shapes_r)",
        "order": "sorted_l = sorted_r",
        "surname": "surname_l = surname_r",
    },
    "birth": {"exact": "birth_l = birth_r", "near": "damerau_levenshtein(birth_l, birth_r) <= 1"},
    "sex": {"exact": "sex_l = sex_r"},
    "region": {"exact": "region_l = region_r"},
    "phones": {"shared": "list_has_any(phones_l, phones_r)"},
    "cards": {"shared": "list_has_any(cards_l, cards_r)"},
    "addresses": {"shared": "list_has_any(addresses_l, addresses_r)"},
    "handsets": {
        "after": "list_has_any(after_l, after_r)",
        "shared": "list_has_any(handsets_l, handsets_r)",
    },
    "succession": {
        "strong": "list_has_any(strong_l, strong_r)",
        "weak": "list_has_any(weak_l, weak_r)",
    },
}
"""When two holders show a level, strongest first; the last level of a comparison is everything else."""

_EMPTY = {
    "name": "name_l IS NULL OR name_r IS NULL",
    "birth": "birth_l IS NULL OR birth_r IS NULL",
    "sex": "sex_l IS NULL OR sex_r IS NULL",
    "region": "region_l IS NULL OR region_r IS NULL",
    "phones": "len(phones_l) = 0 OR len(phones_r) = 0",
    "cards": "len(cards_l) = 0 OR len(cards_r) = 0",
    "addresses": "len(addresses_l) = 0 OR len(addresses_r) = 0",
    "handsets": "len(handsets_l) = 0 OR len(handsets_r) = 0",
    "succession": "len(strong_l) + len(weak_l) = 0 OR len(strong_r) + len(weak_r) = 0",
}
_OPEN = "(l.resident_id IS NULL OR r.resident_id IS NULL)"
"""Two holders with two resident ids are two persons, or a conflict: nothing to score."""
_TOGETHER = ("phones", "cards", "addresses", "handsets", "strong", "weak")
RARE_NAME = 0.00005
"""A name counts for no rarer than this, however few of it a district's files hold."""
FREQUENCIES_FROM = 5_000
"""Holders from which their names' own frequencies say more than the published ones."""
ENOUGH = frozenset({"birth", "phones", "cards", "addresses", "handsets", "succession"})
"""One of these must speak for a pair: a name, with or without sex and region, is never enough."""


@dataclass(frozen=True)
class ScoredPair:
    """One pair of holders with the outcome of every comparison and the chance that they are one person."""

    one: str
    other: str
    probability: float
    levels: dict[str, str]  # comparison → level; without what one side does not say
    weights: dict[str, float]  # comparison → log-odds


def score_pairs(
    people: pa.Table, weights: IdentityWeights | None = None, memory: str = "2GB"
) -> list[ScoredPair]:
    """Pairs of holders who may be one person, likeliest first; deterministic, nothing is trained."""
    if people.num_rows < 2:
        return []
    from splink import DuckDBAPI, Linker  # slow to import, and only an analysis needs it

    chosen = weights or load_weights()
    holders = people.num_rows
    with quiet_duckdb.connect(memory=memory) as con:
        con.execute("SET preserve_insertion_order = false")
        con.register("holders", people)
        con.execute("CREATE TABLE people AS SELECT * FROM holders")
        api = DuckDBAPI(connection=con)
        linker = Linker(api.register("people"), settings(chosen, holders), log_level="ERROR")
        found = linker.inference.predict(threshold_match_probability=chosen.shown_from, warning_mode="never")
        columns = ", ".join(f"gamma_{name}, mw_{name}" for name in CONDITIONS)
        rarity = "mw_tf_adj_name" if holders >= FREQUENCIES_FROM else "0.0"
        rows = con.execute(
            f"""SELECT unique_id_l, unique_id_r, match_probability, {rarity}, {columns}
            FROM {found.physical_name} WHERE resident_id_l IS NULL OR resident_id_r IS NULL
            ORDER BY match_probability DESC, unique_id_l, unique_id_r"""
        ).fetchall()
    return [pair for row in rows if _speaks(pair := _scored(chosen, row))]


def settings(weights: IdentityWeights, holders: int) -> Any:
    """The model in Splink's terms, for so many holders."""
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=weights.prior(holders),
        unique_id_column_name="unique_id",
        comparisons=[_comparison(weights, name, holders) for name in CONDITIONS],
        blocking_rules_to_generate_predictions=[
            *(block_on(name, arrays_to_explode=[name]) for name in _TOGETHER),
            block_on("birth", "sounds", arrays_to_explode=["sounds"]),
            block_on("birth", "shapes", arrays_to_explode=["shapes"]),
            block_on("birth", "sorted"),
            CustomRule(f"l.birth = r.birth AND l.region = r.region AND {_OPEN}"),
        ],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=True,
        additional_columns_to_retain=["resident_id"],
    )


def _comparison(weights: IdentityWeights, name: str, holders: int) -> Any:
    from splink import comparison_level_library as levels
    from splink import comparison_library as comparisons

    declared = weights.comparisons[name]
    if list(declared.levels) != [*CONDITIONS[name], "other"]:
        raise InputError(
            Text(
                f"weights：{name} 须有这些级别：{[*CONDITIONS[name], 'other']}",
                f"weights: {name} needs the levels {[*CONDITIONS[name], 'other']}",
            )
        )
    made: list[Any] = [levels.CustomLevel(_EMPTY[name]).configure(is_null_level=True)]
    for level, condition in CONDITIONS[name].items():
        values = declared.levels[level]
        more: dict[str, Any] = {}
        if (name, level) == ("name", "exact") and holders >= FREQUENCIES_FROM:
            more = {"tf_adjustment_column": "name", "tf_minimum_u_value": RARE_NAME}
        made.append(
            levels.CustomLevel(condition, level).configure(
                m_probability=values.m, u_probability=values.chance(holders), **more
            )
        )
    other = declared.levels["other"]
    made.append(levels.ElseLevel().configure(m_probability=other.m, u_probability=other.u))
    return comparisons.CustomComparison(made, output_column_name=name)


def _scored(weights: IdentityWeights, row: tuple[Any, ...]) -> ScoredPair:
    one, other, probability, rarity = row[:4]
    outcomes: dict[str, str] = {}
    added: dict[str, float] = {}
    for name, gamma, weight in zip(CONDITIONS, row[4::2], row[5::2], strict=True):
        if gamma < 0:
            continue
        names = list(weights.comparisons[name].levels)
        outcomes[name] = names[len(names) - 1 - gamma]
        bits = weight + (rarity or 0.0 if name == "name" else 0.0)
        added[name] = round(bits * log(2), 4)
    first, second = sorted((one, other))
    return ScoredPair(first, second, round(probability, 6), outcomes, added)


def _speaks(pair: ScoredPair) -> bool:
    """Whether anything but name, sex and region speaks for the pair."""
    return any(pair.weights.get(name, 0.0) > 0 for name in ENOUGH)
