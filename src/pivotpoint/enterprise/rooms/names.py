"""What a colleague is called in Matrix, said by themselves."""

from __future__ import annotations

import re

from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.enterprise.models import RoomName
from pivotpoint.journal.record import record
from pivotpoint.pivot.refused import Refused

SHAPE = re.compile(r"@[a-z0-9._=/+-]+:[A-Za-z0-9.:\[\]-]+")
"""The specification's grammar of a user id."""


def name_of(user: User) -> str:
    return RoomName.objects.filter(user=user).values_list("name", flat=True).first() or ""


@transaction.atomic
def set_name(user: User, name: str) -> str:
    """Everybody says it themselves; empty takes it back. What that account writes in a room is then theirs."""
    name = name.strip()
    if name and (len(name) > 255 or not SHAPE.fullmatch(name)):
        raise Refused("A Matrix id is written @name:server.")
    if name and RoomName.objects.filter(name=name).exclude(user=user).exists():
        raise Refused(f"{name} is somebody else's here.")
    if name == name_of(user):
        return name
    RoomName.objects.filter(user=user).delete()
    if name:
        RoomName.objects.create(user=user, name=name)
    record("enterprise.room_name_set", user, by=user, known=bool(name))
    return name
