"""What an administrator looks after: rules, dictionaries, how long files may be used, users."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal, cast

from backend.analysis.model.parameters import Parameter, default_parameters
from backend.answers.shape import at_text, time_text
from backend.answers.signals import signal_words
from backend.contract import administration as contract
from backend.security.audited import audited
from backend.security.rights import ROLES, shown_path
from backend.security.users import User, UserChange, Users
from etl.storage.compartments import declare, declared
from graph_schema import beijing
from graph_schema.dictionaries import load, version
from graph_schema.dictionaries.loader import DictionaryEntry, names
from graph_schema.dictionaries.own import add_entry, columns, remove_entry
from graph_schema.home import upline_home
from graph_schema.store import Store, Viewer

LAWS = "tiers"


@audited("rules")
def rules(store: Store, viewer: Viewer) -> contract.Rules:
    """The weights of "A supplies B", the parameters of the analysis and the legal quantities in force, each with its reason or
    source.
    """
    weights, parameters = signal_words(), default_parameters()
    return {
        "version": weights["version"],
        "dictionaries": version(),
        "weights": weights["signals"],
        "parameters_version": parameters.version,
        "parameters": [_parameter(each) for each in parameters.entries.values()],
        "tiers": [_entry(entry) for entry in load(LAWS)],
    }


@audited("dictionaries")
def dictionaries(store: Store, viewer: Viewer) -> contract.Dictionaries:
    """All dictionaries with how many rows are shipped and how many are the site's own."""
    found: list[contract.DictionaryNamed] = []
    for name in names():
        entries = load(name)
        own = sum(entry.site for entry in entries)
        found.append({"name": name, "shipped": len(entries) - own, "own": own, "columns": columns(name)})
    return {"dictionaries": found, "version": version()}


@audited("dictionary", "name")
def dictionary(
    store: Store, viewer: Viewer, name: str, *, text: str = "", limit: int | None = None, skip: int = 0
) -> contract.DictionaryFound:
    """Rows of a dictionary, the site's own first; ``text`` keeps those that hold it. Raises ``NotFound``."""
    heading = columns(name)
    rows = [_entry(entry) for entry in load(name)]
    kept = [row for row in rows if not text or any(text in str(value) for value in row["cells"].values())]
    kept.sort(key=lambda row: not row["own"])
    end = len(kept) if limit is None else skip + limit
    return {"entries": kept[skip:end], "columns": heading, "total": len(kept), "run": None}


@audited("dictionary.add", "name", changes=True)
def add_to_dictionary(store: Store, viewer: Viewer, name: str, cells: Mapping[str, str]) -> contract.OneRow:
    """Add a row of the site's own; it counts from the next load or run."""
    return {"entry": _entry(add_entry(name, cells))}


@audited("dictionary.remove", "name", changes=True)
def remove_from_dictionary(store: Store, viewer: Viewer, name: str, entry_id: str) -> contract.Removed:
    """Take a row of the site's own out again."""
    remove_entry(name, entry_id)
    return {"removed": entry_id}


@audited("retention")
def retention(store: Store, viewer: Viewer) -> contract.Retention:
    """Files with the day until which they may be used, the nearest first; ``days_left`` below 0 is over.

    Nothing is taken out by itself: that would take evidence from under a case. Whoever is responsible unloads it.
    """
    today = beijing.now().date()
    files: list[contract.FileKept] = []
    for row in store.read(viewer, "load.sources", timeout=60.0):
        until = time_text(row["use_until"])
        left = (dt.date.fromisoformat(until[:10]) - today).days if until else None
        files.append(
            {
                "sha256": row["sha256"],
                "path": shown_path(viewer, row["path"]),
                "load": row["load"],
                "basis": row["basis"],
                "purpose": row["purpose"],
                "unit": row["unit"],
                "loaded_at": time_text(row["loaded_at"]),
                "use_until": until,
                "days_left": left,
            }
        )
    files.sort(key=lambda file: (file["days_left"] is None, file["days_left"] or 0, file["path"]))
    return {"files": files, "total": len(files)}


@audited("users")
def users(store: Store, viewer: Viewer) -> contract.Users:
    """Everybody who was ever given a name here, ended ones too; never a token."""
    found = [_user(each) for each in _users().all()]
    return {"users": found, "roles": [cast(contract.UserRole, each) for each in ROLES], "total": len(found)}


