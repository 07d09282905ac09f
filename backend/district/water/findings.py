"""What is wrong with the rows of samples and of the sewer network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from backend.contract.district.common import Finding
from backend.district.days import day_text
from backend.district.water.doubts import persons_apart
from backend.district.water.series import Sample
from backend.district.water.settings import Settings
from backend.district.water.sewers import PLANT, SewerNetwork
from graph_schema.store import Props

_TEXTS = {
    "no_day": ("无采样日期", "No day of sampling"),
    "no_value": ("无浓度", "No concentration"),
    "no_limit": ("低于限值，但未写限值", "Below a limit nobody states"),
    "no_flow": ("无流量", "No flow"),
    "no_population": ("无服务人口", "No population served"),
    "limits_reversed": ("检出限高于定量限", "The limit of detection is above that of quantification"),
    "impossible_share": ("生活污水占比不在 0 到 1 之间", "The domestic share is not between 0 and 1"),
    "unknown_node": ("节点不在管网表中", "The node is not in the sewer table"),
    "persons_apart": ("标志物人口与服务人口相差过大", "Markers and population served are far apart"),
    "no_downstream": ("无下游节点", "No node downstream"),
    "unknown_downstream": ("下游节点不在管网表中", "The node downstream is not in the sewer table"),
    "two_downstream": ("有多个下游节点", "Several nodes downstream"),
    "circle": ("排水成环", "It drains in a circle"),
}


def of_sample(
    props: Props,
    node: str | None,
    made: Sample | None,
    net: SewerNetwork,
    rows: list[str],
    given: Settings,
) -> list[Finding]:
    """What is wrong with one sample: its node in the graph, and what was made of it."""
    codes = []
    if props.get("at") is None:
        codes.append("no_day")
    if made is None and props.get("at") is not None:
        codes.append("no_limit" if props.get("below") else "no_value")
    codes += [
        code
        for code, name in (("no_flow", "flow_m3_day"), ("no_population", "population"))
        if not (props.get(name) or 0) > 0
    ]
    lod, loq, share = props.get("lod_ng_l"), props.get("loq_ng_l"), props.get("domestic_share")
    if lod is not None and loq is not None and lod > loq:
        codes.append("limits_reversed")
    if share is not None and not 0 < share <= 1:
        codes.append("impossible_share")
    if node is not None and (node not in net.nodes or net.nodes[node].kind is None):
        codes.append("unknown_node")
    if made is not None and persons_apart(made.persons(given)) > given["persons_apart"]:
        codes.append("persons_apart")
    name = "|".join(str(each) for each in (props.get("site"), props.get("target"), day_text(props.get("at"))))
    return [_finding(code, name, rows) for code in codes]


def of_network(
    net: SewerNetwork, downstream: Mapping[str, Sequence[str]], rows: Mapping[str, list[str]]
) -> Iterable[Finding]:
    """Nodes that drain nowhere, to an unknown node, to several, or in a circle."""
    for each, node in sorted(net.nodes.items()):
        below = downstream.get(each, ())
        codes = []
        if node.kind is not None and node.kind != PLANT and not below:
            codes.append("no_downstream")
        if any(net.nodes[to].kind is None for to in below if to in net.nodes):
            codes.append("unknown_downstream")
        if len(below) > 1:
            codes.append("two_downstream")
        if _circles(net, each):
            codes.append("circle")
        yield from (_finding(code, each, rows.get(each, [])) for code in codes)


def _circles(net: SewerNetwork, start: str) -> bool:
    """Whether water of a node comes back to it."""
    seen, at = set[str](), net.nodes[start].downstream
    while at is not None and at not in seen and at in net.nodes:
        if at == start:
            return True
        seen.add(at)
        at = net.nodes[at].downstream
    return False


def gathered(found: Iterable[Finding]) -> list[Finding]:
    """One finding for all samples of a site and target with the same fault; ``id`` is then ``site|target``."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for each in found:
        alike.setdefault((each["code"], each["id"].rpartition("|")[0]), []).append(each)
    return [
        same[0]
        if len(same) == 1
        else {
            "code": code,
            "zh": f"{same[0]['zh']}（{len(same)} 个样本）",
            "en": f"{same[0]['en']} ({len(same)} samples)",
            "id": name,
            "evidence": [row for each in same for row in each["evidence"]],
        }
        for (code, name), same in sorted(alike.items())
    ]


def _finding(code: str, name: str, rows: list[str]) -> Finding:
    zh, en = _TEXTS[code]
    return {"code": code, "zh": zh, "en": en, "id": name, "evidence": rows}
