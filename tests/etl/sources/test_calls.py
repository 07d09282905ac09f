"""Call records: subscriber, direction, duration, cells, handsets."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.reading import Unreadable
from tests.etl.opened import Facts, facts_of, names, read, text_of

OWN, OTHER = "13900001234", "13900005678"
HEAD = ["呼叫类型", "对方号码", "开始时间", "通话时长", "LAC", "CI"]
WHEN = "2024-03-05 20:58:41"


def row(
    kind: str = "主叫", other: str = OTHER, when: str = WHEN, seconds: str = "47", lac: str = "", ci: str = ""
) -> list[str]:
    return [kind, other, when, seconds, lac, ci]


def calls(
    folder: Path,
    *rows: list[str],
    head: list[str] = HEAD,
    name: str = f"{OWN}.csv",
    origin: str | None = None,
) -> Facts:
    return read(folder, text_of([head, *rows]), name, origin=origin)


@pytest.mark.parametrize(
    ("name", "origin", "preamble"),
    [
        (f"{OWN}.csv", None, []),
        (f"话单查询结果_{OWN}_20240101-20240301.csv", None, []),
        ("话单.csv", f"案一/{OWN}/话单.csv", []),
        ("话单.csv", f"话单.zip/86{OWN}/话单.csv", []),
        ("话单.csv", None, [["手机号码：" + OWN]]),
        ("话单.csv", None, [["查询号码", OWN]]),
    ],
)
def test_the_subscriber_outside_the_rows(
    tmp_path: Path, name: str, origin: str | None, preamble: list[list[str]]
) -> None:
    """Trap: the file name is the subscriber when no column is."""
    facts = read(tmp_path, text_of([*preamble, HEAD, row()]), name, origin=origin)
    [leg] = facts.legs
    assert (leg["start"], leg["end"], leg["side"]) == (f"Phone:+86{OWN}", f"Phone:+86{OTHER}", "start")
    assert (leg["at"], leg["amount"], leg["system"]) == (1709643521000, 47, "carrier")


def test_the_subscriber_is_the_sheet_name(tmp_path: Path) -> None:
    """Trap: one workbook holds several subscribers, one per sheet."""
    book = Workbook()
    book.active.title = OWN
    other = book.create_sheet("13900007777")
    for sheet in (book.active, other):
        sheet.append(HEAD)
        sheet.append(row())
    path = tmp_path / "话单.xlsx"
    book.save(path)
    assert [facts.legs[0]["start"] for facts in facts_of(path)] == [f"Phone:+86{OWN}", "Phone:+8613900007777"]


@pytest.mark.parametrize("name", ["话单.csv", f"{OWN}_{OTHER}.csv"])
def test_no_subscriber_is_refused(tmp_path: Path, name: str) -> None:
    """Trap: two numbers in the name are no answer; guessing would give the calls to a stranger."""
    with pytest.raises(Unreadable) as error:
        calls(tmp_path, row(), name=name)
    assert error.value.reason == "no_subscriber"


@pytest.mark.parametrize("word", ["主叫", "呼出", "0", "拨出", "国内主叫", "主", "MOC", "去话"])
def test_words_for_outgoing(tmp_path: Path, word: str) -> None:
    """Trap: carriers write 0 for calling and 1 for called."""
    assert calls(tmp_path, row(word)).legs[0]["start"] == f"Phone:+86{OWN}"


@pytest.mark.parametrize("word", ["被叫", "呼入", "1", "拨入", "国内被叫", "被", "MTC", "来话"])
def test_words_for_incoming(tmp_path: Path, word: str) -> None:
    """Trap: the direction decides who called whom."""
    [leg] = calls(tmp_path, row(word)).legs
    assert (leg["end"], leg["side"]) == (f"Phone:+86{OWN}", "end")


def test_the_direction_column_is_found_by_its_words(tmp_path: Path) -> None:
    """Trap: 通话类型 is 本地 with one carrier and 主叫 with another."""
    unicom = [
        "序号",
        "业务类型",
        "通话起始时间",
        "通话时长",
        "呼叫类型",
        "对方号码",
        "本机通话地",
        "对方归属地",
        "通话类型",
    ]
    facts = read(
        tmp_path,
        text_of([unicom, ["1", "语音", WHEN, "3分11秒", "被叫", OTHER, "示例市", "", "国内长途"]]),
        f"{OWN}.csv",
    )
    assert (facts.legs[0]["end"], facts.legs[0]["amount"]) == (f"Phone:+86{OWN}", 191)
    short = ["通话类型", "对端号码", "起始时间", "通话时长"]
    assert (
        read(tmp_path, text_of([short, ["主叫", OTHER, WHEN, "00:00:05"]]), f"{OWN}.csv").legs[0]["amount"]
        == 5
    )


def test_rejected_calls(tmp_path: Path) -> None:
    """Trap: each bad cell must be named."""
    facts = calls(tmp_path, row("怪"), row(when="昨天"), row(seconds="很久"), row(other=""), row())
    assert [(r[0], r[2], r[3], r[4]) for r in facts.reasons()] == [
        (2, "bad_direction", "呼叫类型", "怪"),
        (3, "bad_time", "开始时间", "昨天"),
        (4, "bad_duration", "通话时长", "很久"),
        (5, "blank_required", "对方号码", None),
    ]
    assert facts.states() == {"rejected": 4, "loaded": 1}


def test_minutes(tmp_path: Path) -> None:
    """Trap: a heading that says minutes; read as seconds every call would be a missed one."""
    head = ["呼叫类型", "对方号码", "开始时间", "通话时长(分钟)"]
    facts = calls(
        tmp_path, *(["主叫", OTHER, WHEN, text] for text in ("3", "1.5", "00:03:11", "x")), head=head
    )
    assert [leg["amount"] for leg in facts.legs] == [180, 90, 191]
    assert [r[2] for r in facts.reasons()] == ["bad_duration"]


def test_a_reject_list_remembers_its_file(tmp_path: Path) -> None:
    """Trap: the subscriber stood in the name of the file the rows were rejected from."""
    extra = names("__文件,__工作表,__行号,__列,__值,__原因")
    rows = [[*HEAD, *extra], [*row(), f"话单/{OWN}.csv", "", "7", "呼叫类型", "怪", "bad_direction"]]
    assert read(tmp_path, text_of(rows), "rejects.csv").legs[0]["start"] == f"Phone:+86{OWN}"


def test_numbers_as_they_are_dialled(tmp_path: Path) -> None:
    """Trap: +86, 0086, 17951 and landlines are the same number in other clothes; short numbers are not."""
    facts = calls(
        tmp_path,
        *(
            row(other=n)
            for n in (
                "+8613900005678",
                "008613900005678",
                "1795113900005678",
                "0571-88880001",
                "10086",
                "668",
            )
        ),
    )
    ends = [leg["end"] for leg in facts.legs]
    assert ends[:5] == [f"Phone:+86{OTHER}"] * 3 + ["Phone:+8657188880001", "Phone:10086"]
    assert ends[5].startswith("Phone:668@")


def test_messages(tmp_path: Path) -> None:
    """Trap: an SMS is no call of zero seconds."""
    head = ["通联类型", "本端号码", "对端号码", "通话开始/短信发送时间", "通话时长（秒）", "短信内容"]
    facts = read(
        tmp_path,
        text_of([head, ["短信主叫", OWN, OTHER, WHEN, "0", "老地方"], ["被叫", OWN, OTHER, WHEN, "9", ""]]),
    )
    [message] = facts.legs_of("MESSAGED")
    assert (message["text"], message["amount"], message["start"]) == ("老地方", None, f"Phone:+86{OWN}")
    assert len(facts.legs_of("CALLED")) == 1


def test_forwarded_calls_are_marked(tmp_path: Path) -> None:
    """Trap: a forwarded call is neither outgoing nor incoming; nobody may have spoken."""
    [leg] = calls(tmp_path, row("主叫"), row("呼叫转移")).legs[1:]
    assert (leg["start"], leg["props"]["call_type"]) == (f"Phone:+86{OWN}", "呼叫转移")


def test_data_rows_are_no_calls(tmp_path: Path) -> None:
    """Trap: traffic records stand in the same table."""
    facts = calls(tmp_path, row(), row("上网"))
    assert [r[1:3] for r in facts.reasons()] == [("excluded", "not_a_call")]


def test_hexadecimal_cells(tmp_path: Path) -> None:
    """Trap: one letter among the cells means that 1001 is 4097 too."""
    facts = calls(tmp_path, row(lac="10AF", ci="2B3"), row(lac="1001", ci="1001"), name=f"移动{OWN}.csv")
    assert [leg["end"] for leg in facts.legs_of("SEEN_AT")] == [
        "Cell:460-00-4271-691",
        "Cell:460-00-4097-4097",
    ]
    assert facts.node("Cell:460-00-4271-691") == {
        "mcc": 460,
        "mnc": 0,
        "lac": 4271,
        "ci": 691,
        "raw": "10AF-2B3",
    }


def test_decimal_cells(tmp_path: Path) -> None:
    """Trap: a cell needs both numbers, and zeros are fillers."""
    facts = calls(
        tmp_path, row(lac="1001", ci="2002"), row(lac="1001"), row(lac="0", ci="0"), name=f"联通{OWN}.csv"
    )
    assert [leg["end"] for leg in facts.legs_of("SEEN_AT")] == ["Cell:460-01-1001-2002"]


def test_where_a_cell_stands(tmp_path: Path) -> None:
    """Trap: the city of the call is not the address of the cell."""
    head = [*HEAD, "小区地址", "基站经度", "基站纬度", "通话地"]
    facts = calls(tmp_path, [*row(lac="1001", ci="2002"), "示例塔", "120.1", "30.2", "示例市"], head=head)
    [ref] = {leg["end"] for leg in facts.legs_of("SEEN_AT")}
    told = facts.node(ref)
    assert (told["address"], told["lon"], told["lat"]) == ("示例塔", 120.1, 30.2)


TELECOM = names(
    "序号,通信记录唯一标识,通话类型,话单类型,本机号码,本机IMSI号,本机IMEI号,本机RAC号,本机"
    "LAC号,本机基站ID,本机CELLID,本机归属运营商,本机通话所在地,对方号码,对方IMSI号,对方"
    "IMEI号,对方RAC号,对方LAC号,对方基站ID,对方CELLID,对方归属运营商,对方通话所在地,"
    "对方号码归属地,前转主叫号码,呼叫开始时间,呼叫时长,是否群内呼叫,群组编号,群组名称,短信发送接收时间"
)
IMSI, IMEI, OTHER_IMEI = "460009900000001", "990000000000010", "990000000000028"


def test_telecom_form(tmp_path: Path) -> None:
    """Trap: handset and SIM of the subscriber, once per pair, with the first row as evidence."""
    cells = {
        "通话类型": "主叫",
        "话单类型": "语音",
        "本机号码": OWN,
        "本机IMSI号": IMSI,
        "本机IMEI号": IMEI,
        "本机LAC号": "1001",
    }
    cells |= {
        "本机CELLID": "2002",
        "本机归属运营商": "移动",
        "本机通话所在地": "示例市",
        "对方号码": OTHER,
        "呼叫开始时间": WHEN,
    }
    cells |= {"呼叫时长": "47", "通信记录唯一标识": "u1", "前转主叫号码": "13900009999"}
    line = [cells.get(name, "") for name in TELECOM]
    facts = read(tmp_path, text_of([TELECOM, line, line]))
    call = facts.legs_of("CALLED")[0]
    assert call["serial"] == "u1"
    assert call["props"] == {
        "start_cell": "460-00-1001-2002",
        "start_place": "示例市",
        "start_imsi": IMSI,
        "start_imei": IMEI,
        "call_type": "语音",
        "forwarded_from": "13900009999",
    }
    [used] = facts.legs_of("USED_WITH")
    assert (used["start"], used["end"], used["row"]) == (f"Sim:{IMSI}", f"Device:{IMEI[:14]}", 2)
    [record] = facts.records
    assert (record["name"], record["refs"]) == (None, [f"Phone:+86{OWN}", f"Sim:{IMSI}"])


def test_both_ends_form(tmp_path: Path) -> None:
    """Trap: the row is nobody's own; the caller stands first."""
    head = [
        "主叫号码",
        "主叫IMSI",
        "主叫IMEI",
        "主叫所在位置",
        "被叫号码",
        "被叫IMSI",
        "被叫IMEI",
        "被叫所在位置",
        "通话开始时间",
        "通话结束时间",
    ]
    cells = [
        OWN,
        IMSI,
        IMEI,
        "甲地",
        OTHER,
        "000000000000000",
        OTHER_IMEI,
        "乙地",
        WHEN,
        "2024-03-05 20:59:28",
    ]
    facts = read(tmp_path, text_of([head, cells]))
    [call] = facts.legs_of("CALLED")
    assert (call["start"], call["end"], call["side"], call["amount"]) == (
        f"Phone:+86{OWN}",
        f"Phone:+86{OTHER}",
        "none",
        47,
    )
    assert call["props"]["end_place"] == "乙地"
    pairs = {(leg["start"], leg["end"]) for leg in facts.legs_of("USED_WITH")}
    assert pairs == {
        (f"Sim:{IMSI}", f"Device:{IMEI[:14]}"),
        (f"Phone:+86{OTHER}", f"Device:{OTHER_IMEI[:14]}"),
    }


def test_a_bad_handset_number_never_rejects_a_call(tmp_path: Path) -> None:
    """Trap: a wrong check digit is kept raw and merges nothing."""
    head = ["本端号码", "本端机身码(IMEI)", "对端号码", "主被叫类型", "开始时间", "通话时长"]
    facts = read(tmp_path, text_of([head, [OWN, "123", OTHER, "主叫", WHEN, "5"]]))
    assert facts.states() == {"loaded": 1}
    assert facts.legs_of("USED_WITH") == []
