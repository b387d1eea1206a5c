"""Invite colleagues and partners, change what they may do."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from pivotpoint.accounts import address
from pivotpoint.accounts.models import Role, Team, User
from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record


@transaction.atomic
def invite(*, email: str, name: str, role: str, team: Team | None, by: Any) -> User:
    """A new user without a password; `door(user)` is the link by which they choose one."""
    demand(by, "user.manage")
    if User.objects.get_queryset().filter(email__iexact=email).exists():
        raise ValidationError(f"{email} is here already.")
    _check(role, team)
    user = User.objects.create_user(email, None, name=name, role=role, team=team)
    record("accounts.user_joined", user, by=by, role=role)
    return user


@transaction.atomic
def change(user: User, *, role: str, team: Team | None, by: Any) -> None:
    """Another role or team; the last administrator keeps theirs."""
    demand(by, "user.manage")
    _check(role, team)
    others = User.objects.active().filter(role=Role.ADMINISTRATOR).exclude(pk=user.pk)
    if user.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR and not others.exists():
        raise ValidationError("The last administrator stays administrator; make somebody else one first.")
    user.role, user.team = role, team
    user.save(update_fields=["role", "team"])
    record("accounts.user_changed", user, by=by, role=role, team=team.key if team else "")


@transaction.atomic
def say_who(user: User, *, name: str, email: str, by: Any) -> None:
    """An administrator puts a name or an address right."""
    demand(by, "user.manage")
    if user.left_at:
        raise ValidationError(f"{user} has left.")
    if name != user.name:
        rename(user, name)
        record("accounts.user_changed", user, by=by, renamed=True)
    address.change(user, email, by=by)


def rename(user: User, name: str) -> User:
    """Everybody says themselves what they are called."""
    user.name = name
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name"])
    return user


def _check(role: str, team: Team | None) -> None:
    if role in (Role.PARTNER, Role.OWNER) and team is None:
        raise ValidationError("An owner or a partner belongs to a function; choose one.")


def door(user: User) -> str:
    """The address where an invited user chooses a password; it works until they have."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.SITE_URL}{path}"
