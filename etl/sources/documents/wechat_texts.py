"""WeChat registration and log-in texts of an evidence return: ``regInfobasicInfo.txt``, ``WX登录轨迹.txt``.

``key: value`` lines describe an account, a new 微信号 begins the next; after ``登录日志：`` come time and address. Where a
file of log-ins names no account, its path may; else the account is unverified and stays within its file. A line
that is neither becomes a row of its own, which is rejected with its text: nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from etl.layouts.hints import in_name, names_around
from etl.reading.encoding import detect, line_blocks
from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.sources.documents import FirstLook
from etl.sources.documents._tables import Tables
from etl.storage.facts import FileOrigin

TITLE = (
    "微信注册信息与登录轨迹（调证返回文本）",
    "WeChat registration and log-ins (texts of an evidence return)",
)
SAMPLE = (
    "微信号:wxid_sample0001",
    "别名:yehang_99",
    "昵称:夜航",
    "当前绑定手机号:13900001234",
    "注册时间:2016-04-01 10:00:00 +0800 CST",
    "",
    "登录日志：",
    "时间\tIP",
    "2024-03-05 21:14:07 +0800 CST\t192.0.2.17",
)
_KEYS = {
    "微信号": "account",
    "别名": "alias",
    "昵称": "nickname",
    "当前绑定手机号": "phone",
    "注册时间": "registered",
}
_PAIR = re.compile(r"\s*([^:：\s]{2,12})\s*[:：]\s*(.*?)\s*$")
_LOG = re.compile(r"\s*登录(?:日志|轨迹)\s*[:：]?\s*$")
_HEAD = re.compile(r"\s*时间\s+IP\s*$", re.IGNORECASE)
_LOGIN = re.compile(r"\s*(\d{4}-\d{2}-\d{2}.*?)(?:\t+|\s{2,}|\s+(?=[0-9A-Fa-f.:]+\s*$))(\S+)\s*$")
_OWN = "本机"


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    if seen.kind != "text":
        return False
    lines = [line for line in seen.head.splitlines() if line.strip()][:20]
    keys = {pair[1] for line in lines if (pair := _PAIR.match(line))}
    logs = any(_LOG.match(line) and _HEAD.match(after) for line, after in pairwise(lines))
    return {"微信号", "当前绑定手机号"} <= keys or logs


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    spool = Tables(limits)
    own = next((found for name in names_around("", path, origin) if (found := in_name(name, "wxid"))), _OWN)
    about, logs = dict[str, str](), False
    for line in _lines(path, limits):
        pair = _PAIR.match(line)
        if not line.strip() or (logs and _HEAD.match(line)):
            continue
        if _LOG.match(line):
            logs = True
        elif pair and pair[1] in _KEYS:
            key = _KEYS[pair[1]]
            if key in about or (key == "account" and about):
                spool.put("wechat_registration", **about)
                about = {}
            about[key], logs = pair[2], False
            own = pair[2] if key == "account" and pair[2] else own
        elif logs:
            login = _LOGIN.match(line)
            at, address = (login[1], login[2]) if login else (line.strip(), "")
            spool.put("wechat_logins", account=own, at=at, address=address)
        elif pair and about:
            about["note"] = "；".join(filter(None, (about.get("note"), line.strip())))
        else:
            spool.put("wechat_registration", note=line.strip())
    if about:
        spool.put("wechat_registration", **about)
    sheets = spool.sheets()
    if not sheets:
        raise Unreadable("empty")
    return sheets


def _lines(path: Path, limits: ReadLimits) -> Iterator[str]:
    for block in line_blocks(path, detect(path), 1 << 20, limits):
        yield from block.decode("utf-8", "replace").splitlines()
