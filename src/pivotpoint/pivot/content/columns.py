"""The columns of a pivot or destination as plain data: people by e-mail, functions by key, other rows by name."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from pivotpoint.lib.crypto import SecretField
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.owners import demand_able
from pivotpoint.pivot.refused import Refused

KEYS = {"accounts.user": "email", "accounts.team": "key"}
"""What a row is called outside; every other one by its name."""
ALWAYS = frozenset(
    {"name", "team", "owner", "gate", "pass_hours", "accept_hours", "act_hours", "tell_hours", "position"}
)
"""Said even where it is as usual, so that the file can be read by itself."""
NOT_CONTENT = frozenset({"id", "failures", "pivot"})


def fields(model: type[models.Model], without: Collection[str] = ()) -> dict[str, Any]:
    """The columns that are content: not the times, which are facts, and not the secrets."""
    kinds = (models.DateTimeField, SecretField)
    found = {field.name: field for field in model._meta.concrete_fields if not isinstance(field, kinds)}
    return {name: field for name, field in found.items() if name not in NOT_CONTENT and name not in without}


def names() -> list[str]:
    return list(fields(Pivot))


def related() -> list[str]:
    """The rows elsewhere that a pivot's columns name."""
    return [name for name, field in fields(Pivot).items() if field.is_relation]


def read(row: models.Model, without: Collection[str] = ()) -> dict[str, Any]:
    """The columns' values; one with its default value is left out unless it is in ALWAYS."""
    found = {}
    for name, field in fields(type(row), without).items():
        value = getattr(row, field.attname)
        if name in ALWAYS or value != field.get_default():
            found[name] = _outside(row, field) if field.is_relation and value is not None else value
    return found


def _outside(row: models.Model, field: Any) -> Any:
    return getattr(getattr(row, field.name), _key(field))


def _key(field: Any) -> str:
    return KEYS.get(field.related_model._meta.label_lower, "name")


def write(row: models.Model, wanted: Mapping[str, Any], without: Collection[str] = ()) -> None:
    """Set every column on the row and check it; Refused names the column. It is not saved."""
    for name, field in fields(type(row), without).items():
        put(row, field, wanted[name] if name in wanted else field.get_default())
    if isinstance(row, Pivot):
        demand_able(row.owner)
    try:
        row.full_clean(exclude=["config", "secret", "former_secret"])
    except ValidationError as error:
        raise Refused(_sentence(error)) from error


def put(row: models.Model, field: Any, value: Any) -> None:
    """One column. A row elsewhere is looked up by what it is called."""
    if field.is_relation:
        setattr(row, field.name, _found(field, value))
    elif isinstance(field, models.JSONField):
        setattr(row, field.attname, _plain(field.name, value))
    elif isinstance(value, list | dict):
        raise Refused(f"{field.name} is one value, not several.")
    elif value is None and not field.null:
        raise Refused(f"{field.name} has no value; leave the line out, or write one.")
    else:
        setattr(row, field.attname, value)


def _plain(name: str, value: Any) -> Any:
    """As the database gives it back."""
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError):
        raise Refused(f"{name} is made of words, numbers, lists and names, nothing else.") from None


def _found(field: Any, value: Any) -> Any:
    if value is None and field.null:
        return None
    key = _key(field)
    if value is None or value == "":
        raise Refused(f"{field.name} is missing; give its {key}.")
    rows = field.related_model._default_manager.all()
    found = rows.filter(**{f"{key}__iexact" if key == "email" else key: str(value)}).first()
    if found is None:
        raise Refused(
            f"{field.name}: nobody here has the e-mail {value}." if key == "email" else _none(field, value)
        )
    return found


def _none(field: Any, value: Any) -> str:
    key = _key(field)
    there = ", ".join(map(str, field.related_model._default_manager.values_list(key, flat=True)[:20]))
    return f"{field.name}: there is no “{value}”; there are {there or 'none'}."


def _sentence(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    said = error.message_dict.items()
    return " ".join(f"{'' if name == '__all__' else f'{name}: '}{' '.join(words)}" for name, words in said)
