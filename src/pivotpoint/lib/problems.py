"""Errors of the API as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as SchemaError


class Problem(Exception):
    """Raise it anywhere below an API operation; `detail` is one sentence that says what to do."""

    def __init__(self, status: int, title: str, detail: str = "", **more: Any) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.more = status, title, detail, more


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
    """Teach `api` to answer every error this way."""

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
        return answer(401, "Who are you?", "Send a token: Authorization: Bearer pp_…")

    @api.exception_handler(PermissionDenied)
    def _denied(_: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(403, "Not allowed", str(error))

    @api.exception_handler(Http404)
    def _missing(_: HttpRequest, error: Http404) -> HttpResponse:
        return answer(404, "Not found", "There is no such thing, or it is not yours to see.")

    @api.exception_handler(HttpError)
    def _http(_: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(error.status_code, str(error))
