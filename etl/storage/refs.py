"""Node references (``Label:key``) taken apart again."""

from __future__ import annotations

import re
from typing import Any

_SCOPED = re.compile(r"@[0-9a-f]{12}$")


def label_of(ref: str) -> str:
    return ref.split(":", 1)[0]


def key_of(ref: str) -> str:
    """The value of the label's key property."""
    return ref.split(":", 1)[1]


def bare(ref: str) -> str:
    """The number as people write it: no label, no account kind, no scope of an unverified one."""
    text = key_of(ref)
    if label_of(ref) == "Account":
        text = text.split(":", 1)[1]
    return _SCOPED.sub("", text)


def is_verified(ref: str) -> bool:
    """False for a masked or malformed identifier, which is scoped to its file and merges with nothing."""
    return _SCOPED.search(ref) is None


def identifier_props(ref: str) -> dict[str, Any]:
    """Properties that follow from the reference alone."""
    label = label_of(ref)
    props: dict[str, Any] = {}
    if label == "Account":
        kind = key_of(ref).split(":", 1)[0]
        props = {"kind": kind, "number": bare(ref)}
        if kind == "shop":
            props["platform"] = True
    if label in {"Account", "Phone", "ResidentId", "Sim", "Device", "Vehicle", "Company", "Parcel"}:
        verified = is_verified(ref)
        props["verified"] = verified
        if not verified:
            props["raw"] = bare(ref)
        elif label == "Vehicle":
            props["plate"], _, props["plate_kind"] = key_of(ref).rpartition("|")
    return props
