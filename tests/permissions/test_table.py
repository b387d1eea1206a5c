"""Every address × every role: who may see and do what. A new address without a row here fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from pivotpoint.accounts.permissions import PERMISSIONS, ROLES

THIRD_PARTY = ("accounts/", "api/docs", "api/openapi.json", "api/")
"""django-allauth guards its own pages; the API has its own test below."""


def addresses(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every (route, pattern) of the product."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        else:
            yield route, entry


OWN = sorted((r, p) for r, p in addresses() if not r.startswith(THIRD_PARTY))


def filled(route: str) -> str:
    """The route with something for each argument: rows that do not exist, so that only permission is asked."""
    import re

    def value(match: re.Match[str]) -> str:
        kind = match[1].rpartition(":")[0]
        return {
            "int": "987654321",
            "slug": "nothing-here",
            "kind": "email",
            "uuid": "00000000-0000-0000-0000-000000000000",
        }.get(kind, "x")

    return "/" + re.sub(r"<([^>]+)>", value, route)


@pytest.mark.parametrize(("route", "pattern"), OWN, ids=[r or "/" for r, _ in OWN])
def test_every_page_says_who_may_see_it(route: str, pattern: URLPattern) -> None:
    permission = getattr(pattern.callback, "permission", None)
    assert permission == "public" or permission in PERMISSIONS, f"/{route} has no @needs(…) and no @public"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_reaches_what_its_row_allows_and_nothing_else(
    client: Any, cast: dict[str, Any], role: str
) -> None:
    user = next(u for u in cast.values() if u.role == role)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.raise_request_exception = False
    wrong = []
    for route, pattern in OWN:
        permission = getattr(pattern.callback, "permission", "")
        if permission == "public":
            continue
        allowed = user.may(permission)
        for method in (client.get, client.post):
            status = method(filled(route)).status_code
            if (status == 403) == allowed and status != 405 or status >= 500:
                wrong.append(f"{role} {method.__name__} /{route} needs {permission}: {status}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_asked_to_log_in(client: Any, installation: Any) -> None:
    client.raise_request_exception = False
    wrong = []
    for route, pattern in OWN:
        if getattr(pattern.callback, "permission", "") == "public":
            continue
        response = client.get(filled(route))
        if (
            not (response.status_code == 302 and response.url.startswith("/accounts/login/"))
            and response.status_code != 405
        ):
            wrong.append(f"/{route}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def operations() -> list[tuple[str, str, str]]:
    """(method, path, permission) of every API operation; the permission is empty for an open one."""
    from pivotpoint.config.api import api

    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                door = operation.auth_param
                permission = getattr(door, "permission", "") if door is not None else ""
                found += [
                    (m, f"/api/{'/'.join(filter(None, (prefix.strip('/'), path.lstrip('/'))))}", permission)
                    for m in operation.methods
                ]
    return sorted(found)


OPEN_OPERATIONS: set[tuple[str, str]] = set()
"""Operations that need no token, each for a reason that its docstring gives."""


def test_every_operation_has_a_door() -> None:
    closed = [(m, p) for m, p, permission in operations() if not permission]
    assert set(closed) == OPEN_OPERATIONS
    assert len(operations()) > 40


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_may_call_what_its_row_allows(client: Any, cast: dict[str, Any], role: str) -> None:
    from pivotpoint.accounts.models import Token

    user = next(u for u in cast.values() if u.role == role)
    _, secret = Token.issue(user, "all", PERMISSIONS)
    client.raise_request_exception = False
    wrong = []
    for method, path, permission in operations():
        address = filled(path.lstrip("/").replace("{", "<").replace("}", ">"))
        answer = client.generic(
            method,
            address,
            "{}",
            content_type="application/json",
            headers={"authorization": f"Bearer {secret}"},
        )
        allowed = user.may(permission)
        if (
            (answer.status_code == 403 and allowed)
            or (not allowed and answer.status_code != 403)
            or answer.status_code >= 500
        ):
            wrong.append(f"{role} {method} {path} needs {permission}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_call_without_a_token_is_a_problem_document(client: Any, installation: Any) -> None:
    for method, path, _ in operations():
        address = filled(path.lstrip("/").replace("{", "<").replace("}", ">"))
        answer = client.generic(method, address, "{}", content_type="application/json")
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        assert answer["Content-Type"] == "application/problem+json"
