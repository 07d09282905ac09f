"""Free text: what looks like an identifier, and nothing else."""

from __future__ import annotations

import pytest

from etl.parsing.freetext import identifiers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("从“阿凡”处购买，电话 13900001234", [("phone", "13900001234")]),
        ("微信 wxid_sample0002，13900009999", [("wechat", "wxid_sample0002"), ("phone", "13900009999")]),
        ("加 wxid_sample0002", [("wechat", "wxid_sample0002")]),
        ("加微信号：night_owl88 拿货", [("wechat", "night_owl88")]),
        ("QQ990010001", [("qq", "990010001")]),
        ("转到6200990000000000119", [("card", "6200990000000000119")]),
        ("身份证990101199001010019的人", [("resident_id", "990101199001010019")]),
        ("支付宝13900001234收款", [("alipay", "13900001234")]),
        ("飞机 @coldriver9 联系", [("telegram", "coldriver9")]),
        ("单号SF9900000000001", [("waybill", "SF9900000000001")]),
        ("+86 139-0000-1234", [("phone", "13900001234")]),
        ("老季，男，40 岁，绰号水哥，住示例路 1390000 号", []),
        ("", []),
    ],
)
def test_identifiers(text: str, found: list[tuple[str, str]]) -> None:
    """Trap: names stay in the text; the same digits are one identifier, not two."""
    assert identifiers_in(text) == found
