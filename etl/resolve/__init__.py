"""Who is who: records and identifiers to persons."""

from etl.resolve.cluster import resolve
from etl.resolve.model import Conflict, Holder, Mention, PairJudgement, Person, Resolution

__all__ = ["Conflict", "Holder", "Mention", "PairJudgement", "Person", "Resolution", "resolve"]
