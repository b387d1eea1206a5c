"""Refuse NUL characters in requests. Nobody types them and PostgreSQL cannot store them; the answer is the same on SQLite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser

FORM = "application/x-www-form-urlencoded"
SAID = "No text here may hold a NUL character"


class NulInText(ValueError):
    """A JSON body whose texts hold NUL."""


class NoNul:
    """Middleware: answer 400 when an address or a form contains NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "%00" in asked or "\0" in asked:
            raise BadRequest(SAID)
        if request.content_type == FORM and request.method == "POST" and b"%00" in request.body:
            raise BadRequest(SAID)
        return self.get_response(request)


class JsonWithoutNul(Parser):
    """Parses the body of every API operation except those that take in messages, which quarantine a message with NUL instead."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = orjson.loads(request.body)
        if b"\\u0000" in request.body and _holds(found):
            raise NulInText(SAID)
        return found


def _holds(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_holds, value))
