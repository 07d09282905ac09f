"""What the ledger says of chains, hops, supplies, gangs and members: laid over every answer, whatever run it comes from.

A judgement about a hop is about its two persons, so it holds in every chain of every later run that has it, and for
the supply behind it; the later one holds. A confirmed chain or gang that a later run no longer finds is kept, from
what was seen when it was confirmed, and says what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from backend.contract.base import Decision, Status
from backend.contract.chains import ChainFound, ChainJudged, ChainRef, Changed, Hop
from backend.contract.gangs import Gang, GangFound, Member
from backend.contract.supplies import SupplyEdge, SupplyScored
from backend.judgements import ledger
from backend.judgements.ledger import Judgement
from backend.judgements.words import COMMENT
from graph_schema.beijing import moment
from graph_schema.store import Props, Row, Store, Viewer

KINDS = ("chain", "hop", "supply", "gang", "member")
WEAKER_BY = 0.1
"""A kept hop is told to have become weaker from this difference of its score on."""


@dataclass(frozen=True)
class Overlay:
    """Standing judgements: of chains and gangs by id, of hops (lower, upper), supplies (supplier, buyer) and members by
    the ids they name."""

    chains: dict[str, Judgement]
    hops: dict[tuple[str, str], Judgement]
    supplies: dict[tuple[str, str], Judgement]
    gangs: dict[str, Judgement]
    members: dict[tuple[str, str], Judgement]
    comments: dict[str, int]

    @classmethod
    def read(cls, store: Store, viewer: Viewer) -> Overlay:
        """From the ledger, in one question: every answer about a chain asks it."""
        return cls.made_of(ledger.entries(store, viewer, *KINDS))

    @classmethod
    def made_of(cls, entries: Sequence[Judgement]) -> Overlay:
        """From the entries of ``KINDS``, oldest first."""
        decided = ledger.verdicts(entries)

        def of(kind: str) -> dict[tuple[str, ...], Judgement]:
            return {
                tuple(each.partition(":")[2] for each in about): entry
                for (known, about), entry in decided.items()
                if known == kind
            }

        comments: dict[str, int] = {}
        for entry in ledger.standing(entries):
            if entry.verdict == COMMENT:
                name = entry.subjects[0].partition(":")[2]
                comments[name] = comments.get(name, 0) + 1
        hops = sorted(of("hop").items(), key=lambda pair: pair[1].seq)
        return cls(
            chains={about[0]: entry for about, entry in of("chain").items()},
            hops={(about[1], about[2]): entry for about, entry in hops},
            supplies={(about[0], about[1]): entry for about, entry in of("supply").items()},
            gangs={about[0]: entry for about, entry in of("gang").items()},
            members={(about[0], about[1]): entry for about, entry in of("member").items()},
            comments=comments,
        )

    def of_chain(self, chain: ChainFound) -> ChainJudged:
        """A chain with its status, and each hop with its own; a rejected hop rejects a chain nobody judged itself."""
        hops: list[Hop] = []
        for hop in chain["hops"]:
            said = self._of_pair(hop["to"], hop["from"], supply=hop["kind"] == "supply")
            hops.append({**hop, "status": status(said), "review": told(said)})
        said = self.chains.get(chain["id"])
        return {
            **chain,
            "hops": hops,
            "status": self._chain_status(said, chain["status"], [hop["status"] for hop in hops]),
            "review": told(said),
            "comments": self.comments.get(chain["id"], 0),
        }

    def of_supply(self, edge: SupplyScored) -> SupplyEdge:
        """A supply candidate with its status."""
        said = self._of_pair(edge["supplier"]["id"], edge["buyer"]["id"], supply=True)
        return {**edge, "status": status(said), "review": told(said)}

    def _of_pair(self, upper: str, lower: str, *, supply: bool) -> Judgement | None:
        """The last judgement of two persons as a hop, in whichever order it was said, or as a supply."""
        said = [self.hops.get((lower, upper)), self.hops.get((upper, lower))]
        if supply:
            said.append(self.supplies.get((upper, lower)))
        return max((each for each in said if each is not None), key=lambda each: each.seq, default=None)

    def _chain_status(
        self, said: Judgement | None, otherwise: Status | None, hops: Iterable[Status]
    ) -> Status:
        """The one rule: what was said of the chain, else a rejected hop rejects it, else what the run wrote."""
        if said is None and "rejected" in hops:
            return "rejected"
        return status(said, otherwise)

    @property
    def refuses_hops(self) -> bool:
        """Whether any hop or supply is rejected: only then does a chain's status need its hops."""
        said = (*self.hops.values(), *self.supplies.values())
        return any(each.verdict == "rejected" for each in said)

    def chain_status(self, chain_id: str, otherwise: Status | None, hops: Iterable[Props]) -> Status:
        """The status of a chain named by its id, by the rule of ``of_chain``."""
        states = [self.hop_status(hop) for hop in hops]
        return self._chain_status(self.chains.get(chain_id), otherwise, states)

    def hop_status(self, hop: Props) -> Status:
        """The status of a hop as a run wrote it."""
        return status(self._of_pair(hop["to"], hop["from"], supply=hop["kind"] == "supply"))

    def supply_status(self, supplier: str, buyer: str) -> Status:
        """The status of a supply, also where its hop was judged."""
        return status(self._of_pair(supplier, buyer, supply=True))

    def of_ref(self, row: Row, hops: Iterable[Props]) -> ChainRef:
        """A chain named by its id, with the status ``of_chain`` gives it."""
        return {
            "id": row["id"],
            "case_no": row["case_no"],
            "rank": row["rank"],
            "status": self.chain_status(row["id"], row["status"], hops),
            "score": row["score"],
            "strength": row["strength"],
        }

    def of_gang(self, gang: GangFound) -> Gang:
        """A gang candidate with its status, and each member with his own."""
        said = self.gangs.get(gang["id"])
        members: list[Member] = []
        for member in gang["members"]:
            about_him = self.members.get((gang["id"], member["person"]["id"]))
            members.append({**member, "status": status(about_him), "review": told(about_him)})
        return {
            **gang,
            "status": status(said, gang.get("status")),
            "review": told(said),
            "comments": self.comments.get(gang["id"], 0),
            "members": members,
        }

    def kept(self, kind: str, present: Iterable[str]) -> list[tuple[Judgement, Row]]:
        """Confirmed chains or gangs that are not among ``present``, as they were seen when confirmed."""
        here = set(present)
        decided = self.chains if kind == "chain" else self.gangs
        return [
            (entry, entry.seen["object"])
            for name, entry in sorted(decided.items())
            if name not in here
            and entry.verdict == "confirmed"
            and isinstance(entry.seen, dict)
            and isinstance(entry.seen.get("object"), dict)
        ]


