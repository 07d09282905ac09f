"""What answers look like: one typed dictionary per shape, returned by the answers, read by the API and by TypeScript.

They are plain dictionaries at run time, so a type costs nothing; mypy proves that each answer has its type, FastAPI writes
them into the OpenAPI document, and the tests check real answers against them. ``typing_extensions`` because pydantic reads
the ``TypedDict`` of the standard library only from Python 3.12 on.
"""
