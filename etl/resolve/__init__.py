"""Who is who: records and identifiers to persons."""

from etl.resolve.cluster import Holder, Mention, Person, resolve

__all__ = ["Holder", "Mention", "Person", "resolve"]
