"""BCP packages: columns come from the index, everything hangs on the phone examined, deleted rows stay."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from etl.intake.containers import walk
from etl.reading import Unreadable
from etl.sources import open_file
from etl.storage.facts import FileOrigin
from tests.etl.opened import Facts, facts_of_member, problems
from tests.etl.sources.packages import OWNER, TARGET, bcp_name, bcp_package

OWN = "Phone:+8613900001234"
CALLS = ("COLLECT_TARGET_ID", "MSISDN", "RELATIONSHIP_ACCOUNT", "RELATIONSHIP_NAME", "CALL_STATUS")
CALLS += ("LOCAL_ACTION", "START_TIME", "END_TIME", "DUAL_TIME", "DELETE_STATUS", "DELETE_TIME")


def package(path: Path) -> dict[str, Facts]:
    """Facts of every file of a package by its data set."""
    found = {}
    for member in walk([path]):
        assert member.refused is None, member.refused
        [facts] = facts_of_member(member)
        problems(facts)
        found[member.path.rpartition("_")[2][:6]] = facts
    return found


def test_calls_have_two_ends_and_deleted_ones_stay(tmp_path: Path) -> None:
    """Traps: no heading line (the first row is data); MSISDN blank; a deleted call dropped; 99 guessed."""
    rows = [
        (TARGET, "13900001234", "13900005678", "老水", "1", "02", "1709643521", "1709643568", "47", "0", ""),
        (TARGET, "", "+86 139 0000 5679", "", "0", "01", "1709643600", "", "0", "1", "1709700000"),
        (TARGET, "", "13900005678", "", "1", "99", "1709643700", "", "3", "0", ""),
    ]
    facts = package(bcp_package(tmp_path / "p", OWNER | {"010600": (CALLS, rows)}, counts={"010600": 4}))
    calls = facts["010600"]
    assert [row["row"] for row in calls.rows] == [1, 2, 3]
    assert calls.declared_rows == 4
    out, into = calls.legs_of("CALLED")
    assert (out["start"], out["end"], out["amount"], out["side"], out["at"]) == (
        OWN,
        "Phone:+8613900005678",
        47,
        "start",
        1709643521000,
    )
    assert (into["start"], into["end"], into["side"]) == ("Phone:+8613900005679", OWN, "end")
    assert into["props"] == {"deleted": True, "deleted_at": 1709700000000, "state": "missed"}
    assert calls.reasons() == [(3, "rejected", "no_party", "主叫", None)]


def test_the_owner_ties_phone_card_and_handset(tmp_path: Path) -> None:
    """Trap: the examined phone's data belonging to nobody, because only 010100 names the person."""
    facts = package(bcp_package(tmp_path / "p", OWNER))
    [owner] = facts["010100"].records
    target = f"Account:other:手机取证/{TARGET}"
    assert owner["name"] == "章一凡"
    assert dict(zip(owner["refs"], owner["hows"], strict=True)) == {
        "ResidentId:990101199001010019": "registered",
        target: "used",
        OWN: "used",
    }
    assert {target, OWN, "Sim:460009900000001"} <= set(facts["010300"].records[0]["refs"])
    [worn] = facts["010300"].legs_of("USED_WITH")
    assert (worn["start"], worn["end"]) == ("Sim:460009900000001", "Device:99000000000001")
    assert facts["010200"].node("Device:99000000000001")["model"] == "示例 X1"


