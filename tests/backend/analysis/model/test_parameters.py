"""The parameters of the analysis: each used, each explained, and no number beside them."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.analysis.model.parameters import (
    DEFAULT,
    default_parameters,
    load_parameters,
    parameter,
    parameter_list,
    whole_parameter,
)
from graph_schema.errors import InputError

ANALYSIS = DEFAULT.parents[1]
READERS = {"parameter", "whole_parameter", "parameter_list"}
ALLOWED = {
    ("arrays/clock.py", 86_400_000): "milliseconds of a day",
    ("arrays/clock.py", 3_600_000): "milliseconds of an hour",
    ("arrays/clock.py", 60_000): "milliseconds of a minute",
    ("arrays/clock.py", 24): "hours of a day",
    ("attribution/attribute.py", 1e-9): "keeps a division finite",
    ("cases/tiers.py", 1970): "the epoch",
    ("chains/ranking.py", 1e-6): "keeps log-odds finite",
    ("chains/search.py", 1e-9): "keeps a logarithm finite",
    ("correlation/coincidence.py", 24): "hours of a day",
    ("correlation/coincidence.py", 1e-9): "keeps a logarithm finite",
    ("correlation/profile.py", 3): "arrays made",
    ("temporal/patterns/model.py", 3_600_000): "milliseconds of an hour",
    ("temporal/patterns/pairs.py", 20_000): "rows of a chunk",
    ("identity/beside_payments.py", 24): "hours of a day",
    ("identity/beside_payments.py", 5): "columns of a table",
    ("identity/successive_numbers.py", 1e-300): "keeps a logarithm finite",
    ("network/key_players.py", 1e-12): "the rounding of the values compared",
    ("suites/calls/book.py", 24): "hours of a day",
    ("suites/calls/book.py", 3): "the epoch began on a Thursday",
    ("suites/calls/book.py", 7): "days of a week",
    ("suites/calls/contacts.py", 0.5): "the larger half",
    ("suites/calls/places.py", 60): "minutes of an hour",
    ("suites/calls/places.py", 1440): "minutes of a day",
    ("suites/money/book.py", 100): "fen of a yuan",
    ("supply/candidates.py", 3): "ways a candidate is found",
    ("supply/scoring.py", 12_000): "packs candidate and month into one key",
    ("supply/scoring.py", 1970): "the epoch",
    ("supply/scoring.py", 12): "months of a year",
    ("supply/signals/around.py", 1e-9): "keeps a division finite",
    ("supply/signals/calls.py", 3): "arrays made",
    ("supply/signals/money.py", 100): "fen of a yuan",
    ("temporal/trace.py", 60): "a power of two beyond any time",
    ("temporal/transfers.py", 86_399_999): "a day but for its last millisecond",
    ("temporal/transfers.py", 59_999): "a minute but for its last millisecond",
}
"""Numbers that are no parameters, each with what it is."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ANALYSIS.rglob("*.py")):
        yield path.relative_to(ANALYSIS).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def asked(tree: ast.AST) -> Iterator[str]:
    """Names of the parameters a module binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
            assert isinstance(node.args[0], ast.Constant), "a parameter is named where it is bound"
            yield str(node.args[0].value)


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """What may hold a parameter: no index, no digits of rounding, no exponent, no seed, no number of a catalogue."""
    if isinstance(node, ast.Subscript):
        yield node.value
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        yield node.left
    elif isinstance(node, ast.arguments):
        named = [*node.posonlyargs, *node.args][::-1]
        given = zip(named, node.defaults[::-1], strict=False)
        yield from (value for name, value in given if name.arg != "seed")
        yield from (value for value in node.kw_defaults if value is not None)
    elif isinstance(node, ast.Call):
        yield node.func
        yield from arguments(node)
        yield from (each.value for each in node.keywords)
    else:
        yield from ast.iter_child_nodes(node)


def arguments(call: ast.Call) -> list[ast.expr]:
    """Those given by place, but for digits of rounding and a table's number in the catalogue."""
    method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "round":  # round(x, 6), np.round(x, 6), x.round(6)
        return call.args[: 0 if method and len(call.args) == 1 else 1]
    return call.args[2:] if name == "Table" else call.args


def numbers(node: ast.AST) -> Iterator[float]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.value
        return
    for part in parts(node):
        yield from numbers(part)


def test_every_parameter_is_bound_once_under_its_module() -> None:
    """The trap: a threshold changed in the file that no code reads, or one that stands under another module's name."""
    bound = [(module, name) for module, tree in modules() for name in asked(tree)]
    twice = [name for name, n in Counter(name for _, name in bound).items() if n > 1]
    assert not twice
    assert {name for _, name in bound} == set(default_parameters().entries)
    for module, name in bound:
        place = module.removesuffix(".py").replace("/", ".")
        assert place.startswith(name.rpartition(".")[0]), f"{name} is bound in {module}"


def test_no_number_stands_beside_the_parameters() -> None:
    """The trap: a new threshold written into an expression, without unit, reason and source."""
    found = {(module, value) for module, tree in modules() for value in numbers(tree)}
    assert {each for each in found if each[1] not in (0, 1, 2)} == set(ALLOWED)


def test_the_numbers_of_an_expression_are_seen() -> None:
    """The trap: the walk above passes because it looks at nothing."""
    tree = ast.parse(
        "A = 0.3\ndef f(x, seed=7, k=5):\n    return np.clip(round(x * 4, 6), 0, 2.5) ** 3 + x[8]"
    )
    assert sorted(numbers(tree)) == [0, 0.3, 2.5, 4, 5]


PLAIN = """version: "9"
units: {days: {zh: 天, en: days}}
sources: {judgement: {zh: 经验, en: judgement}}
parameters:
  groups:
    size: {value: 3, unit: days, source: judgement, reason: {zh: 因为, en: because}}
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("units:", "unit:", "needs exactly version"),
        ("value: 3, unit: days,", "value: 3,", "groups.size needs exactly"),
        ("value: 3", "value: three", "groups.size is 'three'"),
        ("value: 3", "value: true", "groups.size is True"),
        ("value: 3", "value: [3, 1]", r"groups.size is \[3, 1\]"),
        ("value: 3", "value: []", r"groups.size is \[\]"),
        ("unit: days", "unit: weeks", "groups.size.unit is 'weeks'"),
        ("source: judgement", "source: hearsay", "groups.size.source is 'hearsay'"),
        ("reason: {zh: 因为, en: because}", "reason: {zh: 因为, en: ''}", "groups.size.reason needs exactly"),
        ("    size: {value", "    size: {valeu", "groups.size.valeu holds no parameter"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    """The trap: a slip in the file that ends in a traceback without file and key, or is read as something else."""
    path = tmp_path / "own.yaml"
    path.write_text(PLAIN, encoding="utf-8")
    assert load_parameters(path).entries["groups.size"].value == 3
    assert PLAIN.count(old)
    path.write_text(PLAIN.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=f"own.yaml: {named}"):
        load_parameters(path)


def test_a_name_nobody_knows_is_refused() -> None:
    """The trap: a misspelt name that binds nothing, or a list and a share taken for a count."""
    with pytest.raises(InputError, match=r"no parameter groups\.ties\.sell "):
        parameter("groups.ties.sell")
    with pytest.raises(InputError, match=r"groups.ties.sells is 0.5, no whole number"):
        whole_parameter("groups.ties.sells")
    with pytest.raises(InputError, match=r"network.communities.sweep is a list"):
        parameter("network.communities.sweep")
    with pytest.raises(InputError, match=r"groups.ties.sells is 0.5, no list"):
        parameter_list("groups.ties.sells")
