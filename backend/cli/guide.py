"""``upline --help``: commands grouped by what somebody wants to do, in the language of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typer import Context
from typer.core import TyperGroup

from graph_schema.language import told

FAMILIES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("导入数据", "Load data"): (
        "load",
        "loads",
        "unload",
        "checks",
        "map",
        "mappings",
        "add",
        "templates",
    ),
    ("研判", "Analyse"): ("analyse", "calibrate"),
    ("查询人员和案件", "Find people and cases"): (
        "search",
        "person",
        "persons",
        "case",
        "coverage",
        "tier",
        "calls",
        "money",
    ),
    ("上溯：供货、团伙、链条", "Trace upward: supplies, gangs, chains"): (
        "chains",
        "chain",
        "supplies",
        "buyers",
        "dealings",
        "gangs",
        "gang",
        "measures",
        "series",
        "path",
        "trace",
        "patterns",
    ),
    ("说明依据", "Explain"): ("explain", "evidence"),
    ("复核和判断", "Decide"): ("review",),
    ("全区业务", "The district"): (
        "clues",
        "risk",
        "chemicals",
        "drivers",
        "care",
        "water",
        "figures",
        "tasks",
    ),
    ("关注和线索", "Watch"): ("watch", "leads"),
    ("报告和导出", "Report and export"): ("report", "draw", "export"),
    ("系统管理", "Look after the system"): (
        "serve",
        "users",
        "compartments",
        "audit",
        "db",
        "doctor",
        "rebuild",
        "verify",
        "bundle",
        "demo",
    ),
}
"""Headings of the help with their commands, in the order shown."""

_OF = {name: heading for heading, names in FAMILIES.items() for name in names}
_ORDER = {name: place for place, name in enumerate(_OF)}


class Guide(TyperGroup):
    """The main command: its commands by family, every text in one language."""

    def __init__(self, **settings: Any) -> None:  # as Typer gives them
        super().__init__(**settings)
        self.commands = dict(sorted(self.commands.items(), key=lambda each: _ORDER.get(each[0], len(_ORDER))))
        for name, command in self.commands.items():
            if name in _OF:
                command.rich_help_panel = told(*_OF[name])  # type: ignore[attr-defined]
        _in_one_language(self)


def _half(help_text: str) -> str:
    """The half of a help text the terminal speaks: it is written "Chinese / English", or the same for both."""
    zh, slash, en = help_text.partition(" / ")
    return told(zh, en) if slash else help_text


def _in_one_language(command: Any) -> None:  # a command of Click, or a parameter of one
    """Choose the language of a command's help, of its parameters' and of all its own commands'."""
    for text in ("help", "short_help"):
        if getattr(command, text, None):
            setattr(command, text, _half(getattr(command, text)))
    asked_for = command.get_help_option(Context(command))
    asked_for.help = told("显示帮助", "show this help")
    for parameter in (*command.params, asked_for):
        if getattr(parameter, "help", None):
            parameter.help = _half(parameter.help)
        kind = ("参数", "Arguments") if parameter.param_type_name == "argument" else ("选项", "Options")
        parameter.rich_help_panel = parameter.rich_help_panel or told(*kind)
    for each in getattr(command, "commands", {}).values():
        each.rich_help_panel = each.rich_help_panel or told("命令", "Commands")
        _in_one_language(each)
