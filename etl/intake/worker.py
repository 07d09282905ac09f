"""Reads workbooks and documents in a child process, so that a bomb or a broken parser does not end the load.

The child reads a file into the archive just as the loader would, and says over a pipe, one JSON object a line,
how far it is. One child serves many files: starting it takes longer than most of them. The parent watches its
memory and whether it still makes progress, and kills it where it does not; nothing of the file is kept then.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil

from etl.reading.limits import LIMITS, MB, ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.unpacking import Unpacked, unpack
from etl.storage.facts import FileOrigin
from graph_schema.errors import InputError
from graph_schema.language import Text, in_language

_LOOK = 0.1
"""Seconds between two looks at the child's memory."""

_TIRED = 512 * MB
"""A child that still holds so much after a file is replaced by a fresh one."""

Answer = dict[str, Any]


@dataclass
class Child:
    """The process, what it said so far, and the most memory it was seen to hold."""

    process: subprocess.Popen[bytes]
    said: queue.Queue[Answer | None] = field(default_factory=queue.Queue)
    peak: int = 0

    def resident(self) -> int:
        """Bytes in memory now, 0 where it has ended."""
        try:
            held = int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0
        self.peak = max(self.peak, held)
        return held

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Worker:
    """At most one child, started when the first file needs it and replaced when it was killed."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._turn = threading.Lock()

    def keep(
        self,
        home: Path,
        file: Path,
        origin: FileOrigin,
        tick: Callable[[int], None],
        limits: ReadLimits = LIMITS,
    ) -> str:
        """Read one file into the archive under ``home`` and return its kind, as ``Archive.keep`` does.

        Raises ``Unreadable`` where the file is refused, or the child was ended for its memory or for standing
        still; whatever ``tick`` raises ends the child too.
        """
        answer = self._ask(_job(home, file, origin, limits), home, file, origin, tick, limits)
        return str(answer["kind"])

    def look(
        self,
        home: Path,
        file: Path,
        origin: FileOrigin,
        asked: Mapping[str, Any],
        tick: Callable[[int], None],
        limits: ReadLimits = LIMITS,
    ) -> Answer:
        """Look at an unknown file as ``etl.mapping.unknown.look`` does; nothing is kept. Raises as ``keep`` does."""
        job = _job(home, file, origin, limits) | {"look": dict(asked)}
        found: Answer = self._ask(job, home, file, origin, tick, limits)["look"]
        return found

    def unpack(
        self, file: Path, kind: str, folder: Path, password: str | None, limits: ReadLimits = LIMITS
    ) -> list[Unpacked]:
        """Unpack an archive into ``folder`` as ``etl.reading.unpacking`` does; the password goes over the pipe."""
        job = _job(folder, file, FileOrigin(file.name, ""), limits)
        job |= {"unpack": kind, "folder": str(folder), "password": password, "limits": asdict(limits)}
        answer = self._ask(job, folder, file, FileOrigin(file.name, ""), lambda _: None, limits)
        return [Unpacked(**entry) for entry in answer["entries"]]

    def _ask(
        self,
        job: Answer,
        home: Path,
        file: Path,
        origin: FileOrigin,
        tick: Callable[[int], None],
        limits: ReadLimits,
    ) -> Answer:
        with self._turn:
            child = self._child or self._start()
            try:
                size = file.stat().st_size
                assert child.process.stdin is not None
                child.process.stdin.write(json.dumps(job).encode() + b"\n")
                child.process.stdin.flush()
                answer = _wait(child, tick, limits, size)
            except BaseException:
                self.end()
                _clean(home, origin.sha256)
                raise
            if child.resident() > _TIRED:
                self.end()
        if "full" in answer:
            from graph_schema.store import room

            raise room.full(answer["full"])
        if "wrong" in answer:
            raise InputError(Text(*answer["wrong"]))
        if "reason" in answer:
            raise Unreadable.told(answer["reason"], answer["zh"], answer["en"])
        return answer

    def _start(self) -> Child:
        root = str(Path(__file__).resolve().parents[2])
        env = os.environ | {"PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])}
        process = subprocess.Popen(
            [sys.executable, "-m", "etl.intake.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
        )
        child = self._child = Child(process)
        assert process.stdout is not None
        threading.Thread(target=_listen, args=(process.stdout, child.said), daemon=True).start()
        return child

    @property
    def peak(self) -> int:
        """The most memory the present child was seen to hold."""
        return self._child.peak if self._child else 0

    def end(self) -> None:
        """End the child; the next file starts another."""
        if self._child is not None:
            self._child.end()
            self._child = None


WORKER = Worker()
atexit.register(WORKER.end)


def _job(home: Path, file: Path, origin: FileOrigin, limits: ReadLimits) -> dict[str, Any]:
    return {
        "home": str(home.resolve()),
        "file": str(file.resolve()),
        "path": origin.path,
        "sha256": origin.sha256,
        "case_no": origin.case_no,
        "entry": origin.entry,
        "password": origin.password,
        "beside": {name: str(path.resolve()) for name, path in origin.beside.items()},
        "memory": limits.memory(file.stat().st_size),
    }


def _listen(pipe: IO[bytes], said: queue.Queue[Answer | None]) -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in pipe:
            said.put(json.loads(line))
    said.put(None)


def _wait(child: Child, tick: Callable[[int], None], limits: ReadLimits, size: int) -> Answer:
    """The answer that ends a job; meanwhile progress is passed on and the child is watched."""
    stall, memory = limits.worker_stall + size / MB, limits.memory(size)
    rows, moved = 0, time.monotonic()
    while True:
        try:
            answer = child.said.get(timeout=_LOOK)
        except queue.Empty:
            tick(rows)
        else:
            if answer is None:
                ended = child.process.wait()
                if (
                    child.peak > memory // 2
                ):  # a library that gets no more memory ends its process without a word
                    raise Unreadable("reader_memory", limit=memory >> 20)
                raise Unreadable("reader_died", detail=ended)
            if "rows" not in answer:
                return answer
            rows, moved = int(answer["rows"]), time.monotonic()
            tick(rows)
        if child.resident() > memory:
            raise Unreadable("reader_memory", limit=memory >> 20)
        if time.monotonic() - moved > stall:
            raise Unreadable("reader_stalled", limit=round(stall))


def _clean(home: Path, sha256: str) -> None:
    """Take away what a killed child left half written."""
    if not sha256:
        return
    from etl.storage.archive import forget_part

    forget_part(home, sha256)


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """The child: one job after the other until the parent closes the pipe."""
    from etl.intake.opening import opened
    from etl.mapping.unknown import MappingChoices, look
    from etl.storage.archive import Archive

    archives: dict[str, Archive] = {}

    def say(answer: Answer) -> None:
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()

    def kept(job: Answer) -> Answer:
        file = Path(job["file"])
        _bound_memory(job["memory"] + 8 * file.stat().st_size)
        if "unpack" in job:
            return {"entries": _unpack(job, file, say)}
        beside = {name: Path(path) for name, path in job["beside"].items()}
        origin = FileOrigin(job["path"], job["sha256"], job["case_no"], beside, job["entry"], job["password"])
        # what belongs to a home (saved mappings) is looked up in that of the job, whatever home this started in
        os.environ["UPLINE_HOME"] = job["home"]
        if "look" in job:
            return {"look": look(file, origin, MappingChoices(**job["look"]), lambda n: say({"rows": n}))}
        archive = archives.get(job["home"]) or archives.setdefault(job["home"], Archive(Path(job["home"])))

        def tick(rows: int) -> None:
            say({"rows": rows})

        sheets = opened(file, origin, tick)
        return {"kind": archive.keep(job["sha256"], job["path"], sheets, tick)}

    for line in jobs:
        job = json.loads(line)
        try:
            say(kept(job))
        except Exception as error:
            say(_failure(error, job["memory"]))


def _failure(error: Exception, memory: int) -> Answer:
    """What the parent is told of an error; ``memory`` is the bound the child had, bytes."""
    if isinstance(error, Unreadable):
        return _refusal(error)
    if isinstance(error, InputError):
        return {"wrong": [in_language(error.text, each) for each in ("zh", "en")]}
    if isinstance(error, MemoryError):
        return _refusal(Unreadable("reader_memory", limit=memory >> 20))
    from graph_schema.store import room  # only here: a child that reads needs no database driver

    if room.is_full(error):
        return {"full": str(error)}
    if isinstance(error, OSError):  # a stick that was pulled out, a network drive that went away
        return _refusal(Unreadable("unreadable", detail=error.strerror or error))
    # A reader's own fault: the other files still load, and the fault is told, not swallowed.
    sys.excepthook(type(error), error, error.__traceback__)
    return _refusal(Unreadable("reader_failed", detail=f"{type(error).__name__}: {error}"[:200]))


def _refusal(error: Unreadable) -> Answer:
    return {"reason": error.reason, "zh": error.zh, "en": error.en}


def _unpack(job: Answer, file: Path, say: Callable[[Answer], None]) -> list[Answer]:
    """Unpack an archive; that it goes on is said at most twice a second."""
    last = [time.monotonic()]

    def tick(entries: int) -> None:
        if time.monotonic() - last[0] > 0.5:
            last[0] = time.monotonic()
            say({"rows": entries})

    limits = ReadLimits(**job["limits"])
    found = unpack(file, job["unpack"], Path(job["folder"]), job["password"], limits, tick)
    return [asdict(entry) for entry in found]


def _bound_memory(more: int) -> None:
    """Bound what may be allocated from here on, so that one huge allocation fails at once (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = int(psutil.Process().memory_info().vms) + more
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


@contextlib.contextmanager
def _own_output() -> Iterator[IO[bytes]]:
    """The pipe to the parent; whatever a library prints goes to the error output instead."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        yield answers


if __name__ == "__main__":
    with _own_output() as out:
        serve(sys.stdin.buffer, out)
