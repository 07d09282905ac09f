"""The second factor: a number that changes every 30 seconds, made by an app on another device (TOTP, RFC 6238).

Where ``UPLINE_SECOND_FACTOR`` is 1, chiefs and administrators need one: without it they may do nothing but set it up. Who
has set one up is always asked for it. A number opens once.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
import struct
import time
from hashlib import sha1
from urllib.parse import quote

from backend.security.users import DOUBLE, User

STEP_SECONDS = 30
DIGITS = 6
_AROUND = (0, -1, 1)
"""Steps by which the clock of the other device may differ (RFC 6238, section 5.2)."""
_BYTES = 20
"""Of a secret: as long as the digest (RFC 4226, section 4)."""


def required(role: str) -> bool:
    """Whether the site demands a second factor of this role."""
    return os.environ.get("UPLINE_SECOND_FACTOR") == "1" and role in DOUBLE


def lacking(user: User) -> bool:
    """Whether a user has to set one up before he may do anything else."""
    return required(user.role) and not user.factor


def new_secret() -> str:
    """A secret of 160 bits, in the base32 such apps take."""
    return base64.b32encode(secrets.token_bytes(_BYTES)).decode("ascii")


def address(secret: str, name: str) -> str:
    """What an app reads from a QR code, or from a link on the same device."""
    return f"otpauth://totp/Upline:{quote(name)}?secret={secret}&issuer=Upline&digits={DIGITS}&period={STEP_SECONDS}"


def number_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The number of a step of 30 seconds since 1970 (RFC 4226, section 5.3)."""
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), sha1)
    at = mac[-1] & 15
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def accepted(secret: str, number: str, after: int) -> int | None:
    """The step whose number this is, None where it is wrong or no later than ``after``, the last one that was used."""
    typed = "".join(number.split()).encode("utf-8", "surrogatepass")
    now = int(time.time()) // STEP_SECONDS
    steps = [now + away for away in _AROUND if now + away > after]
    right = [step for step in steps if hmac.compare_digest(number_at(secret, step).encode(), typed)]
    return right[0] if secret and right else None