def test_chats_groups_friends_and_contacts(tmp_path: Path) -> None:
    """Traps: received and sent turned round; a group taken for a person; a remark taken for a name."""
    im = ("COLLECT_TARGET_ID", "CONTACT_ACCOUNT_TYPE", "ACCOUNT_ID", "ACCOUNT")
    chat = (*im, "FRIEND_ID", "FRIEND_NICKNAME", "CONTENT", "MAIL_SEND_TIME", "LOCAL_ACTION", "DELETE_STATUS")
    group = (*im, "GROUP_NUM", "GROUP_NAME", "FRIEND_ID", "CONTENT", "MAIL_SEND_TIME", "LOCAL_ACTION")
    me = (TARGET, "1030036", "wxid_sample0001", "me01")
    tables = OWNER | {
        "010400": (("COLLECT_TARGET_ID", "SEQUENCE_NAME", "RELATIONSHIP_NAME"), [(TARGET, "7", "老水")]),
        "010500": (
            ("COLLECT_TARGET_ID", "SEQUENCE_NAME", "PHONE_VALUE_TYPE", "RELATIONSHIP_ACCOUNT"),
            [(TARGET, "7", "01", "13900005678")],
        ),
        "020100": ((*im, "REGIS_NICKNAME", "MSISDN"), [(*me, "夜航", "13900001234")]),
        "020200": (
            (*im, "FRIEND_ID", "FRIEND_NICKNAME", "FRIEND_REMARK"),
            [(*me, "wxid_sample0002", "阿水", "老水 上家")],
        ),
        "020500": (
            chat,
            [
                (*me, "wxid_sample0002", "阿水", "无", "1709643521", "01", "0"),
                (*me, "wxid_sample0002", "阿水", "好", "1709643600", "02", "1"),
            ],
        ),
        "020600": (group, [(*me, "990001@chatroom", "示例群", "wxid_sample0003", "在", "1709643521", "01")]),
        "050100": (("COLLECT_TARGET_ID", "URL"), [(TARGET, "http://example.invalid/")]),
    }
    facts = package(bcp_package(tmp_path / "p", tables, encoding="gb18030"))
    a, b = "Account:wechat:wxid_sample0001", "Account:wechat:wxid_sample0002"
    assert [(m["start"], m["end"], m["text"], m["side"]) for m in facts["020500"].legs_of("MESSAGED")] == [
        (b, a, "无", "end"),
        (a, b, "好", "start"),
    ]
    assert [m["props"].get("deleted") for m in facts["020500"].legs] == [None, True]
    [said] = facts["020600"].legs_of("MESSAGED")
    assert (said["start"], said["end"]) == (
        "Account:wechat:wxid_sample0003",
        "Account:wechat:990001@chatroom",
    )
    assert facts["020600"].node("Account:wechat:990001@chatroom") == {"group": True, "nickname": "示例群"}
    assert facts["020200"].legs[0]["props"] == {"kind": "FRIEND", "name": "老水 上家"}
    assert (facts["010500"].legs[0]["start"], facts["010500"].legs[0]["props"]["name"]) == (OWN, "老水")
    assert [row["reason"] for row in facts["010400"].rows] == ["describes_others"]
    assert [row["reason"] for row in facts["050100"].rows] == ["unknown_table"]
    assert all(record["name"] is None for record in facts["020100"].records)


def test_cells_and_networks_place_the_phone(tmp_path: Path) -> None:
    """Trap: two operators' cells of one number confused; a network without address dropped."""
    tables = OWNER | {
        "080400": (
            ("COLLECT_TARGET_ID", "MCC", "MNC", "LAC", "CellID", "START_TIME"),
            [
                (TARGET, "460", "0", "4097", "10001", "1709643521"),
                (TARGET, "460", "0", "x", "1", "1709643521"),
            ],
        ),
        "080100": (
            ("COLLECT_TARGET_ID", "SSID", "AP_MAC", "VISIT_TIME", "LONGITUDE", "LATITUDE"),
            [(TARGET, "示例旅馆", "00:00:5E:00:53:01", "1709643521", "120.5", "30.5")],
        ),
    }
    facts = package(bcp_package(tmp_path / "p", tables))
    assert [(leg["start"], leg["end"]) for leg in facts["080400"].legs] == [(OWN, "Cell:460-00-4097-10001")]
    [place] = facts["080100"].nodes
    assert place["ref"] == "Place:wifi:00:00:5e:00:53:01" and place["props"]["lon"] == 120.5


def test_a_packed_package_reads_the_same(tmp_path: Path) -> None:
    """Trap: inside an archive the index is another entry than the file it describes."""
    folder = bcp_package(tmp_path / "p", OWNER)
    packed = tmp_path / "137-x-990101-137-1709643600-00001.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    assert package(packed)["010300"].records[0]["refs"] == package(folder)["010300"].records[0]["refs"]


def test_a_row_with_surplus_cells_is_rejected(tmp_path: Path) -> None:
    """Trap: a tab inside a message shifts every later cell."""
    row = (TARGET, "13900001234", "13900005678", "", "1", "02", "1709643521", "", "47", "0", "", "x", "y")
    calls = package(bcp_package(tmp_path / "p", OWNER | {"010600": (CALLS, [row])}))["010600"]
    assert [(state, reason) for _, state, reason, _, _ in calls.reasons()] == [("rejected", "surplus_cells")]


def test_without_its_index_it_says_what_is_missing(tmp_path: Path) -> None:
    """Trap: the first row of a header-less file taken for its heading."""
    path = tmp_path / bcp_name("010600")
    path.write_text(f"{TARGET}\t13900001234\t13900005678\n", encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        open_file(path, FileOrigin(path.name, "0" * 64))
    assert refused.value.reason == "bcp_index"
