"""A canonical picture of the observed graph: equal for equal graphs, whatever the order of writing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from graph_schema.store import Store

_BOOKKEEPING = {"load", "position", "loaded_at", "started_at", "finished_at"}
_LEFT_OUT = "n:Migration OR n:Load OR n:Run OR n:View OR n:Person OR n:Gang OR n:Chain"


def _clean(props: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sorted(props.items()) if name not in _BOOKKEEPING}


def picture(store: Store) -> list[str]:
    """Every observed node and relationship with its properties, sorted; when it was loaded is left out."""
    lines = []
    with store.driver.session(database=store.database) as session:
        for record in session.run(
            f"MATCH (n) WHERE NOT ({_LEFT_OUT}) RETURN labels(n) AS labels, properties(n) AS props"
        ):
            lines += [
                json.dumps([record["labels"], _clean(record["props"])], ensure_ascii=False, sort_keys=True)
            ]
        left_out = _LEFT_OUT.replace("n:", "a:")
        for record in session.run(
            f"MATCH (a)-[e]->(b) WHERE NOT ({left_out}) "
            "RETURN properties(a) AS a, type(e) AS rel, properties(e) AS props, properties(b) AS b"
        ):
            ends = [_clean(record["a"]), record["rel"], _clean(record["props"]), _clean(record["b"])]
            lines.append(json.dumps(ends, ensure_ascii=False, sort_keys=True))
    return sorted(lines)


def canonical_hash(store: Store) -> str:
    """One digest of the whole observed graph."""
    return hashlib.sha256("\n".join(picture(store)).encode()).hexdigest()
