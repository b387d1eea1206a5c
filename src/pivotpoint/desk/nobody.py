"""Whose open work it is: mine, my function's, nobody's. Law 3: nobody's is empty, and it is counted to prove it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from pivotpoint.accounts.permissions import ROLES
from pivotpoint.channels.models import Conversation
from pivotpoint.collaboration.models import Task
from pivotpoint.pivot.models import Loop, Passage


def without_owner(permission: str) -> Q:
    """Rows whose owner has left, cannot log in, or may not do what the work needs."""
    able = [role for role, granted in ROLES.items() if permission in granted]
    gone = Q(owner__left_at__isnull=False) | Q(owner__is_active=False)
    return gone | ~Q(owner__role__in=able)


def nobodys() -> dict[str, int]:
    """Open work without an owner who can do it: loops, insights at a gate, tasks, conversations. Over everything, not
    only over what whoever asks may see."""
    return {
        "loops": Loop.objects.open().filter(without_owner("loop.act")).count(),
        "insights at a gate": Passage.objects.waiting().filter(without_owner("loop.act")).count(),
        "tasks": Task.objects.open().filter(without_owner("room.write")).count(),
        "conversations": Conversation.objects.open().filter(without_owner("reply.send")).count(),
    }


def open_work(user: Any) -> dict[str, int]:
    """How much of each kind this person owns."""
    return {
        "loops": Loop.objects.open().filter(owner=user).count(),
        "insights at a gate": Passage.objects.waiting().filter(owner=user).count(),
        "tasks": Task.objects.open().filter(owner=user).count(),
        "conversations": Conversation.objects.open().filter(owner=user).count(),
    }
