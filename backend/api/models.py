"""Shapes of requests: parameters grouped per question, everything bounded, nothing unknown accepted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Path, UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MOST_ON_A_PAGE = 1_000

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, Path(min_length=1, max_length=200)]


def _number(value: object) -> object:
    """JSON knows 7 and 7.0 as one number, but true and "7" as none."""
    if isinstance(value, bool | str):
        raise ValueError("a number, not text or truth")
    return value


Number = Annotated[int, BeforeValidator(_number)]


LoadNumber = Annotated[int, Field(ge=1, le=10**9)]


class Asked(BaseModel):
    """Base of all requests: what is not declared is refused."""

    model_config = ConfigDict(extra="forbid")


class Question(Asked):
    """Base of everything that only asks."""

    as_of: LoadNumber | None = Field(
        None, description="Answer as of this load, prepared by POST /as-of; now without"
    )


class Nothing(Question):
    """A question without parameters."""


class Page(Question):
    """One page of a list."""

    limit: int = Field(100, ge=1, le=MOST_ON_A_PAGE, description="Entries at most")
    cursor: str | None = Field(None, max_length=400, description="`next` of the page before")


class GangsPage(Page):
    """One page of gang candidates."""

    min_size: int = Field(3, ge=1, le=100_000, description="Members at least")


class SuppliesPage(Page):
    """One page of supply candidates."""

    person: Text | None = Field(None, description="Only supplies to or by this person")
    min_score: float = Field(0.05, ge=0, le=1, description="0.5 is what counts as a supply")


class ChainsPage(Page):
    """One page of cases with their chains."""

    k: int = Field(3, ge=1, le=20, description="Chains of a case at most")


class CaseAsked(Question):
    """One case."""

    k: int = Field(3, ge=1, le=20, description="Chains at most")


class SearchAsked(Page):
    """A search; ``limit`` and ``cursor`` page through its hits."""

    q: Text = Field(
        description="姓名、拼音、号码、末四位、微信号、号牌、案件编号 / name, pinyin, number, plate, case"
    )
    limit: int = Field(20, ge=1, le=200, description="Hits at most")


class CountsAsked(Question):
    """What surrounds a node, in numbers."""

    node: Text = Field(description="A person id, or a node reference such as `Phone:+8613900000001`")
    first: date | None = Field(None, description="Events from this day of Beijing on")
    last: date | None = Field(None, description="Events until this day of Beijing")


class ExpandAsked(CountsAsked):
    """What surrounds a node, the newest of it."""

    type: list[Text] = Field([], max_length=40, description="Relationship types; all where none is named")
    limit: int = Field(200, ge=1, le=100_000, description="Edges at most")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before")
    sample: bool = Field(False, description="Some from all times, the same ones every time, not the newest")


class PathAsked(Question):
    """A path between two persons or nodes."""

    a: Text = Field(description="Person id, node reference, number, case number or full name")
    b: Text = Field(description="The other end, in the same forms")
    ordered: bool = Field(False, description="Only paths that do not go back in time")
    max_hops: int = Field(6, ge=1, le=8)
    k: int = Field(3, ge=1, le=20, description="Paths at most")
    type: list[Text] = Field(
        [], max_length=40, description="Hops of these types only; all where none is named"
    )
    first: date | None = Field(None, description="From this day of Beijing on")
    last: date | None = Field(None, description="Until this day of Beijing")
    least_yuan: float | None = Field(None, ge=0, le=1e12, description="Payments of at least so much")


class OrderedAsked(Question):
    """Money followed in time order."""

    start: Text = Field(description="Person id, node reference, number or full name")
    direction: Literal["down", "up"] = Field(
        "down", description="down: where it went; up: where it came from"
    )
    layers: int = Field(6, ge=1, le=20)
    window_hours: float | None = Field(None, ge=0, le=1_000_000, description="Longest time between two hops")
    ratio_least: float | None = Field(
        None, ge=0, le=1e9, description="Least later amount through earlier one"
    )
    ratio_most: float | None = Field(
        None, ge=0, le=1e9, description="Greatest later amount through earlier one"
    )
    first: int | None = Field(None, ge=0, le=10**13, description="From, epoch milliseconds")
    last: int | None = Field(None, ge=0, le=10**13, description="To, epoch milliseconds")
    fan: int = Field(200, ge=1, le=5_000, description="Newest events of a node looked at in one window")
    limit: int = Field(500, ge=1, le=5_000, description="Events listed at most")


class SuiteAsked(Question):
    """A suite of analyses of one or more persons."""

    also: list[Text] = Field([], max_length=19, description="Further targets: ids, numbers or names")
    preset: Literal["packet", "wholesale", "laundering"] = Field("packet", description="零包 | 批发 | 洗钱")
    limit: int = Field(200, ge=1, le=5_000, description="Rows of a table at most")
    format: Literal["json", "xlsx"] = "json"


class EvidenceAsked(Question):
    """Rows of source files."""

    row: list[Annotated[str, StringConstraints(min_length=1, max_length=300)]] = Field(
        min_length=1, max_length=200, description="Row references `sha256[:12]/sheet/row`"
    )


class ExplainAsked(Question):
    """Anything with an id."""

    id: Text = Field(description="Person, gang, chain or event id, or `supplier>buyer`")


class SignIn(Asked):
    """Sign-in by the local token."""

    model_config = ConfigDict(extra="forbid", strict=True)

    token: str = Field(min_length=1, max_length=200)
    purpose: str = Field("", max_length=300, description="用途 / purpose of the work, kept in the audit log")


class Analyse(Asked):
    """What to compute a run with."""

    seed: Number = Field(7, ge=0, le=2**31 - 1)


Day = Annotated[date | None, BeforeValidator(lambda day: None if day == "" else day)]
"""A day of Beijing; a form sends a blank one as empty text."""


class AsOf(Asked):
    """An earlier load."""

    load: Annotated[LoadNumber, BeforeValidator(_number)]


class Upload(Asked):
    """Files to load, and what is known about them."""

    files: list[UploadFile] = Field(min_length=1, max_length=2_000)
    case_no: str = Field("", max_length=100, description="案件编号 / case they belong to")
    basis: str = Field("", max_length=300, description="调取依据 / legal basis")
    unit: str = Field("", max_length=100, description="单位 / unit")
    marking: str = Field("", max_length=100, description="标记 / marking")
    purpose: str = Field("", max_length=300, description="用途 / purpose")
    use_until: Day = Field(None, description="使用期限 / to be used until")
    asked_from: Day = Field(None, description="调取起始日期 / asked from")
    asked_until: Day = Field(None, description="调取截止日期 / asked until")
    dry_run: bool = Field(False, description="只读取和清点，不写入 / read and count only")
    password: str = Field("", max_length=200, description="压缩包或文件密码，不保存 / password, not stored")


Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Cell = Annotated[str, StringConstraints(max_length=4_000)]


class Unload(Asked):
    """How to take a load out."""

    dry_run: bool = Field(False, description="Only count what would go; the result of the job has the counts")


class MapAsked(Asked):
    """An unknown file, and what is already decided about it."""

    file: UploadFile
    sheet: str | None = Field(None, max_length=200, description="工作表 / sheet")
    kind: str | None = Field(None, max_length=60, description="映射为哪种表 / kind of table to map onto")
    header: int | None = Field(None, ge=1, le=1_000, description="表头行号 / row of the heading")
    set: list[Annotated[str, StringConstraints(max_length=300)]] = Field(
        [], max_length=500, description="列=字段，列= 表示不用 / COLUMN=FIELD; COLUMN= leaves it out"
    )
    inflow: list[Word] = Field([], max_length=50, description="表示收入的词 / words that mean money in")
    outflow: list[Word] = Field([], max_length=50, description="表示支出的词 / words that mean money out")


class Entry(Asked):
    """What an investigator types in; ``rows`` go from field or heading to value."""

    kind: Text = Field(description="case, person, identifier, link …, or the name of a kind of table")
    rows: list[dict[str, Cell]] = Field(min_length=1, max_length=1_000)
    basis: str = Field("", max_length=300, description="依据 / basis")


class Correction(Asked):
    """New cells of one rejected row, by heading."""

    file: Annotated[str, StringConstraints(pattern="^[0-9a-f]{12,64}$")] = Field(
        description="SHA-256 of the file"
    )
    sheet: str = Field("", max_length=200)
    row: Number = Field(ge=1, le=2**31 - 1)
    cells: dict[str, Cell] = Field(min_length=1, max_length=500)


class Corrections(Asked):
    """Corrected rows of one load."""

    rows: list[Correction] = Field(min_length=1, max_length=10_000)
