"""The text of a file as calendars and contents of pivots. Every fault is one sentence that names the place."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import yaml

from pivotpoint.pivot import expected
from pivotpoint.pivot.content import columns, parts
from pivotpoint.pivot.file.write import SCHEMA
from pivotpoint.pivot.refused import Refused

MOST = 1_000_000
"""Characters in a file."""
DEEP = 30
"""Levels in a file: far more than a rule may have, far fewer than would fill the stack."""
SHARED = {
    "calendars": "calendars is a list, each with a name, a zone and a week.",
    "rotas": "rotas is a list, each with a team, its people, turn_days and starts_on.",
    "standing_answers": "standing_answers is a list, each with a pivot, a name and what may be done.",
}
"""The lists beside the pivots, which a file may leave out, and what each is made of."""


class _Loader(yaml.SafeLoader):
    """Only true and false are yes or no, dates are words, a name stands once, and nothing refers to something else."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise Refused(
                f"Line {self.peek_event().start_mark.line + 1}: write it out instead of *referring."
            )
        self.depth += 1
        if self.depth > DEEP:
            raise Refused(f"Line {self.peek_event().start_mark.line + 1} is nested too deep.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise Refused(f"Line {key.start_mark.line + 1}: {key.value} stands there twice.")
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


_SOMETIMES = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag not in _SOMETIMES]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True, slots=True)
class Said:
    """What the file has, in its order, with the names that it gives; whether these are known is found when applied."""

    calendars: list[dict[str, Any]]
    rotas: list[Any]
    pivots: list[dict[str, Any]]
    standing_answers: list[Any]


def read(text: str) -> Said:
    """Refused when the file is no switchyard."""
    said = _parsed(text)
    if not isinstance(said, dict) or not isinstance(said.get("pivots"), list):
        raise Refused("The file has no list “pivots”; export one to see its shape.")
    if said.get("schema") != SCHEMA:
        raise Refused(f"schema is “{said.get('schema', '')}”; this Pivotpoint reads {SCHEMA}.")
    expected.demand_known(said, ("schema", "pivots", *SHARED), "A switchyard")
    hours, turns, standing = (expected.list_of(said.get(key), shape) for key, shape in SHARED.items())
    calendars = [_named("Calendar", one, number) for number, one in enumerate(hours, 1)]
    pivots = [_pivot(one, number) for number, one in enumerate(said["pivots"], 1)]
    expected.demand_once([row["name"] for row in calendars], "Calendar “{}”".format)
    expected.demand_once([row["name"] for row in pivots], "Pivot “{}”".format)
    return Said(calendars, turns, pivots, standing)


def _parsed(text: str) -> Any:
    if len(text) > MOST:
        raise Refused(f"The file has more than {MOST:,} characters.")
    try:
        said = yaml.load(text.removeprefix("\ufeff"), _Loader)  # noqa: S506 a SafeLoader that refuses more
    except yaml.MarkedYAMLError as error:
        where = f"Line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise Refused(f"{where}this is not YAML ({error.problem}).") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(f"This is not YAML ({str(error).splitlines()[0]}).") from error
    if _unwritable(json.dumps(said, default=str, ensure_ascii=False)):
        raise Refused("The file has characters that cannot be kept.")
    return said


def _unwritable(text: str) -> bool:
    """No database keeps a NUL or half a character."""
    return "\\u0000" in text or any("\ud800" <= one <= "\udfff" for one in text)


def _pivot(one: Any, number: int) -> dict[str, Any]:
    named = _named("Pivot", one, number)
    known = {*columns.names(), *(part.key for part in parts.parts())} - {"position"}
    expected.demand_known(one, known, f"Pivot {number} “{one['name']}”: a pivot")
    if not isinstance(one.get("closed", False), bool):
        raise Refused(f"Pivot {number} “{one['name']}”: closed is true or false.")
    return named


def _named(what: str, one: Any, number: int) -> dict[str, Any]:
    if not isinstance(one, dict) or not isinstance(one.get("name"), str) or not one["name"].strip():
        raise Refused(f"{what} {number} has no name.")
    return {**one, "name": one["name"].strip()}
