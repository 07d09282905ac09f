"""Tables of daily administration: parcels, vehicles, cameras, hotels; and files of unknown kinds."""

from __future__ import annotations

from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, stamp
from backend.demo.files.tabular import SourceTable, write_text, write_workbook
from backend.demo.market import GATES, HOTELS
from backend.demo.truth import FileTruth
from backend.demo.world import DAY, END, Parcel, Pass, Stay

_GOODS = ("服装", "食品", "图书", "化妆品", "手机配件", "日用品", "茶叶", "鞋子", "玩具", "药品")


def write_surroundings(desk: Desk) -> None:
    """Everything ordinary the squad also has, with the few rows that matter in between."""
    rng = desk.world.rng("files/around")
    _waybills(desk, rng)
    _vehicles(desk, rng)
    _passes(desk, rng)
    _stays(desk, rng)
    _oddities(desk)


def _waybills(desk: Desk, rng: Random) -> None:
    world = desk.world
    people = len(world.people)
    parcels = [p for p in world.parcels if p.at < min(END, world.gone(p.sender), world.gone(p.receiver))]
    for _ in range(round(500 * world.size)):
        at = rng.randrange(END)
        until, ends = at + rng.randrange(1, 5) * DAY, (rng.randrange(people), rng.randrange(people))
        kilos, true_names = round(rng.uniform(0.1, 8), 2), rng.random() < 0.85
        waybill = world.inventor.waybill()
        parcels.append(Parcel(at, until, *ends, rng.choice(_GOODS), kilos, true_names, waybill))
    table = SourceTable("waybills", headings.WAYBILLS)
    for p in sorted(parcels, key=lambda p: (p.at, p.waybill)):
        if desk.lost(rng):
            continue
        sender, receiver = world.people[p.sender], world.people[p.receiver]
        desk.persons_seen.update((p.sender, p.receiver))
        table.add(
            p.waybill,
            rng.choice(("示例速运", "例达快递", "样通快递")),
            sender.name if p.true_names else sender.name[:1] + "先生",
            sender.phone_at(p.at).number,
            f"示港市演武路{sender.cell + 1}号" if not p.true_names else f"例溪区示例路{sender.cell + 1}号",
            receiver.name if p.true_names or rng.random() < 0.4 else receiver.name[:1] + "女士",
            receiver.phone_at(p.at).number,
            f"例溪区示例路{receiver.cell + 1}号",
            stamp(p.at),
            stamp(p.delivered) if p.delivered < END else "",
            p.goods,
            f"{p.kilos:g}",
        )
    desk.files.append(write_text(desk.folder, "台账/快递运单.csv", table, "utf-8-sig"))


def _vehicles(desk: Desk, rng: Random) -> None:
    table = SourceTable("vehicles", headings.VEHICLES)
    for pid, person in enumerate(desk.world.people):
        if person.plate and (pid in desk.world.dealers or rng.random() < 0.4):
            desk.persons_seen.add(pid)
            registered = f"20{rng.randrange(12, 25)}-0{rng.randrange(1, 10)}-0{rng.randrange(1, 10)}"
            table.add(person.plate, "02", "小型轿车", person.name, person.resident_id, registered, "正常")
    desk.files.append(write_text(desk.folder, "台账/机动车.csv", table, "gb18030"))


def _passes(desk: Desk, rng: Random) -> None:
    world = desk.world
    passes = list(world.passes)
    plates = [p.plate for p in world.people if p.plate]
    passes.extend(
        Pass(rng.randrange(END), rng.choice(plates), rng.randrange(GATES))
        for _ in range(round(2500 * world.size))
    )
    table = SourceTable("camera_passes", headings.CAMERA_PASSES)
    for p in sorted(passes, key=lambda p: (p.at, p.plate)):
        if 0 <= p.at < END and not desk.lost(rng):
            place = (f"{126.0 + p.gate * 0.02:.6f}", f"{29.5 + p.gate % 4 * 0.02:.6f}")
            table.add(p.plate, "02", stamp(p.at), f"KK{p.gate + 1:03d}", f"例溪卡口{p.gate + 1:02d}", *place)
    desk.files.append(write_text(desk.folder, "台账/卡口过车.csv", table, "utf-8-sig"))


def _stays(desk: Desk, rng: Random) -> None:
    world = desk.world
    stays = list(world.stays)
    for _ in range(round(350 * world.size)):
        at = rng.randrange(END)
        guests = rng.sample(range(len(world.people)), rng.choice((1, 1, 2)))
        stays.append(Stay(at, at + rng.randrange(6, 60) * 3600, guests, rng.randrange(HOTELS)))
    table = SourceTable("stays", headings.STAYS, sheet="住宿")
    for s in sorted(stays, key=lambda s: (s.at, s.guests[0])):
        if not 0 <= s.at < END or desk.lost(rng):
            continue
        for guest in s.guests:
            person = world.people[guest]
            desk.persons_seen.add(guest)
            others = ";".join(world.people[g].resident_id for g in s.guests if g != guest)
            hotel = f"例溪示例宾馆{s.hotel + 1}店"
            address = f"例溪区演武路{s.hotel * 7 + 3}号"
            until = stamp(s.until) if s.until < END else ""
            table.add(person.name, person.resident_id, hotel, "旅馆", address, stamp(s.at), until, others)
    desk.files.append(write_workbook(desk.folder, "台账/住宿登记.xlsx", [table]))


def _oddities(desk: Desk) -> None:
    """Two files of kinds no loader of case data will know."""
    store = SourceTable("unknown", ("货架", "品名", "件数", "盘点人"))
    for k in range(12):
        store.add(f"H{k + 1:02d}", "办公用纸", str(k * 3 + 2), "示例甲")
    truth = write_text(desk.folder, "杂项/仓库盘点.csv", store, "utf-8")
    truth.refused = True
    desk.files.append(truth)
    archive = desk.folder / "杂项/手机截图.rar"
    archive.write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(range(64)))
    desk.files.append(FileTruth("杂项/手机截图.rar", "rar", 0, 0, refused=True))
