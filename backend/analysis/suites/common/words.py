"""What the codes in the tables of the suites mean, Chinese and English."""

from __future__ import annotations

from types import MappingProxyType

from graph_schema.declaration import load_declaration
from graph_schema.legend import PATTERNS

_RECORDS = {name: (each.zh, each.en) for name, each in load_declaration().relationships.items()}

WORDS = MappingProxyType(
    {
        **_RECORDS,
        **PATTERNS,
        "Record": ("登记", "registration"),
        "true": ("是", "yes"),
        "false": ("否", "no"),
        "in": ("入", "in"),
        "out": ("出", "out"),
        "up": ("向上", "up"),
        "down": ("向下", "down"),
        "none": ("正常", "usual"),
        "abnormal": ("异常", "abnormal"),
        "high": ("高度异常", "highly abnormal"),
        "calls": ("多为主叫", "mostly calls"),
        "is_called": ("多为被叫", "mostly is called"),
        "both": ("双向", "both ways"),
        "contacts": ("联系人相同", "same contacts"),
        "handset": ("同一手机", "same handset"),
        "own": ("本人账户互转", "between his own accounts"),
        "same_name": ("同名账户", "account of the same name"),
        "two_way": ("双向往来", "both ways"),
        "pair": ("一进一出", "in and out"),
        "day": ("当日进出", "in and out in a day"),
        "gathered": ("分散转入", "gathered"),
        "spread": ("分散转出", "spread"),
        "woken": ("休眠后启用", "active after dormancy"),
        "opened": ("集中开户", "opened together"),
        "closed": ("集中销户", "closed together"),
        "branch_and_day": ("同网点同日", "same branch and day"),
        "address": ("地址", "address"),
        "agent": ("代办人", "agent"),
        "agent_phone": ("代办人电话", "phone of the agent"),
        "phone": ("登记电话", "registered phone"),
        "joined": ("已对上", "joined"),
        "proposed": ("可能对上", "may belong together"),
        "unmatched": ("未对上", "unmatched"),
        "parking": ("停车缴费", "parking"),
        "travel": ("出行", "travel"),
        "group_packet": ("群红包", "group packet"),
    }
)


def code(value: object) -> str:
    """A value of a column of codes as it stands in ``WORDS``."""
    return str(value).lower() if isinstance(value, bool) else str(value)
