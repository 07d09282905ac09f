"""The command line: ``upline``; one module per family of commands."""

from __future__ import annotations

import typer

from backend.cli import (
    asking,
    calibrating,
    checking,
    db,
    demo,
    drawing,
    exporting,
    loading,
    mapping,
    questions,
    reporting,
    review,
    serving,
    suites,
    tracing,
)

app = typer.Typer(
    name="upline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="溯链 Upline：从零包案件上溯到大案，每一步有据可查。 / From a packet case up to the major case, with evidence.",
)
app.add_typer(db.app, name="db", help="数据库 / the database")
app.add_typer(review.app, name="review", help="复核与判断 / judgements")
for family in (
    loading,
    mapping,
    checking,
    asking,
    calibrating,
    tracing,
    suites,
    questions,
    drawing,
    reporting,
    exporting,
    serving,
    demo,
    db,
):
    family.register(app)


def main() -> None:
    """Entry point of the console script."""
    app()


__all__ = ["app", "main"]
