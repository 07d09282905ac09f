"""A small invented district of drivers: tables in memory, written as CSV for a load."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from backend.demo.invented import resident_id_check
from tests.etl.opened import text_of

CAMERAS = {"K1": (120.10, 30.20), "K2": (120.15, 30.20), "K3": (121.00, 30.20)}
HEADINGS = {
    "驾驶人": "姓名,身份证号,准驾车型,驾驶证状态,注销日期,注销原因,恢复日期",
    "机动车": "号牌号码,号牌种类,车辆类型,所有人,身份证号,登记日期,车辆状态,品牌,车身颜色",
    "车辆使用": "号牌号码,号牌种类,身份证号,姓名,使用依据,起,止",
    "卡口过车": "号牌号码,号牌种类,经过时间,卡口编号,卡口名称,经度,纬度,号牌颜色,车辆类型,品牌,车身颜色,方向,置信度",
    "戒毒措施": "身份证号,姓名,措施,决定日期,报到日期,中止起,中止止,解除日期",
    "涉案人员": "案件编号,姓名,身份证号,涉案身份,到案日期,强制措施",
}


def person_id(n: int) -> str:
    """A resident id of a region that does not exist."""
    body = f"9901011990010{n // 1000 + 1}{n % 1000:03d}"
    return body + resident_id_check(body)


@dataclass
class District:
    """Rows by table, without headings."""

    rows: dict[str, list[list[str]]] = field(default_factory=lambda: {name: [] for name in HEADINGS})

    def licence(self, n: int, lost: str = "2024-03-01", reason: str = "吸毒成瘾未戒除", **more: str) -> str:
        """A person with an entry of the register; returns his name."""
        name = f"章{n}"
        state = more.get("state", "注销" if lost else "正常")
        cells = [name, person_id(n), more.get("cls", "C1"), state, lost, reason, more.get("restored", "")]
        self.rows["驾驶人"].append(cells)
        return name

    def car(
        self, plate: str, n: int, colour: str = "白", brand: str = "大众", kind: str = "02", **more: str
    ) -> None:
        """A car of the register."""
        since, status = more.get("since", "2020-05-01"), more.get("status", "正常")
        owner = [f"章{n}", person_id(n)]
        self.rows["机动车"].append([plate, kind, "小型轿车", *owner, since, status, brand, colour])

    def seen(
        self, plate: str, when: str, camera: str, colour: str = "白", brand: str = "大众", **more: str
    ) -> None:
        """A pass."""
        lon, lat = CAMERAS[camera]
        kind = more.get("kind", "02")
        plate_colour = more.get("plate_colour", "绿" if kind == "52" else "蓝")
        where = [when, camera, f"示例{camera}", f"{lon:.2f}", f"{lat:.2f}"]
        said = [plate_colour, "小型轿车", brand, colour, "由西向东", more.get("confidence", "0.97")]
        self.rows["卡口过车"].append([plate, kind, *where, *said])

    def commutes(self, plate: str, first: dt.date, last: dt.date, colour: str = "白") -> None:
        """Every working day past two cameras, at about 07:40."""
        day = first
        while day <= last:
            if day.isoweekday() <= 5:
                late = day.day % 7
                self.seen(plate, f"{day} 07:{37 + late}:10", "K1", colour)
                self.seen(plate, f"{day} 07:{46 + late}:40", "K2", colour)
            day += dt.timedelta(days=1)

    def write(self, folder: Path, *names: str) -> Path:
        """Write the named tables (all that have rows, where none is named)."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in names or [name for name, rows in self.rows.items() if rows]:
            table = [HEADINGS[name].split(","), *self.rows[name]]
            (folder / f"{name}.csv").write_text(text_of(table), encoding="utf-8")
        return folder
