"""What the rows of each BCP data set mean: from its named cells to the cells of a common table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from etl.sources.documents._bcp_index import DataFile
from etl.sources.documents._tables import Cells, account, phone_or, row
from etl.storage.facts import FileOrigin

TARGET = "COLLECT_TARGET_ID"
_KEPT = 200_000
"""Names of contacts remembered; far beyond any phone book."""


@dataclass
class Package:
    """What the base tables say of each phone of a package, by COLLECT_TARGET_ID."""

    numbers: dict[str, list[str]] = field(default_factory=dict)
    imeis: dict[str, list[str]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # of contacts, by sequence

    @classmethod
    def of(cls, index: list[DataFile], origin: FileOrigin) -> Package:
        found = cls()
        for entry in index:
            path = origin.beside.get(entry.file.lower())
            if path is None or entry.code not in {"010200", "010201", "010300", "010400"}:
                continue
            with path.open(encoding=entry.encoding, errors="replace", newline="") as file:
                for text in file.read(64 << 20).split(entry.row_end):
                    cells = text.strip("\r\n\ufeff").split(entry.cell_end)
                    found._note(entry.code, dict(zip(entry.columns, cells, strict=False)))
        return found

    def _note(self, code: str, cells: Cells) -> None:
        target = cells.get(TARGET, "")
        if code == "010400" and len(self.names) < _KEPT:
            key = (target, cells.get("SEQUENCE_NAME", ""))
            self.names.setdefault(key, cells.get("RELATIONSHIP_NAME", ""))
        value = cells.get("MSISDN" if code == "010300" else "IMEI_ESN_MEID", "").strip()
        store = self.numbers if code == "010300" else self.imeis
        if value and code != "010400" and value not in store.setdefault(target, []):
            store[target].append(value)

    def own(self, cells: Cells) -> str:
        """The phone itself as an end: the number of the row, the only number or handset of the target, the target."""
        number = cells.get("MSISDN", "").strip()
        if number:
            return f"phone:{number}"
        target = cells.get(TARGET, "")
        for kind, known in (("phone", self.numbers), ("imei", self.imeis)):
            if len(known.get(target, [])) == 1:
                return f"{kind}:{known[target][0]}"
        return account("手机取证", target)


def _first(cells: Cells, *names: str) -> str:
    return next((text for name in names if (text := cells.get(name, "").strip())), "")


def _deleted(cells: Cells) -> dict[str, str]:
    gone = cells.get("DELETE_STATUS", "").strip() == "1"
    return {"deleted": "1" if gone else "", "deleted_at": _time(cells, "DELETE_TIME") if gone else ""}


def _time(cells: Cells, name: str) -> str:
    text = cells.get(name, "").strip()
    return "" if text.strip("0") == "" else text


def _ends(cells: Cells, own: str, other: str) -> dict[str, str]:
    """Both ends by LOCAL_ACTION: 01 received, 02 sent; nothing where it says neither."""
    action = cells.get("LOCAL_ACTION", "").strip()
    if action in {"02", "2"}:
        return {"from_": own, "to": other, "side": "start"}
    return {"from_": other, "to": own, "side": "end"} if action in {"01", "1"} else {}


_CALL_STATES = {"0": "missed", "1": "connected"}


def _call(cells: Cells, package: Package) -> list[str]:
    return row(
        "handset_calls",
        **_ends(cells, package.own(cells), phone_or("?", cells.get("RELATIONSHIP_ACCOUNT", ""))),
        **_deleted(cells),
        at=_time(cells, "START_TIME"),
        seconds=cells.get("DUAL_TIME", ""),
        state=_CALL_STATES.get(cells.get("CALL_STATUS", "").strip(), ""),
    )


def _message(cells: Cells, package: Package) -> list[str]:
    folder = cells.get("MAIL_SAVE_FOLDER", "").strip()
    known = {**cells, "LOCAL_ACTION": _first(cells, "LOCAL_ACTION") or ("02" if folder == "02" else "01")}
    return row(
        "chat_messages",
        **_ends(known, package.own(cells), phone_or("?", cells.get("RELATIONSHIP_ACCOUNT", ""))),
        **_deleted(cells),
        at=_time(cells, "MAIL_SEND_TIME"),
        text=cells.get("CONTENT", ""),
        channel="短信",
        kind="sms",
    )


def _mine(cells: Cells) -> str:
    return account(cells.get("CONTACT_ACCOUNT_TYPE", ""), _first(cells, "ACCOUNT_ID", "ACCOUNT"))


def _friend(cells: Cells) -> str:
    return account(cells.get("CONTACT_ACCOUNT_TYPE", ""), _first(cells, "FRIEND_ID", "FRIEND_ACCOUNT"))


def _group(cells: Cells) -> str:
    return account(cells.get("CONTACT_ACCOUNT_TYPE", ""), cells.get("GROUP_NUM", ""))


def _chat(cells: Cells, package: Package) -> list[str]:
    ends = _ends(cells, _mine(cells), _friend(cells))
    sent = ends.get("side") == "start"
    return row(
        "chat_messages",
        **ends,
        **_deleted(cells),
        **{
            "from_name" if sent else "to_name": cells.get("REGIS_NICKNAME", ""),
            "to_name" if sent else "from_name": cells.get("FRIEND_NICKNAME", ""),
        },
        at=_time(cells, "MAIL_SEND_TIME"),
        text=cells.get("CONTENT", ""),
        kind=cells.get("MEDIA_TYPE", ""),
        media=cells.get("MAINFILE", ""),
        ident=cells.get("TALK_ID", ""),
    )


def _group_chat(cells: Cells, package: Package) -> list[str]:
    """Who spoke in a group: its owner's phone where it was sent, else the member named."""
    ends = _ends(cells, _mine(cells), _friend(cells))
    sent = ends.get("side") == "start"
    return row(
        "chat_messages",
        **_deleted(cells),
        from_=(ends and (_mine(cells) if sent else _friend(cells))) or "",
        to=_group(cells),
        side="start" if sent else "end",
        from_name=cells.get("REGIS_NICKNAME" if sent else "FRIEND_NICKNAME", ""),
        group=_group(cells),
        group_name=cells.get("GROUP_NAME", ""),
        at=_time(cells, "MAIL_SEND_TIME"),
        text=cells.get("CONTENT", ""),
        kind=cells.get("MEDIA_TYPE", ""),
        media=cells.get("MAINFILE", ""),
        ident=cells.get("TALK_ID", ""),
    )


