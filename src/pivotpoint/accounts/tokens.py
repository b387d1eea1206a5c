"""Issue and revoke keys for machines."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS, demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock


@transaction.atomic
def issue(by: Any, name: str, scopes: Collection[str]) -> tuple[Token, str]:
    """The token and its secret, shown once. Nobody can give a machine more than they may themselves."""
    demand(by, "token.manage")
    unknown = sorted(set(scopes) - set(PERMISSIONS))
    if unknown:
        raise ValidationError(f"There is no scope {unknown[0]}.")
    for scope in scopes:
        demand(by, scope)
    token, secret = Token.issue(user_of(by), name, scopes)
    record("accounts.token_issued", token, by=by, scopes=token.scopes)
    return token, secret


@transaction.atomic
def revoke(token: Token, *, by: Any) -> None:
    """From now on it opens nothing. Twice is once."""
    demand(by, "token.manage")
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        record("accounts.token_revoked", token, by=by)
