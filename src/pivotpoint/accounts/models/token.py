"""Keys for machines: only the hash is kept; scoped and revocable."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from pivotpoint.lib import clock

PREFIX = "pp_"


def hashed(secret: str) -> str:
    """A token has 256 random bits, so one SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self) -> TokenQuerySet:
        return self.filter(revoked_at=None, user__left_at=None, user__is_active=True)

    def visible_to(self, user: Any) -> TokenQuerySet:
        """An administrator sees all tokens, everybody else their own."""
        return self if user.may("token.manage") else self.filter(user=user.pk)


class Token(models.Model):
    """A machine acts for `user`, within `scopes` (permissions as in accounts/permissions.py)."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12, help_text="The first characters, to tell tokens apart.")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, user: Any, name: str, scopes: Iterable[str]) -> tuple[Token, str]:
        """The token and its secret, which is shown once."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            user=user, name=name, scopes=sorted(set(scopes)), digest=hashed(secret), hint=secret[:9]
        )
        return token, secret

    @classmethod
    def find(cls, secret: str) -> Token | None:
        """The live token with this secret."""
        return cls.objects.live().select_related("user").filter(digest=hashed(secret)).first()

    def may(self, permission: str) -> bool:
        """What the scopes and the user's role both allow."""
        return permission in self.scopes and self.user.may(permission)
