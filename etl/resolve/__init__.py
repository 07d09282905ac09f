"""Who is who: records and identifiers to persons."""

from etl.resolve.cluster import resolve
from etl.resolve.model import Holder, IdentityConflict, Mention, PairJudgement, Person, Resolution

__all__ = ["Holder", "IdentityConflict", "Mention", "PairJudgement", "Person", "Resolution", "resolve"]
