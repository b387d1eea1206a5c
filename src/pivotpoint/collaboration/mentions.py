"""Whom a text names with an @."""

from __future__ import annotations

import re
from collections import Counter

from pivotpoint.accounts.models import User
from pivotpoint.insights.models import Insight

_AT = re.compile(r"(?<![\w.])@(?=\w)")


def mentioned(text: str, insight: Insight) -> list[User]:
    """Users named as @Full Name, @first name (when only one has it) or @local part of the e-mail address.

    Only those who are here and may see the insight.
    """
    starts = [match.end() for match in _AT.finditer(text)]
    if not starts:
        return []
    handles = _handles(list(User.objects.active().order_by("pk")))
    lowered = text.lower()
    found: dict[int, User] = {}
    for start in starts:
        user = _longest(lowered[start:], handles)
        if user is not None and Insight.objects.visible_to(user).filter(pk=insight.pk).exists():
            found.setdefault(user.pk, user)
    return list(found.values())


def _handles(users: list[User]) -> dict[str, User]:
    """Every way to name a user; a first name that two share names nobody."""
    first = Counter(user.first_name.lower() for user in users)
    handles = {user.first_name.lower(): user for user in users if first[user.first_name.lower()] == 1}
    handles |= {user.email.split("@")[0].lower(): user for user in users}
    return handles | {str(user).lower(): user for user in users}


def _longest(text: str, handles: dict[str, User]) -> User | None:
    """The longest handle that the text begins with, at the end of a word."""
    fits = [h for h in handles if text.startswith(h) and not text[len(h) : len(h) + 1].isalnum()]
    return handles[max(fits, key=len)] if fits else None
