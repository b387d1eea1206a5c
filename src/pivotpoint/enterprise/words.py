"""Understand answers in plain words: "done", "not us: the bank forbids it", or text to keep as a note."""

from __future__ import annotations

import re

from pivotpoint.pivot.models import Answer

WORDS = {
    Answer.Outcome.ACCEPTED: ("accept", "accepted", "we accept", "we take it", "ours"),
    Answer.Outcome.CHANGING: ("under way", "underway", "in progress", "started", "working on it"),
    Answer.Outcome.DELIVERED: ("done", "it is done", "delivered", "fixed", "solved"),
    Answer.Outcome.DECLINED: ("decline", "declined", "we decline", "not us", "not ours", "rejected"),
}
_MEANS = {word: outcome for outcome, words in WORDS.items() for word in words}
_FIRST = re.compile(
    rf"(?P<word>{'|'.join(sorted(map(re.escape, _MEANS), key=len, reverse=True))})(?P<end>[.!]?\s*$|\s*[:,.;!\n–—]|\s+-\s)",
    re.IGNORECASE,
)


def understand(text: str) -> tuple[str, str]:
    """(outcome, note). Only a known word that stands alone, or is followed by a pause, counts; all else is a note.

    A question ("Done?") is a note. A decline without a reason comes back with an empty note: the caller has to ask.
    """
    said = " ".join(text.split(" ")).strip()
    found = _FIRST.match(said)
    if found is None or said.splitlines()[0].rstrip().endswith("?"):
        return Answer.Outcome.NOTE, said
    outcome = _MEANS[found["word"].lower()]
    return outcome, said[found.end() :].strip()
