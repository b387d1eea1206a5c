"""Two people had the same form open: the later one does not take back, unseen, what the other has done.

A form carries a mark of what it showed (`was`). Before its verb runs, the row is held and marked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest

Row = TypeVar("Row", bound=models.Model)
Said = TypeVar("Said")
FIELD = "was"
"""The name of the hidden input."""


def mark(shown: Mapping[str, Any]) -> str:
    """A few characters for each field: what changed can be named, what it was cannot be read out of it."""
    return ",".join(f"{name}:{_digest(value)}" for name, value in sorted(shown.items()))


def values(*fields: str) -> Callable[[models.Model], dict[str, Any]]:
    """What a form shows, where it shows these columns of a row."""
    return lambda row: {name: getattr(row, name) for name in fields}


def unless_changed(
    request: HttpRequest, row: Row, shown: Callable[[Row], Mapping[str, Any]], verb: Callable[[], Said]
) -> Said:
    """Run the verb; ValidationError names what somebody else has changed since the form was opened.

    A form without a mark, such as one from before an upgrade, is taken as it is.
    """
    with transaction.atomic():
        now = shown(type(row)._default_manager.select_for_update().get(pk=row.pk))
        was = dict(part.split(":", 1) for part in request.POST.get(FIELD, "").split(",") if ":" in part)
        changed = {name: now[name] for name in was if name in now and was[name] != _digest(now[name])}
        if changed:
            what = ", ".join(_said(name, value) for name, value in changed.items())
            raise ValidationError(f"Somebody has changed this meanwhile: {what}. Yours is not kept yet.")
        return verb()


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()[:8]


def _said(name: str, value: Any) -> str:
    label = name.removesuffix("_id").replace("_", " ")
    if name.endswith("_id") or not isinstance(value, str | int) or isinstance(value, bool):
        return label
    return f"{label} is now “{str(value)[:80]}”"
