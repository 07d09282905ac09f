"""A file under a password: AES-256-GCM over parts of one megabyte, the key made of the password by scrypt.

It begins with ``MAGIC``, 16 bytes of salt and 7 of nonce; each part is followed by its tag of 16 bytes. The nonce of a
part ends with its number and whether it is the last, so that none can be left out, moved or cut off unseen (STREAM:
Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015).
"""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from Cryptodome.Cipher import AES
from typing_extensions import Buffer

from graph_schema.errors import InputError
from graph_schema.language import Text

if TYPE_CHECKING:
    from Cryptodome.Cipher._mode_gcm import GcmMode

MAGIC = b"UPLINE-SEALED-1\n"
SHORTEST = 12
"""Characters of a password: whoever has the file may try as long as he likes."""
_SALT, _NONCE, _TAG = 16, 7, 16
_PART = 1 << 20


def is_sealed(path: Path) -> bool:
    """Whether a file is one of these."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def check_secret(secret: str) -> None:
    """Raise ``InputError`` for a password that is too short."""
    if len(secret) < SHORTEST:
        raise InputError(
            Text(
                f"备份密码至少 {SHORTEST} 个字符。",
                f"The password of a backup has at least {SHORTEST} characters.",
            )
        )


def _key(secret: str, salt: bytes) -> bytes:
    """A third of a second and 128 MiB for each password somebody tries."""
    text = secret.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=1 << 17, r=8, p=1, maxmem=1 << 28, dklen=32)


def _cipher(key: bytes, head: bytes, number: int, last: bool) -> GcmMode:
    nonce = head[-_NONCE:] + number.to_bytes(4, "big") + bytes([last])
    cipher: GcmMode = AES.new(key, AES.MODE_GCM, nonce=nonce, mac_len=_TAG)
    cipher.update(head)
    return cipher


class SealedWriter(io.RawIOBase):
    """Encrypts what is written to it into ``file``, which stays open; ``close`` writes the last part."""

    def __init__(self, file: io.BufferedIOBase, secret: str) -> None:
        self._file, self._waiting, self._number = file, bytearray(), 0
        salt = os.urandom(_SALT)
        self._head = MAGIC + salt + os.urandom(_NONCE)
        self._key = _key(secret, salt)
        file.write(self._head)

    def writable(self) -> bool:
        """Always true, as ``io`` asks."""
        return True

    def write(self, data: Buffer, /) -> int:
        """Take bytes in; each whole part is sealed and written."""
        self._waiting += data
        while len(self._waiting) > _PART:
            self._seal(bytes(self._waiting[:_PART]), last=False)
            del self._waiting[:_PART]
        return memoryview(data).nbytes

    def _seal(self, part: bytes, *, last: bool) -> None:
        text, tag = _cipher(self._key, self._head, self._number, last).encrypt_and_digest(part)
        self._file.write(text + tag)
        self._number += 1

    def close(self) -> None:
        """Seal what is left, marked as the last part."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()


class SealedReader(io.RawIOBase):
    """What was written into a sealed file, part by part, none before its tag is found right.

    Raises ``InputError`` for a wrong password and for a file that was changed or cut off.
    """

    def __init__(self, file: io.BufferedReader, secret: str, name: str) -> None:
        self._file, self._name, self._number = file, name, 0
        self._head = file.read(len(MAGIC) + _SALT + _NONCE)
        self._key = _key(secret, self._head[len(MAGIC) : -_NONCE])
        self._part, self._last = b"", False

    def readable(self) -> bool:
        """Always true, as ``io`` asks."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if not self._part and not self._last:
            self._open()
        size = min(len(view), len(self._part))
        view[:size] = self._part[:size]
        self._part = self._part[size:]
        return size

    def _open(self) -> None:
        part = self._file.read(_PART + _TAG)
        self._last = not self._file.peek(1)
        cipher = _cipher(self._key, self._head, self._number, self._last)
        try:
            self._part = cipher.decrypt_and_verify(part[:-_TAG], part[-_TAG:])
        except ValueError as error:
            raise InputError(
                Text(
                    f"{self._name}：密码不对，或文件已被改动、截断，未作恢复。",
                    f"{self._name}: the password is wrong, or the file was changed or cut off; nothing was restored",
                )
            ) from error
        self._number += 1
