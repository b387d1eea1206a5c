"""Which column of the file is which part of a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.core.exceptions import ValidationError

from pivotpoint.channels.tables import BadTable, Table, guess_columns, match_column

PARTS: dict[str, str] = {
    "text": "What they said",
    "id": "Its own number",
    "author": "Handle or customer number",
    "name": "Name",
    "email": "E-mail",
    "time": "When",
    "subject": "Subject",
    "conversation": "Conversation",
    "segment": "Segment",
    "organisation": "Organisation",
}
"""Parts of a message that a column can hold. Every other column is kept beside the message as it is."""


def guess(table: Table) -> tuple[dict[str, str], list[str]]:
    """Part to column, and one phrase for each guess."""
    columns, said = guess_columns(table, table.sample())
    found = {part: name for part, name in asdict(columns).items() if part in PARTS and name}
    by_name = {name.casefold().strip(): name for name in table.columns}
    for part, names in (
        ("segment", ("segment", "tier", "plan")),
        ("organisation", ("organisation", "company")),
    ):
        name = next((by_name[name] for name in names if name in by_name), None)
        if name is not None and name not in found.values():
            found[part] = name
            said.append(f"{part} from {name}")
    return found, [phrase for phrase in said if phrase.split(" from ")[0] in PARTS]


def checked(mapping: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """The mapping without empty parts. ValidationError in one sentence when it can't be used."""
    given = {part: name for part, name in mapping.items() if name}
    unknown = [part for part in given if part not in PARTS]
    if unknown:
        raise ValidationError(f"A message has no {unknown[0]}; the parts are {', '.join(PARTS)}.")
    if "text" not in given:
        raise ValidationError("Say which column holds what people said.")
    try:
        named = {part: match_column(name, columns) for part, name in given.items()}
    except BadTable as error:
        raise ValidationError(str(error)) from error
    twice = [name for name in named.values() if list(named.values()).count(name) > 1]
    if twice:
        raise ValidationError(f"The column {twice[0]} is used for two parts.")
    return named


def checked_where(where: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Conditions: column to the value that a row must have."""
    try:
        return {match_column(name, columns): value.strip() for name, value in where.items()}
    except BadTable as error:
        raise ValidationError(str(error)) from error
