"""What of a ladder is shown where not everything is wanted: what many say in full, of what few say the most telling."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import islice

from pivotpoint.insights.intents import is_idle
from pivotpoint.insights.ladder.clear import clearness
from pivotpoint.insights.ladder.ladder import Ladder, Theme
from pivotpoint.insights.ladder.words import does, rose_enough, said_of, size
from textanalytics.grammar.keywords import stem_of
from textanalytics.naming.belonging.twins import open_words
from textanalytics.naming.saying.empty import SIDE_BY_SIDE, is_matter
from textanalytics.sentiment import ANY, strengths
from textanalytics.text import tokens

ROBBED = 0.5
"""Share of its people who tell of theft or fraud, from which on a trend is shown whatever its size."""

WHOLE, NAMED, CRUMB = 10, 40, 5
"""Trends, and subjects, that are shown with what is said of them; those that are named at all; and of how many people each of these is at
least, or messages."""

FEW, AT_LEAST, READ = {"pattern": 8, "voice": 5}, 3, 200
"""Of what few say, how many are shown at most, and of voices how many whatever they want; and how many of these, the surest, are looked at for
what is clear."""


@dataclass(frozen=True)
class Cut:
    """A shelf in three: what is shown as a whole, what in a line, and what is not."""

    whole: Sequence[Theme]
    briefly: Sequence[Theme]
    rest: Sequence[Theme]

    def in_order(self) -> list[Theme]:
        return [*self.whole, *self.briefly, *self.rest]

    def more(self, ladder: Ladder) -> str:
        """How many are not shown, and of how many each is."""
        return f"{len(self.rest):,} more, {self._sizes(ladder)}"

    def left(self, ladder: Ladder) -> str:
        """The same beside what is shown, and where nothing is; "" where all is."""
        if not self.rest:
            return ""
        if self.whole or self.briefly:
            return f"and {self.more(ladder)}"
        return f"{len(self.rest):,} too vague to be shown by themselves, {self._sizes(ladder)}"

    def _sizes(self, ladder: Ladder) -> str:
        sizes_of = [size(theme, ladder) for theme in self.rest]
        least, most = min(sizes_of), max(sizes_of)
        sizes = f"{least:,}" if least == most else f"{least:,} to {most:,}"
        one, many = ("person", "people") if ladder.authors_known else ("message", "messages")
        return f"of {sizes} {one if most == 1 else many} each"


def cut(shelf: str, ladder: Ladder) -> Cut:
    """Of trends those of the most people, whatever rises as the file ends, and those of which most tell of theft or fraud; of subjects those of the most people of which something is
    told; of patterns and voices who threatens to leave, then what asks something of somebody; no voice that says the title of a trend, and no
    pattern whose title tells nothing."""
    themes = ladder.shelf(shelf)
    if shelf in FEW:
        return _few(themes, FEW[shelf], [_words_of(trend.title) for trend in ladder.shelf("trend")])
    grave = {theme.id for theme in ladder.rising if rose_enough(theme, ladder)} | {
        theme.id for theme in themes if ladder.stolen.get(theme.id, 0) > ROBBED * theme.people
    }
    telling = [theme for theme in themes if shelf != "subject" or said_of(theme, ladder) or does(theme)]
    first = {theme.id for theme in telling[:WHOLE]} | grave
    whole = [theme for theme in themes if theme.id in first]
    others = [theme for theme in themes if theme.id not in first]
    room = max(NAMED - len(whole), 0)
    named = [theme for theme in others[:room] if size(theme, ladder) >= CRUMB]
    return Cut(whole, named, others[len(named) :])


def numbers(ladder: Ladder, *, everything: bool = True) -> dict[int, int]:
    """The number of each trend and subject, in the order in which they are shown; without `everything` only of those that are in a list
    that is cut."""
    cuts = [cut(shelf, ladder) for shelf in ("trend", "subject")]
    order = [theme.id for one in cuts for theme in one.in_order()]
    left_out = {theme.id for one in cuts for theme in one.rest} if not everything else set[int]()
    return {theme: number for number, theme in enumerate(order, start=1) if theme not in left_out}


def _few(themes: Sequence[Theme], most: int, trends: Sequence[Set[str]]) -> Cut:
    """Those that want something, the clearest first and then the surest; of voices all, where they are so few, and the first, where none wants
    anything. `trends` are the words of their titles."""
    order = sorted(themes, key=lambda theme: ("churn threat" not in theme.intents, -theme.sure))
    wanting = (
        theme
        for theme in order
        if does(theme) and not is_idle(theme.intents) and _tells(theme) and not _says_one(theme, trends)
    )
    shown = list(islice(wanting, READ))
    if themes and themes[0].rung == "voice":
        shown = _clear_first(shown) if shown and len(themes) > AT_LEAST else list(themes[:AT_LEAST])
    shown = shown[:most]
    ids = {theme.id for theme in shown}
    return Cut([], shown, [theme for theme in themes if theme.id not in ids])


def _clear_first(wanting: list[Theme]) -> list[Theme]:
    """Who threatens to leave before all, clear or not."""
    clear = clearness([theme.quotes[0].text if theme.quotes else "" for theme in wanting])
    worth = {
        theme.id: ("churn threat" not in theme.intents, -clearly)
        for theme, clearly in zip(wanting, clear, strict=True)
    }
    return sorted(wanting, key=lambda theme: worth[theme.id])


def _tells(theme: Theme) -> bool:
    """Whether its title holds a word; of a pattern one that is no mere feeling and, by itself, is a matter: of "?", "Upset and angry", "Past" and
    "Resolve · account" nobody can tell what is wanted."""
    words = [word for word, _, _ in tokens(theme.title) if len(word) > 1 and word.isalpha()]
    if theme.rung == "voice" or not words:
        return bool(words)
    if SIDE_BY_SIDE.search(theme.title):
        return False
    if len(words) == 1:
        return is_matter(words[0])
    open_ones = [word for word in words if open_words(word)]
    felt = strengths(open_ones)[:, ANY].tolist() if open_ones else []
    return any(not strength or is_matter(word) for word, strength in zip(open_ones, felt, strict=True))


def _says_one(voice: Theme, trends: Sequence[Set[str]]) -> bool:
    """Whether a voice holds all telling words of a trend's title: "The video still won't play"."""
    if voice.rung != "voice":
        return False
    said = {stem_of(word, "en") for quote in voice.quotes[:1] for word, _, _ in tokens(quote.text)}
    return any(title <= said for title in trends)


def _words_of(title: str) -> Set[str]:
    """The stems of its telling words; of all, where one alone tells something: "Great flight"."""
    telling = open_words(title)
    return telling if len(telling) > 1 else {stem_of(word, "en") for word, _, _ in tokens(title)}
