"""Replace ids in conditions by names and back. The file uses names; a proposal uses them for pivots that it would
make, which have no id yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pivotpoint.pivot.conditions import FIELDS
from pivotpoint.pivot.conditions.asked import listed
from pivotpoint.pivot.conditions.before import pivots
from pivotpoint.pivot.refused import Refused


class Names:
    """Asks for each field's choices once."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, field: str) -> dict[str, str]:
        """Id → name, for a field whose choices are rows; empty for every other one."""
        if field not in self._known:
            choices = FIELDS[field].choices if field in FIELDS else None
            pairs = [(str(key), str(name)) for key, name in choices()] if choices else []
            self._known[field] = dict(pairs) if all(key.isdecimal() for key, _ in pairs) else {}
        return self._known[field]

    def named(self, conditions: Any) -> Any:
        """Ids become names, however deep the groups are."""
        return self._walk(conditions, lambda field, one: self.of(field).get(str(one), one))

    def unmade(self, conditions: Any, made: Mapping[str, str]) -> Any:
        """Only ids of what is `made` (id → name) become names."""
        return self._walk(
            conditions,
            lambda field, one: (
                made[str(one)] if self.of(field).get(str(one)) == made.get(str(one), "") else one
            ),
        )

    def numbered(self, conditions: Any) -> Any:
        """Names become ids; Refused when nothing is called so."""
        return self._walk(conditions, self._number)

    def pivots(self, conditions: Any) -> set[int]:
        """The pivots that they ask about, whatever has become of these."""
        found: set[int] = set()

        def note(field: str, one: Any) -> Any:
            if field in FIELDS and FIELDS[field].choices is pivots and str(one).isdecimal():
                found.add(int(one))
            return one

        self._walk(conditions, note)
        return found

    def _number(self, field: str, one: Any) -> Any:
        known = self.of(field)
        if not known or str(one) in known:
            return one
        found = [key for key, name in known.items() if name == str(one)]
        if len(found) != 1:
            what = "more than one" if found else "no"
            there = ", ".join(dict.fromkeys(known.values()))
            raise Refused(f"{FIELDS[field].label}: there is {what} “{one}”; there are {there}.")
        return found[0]

    def _walk(self, value: Any, change: Callable[[str, Any], Any]) -> Any:
        if isinstance(value, list | tuple):
            return [self._walk(one, change) for one in value]
        if not isinstance(value, Mapping):
            return value
        asked = value.get("field")
        if not isinstance(asked, str) or "value" not in value:
            return {key: self._walk(one, change) for key, one in value.items()}
        changed = [change(asked, one) for one in listed(value["value"])]
        several = isinstance(value["value"], list | tuple)
        return {**value, "value": changed if several else changed[0]}
