"""Secrets at rest: encrypted with a key derived from SECRET_KEY, never shown again."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


class SecretUnreadable(Exception):
    """The SECRET_KEY has changed since this secret was stored; enter the secret anew."""


@lru_cache(maxsize=4)
def _box(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pivotpoint stored secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))


def derived(purpose: str) -> str:
    """A secret that follows from SECRET_KEY and its purpose: the same whenever it is asked for, and kept nowhere."""
    info = f"pivotpoint {purpose}".encode()
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(settings.SECRET_KEY.encode())
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def seal(text: str) -> str:
    """Encrypt."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode("ascii") if text else ""


def unseal(sealed: str) -> str:
    """Decrypt; SecretUnreadable when the key has changed."""
    if not sealed:
        return ""
    try:
        return _box(settings.SECRET_KEY).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise SecretUnreadable("SECRET_KEY has changed; enter this secret again.") from error


class SecretField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database and plain in Python."""

    def get_prep_value(self, value: Any) -> str:
        return seal(value or "")

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return unseal(value or "")
