"""From what a cell says to the node it means: one reference, or a whole column of them at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from graph_schema.dictionaries import plate_kind_code
from graph_schema.identifiers import (
    alipay,
    bank_card,
    case_no,
    imei,
    imsi,
    phone,
    plate,
    resident_id,
    uscc,
    waybill,
    wechat,
)
from graph_schema.identifiers.common import (
    InvalidIdentifier,
    bad_shape,
    clean,
    is_blank,
    is_filler,
    refuse_float,
)


class Reference(NamedTuple):
    """A node reference ``Label:key``; ``raw`` is the cell as read, ``problem`` says why it is not verified.

    ``problem`` is float, masked, partial, shape, check or date. An unverified reference carries the scope it was
    met in, so that it never merges with anything of another file.
    """

    ref: str
    verified: bool
    raw: str
    problem: str | None = None

    @property
    def lone(self) -> bool:
        """True where equal cells may mean different things: digits were lost, or not all of it was read."""
        return self.problem in {"float", "partial"}


_QQ = re.compile(r"^[1-9]\d{4,11}$", re.ASCII)
_TELEGRAM = re.compile(r"^(?:[a-z][a-z0-9_]{3,31}|(?:user|channel)?\d{5,15})$", re.ASCII)


def _card(raw: str) -> str:
    """A card or account number; banks also write wallet ids into the column of the other side's account."""
    if alipay.is_user_id(raw):
        return _alipay(raw)
    if wechat.is_internal(raw) or raw.strip().endswith("@wx.tenpay.com"):
        return _wechat(raw)
    try:
        return "card:" + bank_card.validate(raw)
    except InvalidIdentifier:
        return "bank:" + bank_card.validate_account(raw)


def _wechat(raw: str) -> str:
    try:
        return "wechat:" + wechat.validate(raw)
    except InvalidIdentifier:
        return "tenpay:" + wechat.validate_wallet(raw)


def _alipay(raw: str) -> str:
    return "alipay:" + alipay.validate(raw)


def _qq(raw: str) -> str:
    refuse_float("qq", raw)
    text = clean(raw).replace(" ", "").lower().removesuffix("@qq.com")
    if not _QQ.match(text):
        raise bad_shape("qq", text)
    return "qq:" + text


def _telegram(raw: str) -> str:
    refuse_float("telegram", raw)
    text = clean(raw).replace(" ", "").lower()
    text = text.removeprefix("https://").removeprefix("t.me/").removeprefix("@")
    if not _TELEGRAM.match(text):
        raise bad_shape("telegram", text)
    return "telegram:" + text


def _shop(raw: str) -> str:
    refuse_float("shop", raw)
    text = clean(raw)
    if "*" in text:
        raise bad_shape("shop", text)
    return "shop:" + text


def _plate(raw: str) -> str:
    """``plate`` or ``plate|kind code``; a new-energy plate proves its kind itself."""
    number, _, kind = raw.partition("|")
    valid = plate.validate(number)
    return f"{valid}|{plate_kind_code(kind) or kind.strip() or plate.kind_code(valid)}"


_KINDS: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "resident_id": ("ResidentId", "", resident_id.validate),
    "phone": ("Phone", "", phone.validate),
    "card": ("Account", "card:", _card),
    "wechat": ("Account", "wechat:", _wechat),
    "alipay": ("Account", "alipay:", _alipay),
    "qq": ("Account", "qq:", _qq),
    "telegram": ("Account", "telegram:", _telegram),
    "shop": ("Account", "shop:", _shop),
    "imsi": ("Sim", "", imsi.validate),
    "imei": ("Device", "", imei.handset),
    "plate": ("Vehicle", "", _plate),
    "uscc": ("Company", "", uscc.validate),
    "waybill": ("Parcel", "", waybill.validate),
    "case": ("Case", "", case_no.validate),
}
KINDS = tuple(_KINDS)


def reference(kind: str, raw: str, scope: str = "") -> Reference:
    """Return the node a non-blank cell means.

    ``scope`` is the first 12 digits of the file's SHA-256; it becomes part of an unverified reference.
    """
    label, prefix, key = _KINDS[kind]
    try:
        return Reference(f"{label}:{key(raw)}", True, raw)
    except InvalidIdentifier as error:
        return Reference(f"{label}:{prefix}{clean(raw)}@{scope}", False, raw, error.reason)


class _Column(dict[str | None, Reference | None]):
    """The references of one column so far: each distinct value is worked out once."""

    def __init__(self, kind: str, scope: str) -> None:
        super().__init__({None: None})
        self._kind, self._scope = kind, scope
        self._mobiles = phone.MOBILE.match if kind == "phone" else None

    def __missing__(self, raw: str | None) -> Reference | None:
        found: Reference | None
        if raw is None:
            found = None
        elif self._mobiles is not None and self._mobiles(raw) and not raw.endswith("00000000"):
            # as Reference(…) does, in half of its time: columns of calls have millions of numbers
            found = tuple.__new__(Reference, ("Phone:+86" + raw, True, raw, None))
        elif is_blank(raw) or is_filler(self._kind, raw.partition("|")[0]):
            found = None
        else:
            found = reference(self._kind, raw, self._scope)
        self[raw] = found
        return found


def references(kind: str, values: Iterable[str | None], scope: str = "") -> list[Reference | None]:
    """Return the references of a column; None for a blank cell and for what only fills its place."""
    return list(map(_Column(kind, scope).__getitem__, values))


def split(ref: str) -> tuple[str, str]:
    """Return label and key of a node reference."""
    label, _, key = ref.partition(":")
    return label, key
