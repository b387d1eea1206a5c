"""What people in a room say to our message: reactions, replies, replies in its thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pivotpoint.enterprise.connectors.contract import Said
from pivotpoint.enterprise.connectors.matrix.homeserver import Event
from pivotpoint.enterprise.words import understand
from pivotpoint.pivot.models import Answer

OUTCOMES = Answer.Outcome
REACTIONS = {
    "👍": OUTCOMES.ACCEPTED,
    "👎": OUTCOMES.DECLINED,
    "✅": OUTCOMES.DELIVERED,
    "☑": OUTCOMES.DELIVERED,
    "✔": OUTCOMES.DELIVERED,
    "🚧": OUTCOMES.CHANGING,
}
SHADES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
"""The skin of a thumb and how an emoji is drawn say nothing."""
QUOTED = re.compile(r"\A(?:>.*\n?)+\n?")
"""What older clients repeat of the message that is replied to."""


@dataclass(frozen=True)
class Word:
    """One person's event about our message `record`: decided (outcome), or words only (outcome note)."""

    record: str
    key: str
    who: str
    outcome: str
    note: str

    @property
    def bare(self) -> bool:
        """A no without a why."""
        return self.outcome == OUTCOMES.DECLINED and not self.note


def word(event: Event) -> Word | None:
    """Nothing when the event says nothing to anybody: another reaction, a robot's notice, an edit, its own matter."""
    content = event.get("content") or {}
    relates = content.get("m.relates_to") or {}
    if not isinstance(relates, dict) or content.get("msgtype") == "m.notice":
        return None
    key, who = str(event.get("event_id", "")), str(event.get("sender", ""))
    if event.get("type") == "m.reaction":
        return _reaction(relates, key, who)
    if event.get("type") != "m.room.message" or relates.get("rel_type") == "m.replace":
        return None
    return _reply(relates, str(content.get("body", "")), key, who)


def _reaction(relates: Event, key: str, who: str) -> Word | None:
    outcome = REACTIONS.get(SHADES.sub("", str(relates.get("key", ""))))
    record = str(relates.get("event_id", ""))
    return Word(record, key, who, outcome, "") if outcome and record else None


def _reply(relates: Event, body: str, key: str, who: str) -> Word | None:
    """In the thread, or to the message itself."""
    to = relates.get("m.in_reply_to") or {}
    in_thread = relates.get("rel_type") == "m.thread"
    record = str(relates.get("event_id") if in_thread else to.get("event_id", ""))
    outcome, note = understand(QUOTED.sub("", body, count=1) if to else body)
    if not record or (outcome == OUTCOMES.NOTE and not note):
        return None
    return Word(record, key, who, outcome, note)


def answer(said: Word, related: Callable[[str], Sequence[Event]]) -> Said | None:
    """The answer that a word is, or None when it is a no that still needs its why.

    The first words of a person after their bare no are its reason.
    """
    if said.bare:
        return None
    outcome = said.outcome
    if outcome == OUTCOMES.NOTE and _owes_a_reason(said, related(said.record)):
        outcome = OUTCOMES.DECLINED
    return Said(said.record, said.key, outcome, said.note, said.who)


def _owes_a_reason(said: Word, events: Sequence[Event]) -> bool:
    """Whether the last thing this person said or set before it was a bare no. A no that was taken back is not there."""
    theirs = [each for event in events if event.get("sender") == said.who and (each := word(event))]
    before = []
    for each in theirs:
        if each.key == said.key:
            break
        before.append(each)
    return bool(before) and before[-1].bare
