"""What differs between two contents of a pivot, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from pivotpoint.accounts.models import Team, User
from pivotpoint.pivot.content import columns, parts
from pivotpoint.pivot.models import Outbound, Ownership, Pivot

LABELS = {
    "team": "Function",
    "owned_by": "New work is owned by",
    "gates": "Gate by severity",
    "calendar": "Business hours",
    "pass_hours": "Decide within",
    "accept_hours": "Accept within",
    "act_hours": "Act within",
    "tell_hours": "Tell within",
    "notices": "Who lets notices out",
    "position": "Order",
}
"""Where the column's own name does not say it."""
CHOICES = {"owned_by": Ownership, "notices": Outbound}
USUAL = {"gates": "as the gate is", "calendar": "the function's, else every hour"}
"""What nothing means, where it is not nothing."""


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """One sentence for each difference: “Act within 14 days → 10 days”. Empty when they are the same."""
    said = []
    business = bool(old.get("calendar") or new.get("calendar"))
    for name, field in columns.fields(Pivot).items():
        was, now = (each.get(name, field.get_default()) for each in (old, new))
        if was != now:
            said.append(f"{label(name)} {_said(name, was, business)} → {_said(name, now, business)}")
    for part in parts.parts():
        was, now = (each.get(part.key, part.default) for each in (old, new))
        if was != now:
            said += part.words(was, now)
    return said


def label(key: str) -> str:
    """What pages call a column or part."""
    named = {part.key: part.label for part in parts.parts() if part.label}
    return LABELS.get(key) or named.get(key) or key.replace("_", " ").capitalize()


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The keys that differ, for the journal."""
    return sorted(key for key in {*old, *new} if old.get(key) != new.get(key))


def changes(old: Sequence[str], new: Sequence[str], one: str, *, dropped: str) -> list[str]:
    """What differs between two ordered lists of sentences, each entry called `one` and its place, counted from 1.

    An entry that moved is dropped at one place and new at another.
    """
    said = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(j - i, m - k)
        said += [f"{one} {k + n + 1}: {old[i + n]} → {new[k + n]}" for n in range(both)]
        said += [f"{dropped} dropped: {each}" for each in old[i + both : j]]
        said += [f"{one} {k + both + n + 1} is new: {each}" for n, each in enumerate(new[k + both : m])]
    return said


def _said(name: str, value: Any, business: bool) -> str:
    if name in USUAL and not value:
        return USUAL[name]
    if value in (None, "", {}, []):
        return "nothing"
    if name in CHOICES:
        return str(dict(CHOICES[name].choices).get(value, value)).lower()
    if name.endswith("_hours"):
        return span(int(value), business)
    if name == "owner":
        return User.objects.filter(email=value).values_list("name", flat=True).first() or str(value)
    if name == "team":
        return Team.objects.filter(key=value).values_list("name", flat=True).first() or str(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {each}" for key, each in value.items())
    return str(value)


def span(hours: int, business: bool = False) -> str:
    """36 hours, 14 days. Business hours are never said in days: a working day has not 24 of them."""
    if hours >= 48 and hours % 24 == 0 and not business:
        return f"{hours // 24} days"
    return f"{hours} hour{'' if hours == 1 else 's'}"
