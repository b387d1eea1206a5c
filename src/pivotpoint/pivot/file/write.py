"""The calendars and the rotas of functions, the open pivots in their order, and their standing answers, as YAML that a person
can read, compare and keep under version control."""

from __future__ import annotations

from typing import Any

import yaml

from pivotpoint.accounts.models import Installation
from pivotpoint.pivot.conditions.names import Names
from pivotpoint.pivot.content import contents
from pivotpoint.pivot.file import hours, standing_answers, turns
from pivotpoint.pivot.models import Pivot, StandingAnswer

SCHEMA = "pivotpoint.switchyard/1"
FIRST = ("field", "op", "value", "match")
HEAD = """\
# The switchyard{of}: which insights go where, who answers for them, by when.
# Pivots stand in the order in which they take insights. Functions are named by key, people by e-mail, channels by
# name. Business hours and the rotas of functions stand above, standing answers below. Secrets are not in here. What
# is left out has its usual value.
# Take it in again with: pivotpoint switchyard import FILE   (--dry-run shows what it would change)
"""


class _Dumper(yaml.SafeDumper):
    """Lists are set in under their name, and nothing is written as a reference to something above."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write() -> str:
    """The same switchyard always gives the same text."""
    name, names = Installation.here().name, Names()
    pivots = [shown(one, names) for one in _all(names)]
    above = {"calendars": hours.written(), "rotas": turns.written()}
    body = {"schema": SCHEMA, **{key: rows for key, rows in above.items() if rows}, "pivots": pivots}
    if standing := standing_answers.written(names):
        body["standing_answers"] = [_lined(one) for one in standing]
    text = yaml.dump(body, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return HEAD.format(of=f" of {' '.join(name.split())}" if name else "") + text


def _all(names: Names) -> list[dict[str, Any]]:
    """The open ones, and closed ones that somebody still asks about: what these decided counts."""
    order = list(Pivot.objects.order_by("position", "name").values_list("pk", flat=True))
    known = contents(Pivot.objects.live())
    live = StandingAnswer.objects.live().filter(pivot__in=known)
    asked = names.pivots(list(live.values_list("conditions", flat=True)))
    for one in known.values():
        asked |= names.pivots(one.get("rules", []))
    while missing := asked & set(order) - known.keys():
        known |= contents(Pivot.objects.filter(pk__in=missing))
        asked = names.pivots([known[pk].get("rules", []) for pk in missing])
    return [known[pk] for pk in order if pk in known]


def shown(pivot: dict[str, Any], names: Names) -> dict[str, Any]:
    """A content as the file has it: the order says the position, conditions name what they ask about."""
    said = {key: value for key, value in pivot.items() if key != "position"}
    said["rules"] = [
        _lined(rule | {"conditions": names.named(rule["conditions"])}) for rule in pivot.get("rules", [])
    ]
    said["destinations"] = [
        one | ({"config": _ordered(one["config"])} if "config" in one else {})
        for one in pivot.get("destinations", [])
    ]
    return said


class _Flow(dict[str, Any]):
    """Stands on one line: {field: people, op: at_least, value: 3}."""


def _lined(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"conditions": [_flow(one) for one in row["conditions"]]}


def _flow(condition: Any) -> Any:
    """A condition on one line, a group of them over several."""
    if not isinstance(condition, dict):
        return condition
    condition = _ordered(condition)
    if isinstance(condition.get("conditions"), list):
        return condition | {"conditions": [_flow(one) for one in condition["conditions"]]}
    return _Flow(condition)


def _ordered(value: Any) -> Any:
    """The same order whatever the database made of it: what is asked first, then by name."""
    if isinstance(value, list):
        return [_ordered(one) for one in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), key))
    return {key: _ordered(value[key]) for key in keys}


_Dumper.add_representer(
    _Flow,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True),
)
