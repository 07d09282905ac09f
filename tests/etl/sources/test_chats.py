"""Chat exports: who said what to whom, in all the forms in which tools write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.etl.opened import Facts, facts_of, read

A, B = "Account:telegram:user990010001", "Account:telegram:user990010002"


def telegram(folder: Path, content: dict[str, Any]) -> dict[str, Facts]:
    path = folder / "result.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return {facts.kind: facts for facts in facts_of(path)}


def message(n: int, sender: str, text: Any = "在", **more: Any) -> dict[str, Any]:
    return {
        "id": n,
        "type": "message",
        "date": "2024-03-05T21:14:07",
        "date_unixtime": str(1709644447 + n),
        "from": "夜航",
        "from_id": sender,
        "text": text,
        **more,
    }


CALL = {
    "id": 9,
    "type": "service",
    "date": "2024-03-05T22:00:00",
    "date_unixtime": "1709647200",
    "actor": "x",
    "actor_id": "user990010002",
    "action": "phone_call",
    "duration_seconds": 31,
    "discard_reason": "hangup",
}


def test_one_private_chat(tmp_path: Path) -> None:
    """Traps: text as a list of parts; the local date without zone; a call lost among service messages."""
    chat = {"name": "夜航", "type": "personal_chat", "id": 990010001}
    parts = ["看 ", {"type": "link", "text": "t.me/x"}, "！"]
    said = [
        message(1, "user990010001", parts),
        message(2, "user990010002", "无", file="a.jpg", reply_to_message_id=1),
    ]
    found = telegram(tmp_path, {**chat, "messages": [*said, CALL]})
    one, two = found["chat_messages"].legs_of("MESSAGED")
    assert (one["start"], one["end"], one["text"], one["at"], one["side"]) == (
        A,
        B,
        "看 t.me/x！",
        1709644448000,
        "end",
    )
    assert (two["start"], two["end"], two["text"], two["props"]["media"]) == (B, A, "无", "a.jpg")
    assert found["chat_messages"].rows[1]["cells"][-1] == '{"reply_to_message_id": 1}'
    [call] = found["handset_calls"].legs_of("CALLED")
    assert (call["start"], call["end"], call["amount"], call["props"]["state"]) == (B, A, 31, "connected")


def test_a_full_export(tmp_path: Path) -> None:
    """Traps: chats without a name; messages of a group to a person; the owner's own number lost."""
    export = {
        "about": "x",
        "personal_information": {
            "user_id": 990010002,
            "first_name": "章",
            "phone_number": "+86 139 0000 1234",
        },
        "contacts": {"list": [{"first_name": "老", "last_name": "水", "phone_number": "+8613900005678"}]},
        "chats": {
            "list": [
                {"type": "saved_messages", "id": 990010002, "messages": [message(1, "user990010002")]},
                {
                    "name": None,
                    "type": "personal_chat",
                    "id": 990010003,
                    "messages": [message(2, "user990010003")],
                },
                {
                    "name": "示例群",
                    "type": "private_supergroup",
                    "id": 990020001,
                    "messages": [
                        message(3, "user990010001"),
                        {**CALL, "action": "invite_members", "members": ["a"]},
                    ],
                },
            ]
        },
    }
    found = telegram(tmp_path, export)
    chats = found["chat_messages"]
    assert [(leg["start"], leg["end"]) for leg in chats.legs] == [
        (B, B),
        ("Account:telegram:user990010003", B),
        (A, "Account:telegram:channel990020001"),
    ]
    assert chats.node("Account:telegram:channel990020001") == {"nickname": "示例群", "group": True}
    assert [(state, reason) for _, state, reason, _, _ in chats.reasons()] == [
        ("excluded", "service_message")
    ]
    [owner] = found["handset_accounts"].records
    assert owner["refs"] == [B, "Phone:+8613900001234"] and owner["name"] is None
    [contact] = found["handset_contacts"].legs
    assert (contact["start"], contact["end"], contact["props"]["name"]) == (
        B,
        "Phone:+8613900005678",
        "老 水",
    )


HEAD = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName"