@audited("user.add", "name", changes=True)
def add_user(store: Store, viewer: Viewer, name: str, role: str, *, shown: str = "") -> contract.OneUser:
    """Make a user, or propose him; ``code`` is in this answer only. Raises ``InputError``, ``Conflict``."""
    return _done(_users().add(name, role, by=viewer.user, shown=shown))


@audited("user.role", "name", changes=True)
def change_role(store: Store, viewer: Viewer, name: str, role: str) -> contract.OneUser:
    """Give a user another role, from his next request on, or propose it.

    Raises ``NotFound``, ``InputError``, ``Forbidden``, ``Conflict``.
    """
    return _done(_users().change_role(name, role, by=viewer.user))


@audited("user.compartments", "name", changes=True)
def change_compartments(
    store: Store, viewer: Viewer, name: str, compartments: Sequence[str]
) -> contract.OneUser:
    """Set the compartments a user may know of, from his next request on.

    Raises ``InputError`` for one that is not declared, ``NotFound``, ``Forbidden``.
    """
    return _done(_users().change_compartments(name, compartments, by=viewer.user))


@audited("compartments")
def compartments(store: Store, viewer: Viewer) -> contract.Compartments:
    """The declared compartments."""
    return {"compartments": [*declared(upline_home())]}


@audited("compartment.add", "name", changes=True)
def add_compartment(store: Store, viewer: Viewer, name: str) -> contract.Compartments:
    """Declare a compartment: from the next request on, who is not in it sees a graph of his own, and only reads.

    Raises ``InputError``, ``Conflict``.
    """
    return {"compartments": [*declare(upline_home(), [name], by=viewer.user)]}


@audited("user.renew", "name", changes=True)
def renew_user(store: Store, viewer: Viewer, name: str) -> contract.OneUser:
    """Give a user a new one-time code; his password, token and sessions end. Raises ``NotFound``, ``Forbidden``."""
    return _done(_users().renew(name, by=viewer.user))


@audited("user.confirm", "name", changes=True)
def confirm_user(store: Store, viewer: Viewer, name: str) -> contract.OneUser:
    """Carry out what another proposed for a user. Raises ``NotFound``, ``Forbidden``."""
    return _done(_users().confirm(name, by=viewer.user), half=True)


@audited("user.refuse", "name", changes=True)
def refuse_user(store: Store, viewer: Viewer, name: str) -> contract.OneUser:
    """Drop what was proposed for a user. Raises ``NotFound``, ``Forbidden``."""
    return _done(_users().refuse(name, by=viewer.user))


@audited("user.end", "name", changes=True)
def end_user(store: Store, viewer: Viewer, name: str) -> contract.OneUser:
    """Let a user sign in no more. Raises ``NotFound``, ``Forbidden``."""
    return _done(_users().end(name, by=viewer.user))


def _users() -> Users:
    return Users(upline_home())


def _done(done: UserChange, half: bool = False) -> contract.OneUser:
    code = done.code or None
    return {"user": _user(done.user), "code": code, "half": half or bool(code and done.user.waiting)}


def _user(user: User) -> contract.UserShown:
    waiting = user.waiting
    return {
        "name": user.name,
        "shown": user.shown,
        "role": cast(contract.UserRole, user.role),
        "made_by": user.made_by,
        "made_at": at_text(user.made_at),
        "ended_at": time_text(user.ended_at),
        "ready": user.in_use and user.can_sign_in,
        "compartments": [*user.compartments],
        "waiting": {
            "what": cast(Literal["add", "role", "renew"], waiting.what),
            "role": cast(contract.UserRole, waiting.role),
            "by": waiting.by,
            "at": at_text(waiting.at),
        }
        if waiting
        else None,
    }


def _entry(entry: DictionaryEntry) -> contract.DictionaryRow:
    cells = {
        "id": entry.id,
        "value": entry.value,
        "meaning": entry.meaning,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "source": entry.source,
        "verified": entry.verified,
        "note": entry.note,
        **entry.extra,
    }
    return {"cells": cells, "own": entry.site}


def _parameter(parameter: Parameter) -> contract.Parameter:
    value = parameter.value
    return {
        "name": parameter.name,
        "value": list(value) if isinstance(value, tuple) else value,
        "unit": {"zh": parameter.unit["zh"], "en": parameter.unit["en"]},
        "reason": {"zh": parameter.reason["zh"], "en": parameter.reason["en"]},
        "source": {"zh": parameter.source["zh"], "en": parameter.source["en"]},
    }
