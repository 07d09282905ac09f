"""Lists of supervision: tasks, problems, inspections, clues sent down, prevention."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from backend.district.days import happened
from backend.district.figures.entries import NO_UNIT, Counted, CountedPeriod, Entry, ThingTest, thing
from backend.district.figures.told import FactsAsOf, ThingSeen
from backend.district.tasks.items import overdue_days, state_of
from graph_schema.language import Text
from graph_schema.store import Props

LOST = ("流失", "短少", "丢失", "被盗")


def _things(
    label: str, field: str, unit: str = "unit", kind: str | None = None, test: ThingTest | None = None
) -> Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]]:
    """Things of a label by one of their days, where ``test`` holds."""

    def of(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
        for each in facts.kind(kind) if kind else facts.of(label):
            if span.holds(each.props.get(field)) and (test is None or test(each, span)):
                name = each.props.get("problem") or each.props.get("title")
                yield thing(each, each.props[field], each.props.get(unit), name=name)

    return of


def _tasks(test: ThingTest) -> Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]]:
    """Tasks by their first deadline: done or not, they stay tasks of the period they were due in."""

    def of(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
        whole = CountedPeriod(span.first, span.last, max(span.on, span.last))
        for each in facts.of("Task"):
            due = each.props.get("first_due_at") or each.props.get("due_at")
            if each.props.get("title") and whole.holds(due) and test(each, span):
                yield thing(each, due, each.props.get("unit"))

    return of


def _done(task: ThingSeen, span: CountedPeriod) -> bool:
    return state_of(task.props, [], span.on) in ("done", "closed")


def _says(props: Props, *names: str) -> str:
    return " ".join(str(props.get(name) or "") for name in names)


def _inspected(joint: bool, test: Callable[[Props], bool] = lambda _: True) -> ThingTest:
    return lambda each, _: bool(each.props.get("joint")) is joint and test(each.props)


def _penalty(*words: str) -> ThingTest:
    return _inspected(False, lambda props: any(word in _says(props, "penalty", "result") for word in words))


def _answered(*results: str) -> ThingTest:
    return lambda each, _: str(each.props.get("result") or "").strip() in results


def _in_time(answer: ThingSeen, span: CountedPeriod) -> bool:
    at, due = answer.props.get("closed_at"), answer.props.get("deadline")
    return at is not None and due is not None and at < due + 86_400_000 and happened(at, span.on)


def _closed(problem: ThingSeen, span: CountedPeriod) -> bool:
    return happened(problem.props.get("closed_at"), span.on)


def _covered(*kinds: str, pupils: str | None = None) -> Callable[[FactsAsOf, CountedPeriod], Iterator[Entry]]:
    """Schools, teams … of some kinds once each; ``pupils`` names what each of them counts instead of one."""

    def of(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
        found: dict[str, Entry] = {}
        for each in facts.kind("prevention"):
            props = each.props
            if not span.holds(props.get("at")) or not any(kind in str(props.get("status")) for kind in kinds):
                continue
            to_cover, covered = props.get("to_cover"), props.get("covered")
            told = {"to_cover": to_cover, "covered": min(covered or 0, to_cover or covered or 0)}
            made = thing(each, props["at"], None)
            count = int(told[pupils] or 0) if pupils else 1
            if not pupils and kinds == ("学校",) and not covered:
                continue
            name = str(props.get("title"))
            before = found.get(name)
            rows = (*(before.evidence if before else ()), *made.evidence)
            most = max(count, before.count if before else 0)
            found[name] = Entry(name, "Thing", made.id, name, NO_UNIT, made.day, rows, count=most)
        yield from found.values()

    return of


def _lost(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    """Problems and inspections whose text says that chemicals are missing."""
    for label in ("Problem", "Inspection"):
        for each in facts.of(label):
            text = _says(each.props, "problem", "result")
            if span.holds(each.props.get("at")) and any(word in text for word in LOST):
                yield thing(each, each.props["at"], each.props.get("unit"), name=text)


def _clues(facts: FactsAsOf, span: CountedPeriod) -> Iterator[Entry]:
    for each in facts.of("Clue"):
        at = each.props.get("received_at") or each.props.get("at")
        if span.holds(at):
            yield thing(each, at, each.props.get("received_by"))


LISTS = (
    Counted("任务数", Text("任务，按首次期限", "tasks by their first deadline"), _tasks(lambda *_: True)),
    Counted("完成任务数", Text("其中已完成的", "of these, done"), _tasks(_done)),
    Counted(
        "逾期任务数",
        Text("其中逾期的，自首次期限起算", "of these, overdue from the first deadline"),
        _tasks(lambda task, span: overdue_days(task.props, span.on) > 0),
    ),
    Counted("发现问题数", Text("问题，按发现日期", "problems by the day found"), _things("Problem", "at")),
    Counted(
        "已销号问题数",
        Text("同期发现的问题中已销号的", "of these problems, closed"),
        _things("Problem", "at", test=_closed),
    ),
    Counted(
        "销号问题数", Text("问题，按销号日期", "problems by the day closed"), _things("Problem", "closed_at")
    ),
    Counted(
        "检查数",
        Text("检查，按检查日期", "inspections by day"),
        _things("Inspection", "at", test=_inspected(False)),
    ),
    Counted(
        "联合检查数",
        Text("联合检查，按检查日期", "joint inspections by day"),
        _things("Inspection", "at", test=_inspected(True)),
    ),
    Counted(
        "发现问题的检查数",
        Text("发现问题的检查", "inspections with a finding"),
        _things("Inspection", "at", test=_inspected(False, lambda props: bool(props.get("problem")))),
    ),
    Counted(
        "提级数",
        Text("检查后提级的", "raised in level"),
        _things(
            "Inspection",
            "at",
            test=_inspected(
                False,
                lambda p: bool(p.get("level_after")) and p.get("level_after") != p.get("level_before"),
            ),
        ),
    ),
    Counted(
        "约谈数",
        Text("处罚栏记有警告或约谈的检查", "warned or called in"),
        _things("Inspection", "at", test=_penalty("约谈", "警告")),
    ),
    Counted(
        "关停数",
        Text("处罚栏记有关停的检查", "closed down"),
        _things("Inspection", "at", test=_penalty("关停", "关闭", "停产", "停业")),
    ),
    Counted(
        "罚款数",
        Text("处以罚款的检查", "fined"),
        _things("Inspection", "at", test=_inspected(False, lambda p: bool(p.get("fine_fen")))),
    ),
    Counted(
        "流失发现数",
        Text("检查或整改中写明流失的", "inspections and problems that say chemicals are missing"),
        _lost,
    ),
    Counted("接收线索数", Text("线索，按接收时间", "clues by the day received"), _clues),
    Counted(
        "下发线索数",
        Text("线索反馈表，按下发时间", "clues sent down, by day"),
        _things("", "at", kind="answer"),
    ),
    Counted(
        "反馈线索数", Text("按反馈时间", "clues answered, by day"), _things("", "closed_at", kind="answer")
    ),
    Counted(
        "应反馈线索数",
        Text("按反馈期限", "answers due, by the day due"),
        _things("", "deadline", kind="answer"),
    ),
    Counted(
        "按期反馈线索数",
        Text("其中按期反馈的", "of these, in time"),
        _things("", "deadline", kind="answer", test=_in_time),
    ),
    Counted(
        "查实线索数",
        Text("反馈结果为查实", "answered as confirmed"),
        _things("", "closed_at", kind="answer", test=_answered("查实")),
    ),
    Counted(
        "查实与查否线索数",
        Text("反馈结果为查实或查否", "answered as confirmed or refuted"),
        _things("", "closed_at", kind="answer", test=_answered("查实", "查否")),
    ),
    Counted(
        "已宣教学校数", Text("学校，每校一次", "schools reached, once each"), _covered("学校"), stock=True
    ),
    Counted(
        "应覆盖人数",
        Text("各校应覆盖人数之和", "pupils to be reached"),
        _covered("学校", pupils="to_cover"),
        stock=True,
    ),
    Counted(
        "已覆盖人数",
        Text("各校已覆盖人数之和", "pupils reached"),
        _covered("学校", pupils="covered"),
        stock=True,
    ),
    Counted("志愿队数", Text("志愿队，每队一次", "volunteer teams, once each"), _covered("志愿"), stock=True),
    Counted(
        "志愿者人数", Text("各志愿队人数之和", "volunteers"), _covered("志愿", pupils="covered"), stock=True
    ),
    Counted(
        "宣传阵地数",
        Text("文化礼堂、宣传牌、电子屏", "halls, boards and screens"),
        _covered("文化礼堂", "宣传牌", "电子屏"),
        stock=True,
    ),
)
