"""The same ladder without what betrays a person: for whoever sees more of it than whom people wrote to."""

from __future__ import annotations

from dataclasses import replace

from pivotpoint.insights.ladder.ladder import Grave, Ladder, Quote, Theme, Wider
from textanalytics.mentions.masking import masked as without


def masked(ladder: Ladder) -> Ladder:
    """Numbers, addresses and passwords are masked wherever people's words stand, and in the names under which they wrote."""
    return replace(
        ladder,
        themes=[_theme(one) for one in ladder.themes],
        unsure=[_theme(one) for one in ladder.unsure],
        talk=[_theme(one) for one in ladder.talk],
        mixed=[_theme(one) for one in ladder.mixed],
        wider=[_wider(one) for one in ladder.wider],
        elsewhere=[(reason, _quote(quote)) for reason, quote in ladder.elsewhere],
        vague=[_quote(quote) for quote in ladder.vague],
        grave=[Grave(_quote(one.quote), one.theme) for one in ladder.grave],
        house=without(ladder.house)[0],
        houses=[replace(one, name=without(one.name)[0]) for one in ladder.houses],
        masked=True,
    )


def _theme(theme: Theme) -> Theme:
    return replace(
        theme,
        title=without(theme.title)[0],
        keywords=tuple(without(word)[0] for word in theme.keywords),
        quotes=tuple(_quote(quote) for quote in theme.quotes),
        said=tuple(replace(one, title=without(one.title)[0]) for one in theme.said),
        to=without(theme.to)[0],
        firms=tuple((without(firm)[0], people) for firm, people in theme.firms),
    )


def _wider(wider: Wider) -> Wider:
    return replace(wider, title=without(wider.title)[0])


def _quote(quote: Quote) -> Quote:
    text, words = without(quote.text, quote.words)
    author = without(quote.author)[0] if quote.author else quote.author
    return replace(quote, text=text, words=tuple(words), author=author)
