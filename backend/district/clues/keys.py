"""What a clue can be joined by, and what in it says nothing of the seller.

Keys are account (with platform), phone, payee, waybill, wallet address, file digest and exact picture. No keys are
platform, group, service number, shared payee, nickname, receiver, and the numbers of couriers, buyers and officers. A post
that was forwarded is not its poster's, a buyer sells nothing, a reporter's account is not the seller's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from graph_schema.dictionaries import is_platform
from graph_schema.dictionaries.numbers import is_service_number
from graph_schema.store import Props

KeyKind = Literal["account", "phone", "payee", "waybill", "file", "picture"]
Poster = Literal["seller", "buyer", "forwarder", "reporter", "officer"]
Why = Literal["courier", "buyer", "officer", "service", "platform", "group", "receiver", "poster", "masked"]
"""Why an identifier joins nothing."""
Told = Props  # properties of nodes, as the driver gives them


@dataclass(frozen=True)
class Key:
    """Something that may show the seller: ``value`` is equal where it is the same, ``shown`` is how it is said."""

    kind: KeyKind
    value: str
    shown: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """Something of a clue that joins nothing, and why."""

    why: Why
    shown: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Clue:
    """One clue as the rules see it."""

    clue_id: str
    at: int | None
    text: str
    poster: Poster
    account: str | None
    keys: tuple[Key, ...]
    left: tuple[Left, ...]
    pictures: tuple[Props, ...]
    props: Told
    rows: tuple[str, ...]

    @property
    def joins(self) -> bool:
        """Whether text and pictures of this clue are the seller's own."""
        return self.poster == "seller"


_FORWARDED = re.compile(
    r"^\W*(?:转发|转自|转载|转(?=[\]】)）:：])|fwd?\b|rt\b|forwarded)|//@|【转发?】|\[转发?\]", re.IGNORECASE
)
_BUYS = re.compile(
    r"求购|求货|求(?:推荐|卖家|渠道|靠谱)|收购|高价收|(?:^|[,，。\s])收(?=一?点|些|货|冰|肉|料|烟)|想(?:买|要点|入)|我要买|"
    r"哪里(?:有|能|可以)?(?:买|卖|搞)|谁有|有没有(?:人)?(?:出|卖|货)|有人(?:出|卖)(?:吗|么)"
)
_SELLS = re.compile(
    r"出售|批发|代理|供应|现货|有货|量大|包邮|发货|可送|到货|货源|一手|代发|出(?=货|肉|冰|烟|油|料|叶)"
)
_REPORTS = re.compile(r"(?:我要?|本人|现|特此|实名|群众)举报|举报人|我被骗|检举|向其购买")
_OFFICER = re.compile(r"禁毒(?:办|委|大队|支队|民警|宣传|志愿)|公安|警方|民警|派出所|反诈|网警")
_ROLES: tuple[tuple[Literal["courier", "buyer", "officer"], re.Pattern[str]], ...] = (
    (
        "courier",
        re.compile(
            r"(?:快递|闪送|跑腿|配送|物流)(?:员|小哥|师傅|电话|点)|派[送件]|揽[收件]|骑手|外卖|司机|驿站|网点|取件"
        ),
    ),
    ("buyer", re.compile(r"买[家主方]|顾客|客户|下家|购买人|付款人|收[货件]人|收件|收货")),
    ("officer", re.compile(r"民警|警[官方]|公安|举报|报警|派出所|禁毒")),
)
_FOREIGN = re.compile(
    f"(?:{'|'.join(words.pattern for _, words in _ROLES)})[^\\d,，。;；!！]{{0,6}}[+\\d][\\d -]{{6,}}"
)
_OWN = re.compile(r"加我|加微|联系(?:我|方式|电话)?|下单|咨询|本人|卖家|老板|微信|vx|wx|tel", re.IGNORECASE)
BEFORE = 8
"""Characters before a number in which a word may say whose it is."""
_WALLET = re.compile(
    r"(?<![0-9A-Za-z])(T[0-9A-Za-z]{33}|0x[0-9a-fA-F]{40}|bc1[0-9a-z]{25,59})(?![0-9A-Za-z])"
)
_DIGEST = re.compile(
    r"(?:sha-?256|sha-?1|md5|sm3)?[:：\s]*([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})", re.IGNORECASE
)
_EMPTY = {hashlib.new(name, b"").hexdigest() for name in ("md5", "sha1", "sha256")}
LEAST, LEAST_STATED = 6, 2
"""Characters an identifier must have: met in a text, or in a column of its own."""


def clue_of(
    props: Told,
    posted: list[Told],
    mentions: list[Told],
    pictures: list[Told],
    rows: list[str],
    origin: str | None,
) -> Clue:
    """A clue from its nodes; ``origin`` is who posted the clue it follows, where there is one."""
    text = str(props.get("text") or "")
    account = next((bare for each in posted if (bare := account_of(each))), None)
    poster = poster_of(props, text, account, origin)
    keys: list[Key] = []
    left: list[Left] = []
    for each in posted:
        _posted(each, poster, keys, left)
    for each in mentions:
        _mentioned(each, props, poster, keys, left)
    keys += _wallets(props, rows) + _digests(props, rows) + _exact(pictures)
    if poster in ("buyer", "forwarder", "officer"):
        left += [Left("poster", key.shown, key.evidence) for key in keys]
        keys = []
    unique = {(key.kind, key.value): key for key in reversed(keys)}
    return Clue(
        *(str(props["clue_id"]), props.get("at"), text, poster, account),
        tuple(sorted(unique.values(), key=lambda key: (key.kind, key.value))),
        tuple(dict.fromkeys(left)),
        tuple(pictures),
        props,
        tuple(rows),
    )


