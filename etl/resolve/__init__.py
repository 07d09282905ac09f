"""Who is who: records and identifiers to persons."""

from etl.resolve.cluster import resolve
from etl.resolve.model import Conflict, Decision, Holder, Mention, Person, Resolution

__all__ = ["Conflict", "Decision", "Holder", "Mention", "Person", "Resolution", "resolve"]
