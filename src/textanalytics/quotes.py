"""Choose quotes that represent a theme: typical, of readable length, unlike one another, from different people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from textanalytics.base import MOODS, Encoder, FloatArray, IntArray, Span
from textanalytics.grammar.cuts import DENYING
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import CONTRASTS
from textanalytics.sentiment import strengths
from textanalytics.text import tokens

SHORT, LONG = 30, 180
"""Characters. Shorter says too little, longer is not read."""

SHOWN = 220
"""Characters from which on a quote is cut."""

OUT_OF_LENGTH, CUT_SHORT = 0.15, 0.4
TOO_ALIKE, ALIKE_IN_A_CLAIM = 0.35, 0.5
"""How much of its likeness to a quote already chosen a text loses; where all have to mean what a title claims they would be alike."""

CONSIDERED, READ = 40, 150

SHOWS, OUTRIGHT = 0.4, 1.0
"""What holding all words of the title adds: a reader looks for them; and, more than all else but the mood, what it adds to say them in one breath."""

FEW = 2
"""Quotes that are enough where no more say the title so."""

BREATH = 2
"""Words that may stand between all of the title, beside one for each of its words."""

WHOLE = 6
"""Letters of a word that also tell it within another: "Zugverspätung"."""

ENDS, PAUSE = re.compile(r"[.!?;:](?!\w)|\n"), [""] * 12
"""Where a sentence ends, and the words that a pause is worth: more than a breath."""

OWN = frozenset(("trouble",))
"""What a title calls in one word that everybody says in others: the mood tells it."""

PREFIX = 5
"""Letters that two forms of a word share."""

SAME_WORDS = (0.6, 0.8)
"""Share of the words of two texts in common from which on they say one thing, and the second is no new quote; and the same where there
is little to choose from."""

TOLD = 0.15
"""What it adds to say one of the matters that are told of the theme, and takes off that another quote says it already."""

OPPOSED, NEAR, AROUND = 0.6, 2, 3
"""What it takes off to say the contrary of the title; how many words behind a "not" are denied; and how many words from what the title denies the
text has to."""

OWNING = frozenset("my our your mein meine unser unsere".split())
"""What tells most of a title of one word more: "My room"."""

PASSED_ON = re.compile(r"\s*RT\b")
"""What somebody else said."""

APART, EITHER = " · ", " / "
MEANS = 0.4
"""What it adds to mean what the title means."""

AGREES, AGAINST, CLEARLY, MANY = 0.15, 2.0, 2, 0.3
"""What it adds to feel as the title does; what it takes off, more than all else adds, to feel the opposite of the others; how
many times as many as the others feel what most feel, and what share of all: of a theme of questions nobody's anger is shown first."""

SURELY = 0.6
"""What it adds to feel surely what most feel. Of who is read as upset, the surest fifth is so in 75 to 95 of 100 cases, and the
least sure in 34 to 71."""

BUT, SAYS_LITTLE, FEWEST = 0.3, 0.3, 4
"""What it takes off to turn to the contrary ("good, but"), where the others praise; and to be of fewer words."""

ANSWERED = 0.6
"""And to be signed like a company's own answer."""

SIGNED = re.compile(r"(?:[\^~*]|\s[-/])\s?[A-Za-z]{2,3}\W*(?:https?://\S+\s*)?$")
"""How who answers for a company signs: "^AB", "-AB"."""

NOT = re.compile(
    r"\b(?:not?|never|nobody|nothing|without|cannot|cant|wont|dont|didnt|doesnt|isnt)\b|n['’]t\b",
    re.IGNORECASE,
)
JUDGING = 1.8
"""Strength from which on one word stands for any other that judges so: "terrible" for "awful"."""

MARKED = frozenset({Kind.OPEN, Kind.WEAK, Kind.ADJECTIVE})
TELLING = frozenset({Kind.OPEN, Kind.ADJECTIVE, Kind.PARTICLE})
OFTEN = frozenset(("again", "once", "twice"))
"""How often is told, too."""