def account_of(each: Told) -> str | None:
    """The account as its platform writes it; of another platform than the known ones without the platform's name."""
    number = each.get("number") or each.get("raw")
    if not number:
        return None
    return (
        str(number).partition("/")[2] if each.get("kind") == "other" and "/" in str(number) else str(number)
    )


def poster_of(props: Told, text: str, account: str | None, origin: str | None) -> Poster:
    """Whose post it is, by its words; ``seller`` where nothing speaks against it."""
    if _OFFICER.search(str(props.get("nickname") or "")) or _OFFICER.search(account or ""):
        return "officer"
    if _FORWARDED.search(text) or (origin is not None and account is not None and origin != account):
        return "forwarder"
    if _REPORTS.search(text):
        return "reporter"
    return "buyer" if _BUYS.search(text) and not _SELLS.search(text) else "seller"


def _posted(each: Told, poster: Poster, keys: list[Key], left: list[Left]) -> None:
    shown, evidence = _shown(each), tuple(each["evidence"] or ())
    if each.get("group"):
        left.append(Left("group", shown, evidence))
    elif poster == "reporter":
        left.append(Left("poster", shown, evidence))
    elif _told(each):
        kind: KeyKind = "phone" if each["ref"].startswith("Phone:") else "account"
        keys.append(Key(kind, value_of(each), shown, evidence))


def _mentioned(each: Told, props: Told, poster: Poster, keys: list[Key], left: list[Left]) -> None:
    shown, evidence = _shown(each), tuple(each["evidence"] or ())
    label = each["ref"].partition(":")[0]
    if label not in ("Phone", "Account", "Parcel"):
        return
    payee = not each.get("text") and label != "Parcel"
    why = _why_not(each, label, payee, props, poster)
    if why is not None:
        left.append(Left(why, shown, evidence))
        return
    kind: KeyKind = (
        "waybill" if label == "Parcel" else "payee" if payee else "phone" if label == "Phone" else "account"
    )
    keys.append(Key(kind, value_of(each), shown, evidence))


def _why_not(each: Told, label: str, payee: bool, props: Told, poster: Poster) -> Why | None:
    number = str(each.get("number") or each["ref"].partition(":")[2])
    if each.get("group"):
        return "group"
    if each.get("platform") or is_platform(number.partition("@")[0]):
        return "platform"
    if payee and is_platform(props.get("payee_name")):
        return "platform"
    if label == "Phone" and is_service_number(number.removeprefix("+86")):
        return "service"
    if not _told(each):
        return "masked"
    if each.get("text") and label != "Parcel":
        contact = str(props.get("contact_text") or "")
        if poster == "reporter" and number.removeprefix("+86") in contact:
            return "poster"
        return _role(number, str(props.get("text") or ""), contact)
    return None


def _role(number: str, *texts: str) -> Why | None:
    """Whose number the words before it say it is; None where they say nothing."""
    bare = number.removeprefix("+86")
    found = None
    for text in texts:
        plain = re.sub(r"(?<=\d)[ -](?=\d)", "", unicodedata.normalize("NFKC", text))
        at = plain.lower().find(bare.lower())
        if at < 0:
            continue
        before = re.split(r"[,，。;；!！\n]|\d{5,}", plain[:at])[-1][-BEFORE:]
        said = {role: _last(words, before) for role, words in _ROLES}
        role = max(said, key=lambda each: said[each])
        if said[role] < 0 or _last(_OWN, before) > said[role]:
            return None  # the word nearest to the number says whose it is
        found = role
    return found


def _last(words: re.Pattern[str], text: str) -> int:
    """Where the last of some words ends; -1 where there is none."""
    return max((match.end() for match in words.finditer(text)), default=-1)


def own_words(text: str) -> str:
    """A text without the numbers of couriers, buyers and officers, and the words that say so."""
    return _FOREIGN.sub("", unicodedata.normalize("NFKC", text))


def _told(each: Told) -> bool:
    """Whether the identifier was read whole, and is long enough to be told from others."""
    value = value_of(each).rpartition(":")[2].rpartition("/")[2]
    return "*" not in value and len(value) >= (LEAST if each.get("text") else LEAST_STATED)


def value_of(each: Told) -> str:
    """The reference; of one whose digits do not check, without the file it came from: equal is equal."""
    ref = str(each["ref"])
    if _WALLET.fullmatch(str(each.get("raw") or each.get("number") or "")):
        return _wallet(str(each.get("raw") or each["number"]))
    whole = ref.rpartition("@")[0] if each.get("verified") is False and "@" in ref else ref
    return whole.casefold() if whole.startswith("Account:other:") else whole


def _shown(each: Told) -> str:
    return str(each.get("number") or each["ref"].partition(":")[2].partition("@")[0]).removeprefix("+86")


def _wallets(props: Told, rows: list[str]) -> list[Key]:
    """Addresses of virtual coin named in text or contact."""
    texts = f"{props.get('text') or ''}\n{props.get('contact_text') or ''}"
    found = {match[1] for match in _WALLET.finditer(texts)}
    return [Key("payee", _wallet(value), value, tuple(rows)) for value in sorted(found)]


def _wallet(address: str) -> str:
    return f"wallet:{address.upper()}"


def _digests(props: Told, rows: list[str]) -> list[Key]:
    found = _DIGEST.fullmatch(str(props.get("integrity") or "").strip())
    if found is None or found[1].lower() in _EMPTY or len(set(found[1].lower())) < LEAST:
        return []
    return [Key("file", found[1].lower(), found[1].lower()[:12], tuple(rows))]


def _exact(pictures: list[Told]) -> list[Key]:
    return [
        Key("picture", str(each["sha256"]), str(each["sha256"])[:12], tuple(each["evidence"] or ()))
        for each in pictures
    ]
