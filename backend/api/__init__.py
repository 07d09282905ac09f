"""The service: FastAPI under ``/api/v1``, thin routes that know no Cypher, and the built workbench."""

from backend.api.app import create_app
from backend.api.server import serve

__all__ = ["create_app", "serve"]