def quotes(
    texts: Sequence[str],
    labels: IntArray,
    vectors: FloatArray,
    k: int = 3,
    authors: Sequence[str] | None = None,
    titles: Mapping[int, str] | None = None,
    told: Mapping[int, Sequence[Collection[int]]] | None = None,
    *,
    moods: Sequence[str] | None = None,
    sure: FloatArray | None = None,
    encoder: Encoder | None = None,
) -> dict[int, list[int]]:
    """For each label from 0 up, at most `k` indices into `texts`, the most typical first.

    `vectors` are unit rows, made by `encoder`. Texts that hold the words of the label's title go before others, with an encoder
    also those that mean what it means, and of those first one for each of the matters that are `told` of it, as the texts that say
    each. With `moods` (see `base.MOODS`) who feels the opposite of the others is quoted last, and who feels surely what they feel sooner, if
    it is known how `sure` each mood is, (n,) 0 to 1. A text of nearly the same words as
    another is no quote beside it, nor a second one of its author; an author is quoted once for all labels, the largest first,
    where a label has others.
    """
    meant = _meant(titles, encoder)
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else []
    found: dict[int, list[int]] = {}
    quoted: set[str] = set()
    for members in sorted(
        (group for group in groups if labels[group[0]] >= 0), key=lambda group: -len(group)
    ):
        label = int(labels[members[0]])
        found[label] = _choose(
            members,
            texts,
            vectors,
            k,
            authors,
            title=(titles or {}).get(label, ""),
            told=(told or {}).get(label, ()),
            quoted=quoted,
            moods=moods,
            sure=sure,
            meant=None if (told or {}).get(label) else meant.get(label),
        )
        quoted.update(authors[place] for place in found[label] if authors is not None)
    return dict(sorted(found.items()))


def says(title: str, text: str) -> float:
    """0 to 1: the share of the title's longer words that the text holds in some form."""
    wanted = roots(title)
    return len(wanted & roots(text)) / len(wanted) if wanted else 0.0


def marks(said: str, text: str, language: str = "en") -> list[Span]:
    """Where the text holds words of what is said, in some form: what a reader looks for. Small words are left out, and
    neighbours are one place.

    >>> marks("The flight was cancelled", "The airline will cancel flights!")
    [(17, 31)]
    """
    known = kinds(language)
    words = [word for word, _, _ in tokens(said) if word.isalpha() and known.get(word, Kind.OPEN) in MARKED]
    wanted = {stem_of(word, language) for word in words}
    found: list[Span] = []
    for word, start, end in tokens(text):
        if stem_of(word, language) not in wanted:
            continue
        if found and text[found[-1][1] : start] == " ":
            start = found.pop()[0]
        found.append((start, end))
    return found


@lru_cache(1 << 10)
def roots(text: str) -> frozenset[str]:
    """The openings of the longer words: two forms of a word share one."""
    return frozenset(word[:PREFIX] for word, _, _ in tokens(text) if len(word) > 2)


def _choose(
    members: IntArray,
    texts: Sequence[str],
    vectors: FloatArray,
    k: int,
    authors: Sequence[str] | None,
    *,
    title: str,
    told: Sequence[Collection[int]],
    quoted: Collection[str],
    moods: Sequence[str] | None,
    sure: FloatArray | None,
    meant: FloatArray | None,
) -> list[int]:
    felt = [moods[i] for i in members.tolist()] if moods else []
    mood, shared = _side(felt, title)
    wanted = _Title(title, upset=shared and mood < 0)
    told = [*told, *_sided(title, members, texts)]
    score = _scores(members, texts, vectors, wanted, told, pleased=mood > 0)
    score = score + MEANS * (vectors[members] @ meant) if meant is not None else score
    if mood:
        score = score + _feels(felt, title, mood, sure[members] if sure is not None and shared else None)
    best = np.argsort(-score, kind="stable")[:CONSIDERED]
    places, score = members[best], score[best].astype(np.float64)
    alike = vectors[places] @ vectors[places].T
    side = np.array([[place in one for one in told] for place in places.tolist()], np.bool_)
    chosen: list[int] = []
    said: list[set[str]] = []
    people: set[str] = set()
    for patience, same in enumerate(SAME_WORDS):
        left = score.copy()
        while len(chosen) < k and np.isfinite(left).any():
            pick = int(left.argmax())
            left[pick] = -np.inf
            place = int(places[pick])
            author = authors[place] if authors is not None else str(place)
            words = {word for word, _, _ in tokens(texts[place])}
            if place in chosen or any(_alike(words, other) >= same for other in said):
                continue
            if author in people or (not patience and author in quoted):
                continue
            if (
                len(chosen) >= FEW
                and wanted.claims
                and not wanted.said_by(texts[place])
                and wanted.said_by(*(texts[i] for i in chosen))
            ):
                continue
            chosen.append(place)
            said.append(words)
            people.add(author)
            left -= (TOO_ALIKE if meant is None else ALIKE_IN_A_CLAIM) * np.maximum(alike[pick], 0)
            if len(told):
                left -= TOLD * (side & side[pick]).any(axis=1)
    return chosen


