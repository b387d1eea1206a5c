"""Choose quotes that represent a theme: typical, of readable length, unlike one another, from different people."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np

from textanalytics.base import MOODS, Encoder, FloatArray, IntArray, Span
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.sentiment import strengths
from textanalytics.text import tokens

SHORT, LONG = 30, 180
"""Characters. Shorter says too little, longer is not read."""

OUT_OF_LENGTH = 0.15
TOO_ALIKE, ALIKE_IN_A_CLAIM = 0.35, 0.5
"""How much of its likeness to a quote already chosen a text loses; where all have to mean what a title claims they would be alike."""

CONSIDERED, READ = 40, 150

SHOWS = 0.4
"""What holding all words of the title adds: a reader looks for them."""

PREFIX = 5
"""Letters that two forms of a word share."""

SAME_WORDS = (0.6, 0.8)
"""Share of the words of two texts in common from which on they say one thing, and the second is no new quote; and the same where there
is little to choose from."""

TOLD = 0.15
"""What it adds to say one of the matters that are told of the theme, and takes off that another quote says it already."""

OPPOSED, NEAR = 0.3, 2
"""What it takes off to say the contrary of the title; and how many words behind a "not" are denied."""

APART = " · "
MEANS = 0.4
"""What it adds to mean what the title means."""

AGREES, AGAINST, CLEARLY = 0.15, 2.0, 2
"""What it adds to feel as the title does; what it takes off, more than all else adds, to feel the opposite of the others; and how
many times as many as the others feel what most feel."""

SURELY = 0.6
"""What it adds to feel surely what most feel. Of who is read as upset, the surest fifth is so in 75 to 95 of 100 cases, and the
least sure in 34 to 71."""

ANSWERED = 0.6
"""And to be signed like a company's own answer."""

SIGNED = re.compile(r"(?:[\^~*]|\s[-/])\s?[A-Za-z]{2,3}\W*(?:https?://\S+\s*)?$")
"""How who answers for a company signs: "^AB", "-AB"."""

NOT = re.compile(
    r"\b(?:not?|never|nobody|nothing|without|cannot|cant|wont|dont|didnt|doesnt|isnt)\b|n['’]t\b",
    re.IGNORECASE,
)
MARKED = frozenset({Kind.OPEN, Kind.WEAK, Kind.ADJECTIVE})


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


def roots(text: str) -> set[str]:
    """The openings of the longer words: two forms of a word share one."""
    return {word[:PREFIX] for word, _, _ in tokens(text) if len(word) > 2}


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
    score = _scores(members, texts, vectors, title, told)
    score = score + MEANS * (vectors[members] @ meant) if meant is not None else score
    if moods:
        score = score + _feels(
            [moods[i] for i in members.tolist()], title, None if sure is None else sure[members]
        )
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
            chosen.append(place)
            said.append(words)
            people.add(author)
            left -= (TOO_ALIKE if meant is None else ALIKE_IN_A_CLAIM) * np.maximum(alike[pick], 0)
            if len(told):
                left -= TOLD * (side & side[pick]).any(axis=1)
    return chosen


def _scores(
    members: IntArray, texts: Sequence[str], vectors: FloatArray, title: str, told: Sequence[Collection[int]]
) -> FloatArray:
    """(members,) how well each would stand for all of them; only the most typical are read."""
    mean = vectors[members].mean(axis=0)
    typical = vectors[members] @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    lengths = np.fromiter((len(texts[i]) for i in members), np.int64, len(members))
    score = np.asarray(
        typical
        - OUT_OF_LENGTH * ((lengths < SHORT) | (lengths > LONG))
        - OUT_OF_LENGTH * (lengths > 2 * LONG),
        np.float32,
    )
    if title:
        likely = np.argsort(-score, kind="stable")[:READ]
        score -= 9 * np.isin(np.arange(len(score)), likely, invert=True)
        score[likely] += [_shows(title, int(members[i]), texts, told) for i in likely.tolist()]
    return score


def _shows(title: str, place: int, texts: Sequence[str], told: Sequence[Collection[int]]) -> float:
    """How much a text shows of what the title says, and of what is told of the theme."""
    text = texts[place]
    shows = SHOWS * says(title, text) - ANSWERED * bool(SIGNED.search(text))
    if _contradicts(title, text):
        shows -= OPPOSED
    return shows + TOLD * any(place in one for one in told)


def _meant(titles: Mapping[int, str] | None, encoder: Encoder | None) -> dict[int, FloatArray]:
    """What each title means that claims something: of a word, or words side by side, people say all sorts."""
    claims = {label: title for label, title in (titles or {}).items() if " " in title and APART not in title}
    if not claims or encoder is None:
        return {}
    return dict(zip(claims, encoder.encode(list(claims.values())), strict=True))


def _feels(moods: Sequence[str], title: str, sure: FloatArray | None) -> FloatArray:
    """(moods,) what it takes off to feel the opposite of most who feel something, or else of the title; and what it adds to feel what
    the title feels, and surely what most feel."""
    upset, pleased = moods.count(MOODS[0]), moods.count(MOODS[2])
    clearly = max(upset, pleased) > CLEARLY * min(upset, pleased)
    felt = sum(_felt(title).values())
    side = int(np.sign(pleased - upset if clearly else felt))
    worth = {MOODS[1 + side]: AGREES if felt * side > 0 else 0.0, MOODS[1 - side]: -AGAINST}
    found = np.array([worth.get(mood, 0.0) if side else 0.0 for mood in moods], np.float32)
    if sure is None or not side:
        return found
    return np.asarray(found + SURELY * sure * (np.array(moods) == MOODS[1 + side]), np.float32)


def _contradicts(title: str, text: str) -> bool:
    """Whether the title denies something and the text nothing; or whether the text denies what the title feels: "not bad"."""
    if NOT.search(title):
        return not NOT.search(text)
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


def _alike(words: set[str], others: set[str]) -> float:
    return len(words & others) / max(len(words | others), 1)
