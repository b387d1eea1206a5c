"""How a system is spoken to: data, not code. Presets are the files in presets/; a destination may change keys.

Before a request the words are paths into the payload, {text}, {key} (the hand-off's), {settings.…}, {basic}; after it,
paths into the answer. In an address every word but {settings.url} is made safe for an address.
"""

from __future__ import annotations

import base64
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.enterprise.connectors.fill import Look, dotted, fill
from pivotpoint.enterprise.connectors.outcomes import Outcome, outcomes_of
from pivotpoint.pivot.models import Destination

FOLDER = Path(__file__).parent / "presets"
METHODS = ("GET", "POST", "PUT", "PATCH")
SIGNATURES = ("", "hub", "token")


@dataclass(frozen=True)
class Call:
    """One request: `rows` and `holds` only where it looks for a record that carries the hand-off's key."""

    address: str
    method: str = "GET"
    body: Any = None
    rows: str = ""
    holds: str = ""


@dataclass(frozen=True)
class Incoming:
    """How they answer at our door: how they sign, where the record is in the body, and what names it. Without
    `outcomes`, those that hold when we ask."""

    signature: str
    record: str
    within: str = ""
    outcomes: tuple[Outcome, ...] | None = None


@dataclass(frozen=True)
class Plan:
    label: str
    make: Call
    found: dict[str, str] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""
    check: Call | None = None
    look: Call | None = None
    state: Call | None = None
    forget: Call | None = None
    shown: str = ""
    answer: Incoming | None = None


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def mapping_of(config: Mapping[str, Any]) -> Plan:
    return _built(raw_of(config))


def raw_of(config: Mapping[str, Any]) -> dict[str, Any]:
    """The preset, if one is named, with the keys that `config["mapping"]` replaces; not looked at yet."""
    preset = str(config.get("preset") or "").strip()
    if preset and preset not in names():
        raise MappingError(f"There is no preset “{preset}”; there are {', '.join(names())}.")
    own = config.get("mapping") or {}
    if isinstance(own, str):
        try:
            own = json.loads(own)
        except ValueError as error:
            raise MappingError(f"The mapping is no JSON: {error}.") from error
    if not isinstance(own, Mapping):
        raise MappingError("The mapping is no object.")
    if not preset and not own:
        raise MappingError("Choose a preset or give a mapping.")
    return {**(_preset(preset) if preset else {"label": "Record"}), **own}


@lru_cache(maxsize=16)
def _preset(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _built(raw: Mapping[str, Any]) -> Plan:
    """Each thing that would go wrong later is said now."""
    calls = {key: _call(raw[key]) for key in ("make", "check", "look", "state", "forget") if raw.get(key)}
    try:
        answer = _incoming(raw["answer"]) if raw.get("answer") else None
        given = {"outcomes": outcomes_of(raw.get("outcomes", ())), "answer": answer}
        return Plan(**{**raw, **calls, **given})
    except TypeError as error:
        raise MappingError(f"The mapping is not of the right shape: {error}.") from error


def _call(raw: Any) -> Call:
    try:
        call = Call(**raw)
    except TypeError as error:
        raise MappingError(f"The mapping is not of the right shape: {error}.") from error
    if call.method not in METHODS:
        raise MappingError(f"The method “{call.method}” is none of {', '.join(METHODS)}.")
    return call


def _incoming(raw: Mapping[str, Any]) -> Incoming:
    own = outcomes_of(raw["outcomes"]) if "outcomes" in raw else None
    incoming = Incoming(**{**raw, "outcomes": own})
    if incoming.signature not in SIGNATURES[1:]:
        raise MappingError(f"The signature “{incoming.signature}” is none of {', '.join(SIGNATURES[1:])}.")
    return incoming


class Words:
    """What the words of a mapping stand for. The key of the other side is a word of headers only."""

    def __init__(self, destination: Destination, plan: Plan, key: str, facts: Mapping[str, Any]) -> None:
        self.settings = {"url": plan.url} | {
            name: str(value).strip() for name, value in destination.config.items() if str(value).strip()
        }
        self.settings["url"] = self.settings["url"].rstrip("/")
        self.secret, self.facts = key, facts

    def __call__(self, path: str) -> Any:
        if path.startswith("settings."):
            return self.settings.get(path.removeprefix("settings."), "")
        return dotted(self.facts, path)

    def header(self, path: str) -> str:
        """One line, or a header would become two."""
        if path == "settings.key":
            return self.secret
        if path == "basic":
            return base64.b64encode(f"{self('settings.user')}:{self.secret}".encode()).decode()
        return " ".join(str(self(path)).split())

    def address(self, path: str) -> str:
        """{settings.project} keeps its slashes; {encoded.project} does not; nothing else has any."""
        if path == "settings.url":
            return str(self(path))
        if path.startswith("encoded."):
            return quote(str(self.settings.get(path.removeprefix("encoded."), "")), safe="")
        return quote(str(self(path)), safe="/" if path.startswith("settings.") else "")


def filled(value: Any, look: Look) -> Any:
    """`value` with its words replaced, at any depth; nothing is looked up there."""
    return fill(value, look, dict)


def preset_text(config: Mapping[str, Any]) -> str:
    """The preset as it is written, for a person who wants to change keys of it."""
    preset = str(config.get("preset") or "").strip()
    return (FOLDER / f"{preset}.toml").read_text(encoding="utf-8") if preset in names() else ""
