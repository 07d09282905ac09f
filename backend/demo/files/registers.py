"""Registers of other desks: drivers, screening tests, companies and their chemicals, wastewater, tasks."""

from __future__ import annotations

from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, stamp
from backend.demo.files.tabular import SourceTable, write_text, write_workbook
from backend.demo.world import DAY, END

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CHEMICALS = ("丙酮", "甲苯", "盐酸", "硫酸", "乙醚", "醋酸酐", "三氯甲烷")


def write_registers(desk: Desk, registered: set[int]) -> None:
    """Small tables without any bearing on the chains."""
    rng = desk.world.rng("files/registers")
    users = sorted(registered)
    _drivers(desk, users, rng)
    _tests(desk, users, rng)
    firms = _companies(desk, rng)
    _chemistry(desk, firms, rng)
    _wastewater(desk, rng)
    _tasks(desk, rng)


def uscc(body: str) -> str:
    """Append the check character of a 17-character social credit code (GB 32100)."""
    total = sum(_USCC.index(c) * w for c, w in zip(body, _USCC_WEIGHTS, strict=True))
    return body + _USCC[-total % 31]


def _drivers(desk: Desk, users: list[int], rng: Random) -> None:
    table = SourceTable("drivers", headings.DRIVERS)
    for pid in rng.sample(users, len(users) // 3):
        person = desk.world.people[pid]
        desk.persons_seen.add(pid)
        gone = rng.random() < 0.4
        when, why = (stamp(rng.randrange(END), "%Y-%m-%d"), "吸毒成瘾未戒除") if gone else ("", "")
        table.add(
            person.name,
            person.resident_id,
            rng.choice(("C1", "C2", "B2")),
            "注销" if gone else "正常",
            when,
            why,
        )
    desk.files.append(write_text(desk.folder, "台账/驾驶人.csv", table, "utf-8-sig"))


def _tests(desk: Desk, users: list[int], rng: Random) -> None:
    table = SourceTable("screening_tests", headings.SCREENING_TESTS)
    drivers = [i for i, p in enumerate(desk.world.people) if p.occupation in ("taxi", "courier")]
    for pid in rng.sample(drivers, len(drivers) // 2) + rng.sample(users, len(users) // 4):
        person = desk.world.people[pid]
        desk.persons_seen.add(pid)
        result = "阳性" if pid in users and rng.random() < 0.3 else "阴性"
        day = stamp(rng.randrange(END), "%Y-%m-%d")
        job = {"taxi": "出租车驾驶员", "courier": "快递员"}.get(person.occupation, "")
        row = (
            person.name,
            person.resident_id,
            job,
            day,
            rng.choice(("尿液", "毛发")),
            result,
            "例溪分局禁毒大队",
        )
        table.add(*row)
    desk.files.append(write_text(desk.folder, "台账/毛发尿液检测.csv", table, "gb18030"))


def _companies(desk: Desk, rng: Random) -> list[str]:
    table = SourceTable("companies", headings.COMPANIES, sheet="企业")
    codes: list[str] = []
    for k, firm in enumerate(i for i in desk.world.institutions if i.kind == "company"):
        codes.append(uscc(f"91990101MA{rng.randrange(10**7):07d}"))
        pid = rng.randrange(len(desk.world.people))
        boss = desk.world.people[pid]
        desk.persons_seen.add(pid)
        table.add(
            *(
                firm.name,
                codes[-1],
                "例溪示例园区",
                "化工" if k % 3 == 0 else "制造",
                f"例溪区示例园{k + 1}号",
            ),
            *(f"{126.1 + k * 0.004:.6f}", f"{29.55 + k % 5 * 0.004:.6f}", boss.name, boss.resident_id),
            *("第三类" if k % 3 == 0 else "", str(rng.randrange(8, 300)), rng.choice("ABC")),
        )
    desk.files.append(write_workbook(desk.folder, "台账/企业.xlsx", [table]))
    return codes


def _chemistry(desk: Desk, firms: list[str], rng: Random) -> None:
    trades = SourceTable("chemical_trades", headings.CHEMICAL_TRADES)
    usage = SourceTable("company_usage", headings.COMPANY_USAGE)
    checks = SourceTable("inspections", headings.INSPECTIONS)
    for n in range(3 * len(firms)):
        buyer, seller = rng.sample(firms, 2)
        day = stamp(rng.randrange(END), "%Y-%m-%d")
        kilos = f"{rng.randrange(5, 900)}"
        plate = desk.world.inventor.plate()
        trades.add(f"BA2025{n + 1:05d}", buyer, seller, rng.choice(_CHEMICALS), kilos, day, plate)
    for firm in firms:
        power = rng.randrange(4_000, 90_000)
        for month in range(6):
            figures = (power * rng.uniform(0.8, 1.2), power / 40, power / 55, power / 900)
            usage.add(firm, f"2025-{month + 1:02d}", *(f"{value:.1f}" for value in figures))
        problem = rng.choice(("", "", "台账不全"))
        done = stamp(rng.randrange(200 * DAY, END), "%Y-%m-%d") if problem else ""
        day = stamp(rng.randrange(100 * DAY), "%Y-%m-%d")
        checks.add(firm, day, "禁毒办", "整改" if problem else "合格", problem, done, done, "")
    for name, table in (("化学品购销", trades), ("企业用量", usage), ("企业检查", checks)):
        desk.files.append(write_text(desk.folder, f"台账/{name}.csv", table, "utf-8-sig"))


def _wastewater(desk: Desk, rng: Random) -> None:
    table = SourceTable("wastewater", headings.WASTEWATER)
    for plant in range(4):
        for month in range(9):
            for target, level in (("甲基苯丙胺", 60), ("吗啡", 25), ("氯胺酮", 8)):
                day = stamp((month * 30 + 12) * DAY, "%Y-%m-%d")
                place = (f"{126.02 + plant * 0.03:.6f}", f"{29.51 + plant * 0.01:.6f}")
                flow, load = str(9_000 + plant * 2_500), f"{level * rng.lognormvariate(0, 0.3):.1f}"
                table.add(
                    f"例溪污水厂{plant + 1}", day, flow, str(40_000 + plant * 8_000), target, load, *place
                )
    desk.files.append(write_text(desk.folder, "台账/污水监测.csv", table, "utf-8-sig"))


def _tasks(desk: Desk, rng: Random) -> None:
    table = SourceTable("tasks", headings.TASKS)
    for n in range(8):
        state = rng.choice(("进行中", "已完成", "逾期"))
        due = stamp(rng.randrange(200 * DAY, END), "%Y-%m-%d")
        table.add(f"RW2025{n + 1:03d}", f"例溪示例任务{n + 1}", "禁毒", "禁毒大队", due, state, "", "")
    desk.files.append(write_text(desk.folder, "台账/工作任务.csv", table, "gb18030"))
