"""Which graph a request is answered from: the one of all files, or the one of the files its caller may see.

The choice follows from the caller's compartments as they are now, and from nothing that is hidden from him: who lacks a
declared compartment has a graph of his own whether or not any file bears it. Until that is made he gets no answer at all.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

from backend.district.derived import derive
from backend.runs.visible import Visible, connect, drop_others, prepare, stands, visible
from backend.security.users import Users
from etl.writing.load import Progress
from graph_schema.errors import Busy, UplineError
from graph_schema.language import Text
from graph_schema.store import LOCAL, Store, Viewer, embedded

log = logging.getLogger("upline.graphs")

OPEN = 2
"""Such graphs kept open; beyond these the one not asked for longest is closed."""
IN_USE = 120.0
"""Seconds after a question in which its graph is not closed: no look-up takes longer, and a worker holds the database
for itself."""
_STAGES = {
    "writing": ("写入", "writing"),
    "reading": ("读取", "reading"),
    "computing": ("研判", "analysing"),
    "publishing": ("发布", "publishing"),
    "failed": (
        "上次未成功，正在重试；如持续出现，请联系系统管理员",
        "the last try failed, trying again; ask the administrator if it goes on",
    ),
}


class OwnGraphs:
    """The graphs of sets of files a process has open; one that ``makes`` them makes what is lacking, one at a time."""

    def __init__(self, makes: bool = True) -> None:
        self._makes = makes
        self._stores: OrderedDict[str, Store] = OrderedDict()
        self._seen: dict[frozenset[str], tuple[Hashable, Visible]] = {}
        self._lock = threading.Lock()
        self._making: threading.Thread | None = None
        self._at: tuple[str, Progress] | None = None  # which graph is being made, and how far that is
        self._asked_at: dict[str, float] = {}

    def store(self, now: Store, viewer: Viewer) -> Store:
        """The store to answer a viewer from. Raises ``Busy`` until his graph is made."""
        if viewer.compartments is None:
            return now
        seen = self._visible(now, viewer.compartments)
        with self._lock:
            if not stands(now.home, seen):
                if known := self._stores.pop(seen.name, None):
                    self._end(known)
                self._make(now, seen)
                raise Busy(self._told(seen.name))
            if seen.name not in self._stores:
                self._close_idle()
                self._stores[seen.name] = connect(now.home, seen)
            self._stores.move_to_end(seen.name)
            self._asked_at[seen.name] = time.monotonic()
            return self._stores[seen.name]

    def _close_idle(self) -> None:
        """Make room for one more graph, as far as others are not in use."""
        for name in list(self._stores):
            if len(self._stores) < OPEN:
                return
            if time.monotonic() - self._asked_at[name] > IN_USE:
                self._end(self._stores.pop(name))

    def _visible(self, now: Store, compartments: frozenset[str]) -> Visible:
        """The files somebody may see; asked anew after every load and unload."""
        history = now.read(LOCAL, "load.history", timeout=60.0)
        state = tuple((row["load"], row["action"], row["state"], row["finished_at"]) for row in history)
        known = self._seen.get(compartments)
        if known is None or known[0] != state:
            known = self._seen[compartments] = (state, visible(now, compartments))
        return known[1]

    def _make(self, now: Store, seen: Visible) -> None:
        """Begin to make a graph, unless one is being made: who comes again finds out."""
        if not self._makes or (self._making is not None and self._making.is_alive()):
            return
        self._making = threading.Thread(target=self._made, args=(now, seen), name="upline-graph", daemon=True)
        self._making.start()

    def _made(self, now: Store, seen: Visible) -> None:
        try:
            drop_others(now.home, self._wanted(now))
            self._at = None
            prepare(now, seen, lambda progress: self._note(seen.name, progress), derive)
            self._at = None
        except Exception as error:  # tried again when it is asked for again
            self._note(seen.name, Progress("failed", 0, 0))
            log.error(
                "graph of some files: %s", error.code if isinstance(error, UplineError) else type(error)
            )

    def _wanted(self, now: Store) -> set[str]:
        """The names of the graphs somebody in use needs."""
        users = Users(now.home)
        sets = {users.seen_by(user) for user in users.all() if user.in_use}
        return {visible(now, each).name for each in sets if each is not None}

    def _note(self, name: str, progress: Progress) -> None:
        self._at = name, progress

    def _told(self, name: str) -> Text:
        """How far the graph of that name is: how far another is tells of files its asker may not see."""
        zh, en = "", ""
        if self._at is not None and self._at[0] == name and (stage := _STAGES.get(self._at[1].stage)):
            done, total = self._at[1].done, self._at[1].total
            of = (f" {done}/{total}", f", {done} of {total}") if total else ("", "")
            zh, en = f"（{stage[0]}{of[0]}）", f" ({stage[1]}{of[1]})"
        return Text(
            f"你可查看的数据正在准备{zh}，请稍后再试。",
            f"The data you may see is being prepared{en}; try again in a while.",
        )

    def close(self) -> None:
        """Close all, and stop the databases they were read from; one another process uses goes on."""
        with self._lock:
            while self._stores:
                self._end(self._stores.popitem()[1])

    def _end(self, own: Store) -> None:
        own.close()
        with contextlib.suppress(UplineError):
            embedded.stop_unused(own.home)
