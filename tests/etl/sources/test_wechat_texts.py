"""WeChat registration and log-in texts: each account its own, each log-in under its account, no line lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.opened import Facts, facts_of

REGISTRATION = """微信号:wxid_tst0001
别名:yehang_99
昵称:夜航:二
当前绑定手机号:13900001234
注册时间:2016-04-01 10:00:00 +0800 CST

微信号：wxid_tst0002
当前绑定手机号：
状态：封停
"""
LOGINS = """登录日志：
时间\tIP
2026-01-27 11:53:50 +0800 CST\t192.0.2.17
2026-01-28 01:00:00 +0800 CST\t2001:db8::7

查无更多
"""


def tables(path: Path, text: str, encoding: str = "utf-8") -> dict[str, Facts]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding=encoding)
    return {facts.kind: facts for facts in facts_of(path)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_registration_text(tmp_path: Path, encoding: str) -> None:
    """Traps: a second account read into the first; a colon within a nickname; a key nobody knows, dropped."""
    found = tables(tmp_path / "regInfobasicInfo.txt", REGISTRATION, encoding)["wechat_registration"]
    assert found.states() == {"loaded": 2}
    (first,) = found.nodes
    assert first["ref"] == "Account:wechat:wxid_tst0001"
    assert first["props"] == {"nickname": "夜航:二", "opened_at": 1459476000000}
    assert [record["refs"] for record in found.records] == [
        ["Account:wechat:wxid_tst0001", "Phone:+8613900001234"],
        ["Account:wechat:wxid_tst0002"],
    ]
    assert "封停" in found.rows[1]["cells"][-1]


def test_logins_belong_to_the_account_of_their_folder(tmp_path: Path) -> None:
    """Traps: an account nobody names; a log-in with an IPv6 address; a closing remark that vanishes."""
    found = tables(tmp_path / "wxid_tst0001" / "WX登录轨迹.txt", LOGINS)["wechat_logins"]
    assert found.states() == {"loaded": 2, "rejected": 1}
    assert [(leg["start"], leg["end"], leg["at"]) for leg in found.legs_of("SEEN_AT")] == [
        ("Account:wechat:wxid_tst0001", "Place:ip:192.0.2.17", 1769486030000),
        ("Account:wechat:wxid_tst0001", "Place:ip:2001:db8::7", 1769533200000),
    ]
    alone = tables(tmp_path / "a" / "WX登录轨迹.txt", LOGINS)["wechat_logins"]
    assert all("@" in leg["start"] for leg in alone.legs_of("SEEN_AT")), "stays within its file"


def test_both_in_one_text(tmp_path: Path) -> None:
    """Trap: log-ins under a registration told of another account, or of none."""
    found = tables(tmp_path / "a.txt", REGISTRATION + LOGINS)
    assert {leg["start"] for leg in found["wechat_logins"].legs_of("SEEN_AT")} == {
        "Account:wechat:wxid_tst0002"
    }
