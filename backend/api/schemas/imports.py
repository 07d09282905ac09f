"""What is loaded, mapped, typed in and corrected; and which run or load."""

from __future__ import annotations

from typing import Annotated

from fastapi import UploadFile
from pydantic import BeforeValidator, Field, StringConstraints

from backend.api.schemas.base import Asked, Day, LoadNumber, Number, Text, check_number


class Analyse(Asked):
    """What to compute a run with."""

    seed: Number = Field(7, ge=0, le=2**31 - 1)


class AsOf(Asked):
    """An earlier load."""

    load: Annotated[LoadNumber, BeforeValidator(check_number)]


class Upload(Asked):
    """Files to load, and what is known about them."""

    files: list[UploadFile] = Field(min_length=1, max_length=2_000)
    case_no: str = Field("", max_length=100, description="案件编号 / case they belong to")
    basis: str = Field("", max_length=300, description="调取依据 / legal basis")
    unit: str = Field("", max_length=100, description="单位 / unit")
    marking: str = Field("", max_length=100, description="标记 / marking")
    compartment: str = Field("", max_length=40, description="知悉范围 / compartment: who may know of them")
    purpose: str = Field("", max_length=300, description="用途 / purpose")
    use_until: Day = Field(None, description="使用期限 / to be used until")
    asked_from: Day = Field(None, description="调取起始日期 / asked from")
    asked_until: Day = Field(None, description="调取截止日期 / asked until")
    dry_run: bool = Field(False, description="只读取和清点，不写入 / read and count only")
    password: str = Field("", max_length=200, description="压缩包或文件密码，不保存 / password, not stored")


DirectionWord = Annotated[str, StringConstraints(min_length=1, max_length=40)]
TypedCell = Annotated[str, StringConstraints(max_length=4_000)]


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
    inflow: list[DirectionWord] = Field(
        [], max_length=50, description="表示收入的词 / words that mean money in"
    )
    outflow: list[DirectionWord] = Field(
        [], max_length=50, description="表示支出的词 / words that mean money out"
    )


class Entry(Asked):
    """What an investigator types in; ``rows`` go from field or heading to value."""

    kind: Text = Field(description="case, person, identifier, link …, or the name of a kind of table")
    rows: list[dict[str, TypedCell]] = Field(min_length=1, max_length=1_000)
    basis: str = Field("", max_length=300, description="依据 / basis")
    compartment: str = Field("", max_length=40, description="知悉范围 / compartment: who may know of it")


class Correction(Asked):
    """New cells of one rejected row, by heading."""

    file: Annotated[str, StringConstraints(pattern="^[0-9a-f]{12,64}$")] = Field(
        description="SHA-256 of the file"
    )
    sheet: str = Field("", max_length=200)
    row: Number = Field(ge=1, le=2**31 - 1)
    cells: dict[str, TypedCell] = Field(min_length=1, max_length=500)


class Corrections(Asked):
    """Corrected rows of one load."""

    rows: list[Correction] = Field(min_length=1, max_length=10_000)
