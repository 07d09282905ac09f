"""What kinds of identifiers a person holds, read from the references (``Label:key``)."""

from __future__ import annotations

import re

import numpy as np

from backend.analysis.model.facts import Facts
from graph_schema.arrays import Bools

UNVERIFIED = re.compile(r"@[0-9a-f]{12}$")
"""Ends the reference of an identifier that could not be verified and stands for its own file only."""


def is_askable(ref: str) -> bool:
    """Whether a return can be requested: a verified identifier (an unverified one is masked, damaged or just a name)."""
    return UNVERIFIED.search(ref) is None


def phoneless(facts: Facts) -> Bools:
    """Persons of whom no phone is known."""
    return ~_holding(facts, "Phone:")


def known_accounts(facts: Facts) -> Bools:
    """Persons of whom an account is known."""
    return _holding(facts, "Account:")


def bare_phones(facts: Facts) -> Bools:
    """Persons known by phones only: no account, no identity, and no return requested."""
    return _holding(facts, "Phone:") & ~_holding(facts, "Account:", "ResidentId:") & ~facts.asked


def kinds(refs: list[str]) -> set[str]:
    """Kinds of identifier (phone, wallet of one provider, card, resident id) of which a person seldom has two under one name."""
    parts = (ref.split(":") for ref in refs)
    return {":".join(part[:2]) if part[0] == "Account" else part[0] for part in parts}


def one_number(refs: list[str]) -> bool:
    """Exactly one number, and at most its card, its handset and whom it is registered to."""
    return numbers_only(refs) and sum(ref.startswith("Phone:") for ref in refs) == 1


def numbers_only(refs: list[str]) -> bool:
    """Numbers, and at most their cards, their handsets and whom they are registered to."""
    held = kinds(refs)
    return "Phone" in held and held <= {"Phone", "Sim", "Device", "ResidentId"}


def known_by_account(refs: list[str]) -> bool:
    """An account of his is known."""
    return any(ref.startswith("Account:") for ref in refs)


def _holding(facts: Facts, *starts: str) -> Bools:
    """Persons with an identifier that begins so."""
    owner = np.repeat(np.arange(len(facts.refs)), [len(refs) for refs in facts.refs])
    begins = [ref.startswith(starts) for refs in facts.refs for ref in refs]
    found = np.zeros(len(facts.refs), dtype=np.bool_)
    found[owner[np.array(begins, dtype=np.bool_)]] = True
    return found
