"""The routes of the service, one module per family; each knows its parameters and which answer to ask for."""

from backend.api.routes import (
    account,
    admin,
    board,
    derived,
    drawings,
    exports,
    graph,
    imports,
    map,
    objects,
    people,
    questions,
    reports,
    reviews,
    session,
    suites,
    taken,
    unknown,
    views,
    watching,
)
from backend.api.routes.district import ROUTERS as DISTRICT

ROUTERS = (
    session.router,
    account.router,
    people.router,
    objects.router,
    board.router,
    derived.router,
    graph.router,
    unknown.router,  # before imports: its paths are more particular
    imports.router,
    drawings.router,
    exports.router,
    reports.router,
    reviews.router,
    suites.router,
    taken.router,
    questions.router,
    map.router,
    views.router,
    admin.router,
    watching.router,
    *DISTRICT,
)

__all__ = ["ROUTERS"]