@dataclass(frozen=True)
class _Title:
    """What is looked for in the texts; where they are `upset` they may say "not" where it does not."""

    said: str
    upset: bool

    @property
    def claims(self) -> bool:
        """Whether it is more than words side by side."""
        return bool(self.said) and APART not in self.said

    def said_by(self, *texts: str) -> bool:
        """Whether each of the texts says one of the title's sides in one breath, and denies it where the title does."""
        return all(map(self._is_said, texts))

    def _is_said(self, text: str) -> bool:
        words, denies = _spoken(text), NOT.search(self.said) is not None
        around = (AROUND, AROUND) if denies else (NEAR, 0)
        for side in _wanted(self.said):
            for first, last in _breaths(side, words):
                if not self.claims or last - first < 2 * len(side) + BREATH:
                    said = words[max(first - around[0], 0) : last + 1 + around[1]]
                    if (self.upset > denies and "want" not in said) or any(map(_denies, said)) == denies:
                        return True
        return False


def _scores(
    members: IntArray,
    texts: Sequence[str],
    vectors: FloatArray,
    title: _Title,
    told: Sequence[Collection[int]],
    *,
    pleased: bool,
) -> FloatArray:
    """(members,) how well each would stand for all of them, who are `pleased` or not; only the most typical are read."""
    mean = vectors[members].mean(axis=0)
    typical = (vectors[members] @ (mean / max(float(np.linalg.norm(mean)), 1e-9))).round(4)
    lengths = np.fromiter((len(texts[i]) for i in members), np.int64, len(members))
    score = np.asarray(
        typical - OUT_OF_LENGTH * ((lengths < SHORT) | (lengths > LONG)) - CUT_SHORT * (lengths > SHOWN),
        np.float32,
    )
    if title.said:
        likely = np.argsort(-score, kind="stable")[:READ]
        score -= 9 * np.isin(np.arange(len(score)), likely, invert=True)
        score[likely] += [
            _shows(title, int(members[i]), texts, told) - _hides(texts[members[i]], pleased)
            for i in likely.tolist()
        ]
    return score


def _shows(title: _Title, place: int, texts: Sequence[str], told: Sequence[Collection[int]]) -> float:
    """How much a text shows of what the title says, and of what is told of the theme."""
    text = texts[place]
    shows = SHOWS * says(title.said, text) + OUTRIGHT * title.said_by(text)
    shows -= ANSWERED * bool(SIGNED.search(text) or PASSED_ON.match(text))
    if _contradicts(title.said, text):
        shows -= OPPOSED
    return shows + TOLD * any(place in one for one in told)


def _hides(text: str, pleased: bool) -> float:
    """How much less a text is worth because it says little, or turns to the contrary of what the others praise."""
    words = [word for word, _, _ in tokens(text)]
    return SAYS_LITTLE * (len(words) < FEWEST) + BUT * (pleased and not CONTRASTS.isdisjoint(words))


def _denies_some(title: str, text: str) -> bool:
    """Whether the text denies a word of the title, or something near it."""
    words = _spoken(text)
    wanted = [one for side in _wanted(title) for one in side]
    near = [place for place, word in enumerate(words) if any(_is(word, one) for one in wanted)]
    return any(_denies(word) for place in near for word in words[max(place - AROUND, 0) : place + AROUND])


@lru_cache(1 << 10)
def _spoken(text: str) -> list[str]:
    """Its words, with pauses between the sentences."""
    return [word for part in ENDS.split(text) for word in [*(word for word, _, _ in tokens(part)), *PAUSE]]


def _denies(word: str) -> bool:
    return word in DENYING or NOT.search(word) is not None


def _breaths(side: Sequence[str], words: Sequence[str]) -> Iterator[Span]:
    """The first and the last place of all that is wanted, from each place of its first word."""
    places = [[place for place, word in enumerate(words) if _is(word, one)] for one in side]
    for start in places[0] if all(places) else ():
        near = [min(some, key=lambda place: abs(place - start)) for some in places]
        yield min(near), max(near)


