"""The table of roles: who may do what. Pages, API and commands all ask here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

PERMISSIONS: dict[str, str] = {
    "desk.view": "See the pages inside: Today, Insights, Loops",
    "customer.view": "See customers, their messages and their timeline",
    "customer.change": "Merge people, note consent",
    "message.write": "Put messages in: API and import",
    "reply.send": "Answer customers, work in the inbox",
    "reading.correct": "Correct readings",
    "reading.manage": "Choose the reader, change taxonomies, read everything anew",
    "insight.change": "Merge, split, rename themes, hand insights over",
    "pivot.view": "See the switchyard",
    "pivot.change": "Change pivots, rules, gates, destinations",
    "loop.act": "Accept, decline and move loops, answer for a destination",
    "room.write": "Discuss, add tasks and decisions",
    "change.record": "Record changes and draft notices",
    "notice.approve": "Approve notices to customers",
    "ledger.view": "See the ledger",
    "channel.manage": "Change channels and their policies",
    "user.manage": "Invite people, set roles and teams",
    "token.manage": "Issue and revoke API tokens",
    "journal.view": "Read the audit journal",
}
_READ = {"desk.view", "pivot.view", "ledger.view"}
_WORK = _READ | {"customer.view", "room.write"}
ROLES: dict[str, frozenset[str]] = {
    "administrator": frozenset(PERMISSIONS),
    "lead": frozenset(PERMISSIONS) - {"user.manage", "token.manage"},
    "agent": frozenset(_WORK | {"customer.change", "message.write", "reply.send", "reading.correct"}),
    "owner": frozenset(
        _WORK | {"reading.correct", "insight.change", "loop.act", "change.record", "notice.approve"}
    ),
    "expert": frozenset(_WORK | {"reading.correct"}),
    "partner": frozenset({"desk.view", "room.write", "loop.act"}),
    "viewer": frozenset(_READ),
}


def may(user: Any, permission: str) -> bool:
    """Whether this user may; an unknown permission is a programming error."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return bool(user.is_authenticated and user.is_active and permission in ROLES[user.role])


def demand(who: Any, permission: str) -> None:
    """PermissionDenied unless `who` (user, token, or None for the system) may."""
    if who is not None and not who.may(permission):
        words = PERMISSIONS[permission]
        raise PermissionDenied(f"This needs: {words[:1].lower()}{words[1:]}.")


View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """A page for those who may: a stranger is asked to log in, a colleague without the right gets 403."""

    def wrap(view: View) -> View:
        from django.contrib.auth.views import (
            redirect_to_login,
        )  # It asks for models; these ask for permissions.

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(_back(request))
            demand(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return wrap


def _back(request: HttpRequest) -> str:
    """Where to go after the login: here; or, as what was sent is gone by then, to the page that it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        sent_from, {request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    page = urlsplit(sent_from)
    return urlunsplit(("", "", page.path or "/", page.query, ""))


def public(view: View) -> View:
    """A page that needs no login. Said aloud so that the permission table can tell it from a forgotten guard."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase | HttpResponse:
        return view(request, *args, **kwargs)

    open_view.permission = "public"  # type: ignore[attr-defined]
    return open_view


def user_of(by: Any) -> Any:
    """The user behind a user, a token or None (the system): what a row's `by` can hold."""
    return getattr(by, "user", by) if by is not None and by._meta.model_name in ("user", "token") else None
