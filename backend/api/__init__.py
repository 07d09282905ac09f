"""The service: FastAPI under ``/api/v1``, thin routes that know no Cypher, and a plain start page."""

from backend.api.app import create_app
from backend.api.server import serve

__all__ = ["create_app", "serve"]
