"""How a request of the API says who it is: a bearer token, or the session of the desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS, demand
from pivotpoint.lib import clock

ONCE_A_MINUTE = 60


class Call(HttpRequest):
    """A request that a door let in. `auth` is the user or the token: the `by` of every verb."""

    auth: Any


class Door(AuthBase):
    """Lets in whoever has `permission`; what it returns becomes `Call.auth`."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, permission: str) -> None:
        if permission not in PERMISSIONS:
            raise KeyError(permission)
        self.permission = permission
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        who = self._token(request) or self._session(request)
        if who is not None:
            demand(who, self.permission)
        return who

    def _token(self, request: HttpRequest) -> Token | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        token = Token.find(secret.strip()) if scheme.lower() == "bearer" and secret else None
        if token:
            self._note_use(token)
        return token

    def _note_use(self, token: Token) -> None:
        """At most one write a minute, so that a busy machine does not turn every read into a write."""
        now = clock.now()
        if token.used_at is None or (now - token.used_at).total_seconds() > ONCE_A_MINUTE:
            Token.objects.filter(pk=token.pk).filter(Q(used_at=None) | Q(used_at__lt=now)).update(used_at=now)

    def _session(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated or "Authorization" in request.headers:
            return None
        if check_csrf(request):
            raise PermissionDenied("The page is out of date; load it again.")
        return request.user


def needs_scope(permission: str) -> Door:
    """The guard of one API operation."""
    return Door(permission)
