"""The title of a theme for which words are listed, and what sets it apart where a larger one has that title."""

from __future__ import annotations

from dataclasses import replace

from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.listing import APART, LENDS, NO_WORDS
from textanalytics.naming.theme import Theme
from textanalytics.naming.titling import Title

OPENING = 8
"""Words of a single text that it is called by, where no others are."""

MARKS, FEWEST, OFTENER = 0.1, 3, 2.0
"""Share of the texts, and how many, that hold the word by which a theme is told from a larger one of the same name; and so many times the
share of that one."""

OURS = ("my", "our")


class Unlike:
    """Gives each title once."""

    def __init__(self, corpus: Corpus, taken: set[str]) -> None:
        """`taken` titles, folded; those that are given are added."""
        self._corpus, self._taken = corpus, taken
        self._tells = corpus.tells().tolist()
        self._known: dict[str, Theme] = {}

    def title(self, theme: Theme, words: str, title: Title) -> Title:
        """That title with these words, in sentence case, or with others if they are taken: one text has its own, and more have a word that marks
        them. Where none does, the theme is the twin of the larger one, and has a number."""
        said = words[:1].upper() + words[1:] if words[:2].islower() else words
        base, troubled = said, title.troubled
        if theme.backing.size == 1 and (words == NO_WORDS or said.casefold() in self._taken):
            said = base = self._opening(theme) or said
        elif words != NO_WORDS and said.casefold() in self._taken:
            said, troubled = self._marked(theme, said), ""
        first, number, twin = self._known.setdefault(base.casefold(), theme), 2, title.twin
        while said.casefold() in self._taken:
            said, number = f"{base} ({number})", number + 1
            twin = first.label if first is not theme else twin
        self._taken.add(said.casefold())
        return replace(title, title=said, listed=True, troubled=troubled, twin=twin)

    def _opening(self, theme: Theme) -> str:
        text = int(theme.members[0])
        words = self._corpus.texts[text].words
        said = self._corpus.spelling.phrase(words[:OPENING], self._corpus.languages[text])
        return said + "…" * (len(words) > OPENING)

    def _marked(self, theme: Theme, said: str) -> str:
        """With whose it is ("My room"), or with the strongest word beside it that is rare in the larger theme; as it is, if there is none."""
        larger = self._known.get(said.casefold())
        if (
            " " not in said
            and theme.language == "en"
            and self._ours(theme, said) >= max(LENDS, OFTENER * self._ours(larger, said) if larger else 0.0)
        ):
            ours = self._corpus.spelling.phrase(["my", said], "en")
            if ours.casefold() not in self._taken:
                return ours
        for stem in theme.stems:
            held = len(theme.backing.holding(stem))
            there = larger.backing.share(stem) if larger else 0.0
            word = self._corpus.spelling.word(self._corpus.words.names[stem], theme.language)
            marked = f"{said}{APART}{word}"
            if (
                self._tells[stem]
                and held >= max(min(FEWEST, theme.backing.size), MARKS * theme.backing.size)
                and held >= OFTENER * there * theme.backing.size
                and word.casefold() not in said.casefold()
                and marked.casefold() not in self._taken
            ):
                return marked
        return said

    def _ours(self, theme: Theme, said: str) -> float:
        """Share of the texts that speak of their own."""
        spelt = self._corpus.spelling
        stems = [
            stem
            for stem in theme.backing.repeated
            if spelt.word(self._corpus.words.names[stem], "en").casefold() == said.casefold()
        ]
        own = theme.backing.preceding(stems[0]) if stems else {}
        return sum(own.get(word, 0) for word in OURS) / theme.backing.size
