"""Whether a message is about us at all. When in doubt it is: nothing that a customer says may be lost.

Not about us are advertisements, news, automated posts, pure small talk, what holds no words and what is said of a rival;
what is said of the trade as a whole, people have to teach.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics import lexicons
from textanalytics.base import REASONS, BoolArray, FloatArray, Span
from textanalytics.reading.feeds import LEAST_MARKS, is_offer, offering
from textanalytics.reading.heads import HeadScores
from textanalytics.reading.rivals import going, ours_beside
from textanalytics.reading.senders import COMPANY, may_be_sent, sent_by, suspects
from textanalytics.words.page import LONGEST, Array, Column, Page, listed

REASON_CLASSES = ("", "advertisement", "automated", "news", "small talk")
LEAST_ODDS, LEAST_ODDS_PLAIN, LEAST_ODDS_NAMED = 0.80, 0.96, 0.97
"""How sure the model must be that a message is not about us: surer when it holds neither a link nor a telling
word of that kind, surest when it names us or speaks to somebody."""

LEAST_ODDS_OFFERED = 0.6
"""Enough where somebody shows a link, speaks to nobody and is not angry; an advertiser says "we" too."""

LEAST_ABOUT = 0.6
"""A text in which nobody speaks and two telling words stand, or one with less than this chance to be about us,
is of that kind."""

ANGRY = 0.5
INSTEAD = ("rival", "trade")
"""Whom a message may be about instead of us."""
ENOUGH = 3.0
"""Log odds from which likeness to what was taught decides that."""
LONGEST_SMALL_TALK = 8
SHORTEST_PLAIN = 40
"""Real words from which the model may say by itself that a message is not about us: a shorter one that holds neither a link nor a
telling word is somebody's remark ("no free drink", "the search finds everything")."""
NOTES = frozenset(
    "cust custs cx caller callers inb inbound outb rcvd acct cb f/up kd kdin kde anrufer anruferin llamante".split()
)
"""How colleagues write down what a customer told them: such a note speaks of a customer, whoever says "I" in it."""
KINDS = ("advertisement", "automated", "news")
LISTS = ("small talk", *KINDS, "first person", "second person")


@dataclass(frozen=True, slots=True)
class Context:
    """Who we are: names of the company, its products and handles, and those of its rivals."""

    names: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relevance:
    about_us: BoolArray
    reason: list[str]
    confidence: FloatArray
    weight: Array
    """(T,): how much each piece spoke for the verdict."""
    named: dict[int, list[Span]]
    """Where our name stands, by text number."""


class RelevanceAnalyser:
    def __init__(self, context: Context) -> None:
        self.flags = Column(kind_flags)
        self.offering, self.sending = Column(offering), Column(may_be_sent)
        self.ours, self.theirs = Names(context.names), Names(context.rivals)

    def going(self, page: Page) -> dict[int, Span]:
        """By text number where somebody says that they go to a rival."""
        found = ((i, going(page.texts[i], named)) for i, named in self.theirs.find(page.texts).items())
        return {i: span for i, span in found if span is not None}

    def read(self, page: Page, scores: HeadScores, leaving: Collection[int] = ()) -> Relevance:
        """`leaving`: the texts whose writers threaten to leave, and so are customers of ours, whoever is named."""
        flags = self.flags.over(page.vocabulary)
        counts = page.sum(flags)
        odds = scores.probabilities("about")
        named = self.ours.find(page.texts)
        ours = np.isin(np.arange(page.size), list(named))
        angry = scores.probabilities("mood")[:, 0] > ANGRY
        verdict = judge(counts, odds, ours=ours, angry=angry)
        for i in np.flatnonzero(self.suspects(page) & ~ours & (verdict == "")).tolist():
            if is_offer(page.texts[i]):
                verdict[i] = "advertisement"
        sent = suspects(page, self.sending.over(page.vocabulary.typed))
        for i in np.flatnonzero(sent & ~ours & (verdict == "")).tolist():
            verdict[i] = sent_by(page.texts[i])
        if self.theirs.letters:
            found = self.theirs.find(page.texts)
            of_ours = [
                i for i in found if i in leaving or (angry[i] and ours_beside(page.texts[i], found[i]))
            ]
            rivals = np.isin(np.arange(page.size), list(found))
            to_them = np.isin(np.arange(page.size), [i for i in found if spoken_to(page.texts[i], found[i])])
            ours |= np.isin(np.arange(page.size), of_ours)
            elsewhere = rivals & ~ours & (verdict == "") & ((counts[:, YOU] == 0) | to_them)
            verdict[elsewhere] = "rival"
        about = verdict == ""
        fixed = np.isin(verdict, ["empty", "too short", "small talk", "rival", COMPANY])
        confidence = np.where(about, np.maximum(odds[:, 0], 0.5), np.where(fixed, 0.95, 1 - odds[:, 0]))
        weight = self.weigh(page, scores, verdict, flags, odds)
        return Relevance(about, verdict.tolist(), confidence.astype(np.float32), weight, named)

    def suspects(self, page: Page) -> BoolArray:
        """(n,) texts that may be offers; those that are not read to their end may always."""
        suspicious = np.fromiter((len(text) > LONGEST for text in page.texts), np.bool_, page.size)
        marks = self.offering.over(page.vocabulary.typed)[page.typed]
        return suspicious | (np.bincount(page.typed_in, marks, minlength=page.size) >= LEAST_MARKS)

    def weigh(self, page: Page, scores: HeadScores, verdict: Array, flags: Array, odds: Array) -> Array:
        """For "about us" the words I, we and you; else what made it an advertisement, news or small talk."""
        chosen = np.where(verdict == "", 0, odds[:, 1:].argmax(axis=1) + 1)
        given = scores.given("about", chosen)
        persons = (flags[:, ME] + flags[:, YOU])[page.word]
        about, small = (verdict == "")[page.text], (verdict == "small talk")[page.text]
        return np.where(about, persons, np.maximum(given, 0) + flags[page.word, 0] * small)


