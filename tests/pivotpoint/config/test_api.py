"""Whoever reads the API's own page learns what each operation does."""

from __future__ import annotations

from pivotpoint.config.api import api


def test_every_operation_says_what_it_does() -> None:
    silent = [
        f"{method.upper()} {path}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
        if not operation.get("description") and _named_after_its_function(operation)
    ]
    assert silent == []


def _named_after_its_function(operation: dict[str, str]) -> bool:
    """The summary is no sentence of ours, but the function's name in title case."""
    return operation["operationId"].endswith(operation["summary"].lower().replace(" ", "_"))
