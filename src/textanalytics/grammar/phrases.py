"""Whole phrases inside real texts: where one may begin, where it may end, and how clean the cut is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from textanalytics.grammar.cuts import (
    CUT_BEFORE,
    DENYING,
    HEARSAY,
    POOR_STARTS,
    STARTS_NEVER,
    STARTS_POORLY,
    TORN,
)
from textanalytics.grammar.ends import VERBS, ends_well, right
from textanalytics.grammar.german import (
    ANOTHER,
    FUSED,
    breaks_off,
    goes_over,
    has_no_verb,
    is_bent,
    is_cut_at_a_name,
    is_verb,
    leaves_behind,
    turns_off,
)
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.questions import (
    ADDS,
    ASKS,
    BEFORE_NOUNS,
    HOW,
    asks_whole,
    is_asked_of,
    opens_a_question,
    out_of_a_question,
)
from textanalytics.grammar.sentence import Text

WORD = re.compile(r"[^\W_]+(?:['’´`\-./&+][^\W_]+)*")
ADDRESS = re.compile(r"[^\W\d][./][^\W\d]")
"""A domain, a path, two words in one: no part of a title."""

LONGEST = 9
"""Words of a title."""

LEAST_GRACE = 0.2
"""With less a span is no phrase."""

REMEMBERED = 100_000
"""Words of which it is remembered what they are."""

READ = 80
"""Words of a text that are looked at: what a message is about is said early, and articles are long."""

ASKED, BOTH, EITHER = 0.9, 0.85, 0.3
"""What a phrase is worth that is a question, that names two things, one of two."""

RUN_ON = 0.6
"""For a thing with a new sentence right behind it: "update I can't watch"."""

HEADLESS = 0.5
"""For a sentence whose subject stands before what was cut off."""

BEHEADED = 0.15
"""In German, where that verb has a subject behind it: "beim Bezahlen kommt ein Fehler". And for what is done with a verb behind
it: "files to | play the game could not be downloaded", "the cheque I | deposited isn't in my account"."""

AIMLESS = 0.4
"""For an end like "parcel to deliver"."""

NOT_YET = frozenset("until till unless hope hoping wish bis hoffe hoffentlich".split())
"""What follows these is not so: "one star until the app pairs again" says that it does not."""

MUCH = frozenset(("much", "many"))
IT = frozenset(("it", "this", "that", "which", "es", "das"))
POINTING = 0.8
"""For what was said of "it": whoever reads the title does not know of what."""

NOBODY = frozenset("nobody noone nothing none niemand nichts nix".split())
"""Subjects that say not: "nobody answers the phone" loses its sense with them."""

SOMEBODY = frozenset(("someone", "somebody"))
"""And who did it, if not who says so: "someone stole my card"."""

SAYS = frozenset({Kind.OPEN, Kind.WEAK, Kind.AUXILIARY, Kind.ADVERB})

SAYING = frozenset({Kind.AUXILIARY, Kind.NEGATED, Kind.WEAK, Kind.TO})
"""What completes a question within a statement: "asks how to pay", "why it won't start"."""

SAYS_WHAT = frozenset({Kind.WEAK, Kind.AUXILIARY})
"""Verbs of a question that has lost its first one."""

SINCE = frozenset("since after before until as than even while".split())
SECOND_HAND = 0.5
"""For what was only said to be so: "it says my parcel was delivered"."""

SAID = DENYING | HEARSAY

LATER = 0.7
"""For a second clause: "the app crashes since my phone got the update" says more than a title has to."""

BARE_BE = 0.75
"""For "app be great": who writes so, or has been made to, says it better without."""

UNNAMED = frozenset("it them that he she him they something someone".split())
"""Words that stand for what was named before; in a title nothing was."""

BENDS = frozenset({Kind.DETERMINER, Kind.PREPOSITION})

TURNS = frozenset(("or", "nor", "oder", "than", "als", "but"))
SEPARATE = frozenset({Kind.DETERMINER, Kind.ADVERB, Kind.SUBJECT})
"""What begins another thought behind "and": "lamp and | my chair", "lamp and | still waiting", "lamp and | there is"."""

JOINTS = VERBS | SEPARATE | {Kind.SUBJECT}
BARE = frozenset(("be", "been"))
JOINING = TURNS | SINCE | UNNAMED | ADDS | NOBODY | BARE
"""Classes, and words, that may take off something where they join; in English no other does."""

LENGTH = (0.0, 0.1, 0.55, 0.93, 1.0, 1.0, 0.98, 0.92, 0.85, 0.8, 0.75)
"""By number of words: one word says too little, nine are not a title, but for a question."""


@dataclass(frozen=True, slots=True)
class Phrase:
    start: int
    end: int
    grace: float
    """0 to 1: how whole the phrase is, by itself."""
    asks: bool = False


class Cutter:
    """Cuts texts of one language into phrases."""

    def __init__(self, language: str) -> None:
        self._kinds = kinds(language)
        self._german = language == "de"
        self._known: dict[str, tuple[str, str, Kind]] = {}

    def read(self, text: str, heading: int = 0) -> Text:
        """The first `heading` words are nobody's: they stand in no phrase and say nothing."""
        words: list[str] = []
        lower: list[str] = []
        kind: list[Kind] = []
        clause: list[int] = []
        asked: set[int] = set()
        known, noise = self._known, Kind.NOISE
        mailed = "@" in text
        number = last = 0
        for match in islice(WORD.finditer(text), READ):
            written = match[0]
            start, end = match.span()
            if words and (start != last + 1 or text[last] != " ") and (between := text[last:start].strip()):
                number += 1
                if "?" in between:
                    asked.update(clause[-2:])
            word, small, what = known.get(written) or self._learn(written)
            if mailed and "@" in (text[start - 1 : start], text[end : end + 1]):
                what = noise
            if len(words) < heading:
                what = noise
            if what is noise:
                number += 1
            words.append(word)
            lower.append(small)
            kind.append(what)
            clause.append(number)
            if what is noise:
                number += 1
            last = end
        if "?" in text[last : last + 8]:
            asked.update(clause[-2:])
        return Text(words, lower, kind, clause, frozenset(asked), self._german)

    def _learn(self, written: str) -> tuple[str, str, Kind]:
        """The word with plain apostrophes, in lower case, and its class: worked out when it is first met."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        word = written.replace("’", "'").replace("´", "'").replace("`", "'")
        small = word.lower()
        what = Kind.NOISE if ADDRESS.search(small) else self._kinds.get(small, Kind.OPEN)
        found = self._known[written] = word, small, what
        return found


def whole(text: Text) -> tuple[Phrase, ...]:
    """`phrases`, remembered with the text: it is asked of a text again whenever its theme is named."""
    if not text.cut:
        text.cut.append(tuple(phrases(text)))
    return text.cut[0]  # type: ignore[no-any-return]


def phrases(text: Text) -> Iterator[Phrase]:
    """Every span of a few words that is whole at both ends, with its grace."""
    kind, clause, lower = text.kind, text.clause, text.lower
    count = len(kind)
    joins: dict[int, float] = {}
    overs: dict[int, bool] = {}
    ends: dict[tuple[int, int], bool] = {}
    for start in range(count):
        asks = kind[start] in ASKS and opens_a_question(text, start)
        starts = kind[start] not in STARTS_NEVER or _is_anybody(text, start)
        if not asks and not (starts and _plain(lower[start])):
            continue
        left = ASKED if asks else _left(text, start)
        if left < 0.3:
            continue
        behind = not asks and _behind_a_preposition(text, start)
        aim = not asks and start > 0 and _is_done(text, start)
        turned = not text.german and not asks and is_asked_of(text, start)
        broken = asking = False
        for end in range(start + 1, min(start + LONGEST, count) + 1):
            last = end - 1
            if clause[last] != clause[start] or not _plain(lower[last]):
                break
            if last > start:
                if (joint := joins.get(last)) is None:
                    joint = joins[last] = _joint(text, last)
                left *= joint
                if text.german and not asks:
                    if (over := overs.get(last)) is None:
                        over = overs[last] = goes_over(text, last) or is_cut_at_a_name(text, last)
                    if over or (last == start + 1 and kind[last] is Kind.SUBJECT):  # "fahrt ihr umsonst"
                        break
                    broken |= breaks_off(text, last) or turns_off(text, last)
                if behind and (kind[last] in VERBS or is_verb(text, last)):
                    left, behind = left * (BEHEADED if text.german else HEADLESS), False
                if aim and kind[last] in VERBS:
                    left, aim = left * BEHEADED, False
                if turned and kind[last] in SAYS_WHAT:  # "how long will my | card take to arrive"
                    break
                if (kind[last - 1], kind[last]) in TORN and not (asks and last - start < 4):
                    break
            if left < LEAST_GRACE:  # It only ever falls.
                break
            whole = end == count or clause[end] != clause[last]
            asking |= last > start and kind[last] is Kind.QUESTION
            asking &= kind[last] not in SAYING
            if asking and not asks:  # "asks how long the warranty"
                continue
            if left * LENGTH[end - start] < LEAST_GRACE:  # No end adds to it.
                continue
            place = last, min(last - start, 2)
            if (well := ends.get(place)) is None:
                well = ends[place] = ends_well(text, start, last)
            if not well and not (asks and whole and kind[last] is Kind.WEAK):
                continue
            clean = _clean(text, start, end, whole=whole, broken=broken)
            grace = left * clean * LENGTH[end - start]
            if grace >= LEAST_GRACE and (not asks or asks_whole(text, start, end, clean)):
                yield Phrase(start, end, grace, asks)


def _clean(text: Text, start: int, end: int, *, whole: bool, broken: bool) -> float:
    """What the end of a span leaves of its grace: 1 where nothing is cut off, 0 in German without its verb."""
    last, kind = end - 1, text.kind
    if text.german and has_no_verb(text, start, last):
        return 0.0
    clean = 1.0 if whole else right(text, start, end)
    if last - start >= 2 and kind[last - 1] is Kind.TO and kind[last - 2] is Kind.OPEN:
        clean *= 1.0 if text.words[last][0].isupper() else AIMLESS
    if text.german and not whole:
        clean *= leaves_behind(text, start, end)
    return clean * HEADLESS if broken and text.words[last][0].isupper() else clean


def _joint(text: Text, place: int) -> float:
    """What a word takes off that joins two things, of which one may be cut off, or two sentences."""
    word, what = text.lower[place], text.kind[place]
    if not text.german and what not in JOINTS and word not in JOINING:
        return 1.0
    before = text.kind[place - 1] if place else None
    says = what in (Kind.OPEN, Kind.WEAK) and text.words[place].islower()
    if text.german and says and place and text.lower[place - 1] in ADDS:
        return EITHER
    if word in TURNS or (what in SEPARATE and place and text.lower[place - 1] in ADDS):
        return EITHER
    if before is Kind.OPEN and (what is Kind.SUBJECT or _is_anybody(text, place)):
        return RUN_ON
    if word in SINCE and not text.german:
        return LATER
    if word in BARE and before is Kind.OPEN:
        return BARE_BE
    if what in VERBS and before is Kind.WEAK:
        return RUN_ON
    if word in UNNAMED:
        return POINTING
    if text.german and breaks_off(text, place):
        return EITHER if word in ANOTHER else RUN_ON
    return BOTH if word in ADDS else 1.0


def _is_anybody(text: Text, place: int) -> bool:
    """Whether it is nobody, or somebody, who does what follows. In German, where the verb comes second, only at the very beginning."""
    if text.lower[place] not in NOBODY | SOMEBODY or place + 1 == len(text.kind):
        return False
    first = place == 0 or text.clause[place - 1] != text.clause[place]
    says = text.kind[place + 1] in SAYS and text.words[place + 1].islower()
    return says and (first or (not text.german and text.kind[place - 1] in (Kind.OPEN, Kind.CONJUNCTION)))


def _behind_a_preposition(text: Text, start: int) -> bool:
    """In "the price in the advert is gone" the advert is not what is gone."""
    kind, clause = text.kind, text.clause
    place = start - 1
    while place >= 0 and clause[place] == clause[start] and kind[place] in BEFORE_NOUNS:
        place -= 1
    if text.german and not FUSED.isdisjoint(text.lower[place + 1 : start]):
        return True
    return place >= 0 and clause[place] == clause[start] and kind[place] is Kind.PREPOSITION


def _is_done(text: Text, start: int) -> bool:
    """Whether it is what somebody does, or did: "to | play", "which I | deposited"."""
    before = text.kind[start - 1]
    done = before is Kind.TO or (before is Kind.SUBJECT and not text.german)
    return done and text.clause[start - 1] == text.clause[start]


def _left(text: Text, start: int) -> float:
    """How clean the phrase begins: by the word before it, and by its own first word."""
    what = text.kind[start]
    after = text.kind[start + 1] if start + 1 < len(text.kind) else None
    if len(text.lower[start]) < 2 and not text.lower[start].isdigit():
        return 0.0
    own = STARTS_POORLY.get(text.lower[start], 0.7) if what in POOR_STARTS else 1.0
    no_one = text.lower[start : start + 2] == ["no", "one"]
    if what is Kind.NEGATION and after not in (Kind.OPEN, Kind.WEAK) and not no_one:
        return 0.0
    if what is Kind.ADJECTIVE and after is not Kind.OPEN and after is not Kind.ADJECTIVE:
        return 0.0
    if text.lower[start][0].isdigit() and (after is not Kind.TIME or not text.lower[start].isdigit()):
        return 0.0
    if start == 0 or text.clause[start - 1] != text.clause[start]:
        return own
    before = text.kind[start - 2] if start > 1 and text.clause[start - 2] == text.clause[start] else None
    if before is Kind.QUESTION and text.lower[start - 1] in MUCH:  # "how much | gas is in the car"
        return 0.0
    if before in (Kind.NEGATED, Kind.NEGATION) or text.lower[start - 1] in HOW | SOMEBODY:
        return 0.0
    if text.german and text.kind[start - 1] is Kind.QUESTION and text.words[start].islower():
        return 0.0
    if text.lower[start - 1] in NOT_YET or (before is not None and text.lower[start - 2] in NOT_YET):
        return 0.0
    if (
        text.german
        and text.kind[start - 1] in BENDS
        and is_bent(text.words[start], text.words[start + 1 : start + 2])
    ):
        return 0.0
    if what is Kind.NEGATION and text.kind[start - 1] is Kind.AUXILIARY:
        return 0.0
    heard = 1.0
    for place in range(max(start - 3, 0), start):
        if text.lower[place] in SAID and text.clause[place] == text.clause[start]:
            if text.lower[place] in DENYING:
                return 0.0
            heard = SECOND_HAND
    own *= heard
    if text.lower[start - 1] in IT:
        own *= POINTING
    return own * CUT_BEFORE[text.kind[start - 1]] * out_of_a_question(text, start)


@lru_cache(1 << 16)
def _plain(word: str) -> bool:
    """Not an order number, a masked name or a scrap."""
    return len(word) <= 24 and sum(letter.isdigit() for letter in word) <= 4