def test_memotrace_with_a_heading_shorter_than_its_rows(tmp_path: Path) -> None:
    """Trap: the surplus cell shifts the row or rejects it; the cells as received are lost."""
    text = (
        f'{HEAD},Sender\n1,2,1,0,0,1709644447,3,"老地方, 明天",2024-03-05 21:14:07,老水,夜航,wxid_sample0002,x\n'
        "2,2,49,2000,1,1709644500,2,转账,2024-03-05 21:15:00,老水,夜航,,x\n"
        "3,2,10000,0,0,1709644600,2,撤回,2024-03-05 21:16:40,老水,夜航,wxid_sample0002,x\n"
    )
    facts = read(tmp_path, text, "messages.csv")
    own = f"Account:wechat:本机@{facts.legs[0]['end'][-12:]}"
    assert [(leg["start"], leg["end"], leg["text"]) for leg in facts.legs] == [
        ("Account:wechat:wxid_sample0002", own, "老地方, 明天"),
        (own, "Account:wechat:wxid_sample0002", "转账"),
    ]
    assert facts.states() == {"loaded": 2, "excluded": 1}
    assert (
        facts.rows[0]["row"] == 2
        and "老地方, 明天" in facts.rows[0]["cells"]
        and facts.rows[0]["cells"][-1] == "x"
    )
    assert facts.legs[1]["props"]["call_type"] == "app/2000"


def test_names_alone_identify_nobody(tmp_path: Path) -> None:
    """Trap: two files' 夜航 become one account."""
    text = "消息ID,类型,发送人,时间,内容\n1,文本,nighthawk,2024-03-05 21:14:07,在\n2,文本,我,2024-03-05 21:14:09,来\n"
    facts = read(tmp_path, text, "夜航.csv")
    assert all("@" in leg["start"] and "@" in leg["end"] for leg in facts.legs)
    assert len({end for leg in facts.legs for end in (leg["start"], leg["end"])}) == 3


def test_chatlog_csv(tmp_path: Path) -> None:
    """Trap: what I said to a friend and what he said to me, told apart only by sender = talker."""
    text = (
        "Time,SenderName,Sender,TalkerName,Talker,Content\n"
        "2024-03-05 21:14:07,夜航,wxid_sample0002,夜航,wxid_sample0002,在\n"
        "2024-03-05 21:15:07,我,wxid_sample0001,夜航,wxid_sample0002,来\n"
        "2024-03-05 21:16:07,丙,wxid_sample0003,示例群,990001@chatroom,好\n"
    )
    facts = read(tmp_path, text)
    one, two, three = facts.legs
    assert (one["start"], one["end"][:17]) == ("Account:wechat:wxid_sample0002", "Account:wechat:本机")
    assert (two["start"], two["end"]) == ("Account:wechat:wxid_sample0001", "Account:wechat:wxid_sample0002")
    assert (three["start"], three["end"]) == (
        "Account:wechat:wxid_sample0003",
        "Account:wechat:990001@chatroom",
    )


@pytest.mark.parametrize("keeper", [False, True])
def test_chatlog_json(tmp_path: Path, keeper: bool) -> None:
    """Traps: a time with a zone or in milliseconds; isSelf as a number; the account named in each row."""
    if keeper:
        rows = [
            {
                "ts": 1709644447000,
                "conversation_id": "wxid_sample0002",
                "sender_wxid": "wxid_sample0001",
                "is_self": 1,
                "msg_type": 1,
                "account_id": "wxid_sample0001",
                "content": "来",
            }
        ]
    else:
        rows = [
            {
                "seq": 1,
                "time": "2024-03-05T21:14:07+08:00",
                "talker": "wxid_sample0002",
                "sender": "wxid_sample0001",
                "isSelf": True,
                "type": 1,
                "content": "来",
            }
        ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    [facts] = facts_of(path)
    [leg] = facts.legs
    assert (leg["start"], leg["end"], leg["at"], leg["side"]) == (
        "Account:wechat:wxid_sample0001",
        "Account:wechat:wxid_sample0002",
        1709644447000,
        "start",
    )
