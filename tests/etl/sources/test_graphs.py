"""Foreign graphs: neo4j-admin CSV and adjacency matrices."""

from __future__ import annotations

from pathlib import Path

from tests.etl.opened import Facts, facts_of, read


def graph(folder: Path, text: str, name: str) -> Facts:
    return read(folder, text, name, origin=f"pole/{name}")


def test_nodes_become_things(tmp_path: Path) -> None:
    """Trap: typed headings (latitude:double) are properties, not names with a colon."""
    text = ':ID,latitude:double,postcode,address,:LABEL\n6,53.5,"WN3 4NL","178 Some Street",Location\n,1,x,y,Location\n'
    facts = graph(tmp_path, text, "crime.nodes.Location.csv")
    assert facts.kind == "graph_nodes"
    told = facts.node("Thing:crime:6")
    assert (told["kind"], told["raw"], told["lat"], told["place_text"]) == (
        "Location",
        "6",
        53.5,
        "178 Some Street",
    )
    assert told["extra"] == '{"postcode": "WN3 4NL"}'
    assert facts.reasons() == [(3, "rejected", "blank_required", ":ID", None)]


def test_persons_are_named(tmp_path: Path) -> None:
    """Trap: name and surname stand in two columns; paths are asked for by name."""
    facts = graph(tmp_path, ":ID,surname,name,:LABEL\n0,Hamilton,Todd,Person\n", "crime.nodes.Person.csv")
    [record] = facts.records
    assert (record["name"], record["refs"]) == ("Todd Hamilton", ["Thing:crime:0"])


def test_dates_day_first(tmp_path: Path) -> None:
    """Trap: 02/08 is August only where another row of the column says 24/08."""
    text = ":ID,date,:LABEL\n1,24/08/2017,Crime\n2,02/08/2017,Crime\n"
    assert graph(tmp_path, text, "crime.nodes.Crime.csv").node("Thing:crime:2")["at"] == 1501632000000
    doubtful = graph(tmp_path, ":ID,date,:LABEL\n2,02/08/2017,Crime\n", "crime.nodes.Crime.csv")
    assert "at" not in doubtful.node("Thing:crime:2")


def test_relationships(tmp_path: Path) -> None:
    """Trap: two kinds between the same two, and the same twice, are three relationships."""
    text = ":START_ID,:END_ID,:TYPE,rel_type\n0,2,FAMILY_REL,SIBLING\n0,2,KNOWS,\n0,2,KNOWS,\n"
    facts = graph(tmp_path, text, "crime.relationships.KNOWS.csv")
    assert {(leg["start"], leg["end"]) for leg in facts.legs} == {("Thing:crime:0", "Thing:crime:2")}
    assert len({leg["distinct"] for leg in facts.legs}) == 3
    assert facts.legs[0]["props"] == {"kind": "FAMILY_REL", "extra": '{"rel_type": "SIBLING"}'}


def test_id_spaces_stay_apart(tmp_path: Path) -> None:
    """Trap: person 1 and phone 1 of different id spaces."""
    nodes = graph(tmp_path, "pid:ID(Person),name,:LABEL\n1,Todd,Person\n", "g.nodes.a.csv")
    links = graph(tmp_path, ":START_ID(Person),:END_ID(Phone),:TYPE\n1,1,HAS\n", "g.relationships.b.csv")
    assert nodes.nodes[0]["ref"] == links.legs[0]["start"] != links.legs[0]["end"]


def test_a_matrix(tmp_path: Path) -> None:
    """Trap: row calls column; the corner is empty or says players; ids are not in order."""
    facts = read(
        tmp_path,
        '"players","1","4","89"\n"1",0,2,0\n"4",1,0,0\n"89",0,"x",0\n',
        "phase1.csv",
        origin="caviar/phase1.csv",
    )
    assert facts.kind == "adjacency_matrix"
    assert [(leg["start"], leg["end"], leg["props"]["weight"]) for leg in facts.legs] == [
        ("Thing:actor:caviar/1", "Thing:actor:caviar/4", 2.0),
        ("Thing:actor:caviar/4", "Thing:actor:caviar/1", 1.0),
    ]
    assert facts.states() == {"loaded": 2, "rejected": 1}
    assert facts.reasons() == [(4, "rejected", "bad_amount", "4", "x")]


def test_matrix_with_names(tmp_path: Path) -> None:
    """Trap: a byte order mark before an empty quoted corner."""
    text = '"",Mr.A,Mr.B,Ms.C\nMr.A,0,1,0\nMr.B,0,0,0\nMs.C,0,0,0\nZ,0,0,0\n'
    path = tmp_path / "m.csv"
    path.write_bytes(text.replace("Z,0,0,0\n", "").encode("utf-8-sig"))
    [facts] = facts_of(path, "net/m.csv")
    assert [record["name"] for record in facts.records] == ["Mr.A", "Mr.B", "Ms.C"]


def test_phases_of_one_folder_meet(tmp_path: Path) -> None:
    """Trap: actor 1 of two phases is one actor; his contacts of the two are two relationships."""
    one = read(tmp_path, "players,1,2,3\n1,0,1,0\n2,0,0,0\n3,0,0,0\n", "phase1.csv", origin="x/phase1.csv")
    two = read(tmp_path, "players,1,2,3\n1,0,5,0\n2,0,0,0\n3,0,0,0\n", "phase2.csv", origin="x/phase2.csv")
    assert one.legs[0]["start"] == two.legs[0]["start"]
    assert one.legs[0]["distinct"] != two.legs[0]["distinct"]
