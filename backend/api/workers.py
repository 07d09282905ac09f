"""The processes heavy requests are answered in: a few, kept warm, ended in the middle of one where need be.

Python cannot end a thread. A process can be ended at any moment, takes its memory and its queries along, and leaves
the service's own threads to look-ups.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import psutil

from backend.api.errands import Answer, Errand, get, put
from graph_schema.errors import UplineError
from graph_schema.language import Text

WORKERS = 3
"""Processes at least: two for one user, one left for others. UPLINE_WORKERS sets another number."""
_TIRED = 1 << 30
"""Bytes of memory beyond which a process is replaced after its errand."""
_PROGRAM = (sys.executable, "-m", "backend.api.worker")


class WorkerEnded(UplineError):
    """The process ended before it answered: killed on purpose, or for its memory."""

    code = "E-INTERNAL"


def how_many() -> int:
    """Workers of this machine: one for each two cores, from three to eight, unless UPLINE_WORKERS says."""
    told = os.environ.get("UPLINE_WORKERS", "")
    return max(1, int(told)) if told.isdigit() else min(8, max(WORKERS, (os.cpu_count() or 1) // 2))


class Worker:
    """One process and its two pipes; one errand at a time."""

    def __init__(self, home: Path, program: Sequence[str]) -> None:
        root = str(Path(__file__).resolve().parents[2])
        search = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"UPLINE_HOME": str(home), "PYTHONPATH": search},
            start_new_session=os.name != "nt",  # Ctrl+C is for the service, which then ends its workers
        )

    def ask(self, errand: Errand) -> Answer:
        """Wait for the answer. Raises ``WorkerEnded`` where the process ends instead."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError):  # a closed pipe
            put(self.process.stdin, errand)
            if isinstance(answer := get(self.process.stdout), Answer):
                return answer
        raise WorkerEnded(
            Text("计算进程意外结束，请重试。", "The process that computed this ended; try again.")
        )

    def fit(self) -> bool:
        """Whether it may take another errand: it lives, and has not grown too large."""
        try:
            resident = psutil.Process(self.process.pid).memory_info().rss
        except psutil.Error:
            return False
        return self.process.poll() is None and resident < _TIRED

    def end(self) -> None:
        """Kill it, whatever it is doing; a thread that waits for its answer is told."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """Kill it and close its pipes; only where no thread waits for it."""
        self.end()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class Workers:
    """All workers of a service. As many are started as turns are given; idle ones wait for the next errand."""

    def __init__(self, home: Path, program: Sequence[str] = _PROGRAM) -> None:
        self.count = how_many()
        self._home, self._program = home, program
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def start(self) -> None:
        """Have one ready, so that the first who needs it does not wait for its start."""
        with self._lock:
            if not self._idle and not self._stopped:
                self._idle.append(Worker(self._home, self._program))

    def take(self) -> Worker:
        """A worker that is free, or a new one."""
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.fit():
                    break
                worker.close()
            else:
                worker = Worker(self._home, self._program)
            self._busy.add(worker)
        return worker

    def give(self, worker: Worker) -> None:
        """Take a worker back after its errand; one that has ended or is tired is replaced."""
        with self._lock:
            self._busy.discard(worker)
            fit = worker.fit() and not self._stopped
            if fit:
                self._idle.append(worker)
        if not fit:
            worker.close()
            self.start()

    def stop(self) -> None:
        """End all."""
        with self._lock:
            self._stopped = True
            for worker in self._busy:
                worker.end()
            while self._idle:
                self._idle.pop().close()
