"""How reports speak: names with their status, money, days, sentences in Chinese or English with their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.analysis.model.weights import signal_name
from backend.contract.base import Decision
from backend.contract.person import Person
from backend.contract.persons import CaseRole
from graph_schema.language import Text
from graph_schema.legend import STATES
from viz.report.model import Sentence
from viz.text.words import EDGE, ROLE

CRIMINAL_MEASURES = ("拘留", "逮捕", "取保", "监视居住")
BARS = (0.5, 0.7, 0.9)
_SURE = (
    ("仅有较弱迹象显示", "weak signs suggest that"),
    ("可能存在这样的情形：", "it may be that"),
    ("疑似", "it is likely that"),
    ("高度疑似", "it is very likely that"),
)
"""How a sentence speaks at each of the four levels that ``BARS`` part."""
_DECIDED = {
    name: (zh, en.lower()) for name, (zh, en) in STATES.items() if name in ("confirmed", "rejected", "unsure")
}


@dataclass(frozen=True)
class Telling:
    """One language and, per person, what is known of him: role, recorded word, confirmed or not."""

    language: str
    roles: Mapping[str, str]
    words: Mapping[str, str]
    confirmed: frozenset[str] = frozenset()

    def say(self, zh: str, en: str, evidence: Iterable[str] = ()) -> Sentence:
        """A sentence in the language of the report, its rows once each."""
        return Sentence(self.pick(zh, en), tuple(dict.fromkeys(evidence)))

    def pick(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def status(self, person_id: str) -> str:
        """候选 or 已确认, as it stands beside every name."""
        return (
            self.pick("已确认", "confirmed")
            if person_id in self.confirmed
            else self.pick("候选", "candidate")
        )

    def name(self, person: Person) -> str:
        """The name with its status; an unnamed holder by his first identifier."""
        status = self.status(str(person["id"]))
        return (
            f"{self.bare(person)}（{status}）" if self.language != "en" else f"{self.bare(person)} ({status})"
        )

    def bare(self, person: Person) -> str:
        """The name alone, for a table that has a column of its own for the status."""
        if person.get("name"):
            return str(person["name"])
        known = next(iter([*person["phones"], *person["accounts"]]), person["id"])
        return self.pick(f"持有人未知（{known}）", f"holder unknown ({known})")

    def card(self, person: Person) -> str:
        """Name with status, word of the law and resident id, a line each, as a table shows a person."""
        known = person.get("resident_id") or self.pick("证件未知", "id unknown")
        return f"{self.name(person)}\n{self.word(str(person['id']))}\n{known}"

    def word(self, person_id: str) -> str:
        """How the law calls the person at this stage of the case."""
        return self.words.get(person_id) or self.pick("关联人员", "connected person")

    def role(self, person_id: str) -> str:
        return ROLE[self.roles.get(person_id, "unknown")].of(self.language)

    def hop(self, kind: str) -> str:
        return EDGE[kind].of(self.language) if kind in EDGE else kind

    def signal(self, name: str) -> str:
        return signal_name(name).of(self.language)

    def sure(self, score: float) -> str:
        """How a conclusion of this score begins, so that wording and strength agree."""
        return self.pick(*_SURE[sum(score >= bar for bar in BARS)])

    def decided(self, status: str, review: Decision | None) -> str:
        """Who decided what, when and why; empty where nobody did."""
        if not review or status not in _DECIDED:
            return ""
        zh, en = _DECIDED[status]
        return self.pick(
            f"{zh}（{review['by']}，{minute(review['at'])}，理由：{review['reason']}）",
            f"{en} ({review['by']}, {minute(review['at'])}; reason: {review['reason']})",
        )

    def strength(self, score: float) -> str:
        """高, 中 or 低 as reports say it, with the score."""
        level = sum(score >= bar for bar in BARS)
        zh, en = (("低", "low"), ("中", "medium"), ("高", "high"), ("很高", "very high"))[level]
        return self.pick(f"{zh}（{score:.2f}）", f"{en} ({score:.2f})")


def stage_word(involved: Sequence[CaseRole], user: bool, language: str) -> str:
    """The word for a person from what cases record of him: the words change with the stage of a case."""
    if any(any(m in (each.get("measure") or "") for m in CRIMINAL_MEASURES) for each in involved):
        return "criminal suspect" if language == "en" else "犯罪嫌疑人"
    if involved:
        return "person in a case" if language == "en" else "涉案人员"
    if user:
        return "buyer" if language == "en" else "购买人"
    return "connected person" if language == "en" else "关联人员"


def yuan(fen: int | None, language: str) -> str:
    amount = f"{(fen or 0) / 100:,.2f}"
    return f"{amount} yuan" if language == "en" else f"{amount} 元"


def money(fen: int, currency: str | None, language: str) -> str:
    """An amount with its currency; None is one that nobody knows, never the yuan."""
    if currency == "CNY":
        return yuan(fen, language)
    unknown = Text("（币种不明）", " (currency unknown)").of(language)
    return f"{fen / 100:,.2f}" + (unknown if currency is None else f" {currency}")


def day(at: str | None, language: str) -> str:
    """``2025年4月13日`` or ``2025-04-13`` of an ISO time."""
    if not at:
        return "date unknown" if language == "en" else "日期不明"
    year, month, number = at[:10].split("-")
    return at[:10] if language == "en" else f"{year}年{int(month)}月{int(number)}日"


def minute(at: str | None) -> str:
    return (at or "")[:16].replace("T", " ")
