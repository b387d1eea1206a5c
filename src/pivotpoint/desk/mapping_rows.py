"""A mapping as rows that a person edits: a field there and what fills it; a state there and what it answers.

The names in a form are f0-to, f0-from and o0-when, o0-outcome, o0-note. Everything else of a mapping is JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from pivotpoint.enterprise.connectors.contract import Failed
from pivotpoint.enterprise.connectors.http.mapping import raw_of

FIELD = ("to", "from")
OUTCOME = ("when", "outcome", "note")
SPARE = 2
"""Empty rows after the last one, to write in."""
Rows = list[tuple[str, ...]]


def fields(raw: Mapping[str, Any]) -> Rows:
    """(path there, text) for each value of the body, deep ones with dots; a value that is no text is JSON."""
    make = raw.get("make")
    return list(_flat(make.get("body") if isinstance(make, Mapping) else None, ""))


def _flat(value: Any, path: str) -> Rows:
    if isinstance(value, Mapping):
        return [
            row for key, deep in value.items() for row in _flat(deep, f"{path}.{key}" if path else str(key))
        ]
    if not path:
        return []
    return [(path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))]


def body(rows: Rows) -> dict[str, Any]:
    """The other way round."""
    made: dict[str, Any] = {}
    for path, text in rows:
        *above, last = path.split(".")
        place = made
        for name in above:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise ValidationError(f"{path} is within {name}, which has a value of its own.")
        place[last] = _value(text)
    return made


def _value(text: str) -> Any:
    """Lists, objects, numbers, true, false and null are JSON; “{insight.title}” is none and stays a text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def outcomes(raw: Mapping[str, Any]) -> Rows:
    """(“path = value; path = value”, outcome, note) for each."""
    found = raw.get("outcomes")
    return [
        (
            "; ".join(f"{path} = {value}" for path, value in each["when"].items()),
            each["outcome"],
            each.get("note", ""),
        )
        for each in (found if isinstance(found, list) else [])
    ]


def conditions(rows: Rows) -> list[dict[str, Any]]:
    """The other way round."""
    made = []
    for when, outcome, note in rows:
        pairs = [part.partition("=") for part in when.split(";")]
        if not all(sign and path.strip() and value.strip() for path, sign, value in pairs):
            raise ValidationError(f"“{when}” is not of the form: path = their word.")
        wanted = {path.strip(): value.strip() for path, _, value in pairs}
        made.append({"when": wanted, "outcome": outcome} | ({"note": note} if note else {}))
    return made


def sent(data: QueryDict, letter: str, names: tuple[str, ...]) -> Rows | None:
    """The rows of a form without the empty ones; None when the form has none of this letter."""
    numbers = sorted(
        {int(found[1]) for name in data if (found := re.fullmatch(rf"{letter}(\d{{1,3}})-{names[0]}", name))}
    )
    if not numbers:
        return None
    # A browser ends lines with \r\n, whatever it was given.
    rows = [
        tuple(data.get(f"{letter}{n}-{name}", "").replace("\r\n", "\n").strip() for name in names)
        for n in numbers
    ]
    return [row for row in rows if row[0]]


def _stripped(rows: Rows) -> Rows:
    return [tuple(each.strip() for each in row) for row in rows]


def shown(config: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of a destination for its form, with empty ones to write in."""
    raw = _raw(config)
    return {
        "fields": [*fields(raw), *[("",) * len(FIELD)] * SPARE],
        "outcomes": [*outcomes(raw), *[("",) * len(OUTCOME)] * SPARE],
    }


def merged(data: QueryDict, before: Mapping[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """`config` with the rows that were changed on the form. Rows that stand as they were leave the JSON alone."""
    was, mapping = _raw(before), dict(config.get("mapping") or {})
    said = sent(data, "f", FIELD)
    if said is not None and said != _stripped(fields(was)):
        mapping["make"] = {**(_raw(config).get("make") or {}), "body": body(said)}
    said = sent(data, "o", OUTCOME)
    if said is not None and said != _stripped(outcomes(was)):
        mapping["outcomes"] = conditions(said)
    return config | ({"mapping": mapping} if mapping else {})


def _raw(config: Mapping[str, Any]) -> dict[str, Any]:
    """What cannot be read as a mapping yet has no rows."""
    try:
        return raw_of(config)
    except Failed:
        return {}
