"""Separate the speakers of a transcript: the customer's words are read, the agent's and the machine's are not.

A transcript says who speaks, at the beginning of each turn: "Agent: …", "[00:12] Kunde: …", "(12s) Anna: …",
"<v Agent>…", or the speaker alone on a line. Who is who is told by the word for a role; without one, by the greeting that only
an agent says. Where nobody can tell, or nothing of the customer would be left, every word stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from textanalytics.base import Span
from textanalytics.speakers.mails import own_words

AGENT, CUSTOMER, UNKNOWN = "agent", "customer", ""
LONGEST = 40_000
"""Characters in which turns are looked for."""

AGENTS = frozenset(
    "agent agents advisor adviser representative rep csr operator support service staff consultant specialist associate bot"
    " chatbot assistant system ivr host team autoreply mitarbeiter mitarbeiterin berater beraterin kundenberater"
    " kundenberaterin kundenservice kundendienst sachbearbeiter sachbearbeiterin agente asesor asesora operador operadora"
    " soporte atención ejecutivo ejecutiva conseiller conseillère".split()
)
CUSTOMERS = frozenset(
    "customer cust cx client caller user visitor guest member patient passenger subscriber consumer kunde kundin anrufer"
    " anruferin gast cliente usuario usuaria llamante appelant".split()
)
LETTERS = ({"A", "C"}, {"A", "K"}, {"R", "C"})
"""Speakers by one letter: the first of the pair is not the customer."""

_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s"
_WHEN = (
    rf"(?:[\[(]?(?:{_DAY})?{_CLOCK}[\])]?\s*(?:[-–|]\s*)?|\(\s?(?:\d+h\s?)?(?:\d+m\s?)?(?:\d+[sm])\s?\)\s*)"
)
_WHO = r"[^\W\d_][^\W_]*(?:[ .'’-]{1,2}[^\W_]+){0,3}\.?"
_ROLES = "|".join(sorted(AGENTS | CUSTOMERS, key=lambda word: (-len(word), word)))
_ASIDE = r"(?:\s?[\[(][^\])\n]{1,24}[\])])?"
_TURN = re.compile(
    rf"^[ \t>*_-]*(?P<when>{_WHEN})?[*_]*(?P<line>{_WHO}){_ASIDE}[*_]*\s?(?:[:：][*_]*(?=\s|$)|>\s)"
    rf"|^[ \t]*<v(?:\.\w+)?\s(?P<voice>[^>\n]{{1,40}})>"
    rf"|^[ \t]*(?P<head>{_WHO})[ \t|,–-]{{1,4}}[\[(]?{_CLOCK}[\])]?[ \t]*$"
    rf"|^[ \t]*(?P<alone>(?i:{_ROLES})(?:\s\d{{1,9}})?){_ASIDE}[ \t]*{_WHEN}?[ \t]*$"
    rf"|(?<![\w-])(?P<inside>(?=[A-ZÀ-ÖØ-Þ])(?i:{_ROLES}))(?:\s\d{{1,9}})?{_ASIDE}\s?[:：](?=\s)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_VISIBLE = re.compile(r"\S")
_SPOKEN = re.compile(r"\S+")
_GREETS = re.compile(
    r"\b(?:thank(?:s| you) for (?:calling|contacting|reaching|holding|your patience|chatting)|(?:how|what) (?:can|may) i (?:help|assist|do"
    r" for you)|(?:can|may) i have your|is there anything else|my name is \w+ (?:and|from|how)|you(?:'|’)re through to|you are chatting with|"
    r"was kann ich für sie tun|(?:wie|womit) (?:kann|darf) ich (?:ihnen )?(?:weiter)?(?:helfen|behilflich)|"
    r"vielen dank für (?:ihren anruf|ihre geduld)|kann ich sonst noch|gracias por (?:llamar|contactar|comunicarse|su paciencia)|"
    r"en qué (?:le |te |lo |la )?puedo ayudar|comment puis-je vous aider)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """`start` is where the label begins, `said` where the words do; `end` is half-open."""

    speaker: str
    start: int
    said: int
    end: int
    timed: bool = False


def customers_words(text: str) -> str:
    """The text at the same length, with blanks in place of the speaker labels and of what others than the customer
    say, in a transcript or in the mail that is answered (`mails`).

    >>> customers_words("Agent: How can I help?\\nCustomer: My bag is gone.").split()
    ['My', 'bag', 'is', 'gone.']
    >>> customers_words("Service: slow\\nStaff: rude")
    'Service: slow\\nStaff: rude'
    """
    if "\n" not in text and text.count(": ") + text.count("：") < 2:
        return text
    said = turns(text)
    heard = _of_customers(text, said) if len(said) > 1 else text
    return own_words(text) if heard is text else heard


def _of_customers(text: str, said: Sequence[Turn]) -> str:
    role = roles(text, said)
    ours = [turn for turn in said if role[turn.speaker] == AGENT]
    theirs = [turn for turn in said if role[turn.speaker] == CUSTOMER]
    if not ours or not any(_WORD.search(text, turn.said, turn.end) for turn in theirs):
        return text
    out, last = [], 0
    for start, end in sorted(
        [(turn.start, turn.end) for turn in ours] + [(turn.start, turn.said) for turn in theirs]
    ):
        out += [text[last:start], _VISIBLE.sub(" ", text[start:end])]
        last = end
    return "".join([*out, text[last:]])


def quoted(text: str, spans: Sequence[Span] = ()) -> tuple[str, list[Span]]:
    """The text to quote, with `spans` moved to it: of a transcript only the customer's words, without gaps.

    >>> quoted("Agent: Hello\\nCustomer: My bag is gone.", [(26, 29)])
    ('My bag is gone.', [(3, 6)])
    """
    words = customers_words(text)
    if words == text:
        return text, list(spans)
    kept = [match.span() for match in _SPOKEN.finditer(words)]
    place = [-1] * (len(text) + 1)
    at = 0
    for start, end in kept:
        place[start : end + 1] = range(at, at + end - start + 1)
        at += end - start + 1
    moved = [(place[start], place[end]) for start, end in spans]
    return " ".join(words[start:end] for start, end in kept), [one for one in moved if -1 < one[0] < one[1]]


def turns(text: str) -> list[Turn]:
    """The turns of a transcript in order; [] when no speaker is named."""
    found = list(_TURN.finditer(text, 0, LONGEST))
    if not found:
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        Turn(
            _called(match),
            match.start(),
            match.end(),
            end,
            timed=(match["when"] or match["head"]) is not None,
        )
        for match, end in zip(found, ends, strict=True)
    ]


def _called(match: re.Match[str]) -> str:
    name = match["line"] or match["head"] or match["voice"] or match["alone"] or match["inside"]
    aside = match.group()[match.group().find(name) + len(name) :]
    return " ".join([*name.split(), *(word for word in _WORD.findall(aside) if word.lower() in AGENTS)])


def roles(text: str, said: Sequence[Turn]) -> dict[str, str]:
    """The role of each speaker. A label without a known role that occurs once and without a time may be a heading
    ("Reason: late")."""
    role = {turn.speaker: _role(turn.speaker) for turn in said}
    if set(role) in LETTERS:
        role = {name: CUSTOMER if name in ("C", "K") else AGENT for name in role}
    unknown = [name for name, what in role.items() if what == UNKNOWN]
    speaks = Counter(turn.speaker for turn in said)
    timed = {turn.speaker for turn in said if turn.timed}
    people = [name for name in unknown if speaks[name] > 1 or name in timed]
    if not people:
        return role
    known = set(role.values()) - {UNKNOWN}
    if known == {CUSTOMER}:
        return role | dict.fromkeys(people, AGENT)
    if known == {AGENT}:
        return role | dict.fromkeys(people, CUSTOMER)
    greets = {turn.speaker for turn in said if _GREETS.search(text, turn.said, turn.end)} & set(unknown)
    if greets and set(people) - greets and not known:
        role |= {name: AGENT if name in greets else CUSTOMER for name in {*people, *greets}}
    return role


def _role(name: str) -> str:
    words = {word.lower() for word in _WORD.findall(name)}
    return AGENT if words & AGENTS else CUSTOMER if words & CUSTOMERS else UNKNOWN