def _contact(cells: Cells, package: Package) -> list[str]:
    kind, value = cells.get("PHONE_VALUE_TYPE", "").strip(), cells.get("RELATIONSHIP_ACCOUNT", "")
    name = package.names.get((cells.get(TARGET, ""), cells.get("SEQUENCE_NAME", "")), "")
    return row(
        "handset_contacts",
        own=package.own(cells),
        contact=phone_or("联系人", value) if kind in {"", "01", "1"} else account("联系人", value),
        called=_first(cells, "RELATIONSHIP_NAME") or name,
        relation="CONTACT",
        deleted=_deleted(cells)["deleted"],
    )


def _friends(cells: Cells, package: Package) -> list[str]:
    return row(
        "handset_contacts",
        own=_mine(cells),
        contact=_friend(cells),
        called=cells.get("FRIEND_REMARK", ""),
        nickname=cells.get("FRIEND_NICKNAME", ""),
        relation="FRIEND",
        deleted=_deleted(cells)["deleted"],
    )


def _membership(cells: Cells, package: Package) -> list[str]:
    """The phone's own account in a group (020300), or one of its members (020400)."""
    member = _friend(cells) or _mine(cells)
    return row(
        "handset_contacts",
        own=member,
        contact=_group(cells),
        called=_first(cells, "FRIEND_REMARK", "FRIEND_NICKNAME"),
        relation="MEMBER_OF",
        group=_group(cells),
        group_name=cells.get("GROUP_NAME", ""),
        deleted=_deleted(cells)["deleted"],
    )


