"""Backup and restore of one ``UPLINE_HOME``: the database and everything kept beside it, in one tar file.

The database is dumped while its server is stopped, so that graph, rows, facts and runs in the file belong
together. A restore builds everything aside, checks it against the manifest, and only then changes places;
what was there before stays in a folder of its own. Users, tokens and the audit log are no state to go back to: those
of this home stay. Under a password the file is encrypted; without one it leaves out what opens an installation.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from graph_schema.errors import Busy, EngineError, InputError
from graph_schema.language import Text
from graph_schema.store import address, embedded, jars, java, leases, moves, program, server, settings
from graph_schema.store.places import Places
from graph_schema.store.sealed_file import SealedReader, SealedWriter, check_secret, is_sealed

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "neo4j.dump"


@dataclass(frozen=True)
class Backup:
    """What was written or put back: the file, its bytes, the Neo4j it came from, how many files are in it."""

    file: Path
    size: int
    neo4j: str
    files: int
    before: Path | None = None


def _only_embedded() -> None:
    if address.from_environment() is not None:
        raise InputError(
            Text(
                "已设 NEO4J_URI：请用该服务器自带的 neo4j-admin 备份，并另行备份 UPLINE_HOME "
                "中的文件夹；要备份内置数据库，请取消 NEO4J_URI。",
                "NEO4J_URI is set: back up that server with its own neo4j-admin, and the folders of "
                "UPLINE_HOME besides; unset NEO4J_URI for the embedded database",
            )
        )


def _stopped(places: Places, force: bool) -> None:
    """Stop the server, unless others use it and ``force`` is not given. Call under the start lock."""
    using = [pid for pid in leases.holders(places) if pid != os.getpid()]
    if using and not force:
        pids = ", ".join(map(str, using))
        raise Busy(
            Text(
                f"数据库正被进程 {pids} 使用，请先结束它，或用 --force。",
                f"the database is in use by process {pids}; end it first, or use --force",
            )
        )
    server.stop(places)


def _prepared(places: Places) -> None:
    """Write what the administration tool needs to run on this home."""
    settings.write(places, 0)
    java.write_arguments(places, program.ensure())


def _state_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file kept beside the database as (name in the tar, path)."""
    for top in moves.state(home):
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix != ".lock":
                yield f"home/{path.relative_to(home).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    """Add one file and return its entry of the manifest."""
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        stat = os.fstat(file.fileno())
        info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), 0o600
        tar.addfile(info, file)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": name, "size": info.size, "sha256": digest}


def backup(home: Path, target: Path, *, force: bool = False, secret: str | None = None) -> Backup:
    """Write the state of ``home`` to ``target``, wholly or not at all; the server is stopped meanwhile.

    The file is encrypted under ``secret``; without one, tokens and users are not in it. Raises InputError where
    ``target`` exists or ``secret`` is short, Busy where others use the database and not ``force``.
    """
    _only_embedded()
    if secret is not None:
        check_secret(secret)
    target = target.absolute()
    if target.exists():
        raise InputError(
            Text(
                f"{target} 已存在，请换一个文件名。",
                f"{target} exists already; name a new file",
            )
        )
    if not target.parent.is_dir():
        raise InputError(
            Text(
                f"文件夹 {target.parent} 不存在，请先建立。",
                f"the folder {target.parent} does not exist; make it first",
            )
        )
    places = Places(home)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with embedded.locked(places):
            _stopped(places, force)
            files = _write(places, part, secret)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, jars.load_lock().version, files)


@contextmanager
def _packed(part: Path, secret: str | None) -> Iterator[tarfile.TarFile]:
    """A tar file to be written, encrypted or not, on disk when this ends."""
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        out = file if secret is None else SealedWriter(file, secret)
        with tarfile.open(fileobj=out, mode="w|") as tar:
            yield tar
        if out is not file:
            out.close()
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _packed_before(source: Path, secret: str | None) -> Iterator[tarfile.TarFile]:
    """A tar file to be read from its beginning to its end, encrypted or not."""
    with source.open("rb") as file:
        if not is_sealed(source):
            with tarfile.open(fileobj=file, mode="r|") as tar:
                yield tar
            return
        if secret is None:
            raise InputError(
                Text(
                    f"{source}：备份已加密，请用 --password-file 给出密码。",
                    f"{source}: the backup is encrypted; give its password by --password-file",
                )
            )
        inside = io.BufferedReader(SealedReader(file, secret, str(source)))
        with tarfile.open(fileobj=inside, mode="r|") as tar:
            yield tar
            while inside.read(1 << 20):
                pass  # what stands behind the tar has to be right too


def _write(places: Places, part: Path, secret: str | None) -> int:
    entries: list[dict[str, Any]] = []
    with _packed(part, secret) as tar:
        if (places.data / "databases" / "neo4j").is_dir():
            _prepared(places)
            with tempfile.TemporaryDirectory(dir=places.db, prefix="dump-") as folder:
                java.admin(places, "database", "dump", "neo4j", f"--to-path={java.spelled(Path(folder))}")
                entries.append(_add(tar, DUMP, Path(folder) / DUMP))
        entries += [
            _add(tar, name, path)
            for name, path in _state_files(places.home)
            if secret is not None or name.removeprefix("home/") not in moves.SECRETS
        ]
        body = {
            "format": FORMAT,
            "neo4j": jars.load_lock().version,
            "made_at": int(time.time() * 1000),
            "files": entries,
        }
        text = json.dumps(body, indent=1, ensure_ascii=False).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mtime, info.mode = len(text), int(time.time()), 0o600
        tar.addfile(info, io.BytesIO(text))
    return len(entries)


def _unpack(source: Path, folder: Path, secret: str | None) -> dict[str, Any]:
    """Unpack a backup into ``folder`` and check it against its manifest; return the manifest."""
    found: dict[str, tuple[int, str]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with _packed_before(source, secret) as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isfile() else None
                parts = PurePosixPath(member.name)
                if stream is None or parts.is_absolute() or ".." in parts.parts or "\\" in member.name:
                    raise InputError(
                        Text(
                            f"{source}：{member.name!r} 不属于备份，未作恢复。",
                            f"{source}: {member.name!r} has no place in a backup; nothing was restored",
                        )
                    )
                if member.name == MANIFEST:
                    manifest = json.load(stream)
                    continue
                path = folder.joinpath(*parts.parts)
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(fd, "wb") as out:
                    shutil.copyfileobj(stream, out, 1 << 20)
                with path.open("rb") as written:
                    found[member.name] = (
                        path.stat().st_size,
                        hashlib.file_digest(written, "sha256").hexdigest(),
                    )
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise InputError(
            Text(
                f"{source}：不是完整的备份（{error}），未作恢复。",
                f"{source}: not a whole backup ({error}); nothing was restored",
            )
        ) from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise InputError(
            Text(
                f"{source}：不是 Upline 的备份，或已被截断，未作恢复。",
                f"{source}: no backup of Upline, or cut off; nothing was restored",
            )
        )
    if found != {entry["name"]: (entry["size"], entry["sha256"]) for entry in manifest["files"]}:
        raise InputError(
            Text(
                f"{source}：其中的文件与清单不符，未作恢复。",
                f"{source}: its files do not agree with its manifest; nothing was restored",
            )
        )
    return manifest


def restore(home: Path, source: Path, *, force: bool = False, secret: str | None = None) -> Backup:
    """Put the state in ``source`` in place of the present one, which is kept in ``before-<time>``.

    Users, tokens and the audit log of this home stay; those of the backup come in where there are none.

    Nothing is touched until the new state is complete and checked; a restore cut off after that is finished
    at the next start. Raises InputError for a file that is no whole backup, Busy as ``backup`` does.
    """
    _only_embedded()
    source = source.absolute()
    if not source.is_file():
        raise InputError(Text(f"没有文件 {source}。", f"{source}: no such file"))
    places = Places(home)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    staging, before = home / f"restoring-{stamp}", home / f"before-{stamp}"
    with embedded.locked(places):
        _stopped(places, force)
        try:
            staging.mkdir(mode=0o700)
            manifest = _unpack(source, staging, secret)
            _load(places, staging, manifest)
            moves.plan(places, staging, before)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        moves.finish(places)
    size = source.stat().st_size
    return Backup(
        source, size, manifest["neo4j"], len(manifest["files"]), before if before.is_dir() else None
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _load(places: Places, staging: Path, manifest: dict[str, Any]) -> None:
    """Build the database of the backup aside, as a home of its own under ``staging``."""
    ours = jars.load_lock().version
    if _version(manifest["neo4j"]) > _version(ours):
        raise EngineError(
            Text(
                f"备份来自 Neo4j {manifest['neo4j']}，本程序使用 {ours}，请安装较新的 Upline。",
                f"the backup is of Neo4j {manifest['neo4j']}, this Upline runs {ours}; install the "
                "newer Upline",
            )
        )
    aside = Places(staging)
    aside.db.mkdir(mode=0o700)
    places.db.mkdir(parents=True, exist_ok=True, mode=0o700)
    server.password(places)
    shutil.copy2(places.password, aside.password)
    _prepared(aside)
    if (staging / DUMP).is_file():
        source = f"--from-path={java.spelled(staging)}"
        java.admin(aside, "database", "load", "neo4j", source, "--overwrite-destination=true")
        (staging / DUMP).unlink()
    server.set_password(aside)
