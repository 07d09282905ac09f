"""The squad's own tables: cases, case persons, seizures, clues, phone holders, registered users."""

from __future__ import annotations

from collections import Counter
from random import Random

from backend.demo.files import headings
from backend.demo.files.desk import Desk, stamp
from backend.demo.files.tabular import SourceTable, write_text, write_workbook
from backend.demo.police import Case, Suspect
from backend.demo.world import DAY, END, Person

_CLASS = {"060702": "贩卖毒品案", "060703": "运输毒品案", "060745": "容留他人吸毒案"}


def write_squad_tables(desk: Desk) -> set[int]:
    """Write the tables; returns the persons registered as users."""
    rng = desk.world.rng("files/squad")
    _cases(desk, rng)
    _case_persons(desk, rng)
    _seizures(desk, rng)
    _clues(desk, rng)
    _holders(desk, rng)
    return _registered(desk, rng)


def _cases(desk: Desk, rng: Random) -> None:
    table = SourceTable("cases", headings.CASES, sheet="案件")
    for case in desk.cases:
        cell = desk.world.people[case.suspects[0].person].cell
        solved = stamp(case.opened + 3 * DAY, "%Y-%m-%d") if rng.random() < 0.8 else ""
        table.add(
            case.number,
            case.title,
            _CLASS[case.code],
            case.code,
            "破案" if solved else "立案",
            stamp(case.opened, "%Y-%m-%d"),
            solved,
            "例溪分局禁毒大队",
            f"示例警官{rng.randrange(1, 9)}",
            f"例溪区示例路{cell + 1}号",
            f"{126.0 + cell * 0.003:.6f}",
            f"{29.5 + cell % 12 * 0.004:.6f}",
            f"{stamp(case.opened, '%m月%d日')}，民警在例溪区查获涉毒人员，现场缴获毒品可疑物。",
            stamp(case.opened + 60 * DAY, "%Y-%m-%d") if rng.random() < 0.3 else "",
            case.target,
        )
    desk.files.append(write_workbook(desk.folder, "台账/案件.xlsx", [table]))


def _case_persons(desk: Desk, rng: Random) -> None:
    table = SourceTable("case_persons", headings.CASE_PERSONS)
    phones = {a.person: a.phones for a in desk.asked}
    for case in desk.cases:
        for suspect in case.suspects:
            person = desk.world.people[suspect.person]
            desk.persons_seen.add(suspect.person)
            table.add(*_suspect(case, suspect, person, phones.get(suspect.person, []), rng))
    desk.files.append(write_text(desk.folder, "台账/涉案人员.csv", table, "gb18030"))


def _suspect(case: Case, suspect: Suspect, person: Person, asked: list[str], rng: Random) -> list[str]:
    held = suspect.arrested is not None
    numbers = list(dict.fromkeys([*asked, person.phone_at(min(suspect.arrested or END, END - 1)).number]))
    full = 0.9 if held else 0.7
    return [
        case.number,
        person.name,
        person.resident_id,
        "男" if person.male else "女",
        person.nickname if rng.random() < 0.4 else "",
        ";".join(numbers) if rng.random() < full else "",
        person.wallet if rng.random() < (full - 0.15 if held else 0.85) else "",
        person.cards[0].number if rng.random() < full - 0.4 else "",
        person.alipay if rng.random() < 0.3 else "",
        f"例溪区样桥村{person.cell + 1}组",
        f"例溪区示例路{person.cell + 1}号",
        suspect.part,
        stamp(suspect.arrested, "%Y-%m-%d %H:%M") if suspect.arrested is not None else "",
        suspect.measure,
        suspect.statement,
    ]


def _seizures(desk: Desk, rng: Random) -> None:
    table = SourceTable("seizures", headings.SEIZURES, sheet="缴获毒品")
    for case in desk.cases:
        for n, find in enumerate(case.finds):
            person = desk.world.people[find.person]
            table.add(
                case.number,
                stamp(find.at, "%Y-%m-%d"),
                f"例溪区示例路{person.cell + 1}号",
                person.resident_id,
                find.substance,
                f"{find.grams:g}",
                str(find.packets),
                f"{rng.uniform(35, 82):.1f}" if rng.random() < 0.6 else "",
                find.packaging,
                f"JC{case.number[-8:]}{n + 1:02d}",
                find.batch,
            )
    desk.files.append(write_workbook(desk.folder, "台账/缴获毒品.xlsx", [table]))


