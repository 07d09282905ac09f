"""A job as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import orjson

from backend.api.jobs import ENDED, Job
from graph_schema.store import Viewer

_LOOK = 0.2
_HEARTBEAT = 15.0


async def events(job: Job, viewer: Viewer) -> AsyncIterator[bytes]:
    """One event ``job`` at every change and one at the end; a comment now and then keeps the line open."""
    told, silent = -1, 0.0
    while True:
        version, ended = job.version, job.state in ENDED
        if version != told:
            yield b"event: job\ndata: " + orjson.dumps(job.shown(viewer)) + b"\n\n"
            told, silent = version, 0.0
        elif silent >= _HEARTBEAT:
            yield b": waiting\n\n"
            silent = 0.0
        if ended:
            return
        await asyncio.sleep(_LOOK)
        silent += _LOOK
