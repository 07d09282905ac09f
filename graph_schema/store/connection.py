"""The store: one connection to the graph, through which every read and write goes.

Reads are made for a viewer, with a time limit, in read mode; writes in one transaction each, repeated a
bounded number of times when the database says the failure is transient. All text comes from the catalogue.
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from graph_schema.errors import Conflict, EngineError
from graph_schema.home import upline_home
from graph_schema.language import Text
from graph_schema.store import address, embedded, migrations, room, server
from graph_schema.store.address import Address
from graph_schema.store.catalogue import CatalogueError, Names, Query, find
from graph_schema.store.failures import connection_lost, told
from graph_schema.store.places import Places
from graph_schema.store.pulse import PATIENCE, Pulse
from graph_schema.store.request_mark import metadata, still_wanted
from graph_schema.store.rows import Row
from graph_schema.store.say import Say, say_on_stderr
from graph_schema.store.viewer import Viewer

Counters = dict[str, int]
T = TypeVar("T")

ATTEMPTS = 12
"""Times one transaction is tried; the waits between add up to about 20 seconds."""
WRITE_TIMEOUT = 900.0
"""Seconds one write transaction may take."""
CONNECTING = 15.0
"""Seconds to get a connection, whether a new one or an old one that still answers."""
FIRST_CONNECTING = 60.0
"""Seconds an embedded server has for its first answer."""
_ALREADY_MADE = (
    "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
    "Neo.ClientError.Schema.ConstraintAlreadyExists",
    "Neo.ClientError.Schema.IndexAlreadyExists",
)
_COUNTED = (
    "nodes_created",
    "nodes_deleted",
    "relationships_created",
    "relationships_deleted",
    "properties_set",
    "labels_added",
    "labels_removed",
)


def _driver(where: Address, patience: float = CONNECTING) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        where.uri,
        auth=(where.user, where.password),
        telemetry_disabled=True,
        notifications_min_severity="OFF",
        user_agent="upline",
        connection_timeout=patience,
        connection_acquisition_timeout=patience,
        liveness_check_timeout=30.0,
    )


def _counted(counters: neo4j.SummaryCounters) -> Counters:
    return {name: value for name in _COUNTED if (value := getattr(counters, name))}


class Writer:
    """Several statements in one transaction; ``counters`` adds up what they changed."""

    def __init__(self, store: Store, transaction: neo4j.Transaction) -> None:
        self._store, self._transaction = store, transaction
        self.counters: Counters = {}

    def run(self, query: str, /, *, labels: Names | None = None, **params: Any) -> list[Row]:
        """Run one query of the catalogue (read or write) and return its rows."""
        _, text = self._store.prepared(query, labels, params)
        with told(query):
            result = self._transaction.run(text, params)
            rows = result.data()
            for name, value in _counted(result.consume().counters).items():
                self.counters[name] = self.counters.get(name, 0) + value
        return rows


class Store:
    """A connection to the graph, safe to share between threads; ``Store.connect()`` opens one."""

    def __init__(
        self, where: Address, joined: embedded.Joined | None, say: Say, home: Path | None = None
    ) -> None:
        self.home = home or upline_home()
        self.as_of: int | None = None
        """The load up to which this graph tells; such a graph is only read. None for the graph of now."""
        self.only_read = False
        """Whether writing is refused: a graph of some of the files is made once, and then only read."""
        self.database = where.database
        self.driver = _driver(where)
        self._where = where
        self._pulse = Pulse(self._greet)
        self.migrated: list[str] = []
        self._joined = joined
        self._say = say
        # on a cluster a read must see what was written before it, whichever member answers
        self._bookmarks = None if joined else neo4j.GraphDatabase.bookmark_manager()
        self._rejoining = threading.Lock()

    @classmethod
    def connect(cls, say: Say = say_on_stderr, home: Path | None = None) -> Self:
        """Connect to the database ``NEO4J_URI`` names, else to the embedded one of ``UPLINE_HOME``.

        With ``home``, to the embedded one of that home. Starts that where needed, fetches it at the very first
        time, and brings the schema up to date. ``say`` takes what is worth telling on the way. Raises EngineError
        where no database can be had.
        """
        where, joined = None if home else address.from_environment(), None
        if where is None:
            joined = embedded.join(home or upline_home(), say)
            where = _address(joined)
        try:
            with told(where.uri):
                store = cls(where, joined, say, home)
        except BaseException:
            if joined is not None:
                joined.leave()
            raise
        try:
            store._ready(where)
        except BaseException:
            store.close()
            raise
        if store.migrated:
            say(store.migrated[0])
        return store

    def _ready(self, where: Address) -> None:
        """Wait for the database and bring its schema up to date; one that met a full disk is started again."""
        try:
            with told(where.uri):
                self._first_answer()
            self.migrated = migrations.migrate(self)
        except EngineError as error:
            if self._joined is None or not isinstance(error.__cause__, (Neo4jError, DriverError)):
                raise
            room.need(self.home, room.AT_START)
            self.restart()
            self.migrated = migrations.migrate(self)

    def _first_answer(self) -> None:
        """Wait for a server that takes connections and does not greet yet: it may be recovering."""
        end = time.monotonic() + (FIRST_CONNECTING if self._joined else 0.0)
        while True:
            try:
                self.driver.verify_connectivity()
                return
            except DriverError as error:
                gone = server.running(Places(self.home)) is None
                if gone or not connection_lost(error) or time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def close(self) -> None:
        """Close the connection and give up the lease; the server stays for others, and for a while."""
        self.driver.close()
        if self._joined is not None:
            self._joined.leave()
            self._joined = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def embedded(self) -> bool:
        """Whether the database is that of this home, not a server elsewhere."""
        return self._joined is not None

    def prepared(self, query: str, labels: Names | None, params: dict[str, Any]) -> tuple[Query, str]:
        """Return a query of the catalogue and its text, placeholders filled; its parameters are checked."""
        from graph_schema.declaration import load_declaration

        found = find(query)
        found.check(params)
        return found, found.filled(labels, load_declaration())

    def _for_reading(
        self, viewer: Viewer, query: str, labels: Names | None, params: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        """Check a read; ``$view`` and ``$viewer_cases`` come from the viewer where the query has them."""
        own = {"view": viewer.view, "viewer_cases": None if viewer.cases is None else sorted(viewer.cases)}
        wanted = find(query).parameters
        params = {**params, **{name: value for name, value in own.items() if name in wanted}}
        found, text = self.prepared(query, labels, params)
        if found.mode != "read":
            raise CatalogueError(f"{query} writes: use write() or writer()")
        return text, params

    def read(
        self,
        viewer: Viewer,
        query: str,
        /,
        *,
        labels: Names | None = None,
        timeout: float = 10.0,
        **params: Any,
    ) -> list[Row]:
        """Return all rows of a read made for ``viewer``; the database ends it after ``timeout`` seconds."""
        text, params = self._for_reading(viewer, query, labels, params)
        return self._asked(query, text, params, timeout)

    def stream(
        self,
        viewer: Viewer,
        query: str,
        /,
        *,
        labels: Names | None = None,
        timeout: float = 10.0,
        **params: Any,
    ) -> Iterator[Row]:
        """Yield the rows of a read query as they come; closing the iterator ends the query."""
        text, params = self._for_reading(viewer, query, labels, params)
        return self._streamed(query, text, params, timeout)

    def _streamed(self, query: str, text: str, params: dict[str, Any], timeout: float) -> Iterator[Row]:
        """Rows as they come; a connection that was lost before the first one is made again, once."""
        with told(query):
            for again in (True, False):
                self.need_answers()
                driver, begun = self.driver, False
                try:
                    for row in self._flowing(query, text, params, timeout):
                        begun = True
                        yield row
                    return
                except DriverError as error:
                    if begun or not again or not connection_lost(error):
                        raise
                    self._lost(driver)

    def _flowing(self, query: str, text: str, params: dict[str, Any], timeout: float) -> Iterator[Row]:
        with (
            self._session(neo4j.READ_ACCESS) as session,
            session.begin_transaction(timeout=timeout, metadata=metadata(query)) as transaction,
        ):
            result = transaction.run(text, params)
            keys = result.keys()
            for record in result:
                yield dict(zip(keys, record.values(), strict=True))  # not `data()`: see `_asked`

    def rows(self, query: str, /, *, labels: Names | None = None, **params: Any) -> list[Row]:
        """Read for the program itself (migrations, ledger): no viewer, and no case data goes out."""
        _, text = self.prepared(query, labels, params)
        return self._asked(query, text, params, WRITE_TIMEOUT)

    def write(self, query: str, /, *, labels: Names | None = None, **params: Any) -> Counters:
        """Run one write query in one transaction, repeated while the database calls its failure transient.

        Returns what changed, for example ``{"nodes_created": 2}``; zeros are left out. A commit whose answer
        was lost is not repeated (its outcome is unknown), so repeating a whole step must be harmless.
        """
        _, text = self.prepared(query, labels, params)
        return self._transact(
            query,
            neo4j.WRITE_ACCESS,
            WRITE_TIMEOUT,
            lambda run: _counted(run(text, params).consume().counters),
        )

    def change_schema(self, statements: Sequence[str]) -> None:
        """Run statements the declaration generated (constraints and indexes), together: that is twice as fast.

        Of two clients that make the same one at the same time, the later one finds it made.
        """

        def make(run: Callable[..., neo4j.Result]) -> None:
            for statement in statements:
                run(statement).consume()

        try:
            self._transact("schema", neo4j.WRITE_ACCESS, WRITE_TIMEOUT, make)
        except ClientError as error:
            if error.code not in _ALREADY_MADE:
                raise
            if len(statements) > 1:
                for statement in statements:
                    self.change_schema([statement])

    @contextlib.contextmanager
    def writer(self) -> Iterator[Writer]:
        """Run several queries in one transaction: committed at the end, rolled back where one raises."""
        with (
            told("transaction"),
            self._session(neo4j.WRITE_ACCESS) as session,
            session.begin_transaction(timeout=WRITE_TIMEOUT) as transaction,
        ):
            yield Writer(self, transaction)
            transaction.commit()

    def _session(self, access: str) -> neo4j.Session:
        if self.as_of is not None and access == neo4j.WRITE_ACCESS:
            raise Conflict(
                Text(
                    f"这是截至第 {self.as_of} 批导入的历史数据，只能查询。",
                    f"This is the graph as of load {self.as_of}: it is only read.",
                )
            )
        if self.only_read and access == neo4j.WRITE_ACCESS:
            raise Conflict(Text("这里只能查询。", "This graph is only read."))
        return self.driver.session(
            database=self.database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _asked(self, query: str, text: str, params: dict[str, Any], timeout: float) -> list[Row]:
        """The rows of a query, in a transaction of its own: one trip to the database instead of four."""
        asked = neo4j.Query(text, metadata=metadata(query), timeout=timeout)

        def ask() -> list[Row]:
            with self._session(neo4j.READ_ACCESS) as session:
                result = session.run(asked, params)
                # Not `data()`: it walks through every value to turn nodes into maps, and no query returns nodes.
                keys = result.keys()
                return [dict(zip(keys, record.values(), strict=True)) for record in result]

        return self._repeated(query, ask)

    def _transact(
        self, query: str, access: str, timeout: float, work: Callable[[Callable[..., neo4j.Result]], T]
    ) -> T:
        """Do ``work`` in one transaction, tried again after a transient failure or a lost server."""

        def act() -> T:
            with (
                self._session(access) as session,
                session.begin_transaction(timeout=timeout, metadata=metadata(query)) as transaction,
            ):
                result = work(transaction.run)
                transaction.commit()
            return result

        return self._repeated(query, act)

    def _repeated(self, query: str, act: Callable[[], T]) -> T:
        """Do ``act``, again after a transient failure or a lost server."""
        with told(query):
            for attempt in range(ATTEMPTS):
                self.need_answers()
                driver = self.driver
                try:
                    return act()
                except (Neo4jError, DriverError) as error:
                    if attempt == ATTEMPTS - 1 or not error.is_retryable():
                        raise
                    if connection_lost(error):
                        self._lost(driver)
                time.sleep(random.uniform(0.2, 1.0) * min(0.1 * 2**attempt, 5.0))
        raise EngineError(
            Text(
                f"{query}：多次尝试均未成功。",
                f"{query}: gave up after {ATTEMPTS} attempts",
            )
        )

    def restart(self) -> None:
        """Stop the embedded server and start it again: one that met a full disk takes no writes until then.

        With a server of somebody's own there is nothing to be done from here.
        """
        if self._joined is not None:
            driver = self.driver
            embedded.stop(self.home)
            self._rejoin(driver)

    def need_answers(self) -> None:
        """Return where the database answers, as far as is known, or nobody waits for it.

        Raises ``Silent`` for who waits while it does not, ``CallerLeft`` where he has left.
        """
        if still_wanted():
            self._pulse.need()

    def _lost(self, driver: neo4j.Driver) -> None:
        """A connection was lost. Who waits learns first whether the server is frozen; one that has ended is started."""
        if still_wanted():
            self._pulse.lost()
        self._rejoin(driver)

    def _greet(self) -> None:
        if self._joined is not None and server.running(Places(self.home)) != self._joined.server:
            return  # it has ended, or another one is there: the next query finds out and joins that
        with _driver(self._where, PATIENCE) as driver:
            driver.verify_connectivity()

    def _rejoin(self, lost: neo4j.Driver) -> None:
        """Find or start the embedded server again after it was lost, once for all threads that noticed."""
        with self._rejoining:
            if self._joined is None or self.driver is not lost:
                return
            self._joined.leave()
            self._joined = embedded.join(self.home, self._say)
            self._where = _address(self._joined)
            self.driver = _driver(self._where)
            lost.close()


def _address(joined: embedded.Joined) -> Address:
    return Address(joined.server.uri, server.USER, joined.password, "neo4j")