def _clues(desk: Desk, rng: Random) -> None:
    table = SourceTable("clues", headings.CLUES)
    world = desk.world
    dealers = [d.person for d in world.dealers.values()]
    for n in range(max(12, round(40 * world.size))):
        pid = rng.choice(dealers) if rng.random() < 0.4 else rng.randrange(len(world.people))
        person, at = world.people[pid], rng.randrange(END)
        table.add(
            f"XS2025{n + 1:05d}",
            rng.choice(("网安", "禁毒", "刑侦", "群众举报")),
            rng.choice(("微信", "QQ", "论坛", "短视频")),
            f"demo_{rng.randrange(10**6):06d}",
            person.nickname,
            stamp(at),
            rng.choice(("有货联系", "夜间可送，懂的来", "茶叶批发，量大从优", "求购，价好说", "代发同城")),
            person.phone_at(at).number if rng.random() < 0.5 else person.wallet,
            person.wallet if rng.random() < 0.2 else "",
            "",
            rng.choice(("待核查", "已核查", "已转办")),
        )
    desk.files.append(write_text(desk.folder, "台账/网上线索.csv", table, "utf-8-sig"))


def _holders(desk: Desk, rng: Random) -> None:
    """Subscribers of the numbers asked for and of those that turned up most; burner cards lead elsewhere."""
    table = SourceTable("phone_holders", headings.PHONE_HOLDERS)
    people = desk.world.people
    wanted = Counter[str]()
    asked = {number for a in desk.asked for number in a.phones}
    for call in desk.world.calls:
        if call.caller in asked and call.b >= 0:
            wanted[call.called] += 1
        if call.called in asked and call.a >= 0:
            wanted[call.caller] += 1
    top = [n for n, count in wanted.most_common() if count >= 15 and rng.random() < 0.45]
    numbers = dict.fromkeys([*sorted(asked), *top])
    for pid, person in enumerate(people):
        for phone in person.phones:
            if phone.number not in numbers or (phone.number in asked and rng.random() < 0.25):
                continue
            holder = people[phone.registered] if phone.registered is not None else None
            if phone.registered is not None:
                desk.persons_seen.add(phone.registered)
            desk.persons_seen.add(pid)
            table.add(
                phone.number,
                holder.name if holder else "",
                holder.resident_id if holder else "",
                stamp(phone.since, "%Y-%m-%d") if phone.since else "2021-03-15",
                stamp(phone.until, "%Y-%m-%d") if phone.until < END else "",
                phone.imsi if rng.random() < 0.6 else "",
                phone.imei if rng.random() < 0.6 else "",
            )
    desk.files.append(write_text(desk.folder, "台账/手机机主信息.csv", table, "utf-8-sig"))


def _registered(desk: Desk, rng: Random) -> set[int]:
    """A part of the users, a part of the dealers, and people from years ago."""
    world = desk.world
    table = SourceTable("registered_users", headings.REGISTERED_USERS)
    old = rng.sample(range(len(world.people)), round(0.02 * len(world.people)))
    chosen = {h.person for h in world.habits if rng.random() < 0.5}
    chosen |= {d.person for d in world.dealers.values() if world.people[d.person].uses and rng.random() < 0.6}
    chosen |= set(old)
    bad = rng.choice(sorted(old))
    sources = {h.person: h.sellers[0][0] for h in world.habits}
    for pid in sorted(chosen):
        person = world.people[pid]
        desk.persons_seen.add(pid)
        number = person.resident_id
        if pid == bad:  # a slip of the keyboard: the check digit is wrong
            number = number[:-1] + ("1" if number[-1] != "1" else "2")
        caught = rng.randrange(-900 * DAY, END)
        table.add(
            person.name,
            number,
            rng.choice(("甲基苯丙胺", "甲基苯丙胺", "海洛因", "甲基苯丙胺片剂")),
            f"20{rng.randrange(8, 24):02d}-{rng.randrange(1, 13):02d}-15",
            stamp(caught, "%Y-%m-%d"),
            rng.choice(("例溪派出所", "样桥派出所", "例溪分局禁毒大队")),
            _source_text(desk, sources.get(pid), caught, rng),
            rng.choice(("社区戒毒", "社区康复", "戒断三年未复吸", "强制隔离戒毒", "社会面管控")),
            rng.choice("ABC"),
            "例溪派出所",
            "样桥派出所",
        )
    desk.files.append(write_workbook(desk.folder, "台账/涉毒人员.xlsx", [table]))
    return chosen


def _source_text(desk: Desk, seller: int | None, caught: int, rng: Random) -> str:
    false = rng.random() < desk.world.behaviour.false_statement
    if seller is None or rng.random() < 0.5 or caught < 0:
        return rng.choice(("", "", "朋友处获得", "网上购买", "娱乐场所陌生人处购买"))
    target = desk.world.people[rng.randrange(len(desk.world.people)) if false else seller]
    phone = target.phone_at(caught).number
    texts = (
        f"从绰号“{target.nickname}”处购买",
        f"电话{phone}联系购买",
        f"微信{target.wallet}",
        f"从{target.name}处购买",
    )
    return rng.choice(texts)