def _owner(cells: Cells, package: Package) -> list[str]:
    return row(
        "handset_accounts",
        name=cells.get("NAME", ""),
        document=cells.get("CERTIFICATE_CODE", ""),
        account=account("手机取证", cells.get(TARGET, "")),
        own=package.own(cells),
        case=_first(cells, "GA_CASE_NO", "CASE_NO"),
    )


def _handset(cells: Cells, package: Package) -> list[str]:
    return row(
        "handset_accounts",
        account=account("手机取证", cells.get(TARGET, "")),
        own=package.own(cells),
        imei=cells.get("IMEI_ESN_MEID", ""),
        model=" ".join(filter(None, (cells.get("MANUFACTURER", ""), cells.get("MODEL", "")))),
    )


def _sim(cells: Cells, package: Package) -> list[str]:
    imeis = package.imeis.get(cells.get(TARGET, ""), [])
    return row(
        "handset_accounts",
        account=account("手机取证", cells.get(TARGET, "")),
        phone=cells.get("MSISDN", ""),
        imsi=cells.get("IMSI", ""),
        imei=imeis[0] if len(imeis) == 1 else "",
    )


def _im_account(cells: Cells, package: Package) -> list[str]:
    return row(
        "handset_accounts",
        account=_mine(cells),
        own=account("手机取证", cells.get(TARGET, "")),
        phone=cells.get("MSISDN", ""),
        nickname=cells.get("REGIS_NICKNAME", ""),
        name=cells.get("NAME", ""),
    )


def _place(kind: str, key: str, cells: Cells, package: Package) -> list[str]:
    return row(
        "handset_sightings",
        at=_first(cells, "VISIT_TIME", "START_TIME"),
        own=package.own(cells),
        place=f"{kind}:{key.strip().lower()}" if key.strip() else "",
        place_kind=kind,
        title=cells.get("SSID", ""),
        address=cells.get("COMPANY_ADDRESS", ""),
        lon=cells.get("LONGITUDE", ""),
        lat=cells.get("LATITUDE", ""),
    )


def _wifi(cells: Cells, package: Package) -> list[str]:
    return _place("wifi", cells.get("AP_MAC", ""), cells, package)


def _cell(cells: Cells, package: Package) -> list[str]:
    """Decimal location area and cell, as ``MCC-MNC-LAC-CI``."""
    parts = [cells.get(name, "").strip() for name in ("MCC", "MNC", "LAC", "CellID")]
    made = row(
        "handset_sightings",
        at=_first(cells, "START_TIME", "VISIT_TIME"),
        own=package.own(cells),
        cell=f"{parts[0]}-{parts[1].zfill(2)}-{int(parts[2])}-{int(parts[3])}"
        if all(part.isdecimal() and len(part) < 12 for part in parts)
        else "",
        lon=cells.get("LONGITUDE", ""),
        lat=cells.get("LATITUDE", ""),
    )
    return made


_MEANINGS: Mapping[str, tuple[str, Callable[[Cells, Package], list[str]]]] = {
    "010100": ("handset_accounts", _owner),
    "010200": ("handset_accounts", _handset),
    "010201": ("handset_accounts", _handset),
    "010300": ("handset_accounts", _sim),
    "010500": ("handset_contacts", _contact),
    "010600": ("handset_calls", _call),
    "010700": ("chat_messages", _message),
    "010800": ("chat_messages", _message),
    "020100": ("handset_accounts", _im_account),
    "020200": ("handset_contacts", _friends),
    "020300": ("handset_contacts", _membership),
    "020400": ("handset_contacts", _membership),
    "020500": ("chat_messages", _chat),
    "020600": ("chat_messages", _group_chat),
    "080100": ("handset_sightings", _wifi),
    "080400": ("handset_sightings", _cell),
}


def meaning(code: str) -> tuple[str, Callable[[Cells, Package], list[str]] | None]:
    """Layout of a data set and what works its cells out; tables without a meaning are only kept."""
    return _MEANINGS.get(code, ("package_index" if code == "010400" else "package_table", None))
