"""The tables documents are turned into: one set of headings for all phones, chats and reports.

A cell under 发送方, 账号 and the like says its kind itself: ``phone:13900001234``, ``wechat:wxid_…``,
``other:Signal/+86…`` (see the kind ``typed`` of ``etl.layouts.layout``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.reading.spool import Spool

Cells = Mapping[str, str]
"""A row of a table as read, by heading."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "chat_messages": (
        *("时间", "发送方", "接收方", "发送方昵称", "接收方昵称", "群", "群名", "内容", "类别", "附件"),
        *("渠道", "状态", "已删除", "删除时间", "记录方", "原编号", "其他"),
    ),
    "handset_calls": (
        *(
            "时间",
            "主叫",
            "被叫",
            "时长(秒)",
            "类别",
            "渠道",
            "状态",
            "已删除",
            "删除时间",
            "记录方",
            "原编号",
        ),
    ),
    "handset_contacts": ("本机", "联系人", "称呼", "昵称", "关系", "已删除", "群", "群名"),
    "handset_accounts": (
        *("账号", "昵称", "姓名", "证件号码", "手机号码", "本机", "IMSI", "IMEI", "型号", "案件编号", "说明"),
    ),
    "handset_sightings": ("时间", "本机", "地点", "小区", "种类", "名称", "地址", "经度", "纬度", "已删除"),
    "wechat_registration": ("微信号", "别名", "昵称", "手机号码", "注册时间", "说明"),
    "wechat_logins": ("微信号", "时间", "地址"),
}
"""By layout; each is a YAML of ``etl/layouts/tables`` with ``document: true``."""

_PLATFORMS = {
    **dict.fromkeys(("wechat", "微信", "com.tencent.mm", "1030036"), "wechat"),
    **dict.fromkeys(("qq", "com.tencent.mobileqq", "1030001"), "qq"),
    **dict.fromkeys(("telegram", "telegramx", "org.telegram.messenger", "纸飞机"), "telegram"),
    **dict.fromkeys(("alipay", "支付宝"), "alipay"),
}
_NUMBER = re.compile(r"\+?[\d\s()-]{5,20}")


def account(platform: str, number: str) -> str:
    """A typed cell for an account of a platform, "" where there is no number."""
    number = number.strip()
    if not number:
        return ""
    kind = platform_kind(platform)
    if kind == "telegram" and number.isdigit():
        number = f"user{number}"
    return f"{kind}:{number}" if kind else f"other:{platform.strip() or '?'}/{number}"


def platform_kind(platform: str) -> str | None:
    """Which kind of account of ours a platform's are."""
    return _PLATFORMS.get(platform.strip().casefold())


def phone_or(platform: str, number: str) -> str:
    """A typed cell: a phone where the number looks like one and the platform has no numbers of its own."""
    number = number.strip()
    if platform_kind(platform) is None and _NUMBER.fullmatch(number):
        return f"phone:{number}"
    return account(platform, number)


def row(layout: str, **cells: str) -> list[str]:
    """Cells in the order of the layout's headings; what is not given is blank."""
    given = {_KEYS[layout][name]: text for name, text in cells.items()}
    return [given.get(heading, "") for heading in HEADINGS[layout]]


_KEYS: Mapping[str, Mapping[str, str]] = {
    layout: {
        "at": "时间",
        "from_": "主叫" if layout == "handset_calls" else "发送方",
        "to": "被叫" if layout == "handset_calls" else "接收方",
        **{"from_name": "发送方昵称", "to_name": "接收方昵称", "group": "群", "group_name": "群名"},
        **{"text": "内容", "kind": "类别", "media": "附件", "channel": "渠道", "state": "状态"},
        **{"deleted": "已删除", "deleted_at": "删除时间", "side": "记录方", "ident": "原编号"},
        **{"seconds": "时长(秒)", "own": "本机", "contact": "联系人", "called": "称呼", "nickname": "昵称"},
        **{
            "relation": "关系",
            "account": "微信号" if layout.startswith("wechat_") else "账号",
            "alias": "别名",
            "registered": "注册时间",
            "name": "姓名",
            "document": "证件号码",
            "phone": "手机号码",
        },
        **{"imsi": "IMSI", "imei": "IMEI", "model": "型号", "case": "案件编号", "note": "说明"},
        **{"place": "地点", "cell": "小区", "place_kind": "种类", "title": "名称", "address": "地址"},
        **{"lon": "经度", "lat": "纬度", "rest": "其他"},
    }
    for layout in HEADINGS
}


class Tables(Spool):
    """A spool of these tables; a table is declared when its first row comes."""

    def put(self, layout: str, **cells: str) -> None:
        self.table(layout, HEADINGS[layout], layout)
        self.add(layout, row(layout, **cells))