def lead_away(relevance: Relevance, away: Array, back: Array) -> None:
    """Texts like those that people said are about INSTEAD are, unless as many like them are about us.

    (n, INSTEAD) and (n,): the log odds that corrections of like texts add. In doubt it is about us.
    """
    lead = away.max(axis=1) - back
    for i in np.flatnonzero(lead >= ENOUGH).tolist():
        relevance.about_us[i], relevance.reason[i] = False, INSTEAD[int(away[i].argmax())]
        relevance.confidence[i] = 1 / (1 + np.exp(-lead[i]))


WORDS, PIECES, ME, YOU, MENTION, LINK, NOTE = 6, 7, 4, 5, 8, 9, 10


def judge(counts: Array, odds: Array, *, ours: BoolArray, angry: BoolArray) -> Array:
    """(n,) of str: "" for about us, else the reason. An angry face without a word is still a complaint."""
    verdict = np.full(len(counts), "", dtype=object)
    best = odds[:, 1:].argmax(axis=1) + 1
    ours = ours | (counts[:, NOTE] > 0)
    spoken_to = ours | (counts[:, MENTION] > 0) | ((counts[:, ME] > 0) & (counts[:, YOU] > 0))
    listed = counts[np.arange(len(counts)), np.clip(best, 1, 3)] > 0
    plain = ~listed & (counts[:, LINK] == 0)
    needed = np.where(spoken_to, LEAST_ODDS_NAMED, np.where(plain, LEAST_ODDS_PLAIN, LEAST_ODDS))
    needed[plain & (counts[:, WORDS] < SHORTEST_PLAIN)] = np.inf
    for number in (1, 2, 3):
        verdict[(best == number) & (1 - odds[:, 0] >= needed)] = REASON_CLASSES[number]
    linked = counts[:, LINK] > 0
    spoken_by_nobody = ~ours & (counts[:, [YOU, MENTION]].sum(axis=1) == 0) & ((counts[:, ME] == 0) | linked)
    offered = spoken_by_nobody & linked & ~angry & (1 - odds[:, 0] >= LEAST_ODDS_OFFERED)
    for number in (1, 2, 3):
        verdict[(verdict == "") & offered & (best == number)] = REASON_CLASSES[number]
    telling = counts[:, 1:4]
    listed_most = telling.argmax(axis=1) + 1
    often = (telling.max(axis=1) >= 2) | ((telling.max(axis=1) == 1) & (odds[:, 0] < LEAST_ABOUT))
    for number in (1, 2, 3):
        verdict[(verdict == "") & spoken_by_nobody & often & (listed_most == number)] = REASON_CLASSES[number]
    words = counts[:, WORDS]
    small = (words > 0) & (counts[:, 0] >= words) & (words <= LONGEST_SMALL_TALK)
    verdict[small] = "small talk"
    verdict[(words == 0) & ~angry] = "too short"
    verdict[counts[:, PIECES] == 0] = "empty"
    return verdict


def kind_flags(words: Sequence[str]) -> Array:
    """(words, 11): the closed lists, then real words, pieces of any kind, mentions, links, words of notes."""
    shapes = np.zeros((len(words), 4), bool)
    shapes[:, :2] = True
    for i, word in enumerate(words):
        if not word.isalpha():
            shapes[i] = (
                word[0].isalpha() and "://" not in word,
                True,
                word[0] == "@",
                "://" in word,
            )
    on = listed(words, [*(lexicons.words(name) for name in LISTS), NOTES])
    return np.hstack([on[:, :-1], shapes, on[:, -1:]]).astype(np.float64)


def spoken_to(text: str, named: Sequence[Span]) -> bool:
    """Whether it begins with the first of these names as a handle: "you" is who bears it, then."""
    start = named[0][0]
    return text[:start].strip() == "@"


class Names:
    """Looks for names, whatever their capitals; a search for plain letters first, as most texts hold none."""

    def __init__(self, names: Sequence[str]) -> None:
        listed = sorted({name.strip().lstrip("@#") for name in names} - {""}, key=len, reverse=True)
        self.letters = tuple(name.lower() for name in listed)
        any_of = "|".join(map(re.escape, listed))
        self.pattern = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)

    def find(self, texts: Sequence[str]) -> dict[int, list[Span]]:
        """Spans of at most four hits by text number."""
        found: dict[int, list[Span]] = {}
        for i, text in enumerate(texts if self.letters else ()):
            lowered = text.lower()
            if any(name in lowered for name in self.letters):
                hits = zip(self.pattern.finditer(text, 0, LONGEST), range(4), strict=False)
                if spans := [match.span() for match, _ in hits]:
                    found[i] = spans
        return found


if not set(REASON_CLASSES) <= {"", *REASONS}:
    raise AssertionError("A reason is not among base.REASONS.")
