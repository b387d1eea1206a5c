"""How titles are shown, once it is known what is said of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.naming.belonging.related import related
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.listing import BESIDE
from textanalytics.naming.saying.titling import BLAMED
from textanalytics.naming.telling.matters import Matter
from textanalytics.naming.telling.parts import Parts, short
from textanalytics.quotes import MARKED, roots
from textanalytics.text import tokens

SURE, BLAMED_SURELY = 0.6, 0.4
"""How sure a mood has to be, and share of a theme's messages that have to blame so surely, for it to be called trouble."""

ONE_SENSE, LIKE, SIDES = 0.8, 0.48, " / "
"""Cosine of two phrases, and of each word that one has alone to a word of the other, from which on they say one thing; and what stands
between two matters of a title."""


def told_of(titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]]) -> dict[int, Title]:
    """Of several matters two have to be told."""
    return {
        label: replace(title, several=title.several and len(told.get(label, ())) > 1)
        for label, title in titles.items()
    }


def felt_in(
    titles: Mapping[int, Title], labels: IntArray, moods: IntArray, sure: FloatArray
) -> dict[int, Title]:
    """Whether most blame is asked of those who are in a theme at the end, and many have to do so surely: where a mood parts two themes,
    all who are misread are in one of them."""
    themed = labels >= 0
    own, blaming = labels[themed], moods[themed] < 0
    count = np.maximum(np.bincount(own), 1)
    share = np.bincount(own, blaming) / count
    surely = np.bincount(own, blaming & (sure[themed] >= SURE)) / count
    blamed = (share >= BLAMED) & (surely >= BLAMED_SURELY)
    return {label: replace(title, blamed=bool(blamed[label])) for label, title in titles.items()}


def called(titles: Mapping[int, Title], parted: Mapping[int, Parts]) -> dict[int, Title]:
    """Where the parts are told, a phrase needs no word beside it that one of them says: "Open an account", and not "Open an account · age";
    nor what else is said of it. A title that does not hold for them gives way to theirs."""
    taken = {title.headline.casefold() for title in titles.values()}
    return {
        label: replace(title, title=_called(title, parted.get(label), taken), sided="", troubled="")
        for label, title in titles.items()
    }


def _called(title: Title, parts: Parts | None, taken: Collection[str]) -> str:
    if parts is None:
        return title.headline
    if parts.called:
        return parts.called
    name = short(title.title)
    if name == title.title:
        return title.headline if title.blamed and title.troubled else title.title
    said, beside = roots(" ".join(one.said for one in parts.said)), roots(title.title.removeprefix(name))
    told = all(any(root.startswith(own) for root in said) for own in beside)
    needed = title.sided or _says_what_is_done(name)
    alone = (told or not needed) and name.casefold() not in taken
    return name if alone else title.headline


def _says_what_is_done(name: str) -> bool:
    """To the thing behind its first word: "inform my bank"."""
    known = kinds("en")
    first, second = ([known.get(word, Kind.OPEN) for word, _, _ in tokens(name)] + [None] * 2)[:2]
    return first is Kind.OPEN and second is Kind.DETERMINER


def told_once(
    titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]]
) -> dict[int, tuple[Matter, ...]]:
    """What one side of a title of two says is not told again below it."""
    sides = {label: title.title.split(BESIDE) for label, title in titles.items() if BESIDE in title.title}
    return {
        label: tuple(replace(one, titled=one.titled or one.said in sides.get(label, ())) for one in said)
        for label, said in told.items()
    }


def with_others(
    titles: Mapping[int, Title], labels: IntArray, vectors: FloatArray, corpus: Corpus
) -> dict[int, Title]:
    """With the theme that stands beside each on its rung, where it has one."""
    said = {label: title.title for label, title in titles.items() if not (title.mixed or title.unsure)}
    beside = related(said, labels, vectors, corpus, default())
    return {label: replace(title, beside=beside.get(label, -1)) for label, title in titles.items()}


def without_repeats(
    titles: Mapping[int, Title], told: Mapping[int, tuple[Matter, ...]], *, language: str
) -> dict[int, tuple[Matter, ...]]:
    """What is told of each that adds something to its title, and to what is told of it before: "Great customer service" adds nothing to
    "Amazing customer service", and much to "Service". Of two matters in one title each is told with its people."""
    phrases = {titles[label].title for label in told} | {one.said for some in told.values() for one in some}
    words = _Words(sorted(phrases), language)
    found = {}
    for label, some in told.items():
        title = titles[label].title
        kept: list[Matter] = []
        for one in some:
            others = [other.said for other in kept if not other.titled]
            others += [title] if SIDES not in title else []
            if one.titled or not any(words.repeats(one.said, other) for other in others):
                kept.append(one)
        found[label] = tuple(kept)
    return found


class _Words:
    """What phrases hold and mean."""

    def __init__(self, phrases: Sequence[str], language: str) -> None:
        known = kinds(language)
        self._held = {
            phrase: {
                stem_of(word, language): word
                for word, _, _ in tokens(phrase)
                if known.get(word, Kind.OPEN) in MARKED
            }
            for phrase in phrases
        }
        self._rows = _meant([*phrases, *{word for held in self._held.values() for word in held.values()}])

    def repeats(self, phrase: str, other: str) -> bool:
        """Whether it holds the other's words and no new one, or none that means something else. A single word says so little that all
        which holds it says more."""
        held, others = self._held[phrase], self._held[other]
        new = [self._rows[word] for stem, word in held.items() if stem not in others]
        if not new:
            return bool(held)
        if len(others) < 2 or float(self._rows[phrase] @ self._rows[other]) < ONE_SENSE:
            return False
        likeness = np.stack(new) @ np.stack([self._rows[word] for word in others.values()]).T
        return bool(likeness.max(axis=1).min() >= LIKE)


def _meant(texts: Sequence[str]) -> dict[str, FloatArray]:
    rows = default().encode(list(texts)) if texts else np.zeros((0, 1), np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return dict(zip(texts, rows, strict=True))
