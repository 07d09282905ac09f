"""The graph, or a part of it, as a file of another program."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse
from pydantic import Field
from starlette.background import BackgroundTask

from backend.api.dependencies import Ask
from backend.api.naming import file_name
from backend.api.problems import Responses, documented
from backend.api.schemas.base import Question, Text
from backend.exports.formats import FOLDERS
from backend.exports.make import export_graph

_TYPES = {
    "graphml": "application/xml",
    "gexf": "application/xml",
    "anx": "application/xml",
    "ftm": "application/x-ndjson",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "neo4j": "application/zip",
    "parquet": "application/zip",
}
_CONTENT: Responses = {
    200: {"description": "The export", "content": {kind: {} for kind in set(_TYPES.values())}}
}

router = APIRouter(
    tags=["exports"],
    responses={**documented("E-FORBIDDEN", "E-NOT-FOUND", "E-AUDIT"), **_CONTENT},
    default_response_class=Response,
)


class ExportAsked(Question):
    """What to export: the whole graph, or some nodes and what is between them."""

    format: Literal["graphml", "gexf", "ftm", "anx", "csv", "neo4j", "parquet", "xlsx", "json"] = "graphml"
    node: list[Text] = Field([], max_length=500, description="As `Label:key`; none means everything")
    derived: bool = Field(True, description="Include the published run")


@router.get("/exports")
def export(ask: Ask, asked: Annotated[ExportAsked, Query()]) -> Response:
    """Write an export to disk, then send it: memory stays flat however large it is."""
    folder = Path(tempfile.mkdtemp(prefix="upline-export-"))
    try:
        file = folder / f"upline.{'zip' if asked.format in FOLDERS else asked.format}"
        only = asked.node or None
        export_graph(ask.store, ask.viewer, asked.format, file, only=only, derived=asked.derived, packed=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        file,
        media_type=_TYPES[asked.format],
        filename=file_name(
            file.suffix.removeprefix("."), "graph", asked.format if file.suffix == ".zip" else ""
        ),
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )
