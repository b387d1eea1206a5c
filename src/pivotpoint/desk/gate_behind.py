"""The insights behind a figure at a gate: what the address of the ladder can ask of their passages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q

from pivotpoint.accounts.models import User
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Passage, Pivot

NAMES = ("pivot", "owner", "late", "caught", "decided")
"""`pivot`, `owner`: whose. `late`: over its date. `caught`, `decided`: by a rule, by a person, in so many days."""


def asked(given: Mapping[str, str]) -> dict[str, int]:
    """What of it means anything, in the view of what is at a gate."""
    if given.get("view") != "gate":
        return {}
    numbers = {name: given.get(name, "") for name in NAMES}
    return {name: int(said) for name, said in numbers.items() if said.isdecimal() and 0 < len(said) < 10}


def passages(given: Mapping[str, str]) -> Q | None:
    """Which passages are meant; None: whichever wait."""
    wish = asked(given)
    if not wish:
        return None
    now = clock.now()
    which = Q(**{name: wish[name] for name in ("pivot", "owner") if name in wish})
    if "caught" in wish:
        return which & Q(rule__isnull=False, at__gte=now - timedelta(days=wish["caught"]))
    if "decided" in wish:
        since = now - timedelta(days=wish["decided"])
        left = Q(rule__isnull=False, decided_by__isnull=False, decided_at__gte=since)
        return which & left & ~Q(state=Passage.State.WAITING)
    late = Q(due_at__lt=now) if wish.get("late") else Q()
    return which & late & Q(state=Passage.State.WAITING)


def words(given: Mapping[str, str]) -> str:
    """The same as a sentence; nothing when nothing is asked."""
    wish = asked(given)
    if not wish:
        return ""
    pivot = Pivot.objects.filter(pk=wish.get("pivot", 0)).first()
    owner = User.objects.get_queryset().filter(pk=wish.get("owner", 0)).first()
    gate = f"the gate of {pivot}" if pivot else "a gate"
    if "caught" in wish:
        said = f"that came to {gate} in {wish['caught']} days"
    elif "decided" in wish:
        said = f"that a person let through or held at {gate} in {wish['decided']} days"
    else:
        said = f"that {'are late' if wish.get('late') else 'wait'} at {gate}"
    return f"Only those {said}{f', of {owner}' if owner else ''}."
