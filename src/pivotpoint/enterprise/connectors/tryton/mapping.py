"""What a hand-off becomes in Tryton: data, not code. Presets are the files in mappings/; a destination may change keys.

A text with {words} is filled from the hand-off; a text that is one {word} takes its value whatever its type.
{find = model, where = domain} is the first record found there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.enterprise.connectors.outcomes import Outcome, outcomes_of

FOLDER = Path(__file__).parent / "mappings"
DEFAULT = "complaint"


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
        return Plan(**{**raw, "outcomes": outcomes_of(raw["outcomes"])})
    except (TypeError, KeyError) as error:
        raise MappingError(f"The mapping is not of the right shape: {error}.") from error
