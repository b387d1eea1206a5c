"""What a hand-off becomes in Tryton: data, not code. Presets are the files in mappings/; a destination may change keys.

A text with {words} is filled from the hand-off; a text that is one {word} takes its value whatever its type.
{find = model, where = domain} is the first record found there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.pivot.models import Answer

FOLDER = Path(__file__).parent / "mappings"
DEFAULT = "complaint"
_WORD = re.compile(r"\{([a-z_][a-z_.]*)\}")

Look = Callable[[str], Any]
"""The value of a word: "insight.title", "party"; LookupError when there is none."""


@dataclass(frozen=True)
class Outcome:
    """When all of `when` (path → value) holds of the record, the hand-off is answered so."""

    when: dict[str, str]
    outcome: str
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """`submit` is the button that hands a new record to the people there; `unlock` names, by state, the button that
    lets a record be written again. `follow` names fields that point to other records, with what to read of those.
    """

    label: str
    model: str
    key: str
    values: dict[str, Any]
    outcomes: tuple[Outcome, ...]
    submit: str = ""
    unlock: dict[str, str] = field(default_factory=dict)
    needs: str = ""
    follow: dict[str, list[str]] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """What has to be read to know how the record stands."""
        asked = {"state", "number", self.key, *self.follow}
        for outcome in self.outcomes:
            asked |= {path for path in outcome.when if not any(path.startswith(f"{f}.") for f in self.follow)}
        return sorted(asked)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def mapping_of(config: Mapping[str, Any]) -> Plan:
    """The preset that `config["work"]` names, with the keys that `config["mapping"]` replaces."""
    work = str(config.get("work") or DEFAULT).strip()
    if work not in names():
        raise MappingError(f"There is no work “{work}”; there are {', '.join(names())}.")
    own = config.get("mapping") or {}
    if not isinstance(own, Mapping):
        raise MappingError("The mapping is no object.")
    return _built({**_preset(work), **own})


@lru_cache(maxsize=16)
def _preset(work: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{work}.toml").read_text(encoding="utf-8"))


def _built(raw: Mapping[str, Any]) -> Plan:
    """Each thing that would go wrong later is said now."""
    try:
        outcomes = tuple(Outcome(**each) for each in raw["outcomes"])
        built = Plan(**{**raw, "outcomes": outcomes})
    except (TypeError, KeyError) as error:
        raise MappingError(f"The mapping is not of the right shape: {error}.") from error
    for each in outcomes:
        if each.outcome not in Answer.Outcome.values:
            raise MappingError(f"The mapping answers “{each.outcome}”, which is no answer.")
        if each.outcome == Answer.Outcome.DECLINED and not each.note:
            raise MappingError("An outcome that declines needs a note; the people who asked will read it.")
    return built


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
