"""Errors of the API as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as SchemaError

from pivotpoint.lib.nul import NulInText


class Problem(Exception):
    """Raise it anywhere inside an API operation; `detail` is one sentence that says what to do."""

    def __init__(self, status: int, title: str, detail: str = "", **more: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.more = status, title, detail, more


UNREADABLE = "Cannot parse request body"
"""What django-ninja says of a body that is no JSON."""


def not_json(request: HttpRequest, why: str) -> Problem:
    """The answer to a body that cannot be parsed: 415 when its content type is not JSON, else 400."""
    kind = request.content_type or ""
    if kind in ("", "application/json") or kind.endswith("+json"):
        return Problem(400, "The body is not JSON", f"{why.rstrip('.')}." if why else "")
    return Problem(415, "The body is not JSON", f"Send Content-Type: application/json, not {kind[:80]}.")


OUT_OF_RANGE = "22003"
"""PostgreSQL's name for a number that no column holds."""

SCHEMA = {
    "title": "Problem",
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence that says what to do, or nothing."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def answer(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """One problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


def _fields(error: SchemaError) -> list[dict[str, str]]:
    return [
        {"field": ".".join(str(part) for part in fault["loc"][1:]) or "body", "detail": str(fault["msg"])}
        for fault in error.errors
    ]


def handle(api: NinjaAPI) -> None:
    """Make `api` answer every error with a problem document."""

    @api.exception_handler(Problem)
    def _problem(_: HttpRequest, error: Problem) -> HttpResponse:
        return answer(error.status, error.title, error.detail, **error.more)

    @api.exception_handler(SchemaError)
    def _schema(_: HttpRequest, error: SchemaError) -> HttpResponse:
        return answer(422, "The request is not of the right shape", errors=_fields(error))

    @api.exception_handler(ValidationError)
    def _invalid(_: HttpRequest, error: ValidationError) -> HttpResponse:
        return answer(422, "That can't be done", " ".join(error.messages))

    @api.exception_handler(AuthenticationError)
    def _stranger(_: HttpRequest, error: AuthenticationError) -> HttpResponse:
        stranger = answer(401, "Who are you?", "Send a token: Authorization: Bearer pp_…")
        stranger["WWW-Authenticate"] = "Bearer"
        return stranger

    @api.exception_handler(PermissionDenied)
    def _denied(_: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(403, "Not allowed", str(error))

    @api.exception_handler(Http404)
    def _missing(_: HttpRequest, error: Http404) -> HttpResponse:
        return answer(404, "Not found", "There is no such thing, or it is not yours to see.")

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        if str(error) != UNREADABLE:
            return answer(error.status_code, str(error))
        if isinstance(error.__context__, NulInText):
            return answer(422, str(error.__context__))
        no_json = not_json(request, str(error.__context__ or ""))
        return answer(no_json.status, no_json.title, no_json.detail)

    @api.exception_handler(RequestDataTooBig)
    def _too_big(_: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
        return answer(413, "The request is too large", f"Send at most {most} MB in one call.")

    @api.exception_handler(OverflowError)
    @api.exception_handler(DataError)
    def _beyond(_: HttpRequest, error: Exception) -> HttpResponse:
        if isinstance(error, DataError) and getattr(error.__cause__, "sqlstate", "") != OUT_OF_RANGE:
            raise error  # Another fault of ours: it is said as one.
        return answer(404, "Not found", "No number here is that large.")


class AsProblems:
    """What the API's addresses refuse before or beside an operation (404, 405, 500) is problem+json as well.

    HEAD is GET without the body, as it is everywhere in HTTP; django-ninja knows no HEAD.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        head = request.method == "HEAD" and request.path.startswith("/api/")
        if head:
            request.method = "GET"
        response = self._told(request)
        if head:
            request.method = "HEAD"
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    def _told(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code < 400 or not page or not request.path.startswith("/api/"):
            return response
        problem = answer(response.status_code, HTTPStatus(response.status_code).phrase, "")
        if "Allow" in response.headers:
            problem["Allow"] = response.headers["Allow"]
        return problem
