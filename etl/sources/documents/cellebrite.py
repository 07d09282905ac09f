"""Cellebrite reports: ``report.xml`` or the ``.ufdr`` package around it, streamed model by model.

Models: Call, Chat with its InstantMessages, SMS, Contact, UserAccount, Location. A chat is not held as a whole: each
message is handed on when it ends. What is deleted on the phone stays and is marked.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from etl.reading.grid import RawSheet
from etl.reading.limits import ReadLimits
from etl.reading.refusals import Unreadable
from etl.reading.sniff import ZIP_ERRORS
from etl.reading.xml import Root, root_of
from etl.sources.documents import FirstLook
from etl.sources.documents._cellebrite_models import ModelReader
from etl.sources.documents._tables import Tables
from etl.storage.facts import FileOrigin

TITLE = ("Cellebrite 报告（report.xml、.ufdr）", "Cellebrite report (report.xml, .ufdr)")
SAMPLE = (
    '<project xmlns="http://pa.cellebrite.com/report/2.0" id="1" name="示例"><decodedData>',
    ' <modelType type="Call"><model type="Call" id="c1" deleted_state="Intact">',
    '  <field name="Direction"><value>Outgoing</value></field><field name="Duration"><value>00:00:47</value></field>',
    '  <field name="TimeStamp"><value type="TimeStamp">2024-03-05T21:14:07.000+08:00</value></field>',
    '  <multiModelField name="Parties"><model type="Party"><field name="Role"><value>To</value></field>',
    '   <field name="Identifier"><value>13900005678</value></field></model></multiModelField></model></modelType>',
    "</decodedData></project>",
)
_CHUNK = 1 << 20


def _known(root: Root | None) -> bool:
    return root is not None and root.name == "project" and "cellebrite" in root.namespace


def claims(seen: FirstLook) -> bool:
    """Whether the file is of this format; see ``Document.claims``."""
    return seen.kind == "ufdr" or (seen.kind == "xml" and _known(seen.root))


def tables(path: Path, origin: FileOrigin, limits: ReadLimits) -> list[RawSheet]:
    """The tables of the file; see ``Document.tables``."""
    spool = Tables(limits)
    with tempfile.TemporaryDirectory(prefix="upline-") as folder:
        if zipfile.is_zipfile(path):
            path = _unpacked(path, Path(folder) / "report.xml", limits)
            if not _known(root_of(path)):
                raise Unreadable("ufdr")
        ModelReader(spool).read(path)
    sheets = spool.sheets()
    if not sheets:
        raise Unreadable("empty")
    return sheets


def _unpacked(package: Path, target: Path, limits: ReadLimits) -> Path:
    """The report of a package, counting real bytes: its own sizes are claims."""
    try:
        with zipfile.ZipFile(package) as archive:
            info = archive.getinfo("report.xml")
            bomb = (
                info.file_size > limits.ratio_from
                and info.file_size > max(1, info.compress_size) * limits.ratio
            )
            if bomb or info.file_size > limits.archive_unpacked:
                raise Unreadable("too_large", limit=limits.archive_unpacked >> 20)
            size = 0
            with archive.open(info) as source, target.open("wb") as out:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    if size > info.file_size:
                        raise Unreadable("too_large", limit=limits.archive_unpacked >> 20)
                    out.write(chunk)
    except (*ZIP_ERRORS, RuntimeError, KeyError) as error:
        raise Unreadable("broken_zip", detail=error) from error
    return target
