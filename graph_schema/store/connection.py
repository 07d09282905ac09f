"""The store: one connection to the graph, through which every read and write goes.

Reads are made for a viewer, with a time limit, in read mode; writes in one transaction each, repeated a
bounded number of times when the database says the failure is transient. All text comes from the catalogue.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import neo4j
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Neo4jError

from graph_schema.errors import EngineError
from graph_schema.home import upline_home
from graph_schema.store import address, embedded, jars, migrations, server
from graph_schema.store.address import Address
from graph_schema.store.catalogue import CatalogueError, Names, Query, find
from graph_schema.store.viewer import Viewer

Row = dict[str, Any]
Counters = dict[str, int]

RETRY_SECONDS = 30.0
WRITE_TIMEOUT = 600.0
"""Seconds one write transaction may take."""


class QueryTimedOut(EngineError):
    """The database ended a query at its time limit."""

    code = "E-TIMEOUT"
    status = 504


def _driver(where: Address) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        where.uri,
        auth=(where.user, where.password),
        telemetry_disabled=True,
        notifications_min_severity="OFF",
        user_agent="upline",
        max_transaction_retry_time=RETRY_SECONDS,
        connection_timeout=15.0,
        connection_acquisition_timeout=60.0,
        liveness_check_timeout=30.0,
    )


_TIMED_OUT = ("TransactionTimedOut", "Transaction.Terminated")


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn the driver's errors into ours, which say what to do; a wrong query text stays as it is."""
    try:
        yield
    except Neo4jError as error:
        if any(part in (error.code or "") for part in _TIMED_OUT):
            raise QueryTimedOut(
                f"{what}: ended at its time limit; narrow the question / 查询超时，请缩小范围"
            ) from error
        if isinstance(error, AuthError):
            raise EngineError(
                f"{what}: the database refused the user or password; check NEO4J_USERNAME and NEO4J_PASSWORD"
            ) from error
        if isinstance(error, ClientError):
            raise
        raise EngineError(f"{what}: {error.message or error}") from error
    except (DriverError, ConfigurationError) as error:
        raise EngineError(
            f"{what}: the database cannot be reached ({error}); see `upline db status`"
        ) from error


def _counted(counters: neo4j.SummaryCounters) -> Counters:
    names = (
        "nodes_created",
        "nodes_deleted",
        "relationships_created",
        "relationships_deleted",
        "properties_set",
        "labels_added",
        "labels_removed",
    )
    return {name: value for name in names if (value := getattr(counters, name))}


class Writer:
    """Several statements in one transaction; ``counters`` adds up what they changed."""

    def __init__(self, store: Store, transaction: neo4j.Transaction) -> None:
        self._store, self._transaction = store, transaction
        self.counters: Counters = {}

    def run(self, query: str, /, *, labels: Names | None = None, **params: Any) -> list[Row]:
        """Run one query of the catalogue (read or write) and return its rows."""
        _, text = self._store.prepared(query, labels, params)
        with _told(query):
            result = self._transaction.run(text, params)
            rows = result.data()
            for name, value in _counted(result.consume().counters).items():
                self.counters[name] = self.counters.get(name, 0) + value
        return rows


class Store:
    """A connection to the graph; use ``Store.connect()``, and close it (it is a context manager)."""

    def __init__(self, where: Address, joined: embedded.Joined | None = None) -> None:
        self.database = where.database
        self.driver = _driver(where)
        self.migrated: list[str] = []
        self.home = upline_home()
        self._joined = joined

    @classmethod
    def connect(cls, say: jars.Say = jars.say_on_stderr) -> Self:
        """Connect to the database ``NEO4J_URI`` names, else to the embedded one of ``UPLINE_HOME``.

        Starts that where needed, fetches it at the very first time, and brings the schema up to date. ``say``
        takes what is worth telling on the way. Raises EngineError where no database can be had.
        """
        where, joined = address.from_environment(), None
        if where is None:
            joined = embedded.join(upline_home(), say)
            where = Address(joined.server.uri, server.USER, joined.password, "neo4j")
        store = None
        try:
            with _told(where.uri):
                store = cls(where, joined)
                store.driver.verify_connectivity()
            store.migrated = migrations.migrate(store)
        except BaseException:
            if store is not None:
                store.close()
            elif joined is not None:
                joined.leave()
            raise
        if store.migrated:
            say(store.migrated[0])
        return store

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
        return self._joined is not None

    def prepared(self, query: str, labels: Names | None, params: dict[str, Any]) -> tuple[Query, str]:
        """Return a query of the catalogue with its placeholders filled and its parameters checked."""
        found = find(query)
        found.check(params)
        from graph_schema.declaration import load_declaration

        return found, found.filled(labels, load_declaration())

    def _for_reading(
        self, viewer: Viewer, query: str, labels: Names | None, params: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        """Check a read; ``$view`` and ``$viewer_cases`` come from the viewer where the query has them."""
        found = find(query)
        own = {"view": viewer.view, "viewer_cases": None if viewer.cases is None else sorted(viewer.cases)}
        params = {**params, **{k: v for k, v in own.items() if k in found.parameters}}
        checked, text = self.prepared(query, labels, params)
        if checked.mode != "read":
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
        return list(self.stream(viewer, query, labels=labels, timeout=timeout, **params))

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

    def _streamed(self, name: str, text: str, params: dict[str, Any], timeout: float | None) -> Iterator[Row]:
        with (
            _told(name),
            self.driver.session(database=self.database, default_access_mode=neo4j.READ_ACCESS) as session,
            session.begin_transaction(timeout=timeout, metadata={"query": name}) as transaction,
        ):
            for record in transaction.run(text, params):
                yield record.data()

    def rows(self, query: str, /, *, labels: Names | None = None, **params: Any) -> list[Row]:
        """Read for the program itself (migrations, ledger): no viewer, no case data goes out."""
        _, text = self.prepared(query, labels, params)
        return list(self._streamed(query, text, params, None))

    def write(self, query: str, /, *, labels: Names | None = None, **params: Any) -> Counters:
        """Run one write query in one transaction, repeated while the database calls its failure transient.

        Returns what changed, for example ``{"nodes_created": 2}``; zeros are left out. A commit whose answer
        was lost is not repeated (its outcome is unknown): repeating a write must be harmless.
        """
        _, text = self.prepared(query, labels, params)

        @neo4j.unit_of_work(timeout=WRITE_TIMEOUT, metadata={"query": query})
        def work(transaction: neo4j.ManagedTransaction) -> Counters:
            return _counted(transaction.run(text, params).consume().counters)

        with _told(query), self.driver.session(database=self.database) as session:
            return session.execute_write(work)

    @contextlib.contextmanager
    def writer(self) -> Iterator[Writer]:
        """Run several queries in one transaction: committed at the end, rolled back where one raises."""
        with (
            _told("transaction"),
            self.driver.session(database=self.database) as session,
            session.begin_transaction(timeout=WRITE_TIMEOUT) as transaction,
        ):
            yield Writer(self, transaction)
            transaction.commit()