def status(said: Judgement | None, otherwise: Status | None = None) -> Status:
    """The status a judgement gives; a candidate where there is none."""
    if said is not None:
        return cast(Status, said.verdict)  # of these kinds the ledger takes no other verdict
    return otherwise or "candidate"


def told(said: Judgement | None) -> Decision | None:
    """Who decided, when and why."""
    if said is None:
        return None
    at = moment(said.at).isoformat(timespec="seconds")
    return {"id": said.review_id, "by": said.author, "at": at, "reason": said.reason}


def changed(was: Row, persons: Iterable[str], supplies: Mapping[tuple[str, str], float]) -> list[Changed]:
    """What of a kept chain the present run no longer has: persons gone, hops gone or weaker.

    ``supplies`` are the scores between its persons now, either way round.
    """
    here = set(persons)
    found: list[Changed] = [
        {"what": "person_gone", "person": each["id"], "hop": None, "was": None, "now": None}
        for each in was["persons"]
        if each["id"] not in here
    ]
    for n, hop in enumerate(was["hops"]):
        if hop["kind"] != "supply":
            continue
        pair = (hop["from"], hop["to"])
        now = max(supplies.get(pair, 0.0), supplies.get(pair[::-1], 0.0))
        if now < hop["score"] - WEAKER_BY:
            found.append(
                {
                    "what": "hop_gone" if now == 0.0 else "hop_weaker",
                    "person": None,
                    "hop": n,
                    "was": hop["score"],
                    "now": round(now, 6),
                }
            )
    return found or [{"what": "other_way", "person": None, "hop": None, "was": None, "now": None}]
