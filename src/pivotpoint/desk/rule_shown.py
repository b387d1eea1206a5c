"""Rules as their form shows them: for each condition what its controls offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pivotpoint.accounts import moods
from pivotpoint.desk.rule_form import Draft
from pivotpoint.pivot.conditions import FIELDS, Field
from pivotpoint.pivot.conditions.asked import LIKENESS
from pivotpoint.pivot.conditions.clause import leaves
from pivotpoint.pivot.conditions.fields import FEELING, GROUPS, OPERATORS
from pivotpoint.pivot.replay import Replay

Choices = list[tuple[str, str]]
UNITS = {"percent": "%", "days": "days"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One condition. `input` is number, words, sentences, one or many (boxes); `of` is what its field must be told."""

    name: str
    edit: str
    number: str
    field: str
    op: str
    values: list[str]
    input: str
    operators: Choices
    choices: Choices
    unit: str
    of: str
    of_label: str
    of_choices: Choices
    of_only: bool
    likeness: Any

    @property
    def text(self) -> str:
        return ("\n" if self.input == "sentences" else ", ").join(self.values)


class Offered:
    """The choices of each field, looked up once for the whole form."""

    def __init__(self) -> None:
        self._found: dict[Any, Choices] = {}

    def by(self, choices: Any) -> Choices:
        if choices is None:
            return []
        if choices not in self._found:
            self._found[choices] = list(choices())
        return self._found[choices]


def shown(rules: Iterable[Draft], replay: Replay | None = None) -> list[dict[str, Any]]:
    """For templates/desk/_rules.html; with what each rule takes, if it was tried."""
    offered, rules = Offered(), list(rules)
    return [
        {
            "name": f"r{at}",
            "edit": str(at),
            "number": at + 1,
            "last": at + 1 == len(rules),
            "match": rule["match"],
            "excludes": rule["excludes"],
            "takes": replay.by_rule[at] if replay and at < len(replay.by_rule) else None,
            "parts": [
                _part(one, f"r{at}-c{place}", f"{at}-{place}", f"{at + 1}.{place + 1}", offered)
                for place, one in enumerate(rule["conditions"])
            ],
        }
        for at, rule in enumerate(rules)
    ]


def _part(part: Mapping[str, Any], name: str, edit: str, number: str, offered: Offered) -> dict[str, Any]:
    """A condition by itself, or a group of conditions."""
    if "conditions" not in part:
        return {"group": False, "conditions": [_shown(part, name, edit, number, offered)]}
    inside = [
        _shown(one, f"{name}-c{n}", f"{edit}-{n}", f"{number}.{n + 1}", offered)
        for n, one in enumerate(part["conditions"])
        if "conditions" not in one
    ]
    return {
        "group": True,
        "name": name,
        "edit": edit,
        "number": number,
        "match": part.get("match", "any"),
        "conditions": inside,
    }


def _shown(condition: Mapping[str, Any], name: str, edit: str, number: str, offered: Offered) -> Shown:
    key = condition["field"] if condition["field"] in FIELDS else "people"
    field = FIELDS[key]
    op = condition["op"] if condition["op"] in field.operators else field.operators[0]
    value = condition["value"]
    ago = " ago" if op == "before_days" else ""
    return Shown(
        name=name,
        edit=edit,
        number=number,
        field=key,
        op=op,
        values=[str(one) for one in (value if isinstance(value, list) else [value])],
        input=_input(field, op),
        operators=[(one, OPERATORS[one].replace(" (days)", "")) for one in field.operators],
        choices=offered.by(field.choices),
        unit=UNITS.get(field.kind, "") + ago,
        of=str(condition.get("of", "")),
        of_label=field.of.label if field.of else "",
        of_choices=offered.by(field.of.choices) if field.of else [],
        of_only=field.of.only if field.of else False,
        likeness=condition.get("likeness", LIKENESS),
    )


def _input(field: Field, op: str) -> str:
    amounts = op in ("at_least", "at_most")
    if field.choices:
        return "one" if amounts else "many"
    if field.kind in ("words", "sentences"):
        return field.kind
    return "words" if field.kind == "own" and not amounts else "number"


def fields(rules: Iterable[Mapping[str, Any]]) -> list[tuple[str, Choices]]:
    """What a condition can ask about, in groups. Where moods are switched off, only what these rules ask already."""
    asked = {leaf["field"] for rule in rules for leaf in leaves(rule["conditions"])}
    hidden = frozenset() if moods.shown() else FEELING - asked
    return [
        (group, [(key, field.label) for key, field in some.items() if key not in hidden])
        for group, some in GROUPS.items()
    ]
