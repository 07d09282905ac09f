"""Two models for FEBRL: the settings Splink publishes in its FEBRL 3 example, and ours beside them."""

from __future__ import annotations

from typing import Any

Pairs = set[tuple[str, str]]


def _prepared(frame: Any) -> Any:
    """Rows as the example prepares them: text, stripped; blanks become missing."""
    made = frame.reset_index()
    for column in made.columns:
        made[column] = made[column].astype("string").str.strip()
        made[column] = made[column].mask(made[column].isin(["", "nan", "<NA>"]))
    return made.astype(object).where(made.notna(), None)


def _linker(frame: Any, comparisons: list[Any], blocks: list[Any]) -> Any:
    from splink import DuckDBAPI, Linker, SettingsCreator

    api = DuckDBAPI()
    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=comparisons,
    )
    return Linker(api.register(_prepared(frame)), settings, log_level="ERROR")


def _trained(linker: Any, on: list[str]) -> Any:
    """The example's training: prior by sure rules, u by random pairs, m by expectation maximisation."""
    from splink import block_on

    sure = [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for column in on:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
    return linker


def _pairs(linker: Any, threshold: float = 0.5) -> Pairs:
    found = linker.inference.predict(threshold_match_probability=threshold).as_pandas_dataframe()
    return {(min(a, b), max(a, b)) for a, b in zip(found["rec_id_l"], found["rec_id_r"], strict=True)}


def published(frame: Any) -> Pairs:
    """Pairs of Splink's own example settings at the even threshold."""
    from splink import block_on
    from splink import comparison_library as cl

    blocks = [
        block_on(column) for column in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
    ]
    comparisons = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ]
    return _pairs(_trained(_linker(frame, comparisons, blocks), ["date_of_birth", "postcode"]))


def ours(frame: Any) -> Pairs:
    """Pairs of our settings: names in either order as one comparison, addresses compared too."""
    from splink import block_on
    from splink import comparison_library as cl

    blocks = [
        *(
            block_on(column)
            for column in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode", "address_1")
        ),
        block_on("suburb", "street_number"),
    ]
    comparisons = [
        cl.ForenameSurnameComparison("given_name", "surname"),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number"),
        cl.DamerauLevenshteinAtThresholds("postcode", [1]),
        cl.JaroWinklerAtThresholds("address_1", [0.9, 0.75]),
        cl.JaroWinklerAtThresholds("suburb", [0.9, 0.75]),
    ]
    return _pairs(_trained(_linker(frame, comparisons, blocks), ["date_of_birth", "postcode", "soc_sec_id"]))
