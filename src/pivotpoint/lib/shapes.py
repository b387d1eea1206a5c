"""Shapes that the API of several stages takes and shows."""

from __future__ import annotations

from ninja import Schema


class Named(Schema):
    """A row that something refers to."""

    id: int
    name: str


class Reason(Schema):
    reason: str


class Secret(Schema):
    """A new signing secret. It cannot be read again."""

    secret: str