@lru_cache(1 << 14)
def _is(word: str, wanted: str) -> bool:
    """Whether it is the wanted word in some form, or holds it ("Zugverspätung"), or judges as it does."""
    if len(wanted) >= WHOLE and wanted in word:
        return True
    if wanted.endswith("ed") and not word.endswith("ed"):
        return False
    shared = min(len(word), len(wanted)) - 1
    if shared >= PREFIX - 1 and word[:shared] == wanted[:shared]:
        return True
    return stem_of(word, "en") == stem_of(wanted, "en") or _judges(word) * _judges(wanted) > 0


@lru_cache(1 << 12)
def _wanted(title: str) -> list[list[str]]:
    """The telling words of the title, of each of its sides: "Check in / Check out"."""
    known = kinds("en")
    found = []
    for side in title.split(EITHER):
        words = [word for word, _, _ in tokens(side) if word not in OWN]
        telling = [word for word in words if known.get(word, Kind.OPEN) in TELLING or word in OFTEN]
        asked = [word for word in words[:1] if known.get(word) is Kind.QUESTION]
        owning = [word for word in words[:1] if word in OWNING and len(telling) == 1]
        found.append([*asked, *owning, *telling] or words)
    return [side for side in found if side]


def _sided(title: str, members: IntArray, texts: Sequence[str]) -> list[frozenset[int]]:
    """Who says each side of a title that has two."""
    if EITHER not in title:
        return []
    return [
        frozenset(i for i in members.tolist() if _Title(side, upset=True).said_by(texts[i]))
        for side in title.split(EITHER)
    ]


def _meant(titles: Mapping[int, str] | None, encoder: Encoder | None) -> dict[int, FloatArray]:
    """What each title means that claims something: of a word, or words side by side, people say all sorts."""
    claims = {label: title for label, title in (titles or {}).items() if " " in title and APART not in title}
    if not claims or encoder is None:
        return {}
    return dict(zip(claims, encoder.encode(list(claims.values())), strict=True))


def _side(moods: Sequence[str], title: str) -> tuple[int, bool]:
    """What most feel who feel something, or else what the title feels: 1 pleased, -1 upset, 0 neither; and whether many do, or the
    title."""
    upset, pleased = moods.count(MOODS[0]), moods.count(MOODS[2])
    felt = int(np.sign(sum(_felt(title).values()))) if moods else 0
    side = int(np.sign(pleased - upset)) if max(upset, pleased) > CLEARLY * min(upset, pleased) else felt
    return side, (side == felt or max(upset, pleased) >= MANY * len(moods)) and side != 0


def _feels(moods: Sequence[str], title: str, side: int, sure: FloatArray | None) -> FloatArray:
    """(moods,) what it takes off to feel the opposite of that side; and what it adds to feel as the title does, and surely."""
    agrees = AGREES * (sum(_felt(title).values()) * side > 0)
    worth = {MOODS[1 + side]: agrees, MOODS[1 - side]: -AGAINST}
    found = np.array([worth.get(mood, 0.0) for mood in moods], np.float32)
    if sure is None:
        return found
    return np.asarray(found + SURELY * sure * (np.array(moods) == MOODS[1 + side]), np.float32)


def _contradicts(title: str, text: str) -> bool:
    """Whether the title denies something, and the text nothing near its words; or whether the text denies what the title feels: "not bad"."""
    if NOT.search(title):
        return not _denies_some(title, text)
    felt = _felt(title)
    words = [word for word, _, _ in tokens(text)] if felt and NOT.search(text) else []
    near = (words[place + 1 : place + 1 + NEAR] for place, word in enumerate(words) if NOT.search(word))
    return any(word[:PREFIX] in felt for others in near for word in others)


@lru_cache(1 << 12)
def _felt(title: str) -> dict[str, float]:
    """The openings of its words that praise or blame, with how much."""
    said = [word for word, _, _ in tokens(title)]
    felt = strengths(said).sum(axis=1).tolist()
    return {word[:PREFIX]: strength for word, strength in zip(said, felt, strict=True) if strength}


@lru_cache(1 << 14)
def _judges(word: str) -> int:
    """1 for an adjective that praises for certain, -1 for one that blames."""
    strength = float(strengths([word]).sum()) if kinds("en").get(word) is Kind.ADJECTIVE else 0.0
    return int(np.sign(strength)) if abs(strength) >= JUDGING else 0


def _alike(words: set[str], others: set[str]) -> float:
    return len(words & others) / max(len(words | others), 1)
