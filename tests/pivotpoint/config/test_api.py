"""Whoever reads the API's own page learns what each operation does."""

from __future__ import annotations

from collections.abc import Iterator

from ninja import Schema

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


def test_every_shape_has_a_name_of_its_own() -> None:
    """Two of one name would be described as one of them: whoever generates a client from it gets the wrong one."""
    api.get_openapi_schema()
    homes: dict[str, set[str]] = {}
    for shape in _below(Schema):
        if shape.__module__.startswith("pivotpoint"):
            homes.setdefault(shape.__name__, set()).add(shape.__module__)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def _below(shape: type[Schema]) -> Iterator[type[Schema]]:
    for one in shape.__subclasses__():
        yield one
        yield from _below(one)
