"""The router of the service: what a route returns is what its document says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_origin, get_type_hints

from fastapi import APIRouter

from backend.api.responses import Json


class Router(APIRouter):
    """Routes returning ``Json[Shape]`` are documented by that shape; it is read, and nothing is validated by it."""

    def add_api_route(self, path: str, endpoint: Callable[..., object], **more: Any) -> None:  # as FastAPI
        """Add a route; of a return type ``Json[Shape] | Response`` the shape counts."""
        if (shape := shape_of(endpoint)) is not None:
            more["response_model"] = shape
        super().add_api_route(path, endpoint, **more)


def shape_of(endpoint: Callable[..., object]) -> object | None:
    """What an endpoint sends as JSON; None where it says of no shape."""
    returned = get_type_hints(endpoint).get("return")
    for each in (returned, *get_args(returned)):
        if get_origin(each) is Json:
            shape: object = get_args(each)[0]
            return shape
    return None
