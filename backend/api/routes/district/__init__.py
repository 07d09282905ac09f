"""The district's nouns: each as a list, one item, and what is wrong with its data."""

from backend.api.routes.district import (
    care,
    chemicals,
    clues,
    counts,
    drivers,
    figures,
    reports,
    risk,
    tasks,
    water,
)

ROUTERS = (
    counts.router,
    reports.router,  # before the nouns, whose ids may hold a slash
    clues.router,
    risk.router,
    chemicals.router,
    drivers.router,
    care.router,
    water.router,
    figures.router,
    tasks.router,
)

__all__ = ["ROUTERS"]
