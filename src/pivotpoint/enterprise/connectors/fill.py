"""Fill the templates of a mapping: texts with {placeholders}, and paths into records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError

_WORD = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")

Look = Callable[[str], Any]
"""The value of a word: "insight.title", "party"; LookupError when there is none."""


def fill(value: Any, look: Look, find: Callable[[dict[str, Any]], Any]) -> Any:
    """`value` with its words replaced, at any depth. `find` answers {find = …} with its domain already filled."""
    if isinstance(value, str):
        whole = _WORD.fullmatch(value)
        if whole:
            return _word(whole, look)
        return _WORD.sub(lambda match: str(_word(match, look)), value)
    if isinstance(value, Mapping):
        filled = {key: fill(each, look, find) for key, each in value.items()}
        return find(filled) if "find" in filled else filled
    if isinstance(value, list):
        return [fill(each, look, find) for each in value]
    return value


def _word(match: re.Match[str], look: Look) -> Any:
    try:
        return look(match[1])
    except LookupError as error:
        raise MappingError(f"The mapping asks for {{{match[1]}}}, which a hand-off does not have.") from error


def dotted(facts: Any, path: str) -> Any:
    """facts["a"]["b"] for "a.b"; of a list the values of all its members. LookupError when it leads nowhere."""
    name, _, rest = path.partition(".")
    if isinstance(facts, list):
        return [dotted(each, path) for each in facts if each is not None]
    if not isinstance(facts, Mapping):
        raise LookupError(path)
    value = facts[name]
    return dotted(value, rest) if rest and value is not None else value
