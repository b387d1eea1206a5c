"""The same ladder without what betrays a person, or accuses one by name: for whoever sees more of it than whom people wrote to."""

from __future__ import annotations

import re
from dataclasses import replace

from pivotpoint.insights.ladder.ladder import Grave, Ladder, Quote, Theme
from textanalytics.mentions.accused import accused
from textanalytics.mentions.masking import masked as without

HANDLE, WORD = re.compile(r"(?<!\w)[@#](\w+)"), re.compile(r"[^\W\d_]+?(?=[A-Z]|[\W\d_]|$)")
UPSET = 0.5
"""Share of a theme's messages that are upset, from which on its title may accuse."""


def masked(ladder: Ladder) -> Ladder:
    """Numbers, addresses and passwords are masked wherever people's words stand, and in the names under which they wrote; so are, in what
    complains, the names of persons. Who is praised keeps their name, and so does a firm."""
    mask = _Mask(ladder)
    return replace(
        ladder,
        themes=[mask.theme(one) for one in ladder.themes],
        unsure=[mask.theme(one) for one in ladder.unsure],
        talk=[mask.theme(one) for one in ladder.talk],
        mixed=[mask.theme(one) for one in ladder.mixed],
        wider=[replace(one, title=without(one.title)[0]) for one in ladder.wider],
        elsewhere=[(reason, mask.quote(quote)) for reason, quote in ladder.elsewhere],
        vague=[mask.quote(quote) for quote in ladder.vague],
        grave=[mask.accusing(one) for one in ladder.grave],
        thefts=[mask.accusing(one) for one in ladder.thefts],
        leaving=[mask.accusing(one) for one in ladder.leaving],
        house=without(ladder.house)[0],
        houses=[replace(one, name=without(one.name)[0]) for one in ladder.houses],
        masked=True,
    )


def _unnamed(firms: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    return tuple((without(firm)[0], people) for firm, people in firms)


class _Mask:
    def __init__(self, ladder: Ladder) -> None:
        themes = (*ladder.themes, *ladder.unsure, *ladder.talk, *ladder.mixed)
        quotes = [quote for theme in themes for quote in theme.quotes]
        quotes += [one.quote for one in (*ladder.grave, *ladder.thefts, *ladder.leaving)]
        handles = [handle for quote in quotes for handle in HANDLE.findall(quote.text)]
        self._firms = {part.lower() for handle in handles for part in (handle, *WORD.findall(handle))}

    def theme(self, theme: Theme) -> Theme:
        title = self._title(theme.title) if theme.negative_share >= UPSET else without(theme.title)[0]
        return replace(
            theme,
            title=title,
            keywords=tuple(without(word)[0] for word in theme.keywords),
            quotes=tuple(self.quote(quote) for quote in theme.quotes),
            said=tuple(replace(one, title=without(one.title)[0]) for one in theme.said),
            to=without(theme.to)[0],
            firms=_unnamed(theme.firms),
            houses=_unnamed(theme.houses),
        )

    def _title(self, title: str) -> str:
        return without(title, names=accused(title, self._firms))[0]

    def accusing(self, one: Grave) -> Grave:
        return replace(one, quote=self.quote(replace(one.quote, blames=True)))

    def quote(self, quote: Quote) -> Quote:
        names = accused(quote.text, self._firms) if quote.blames else ()
        text, words = without(quote.text, quote.words, names=names)
        author = without(quote.author)[0] if quote.author else quote.author
        return replace(quote, text=text, words=tuple(words), author=author)
