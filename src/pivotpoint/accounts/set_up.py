"""The first run: the organisation, its functions and its first administrator, in one step."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pivotpoint.accounts.first_run import is_set_up
from pivotpoint.accounts.functions import make_functions
from pivotpoint.accounts.models import Installation, User
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

ONLY = 1


@transaction.atomic
def set_up(
    *,
    organisation: str,
    name: str,
    email: str,
    password: str,
    functions: Sequence[str],
    brand_names: Sequence[str] = (),
    demo: bool = False,
) -> User:
    """Make the installation; the wizard works once only. With `demo`, the worker plays the demo story into it."""
    if is_set_up():
        raise ValidationError("This installation is set up already.")
    try:
        with transaction.atomic():
            here = Installation.objects.create(
                pk=ONLY,
                name=organisation,
                brand_names=list(brand_names) or [organisation],
                set_up_at=clock.now(),
                demo_asked_at=clock.now() if demo else None,
            )
    except IntegrityError:  # Somebody else was through while we looked.
        raise ValidationError("This installation is set up already.") from None
    make_functions(list(functions))
    user = User.objects.create_user(email, password, name=name, role="administrator")
    record("accounts.set_up", here, by=user)
    return user
