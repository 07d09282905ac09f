"""A small client for notebooks: the answers of the service as pandas frames, one method per list.

>>> from backend.client import Client
>>> upline = Client("http://127.0.0.1:8765", token="…", purpose="案件研判")
>>> upline.supplies(min_score=0.5)[["supplier_name", "buyer_name", "score"]]

Every call goes through the same gate as the workbench and leaves the same audit record. Times are
``datetime64`` in Beijing time, money is integer fen, ``evidence`` a list of row references.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import pandas as pd
import requests

from graph_schema.beijing import BEIJING
from graph_schema.errors import InputError

Json = dict[str, Any]  # one object of an answer, for a row of a frame
PAGE = 1_000
ROWS_AT_ONCE = 100
TIMES = ("from", "to", "first", "last", "arrested_at", "opened_at", "closed_at", "deadline", "at")


class Client:
    """One signed-in session. ``token`` is the one ``upline serve`` prints; ``purpose`` goes to the audit log."""

    def __init__(
        self, address: str = "http://127.0.0.1:8765", *, token: str, purpose: str, timeout: float = 120.0
    ) -> None:
        self._base = address.rstrip("/") + "/api/v1"
        self._timeout = timeout
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Accept-Language"] = "zh-CN"
        self._ask("POST", "/session", json={"token": token, "purpose": purpose})

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Sign out."""
        self._ask("DELETE", "/session")
        self._session.close()

    def persons(self) -> pd.DataFrame:
        """Every holder: id, name, resident_id, phones, accounts."""
        return pd.DataFrame(list(self._pages("/persons", "persons")))

    def cases(self) -> pd.DataFrame:
        """Cases with their tier."""
        return _timed(pd.DataFrame(list(self._pages("/cases", "cases"))))

    def supplies(self, *, person: str | None = None, min_score: float = 0.05) -> pd.DataFrame:
        """Supply candidates: supplier_id, supplier_name, buyer_id, buyer_name, score, from, to, signals, evidence."""
        asked = {"min_score": min_score} | ({"person": person} if person else {})
        return _timed(pd.DataFrame([_supply(edge) for edge in self._pages("/supplies", "edges", asked)]))

    def gangs(self, *, min_size: int = 3) -> pd.DataFrame:
        """Members of gang candidates, one row each: gang, gang_status, person_id, name, role, rank, score."""
        rows = [
            {
                "gang": gang["id"],
                "gang_status": gang["status"],
                "person_id": member["person"]["id"],
                "name": member["person"]["name"],
                "role": member["role"],
                "rank": member["rank"],
                "score": member["score"],
            }
            for gang in self._pages("/gangs", "gangs", {"min_size": min_size})
            for member in gang["members"]
        ]
        return pd.DataFrame(rows)

    def chains(self) -> pd.DataFrame:
        """Chains, one row each: case_no, tier, chain, rank, status, score, strength, persons, reaches, hops."""
        rows = [
            {
                "case_no": case["case_no"],
                "tier": case["tier"],
                "chain": chain["id"],
                "rank": chain.get("rank"),
                "status": chain["status"],
                "score": chain["score"],
                "strength": chain["strength"],
                "persons": [person["id"] for person in chain["persons"]],
                "names": [person["name"] for person in chain["persons"]],
                "reaches": chain["reaches"],
                "hops": len(chain["hops"]),
            }
            for case in self._pages("/chains", "cases")
            for chain in case["chains"]
        ]
        return pd.DataFrame(rows)

    def hops(self, case_no: str) -> pd.DataFrame:
        """Hops of the chains of one case: chain, hop, kind, from_id, to_id, first, last, count, fen, score, evidence."""
        body = self._ask("GET", f"/chains/{quote(case_no, safe='')}")
        rows = [
            {
                "chain": chain["id"],
                "hop": n,
                "kind": hop["kind"],
                "from_id": hop["from"],
                "to_id": hop["to"],
                **{name: hop.get(name) for name in ("first", "last", "count", "fen", "score", "evidence")},
            }
            for case in body["cases"]
            for chain in case["chains"]
            for n, hop in enumerate(chain["hops"])
        ]
        return _timed(pd.DataFrame(rows))

    def evidence(self, rows: Sequence[str]) -> pd.DataFrame:
        """The rows of files behind references, in order: evidence, found, file, sheet, row, and ``cells`` by heading."""
        found: list[Json] = []
        for start in range(0, len(rows), ROWS_AT_ONCE):
            part = list(rows[start : start + ROWS_AT_ONCE])
            found += self._ask("GET", "/evidence", params={"row": part})["rows"]
        for row in found:
            row["cells"] = dict(zip(row.get("headings") or (), row.get("cells") or (), strict=False))
            row.pop("headings", None)
        return pd.DataFrame(found)

    def search(self, q: str) -> pd.DataFrame:
        """What matches a name, pinyin, initials or part of a number."""
        return pd.DataFrame(list(self._pages("/search", "hits", {"q": q})))

    def report(self, what: str, object_id: str, path: Path, **furniture: str) -> None:
        """Write a report (``what`` is chain or gang) to ``path``; its suffix, .docx or .pdf, is the form."""
        place = f"/reports/chains/{object_id}/1" if what == "chain" else f"/reports/gangs/{object_id}"
        answer = self._send("GET", place, params={"format": path.suffix.removeprefix("."), **furniture})
        path.write_bytes(answer.content)

    def _pages(self, path: str, items: str, asked: Mapping[str, object] | None = None) -> Iterator[Json]:
        cursor: str | None = None
        while True:
            page = {"limit": PAGE, **(asked or {}), **({"cursor": cursor} if cursor else {})}
            body = self._ask("GET", path, params=page)
            yield from body[items]
            cursor = body.get("next")
            if not cursor:
                return

    def _ask(self, method: str, path: str, **more: Any) -> Any:  # as requests takes it and gives JSON
        answer = self._send(method, path, **more)
        return answer.json() if answer.content else None

    def _send(self, method: str, path: str, **more: Any) -> requests.Response:  # as requests takes it
        """One call; raises ``InputError`` with what the service says was wrong and what to do."""
        answer = self._session.request(method, self._base + path, timeout=self._timeout, **more)
        if answer.ok:
            return answer
        try:
            problem = answer.json()
            said = (
                f"{problem.get('code', answer.status_code)}: {problem.get('detail') or problem.get('title')}"
            )
        except requests.JSONDecodeError:
            said = f"HTTP {answer.status_code}"
        raise InputError(said)


def _supply(edge: Json) -> Json:
    ends = {f"{end}_{name}": edge[end][name] for end in ("supplier", "buyer") for name in ("id", "name")}
    signals = {signal["name"]: signal["weight"] for signal in edge["signals"]}
    evidence = list(dict.fromkeys(ref for signal in edge["signals"] for ref in signal["evidence"]))
    about = {name: edge[name] for name in ("score", "from", "to")}
    return {**ends, **about, "signals": signals, "evidence": evidence}


def _timed(frame: pd.DataFrame) -> pd.DataFrame:
    for name in set(TIMES) & set(frame.columns):
        frame[name] = pd.to_datetime(frame[name], format="ISO8601", utc=True).dt.tz_convert(BEIJING)
    return frame
