"""Disjoint sets (union-find) that keep apart two resident ids and pairs judged different."""

from __future__ import annotations

from collections.abc import Iterable

from etl.storage.refs import is_verified


def is_resident(ref: str) -> bool:
    """True for a resident id that is one: verified."""
    return ref.startswith("ResidentId:") and is_verified(ref)


class Sets:
    """Disjoint sets of references with the smallest one as the root, so that order of input says nothing."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._resident: dict[str, str] = {}  # root → the first resident id of the set
        self._enemies: dict[str, set[str]] = {}  # root → references its set must not contain
        for one, other in apart:
            self._enemies.setdefault(one, set()).add(other)
            self._enemies.setdefault(other, set()).add(one)
        self._size: dict[str, int] = {}

    def find(self, key: str) -> str:
        """The root of the set a reference is in."""
        parent = self._parent
        root = parent.get(key)
        if root is None:
            parent[key] = key
            if is_resident(key):
                self._resident[key] = key
            return key
        while (above := parent[root]) != root:
            root = above
        while (above := parent[key]) != root:
            parent[key], key = root, above
        return root

    def resident(self, key: str) -> str | None:
        """A resident id of the set a reference is in."""
        return self._resident.get(self.find(key))

    def alone(self, key: str) -> bool:
        """True while a reference has been joined with nothing."""
        return self._size.get(self.find(key), 1) == 1

    def may_join(self, one: str, other: str, two_ids: bool = False) -> bool:
        """Whether two references may be one person's."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return True
        if not two_ids and a in self._resident and b in self._resident:
            return False
        # Either side's list is enough: whoever is apart is in both.
        near, far = sorted((a, b), key=lambda root: len(self._enemies.get(root, ())))
        return all(self.find(enemy) != far for enemy in self._enemies.get(near, ()))

    def join(self, one: str, other: str, two_ids: bool = False) -> bool:
        """Put two references into one set; False, and nothing done, where they must stay apart."""
        if not self.may_join(one, other, two_ids):
            return False
        root, child = sorted((self.find(one), self.find(other)))
        if root == child:
            return True
        self._parent[child] = root
        self._size[root] = self._size.pop(root, 1) + self._size.pop(child, 1)
        both = [each for each in (self._resident.get(root), self._resident.pop(child, None)) if each]
        if both:
            self._resident[root] = min(both)
        if child in self._enemies:
            self._enemies.setdefault(root, set()).update(self._enemies.pop(child))
        return True
