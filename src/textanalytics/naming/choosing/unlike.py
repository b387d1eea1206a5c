"""The title of a theme for which words are listed, and what sets it apart where a larger one has that title."""

from __future__ import annotations

from dataclasses import replace

from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.saying.listing import LENDS, NO_WORDS, Listing
from textanalytics.naming.saying.theme import Theme
from textanalytics.naming.saying.titling import Title

OPENING = 8
"""Words of a single text that it is called by, where no others are."""

MARKS, FEWEST, OFTENER = 0.1, 3, 2.0
"""Share of the texts, and how many, that hold the word by which a theme is told from a larger one of the same name; and so many times the
share of that one."""

OURS = ("my", "our")


class Unlike:
    """Gives each title once."""

    def __init__(self, corpus: Corpus, listing: Listing, taken: set[str]) -> None:
        """`taken` titles, folded; those that are given are added."""
        self._texts, self._languages = corpus.texts, corpus.languages
        self._names, self._spelling = corpus.words.names, corpus.spelling
        self._tells = corpus.tells().tolist()
        self._listing, self._taken = listing, taken
        self._known: dict[str, Theme] = {}

    def title(self, theme: Theme, words: str, title: Title) -> Title:
        """That title with these words, in sentence case, or with others if they are taken: one text has its own, and more have a word that marks
        them. Where none does, the theme is the twin of the larger one, and has a number."""
        base = words[:1].upper() + words[1:] if words[:2].islower() else words
        if theme.backing.size == 1 and (words == NO_WORDS or self._is_taken(base)):
            base = self._opening(theme) or base
        said = self._marked(theme, base) if self._is_taken(base) and words != NO_WORDS else base
        first, number, twin = self._known.setdefault(base.casefold(), theme), 2, title.twin
        while self._is_taken(said):
            said, number = f"{base} ({number})", number + 1
            twin = twin if first is theme else first.label
        self._taken.add(said.casefold())
        return replace(
            title, title=said, listed=True, troubled=title.troubled if said == base else "", twin=twin
        )

    def _is_taken(self, said: str) -> bool:
        return said.casefold() in self._taken

    def _opening(self, theme: Theme) -> str:
        """What the text begins with; "" if that is no word."""
        text = int(theme.members[0])
        words = self._texts[text].words
        said = self._spelling.phrase(words[:OPENING], self._languages[text])
        return said + "…" * (len(words) > OPENING)

    def _marked(self, theme: Theme, said: str) -> str:
        """With whose it is ("My room"), or with the strongest word beside it that is rare in the larger theme; as it is, if there is none."""
        larger = self._known.get(said.casefold())
        ours = self._spelling.phrase([OURS[0], said], "en")
        if theme.language == "en" and " " not in said and not self._is_taken(ours):
            there = self._ours(larger, said) if larger else 0.0
            if self._ours(theme, said) >= max(LENDS, OFTENER * there):
                return ours
        marked = (
            self._listing.beside(
                said, self._listing.worded(stem, theme.backing, theme.language), theme.language
            )
            for stem in theme.stems
            if self._marks(stem, theme, larger) and self._spelt(stem, theme) not in said.casefold()
        )
        return next((title for title in marked if not self._is_taken(title)), said)

    def _marks(self, stem: int, theme: Theme, larger: Theme | None) -> bool:
        """Whether enough of the texts hold the word, and fewer of the larger theme's, if that is known."""
        size, held = theme.backing.size, len(theme.backing.holding(stem))
        there = larger.backing.share(stem) if larger else 0.0
        enough = held >= max(min(FEWEST, size), MARKS * size, OFTENER * there * size)
        return bool(
            enough and self._tells[stem] and not self._listing.misleads(stem, theme.backing, theme.language)
        )

    def _ours(self, theme: Theme, word: str) -> float:
        """Share of the texts that speak of their own."""
        stems = (stem for stem in theme.backing.repeated if self._spelt(stem, theme) == word.casefold())
        stem = next(stems, -1)
        before = theme.backing.preceding(stem)
        return sum(before[word] for word in OURS) / theme.backing.size

    def _spelt(self, stem: int, theme: Theme) -> str:
        return self._spelling.word(self._names[stem], theme.language).casefold()
