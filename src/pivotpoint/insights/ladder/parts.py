"""What was heard, house by house, where each is to have a ladder of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pivotpoint.channels.tables import few_again_and_again
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.words import count, listed
from pivotpoint.insights.ladder.worlds import worlds_apart

LEAST = 100
"""Messages of a house that has a ladder of its own."""

OTHERS = "others"


@dataclass(frozen=True)
class Parts:
    """What was heard, house by house."""

    large: dict[str, Heard]
    small: Heard
    """Of all houses with few messages, and what is nobody's."""

    @property
    def are_several(self) -> bool:
        return len(self.large) + bool(self.small.texts) > 1 and bool(self.large)

    def told_of_small(self, by: str) -> str:
        """Who the others are."""
        small, nobody = self.small.names, self.small.houses.count("")
        each = " each" * (len(small) > 1)
        said = [f"{len(small):,} with fewer than {LEAST} messages{each}"] if small else []
        said += [f"{count(nobody, 'message')} without a {by}"] if nobody else []
        return f"{OTHERS} are read together: {', and '.join(said)}"


def apart(heard: Heard) -> Parts:
    own = defaultdict[str, list[int]](list)
    for place, house in enumerate(heard.houses):
        own[house].append(place)
    large = [house for house, count in heard.names.most_common() if count >= LEAST]
    small = heard.tallies.keys() - set(large)
    rest = sorted(place for house in small for place in own[house])
    return Parts({house: heard.of([house], own[house]) for house in large}, heard.of(small, rest))


def parts_of(heard: Heard, *, each: bool | None) -> tuple[Parts | None, list[str]]:
    """What has a ladder of its own each, None where all have one; and a phrase for whoever wonders. `each`: whether it is wanted; None:
    where the houses are worlds apart."""
    if each is False or not heard.names:
        return None, []
    parts, worlds = apart(heard), [] if each else worlds_apart(heard)
    if not parts.are_several:
        return None, [
            f"no {heard.by} has {LEAST} messages: they are read together"
        ] if each and parts.small.texts else []
    if worlds:
        return parts, [
            f"{listed(worlds)} speak of different worlds, so each is read by itself; --each none reads all as one list"
        ]
    return (parts, []) if each else (None, [f"--each {heard.by} reads each by itself"])


def settle(heard: Heard, *, is_guessed: bool) -> list[str]:
    """What the column of houses turns out to be, where it tells none apart. One that was guessed and is something else is forgotten."""
    by, names, messages = heard.by, heard.names, len(heard.houses)
    if is_guessed and not few_again_and_again(len(names), messages):
        heard.forget_houses()
        values = f"{len(names):,} values in {count(messages, 'message')}"
        return [f"{by} is not taken to say whose a message is: it has {values}"]
    if is_guessed or not by or len(names) > 1:
        return []
    return [f"{by} tells nobody apart: {f'every message is {[*names][0]}' if names else 'it is empty'}"]
