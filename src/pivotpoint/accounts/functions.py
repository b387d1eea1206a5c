"""The business functions: those that an installation begins with, and its own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record

FUNCTIONS: dict[str, tuple[str, str]] = {
    "service": ("Service", "Se"),
    "sales": ("Sales", "Sa"),
    "marketing": ("Marketing", "Ma"),
    "product": ("Product", "Pr"),
    "finance": ("Finance", "Fi"),
    "supply": ("Operations", "Op"),
}


def make_functions(keys: list[str] | None = None) -> dict[str, Team]:
    """The teams for `keys` (all six by default), by key; those that exist stay as they are."""
    wanted = [key for key in FUNCTIONS if keys is None or key in keys]
    return {
        key: Team.objects.get_or_create(
            key=key, defaults={"name": FUNCTIONS[key][0], "mark": FUNCTIONS[key][1], "position": position}
        )[0]
        for position, key in enumerate(wanted)
    }


@transaction.atomic
def add(*, name: str, mark: str = "", email: str = "", lead: User | None = None, by: Any) -> Team:
    """A function of their own. Its key comes from the name and stays when the name changes."""
    demand(by, "user.manage")
    key = slugify(name)[: Team._meta.get_field("key").max_length].strip("-")
    if not key:
        raise ValidationError("Name the function with letters.")
    if Team.objects.filter(key=key).exists():
        raise ValidationError(f"{name} is here already.")
    team = Team(key=key, name=name, mark=mark or name[:2].title(), email=email, lead=lead)
    team.position = Team.objects.count()
    team.full_clean()
    team.save()
    record("accounts.function_added", team, by=by)
    return team


@transaction.atomic
def change(team: Team, *, by: Any, **fields: Any) -> Team:
    """Another name, mark, e-mail or lead."""
    demand(by, "user.manage")
    for field, value in fields.items():
        setattr(team, field, value)
    team.full_clean()
    team.save(update_fields=list(fields))
    record("accounts.function_changed", team, by=by)
    return team
