"""The ladder as one self-contained HTML page: the style is inside, nothing is loaded from elsewhere.

Django's template engine is used by itself, without Django's settings; it escapes everything that came from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import mark_safe

from pivotpoint.insights.ladder.across import LINES, MORE, crossed, each_house, left_out, tells
from pivotpoint.insights.ladder.across import heading as by_house
from pivotpoint.insights.ladder.contents import contents, heading, sum_of
from pivotpoint.insights.ladder.cut import cut, numbers
from pivotpoint.insights.ladder.each import Each
from pivotpoint.insights.ladder.head import headlines, how_many_leave, how_many_robbed, summary
from pivotpoint.insights.ladder.ladder import RUNGS, SHELVES, Grave, Ladder, Quote, Theme
from pivotpoint.insights.ladder.quoted import pieces
from pivotpoint.insights.ladder.rest import (
    APART,
    APART_DOES,
    EACH_OF_ITS_OWN,
    EVERY_ROW,
    FIRST,
    apart,
    mentions,
    not_about_us,
    of_all_kinds,
    places,
)
from pivotpoint.insights.ladder.theft import of_what, where_stolen
from pivotpoint.insights.ladder.words import (
    FUNCTIONS,
    GRAVE,
    GRAVE_MEANS,
    LEAVES,
    SHELF_DOES,
    SHELF_NAMES,
    THEFT,
    WIDER,
    beside,
    concerns,
    count,
    counted,
    facts,
    grave_by,
    held,
    legend,
    means,
    said_by,
    said_of,
    size,
    told_by,
    wide,
    widely,
)

OPEN, REST, THEFTS, FIRST_THEFTS = 3, 200, 50, 3
"""Trends whose quotes are shown at once; what else of a rung that a page can hold; and who tells of theft or fraud, all and at once."""

BAR, CHART, GLANCE = 4, 22, 100


def as_page(ladder: Ladder) -> str:
    """A whole HTML document."""
    return _framed(f"What people say in {ladder.source}", [ladder])


def each_as_page(each: Each) -> str:
    """One document of several ladders, with links to them at its top."""
    notes = [_capital(note) for note in (*each.notes, sum_of(each))]
    return _framed(heading(each), each.ladders, houses=contents(each), notes=notes)


def _framed(title: str, ladders: Sequence[Ladder], **top: Any) -> str:
    folder = files("pivotpoint.insights.ladder") / "templates"
    names = ("frame.html", "report.html", "theme.html", "quote.html")
    pages = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    engine = Engine(loaders=[("django.template.loaders.locmem.Loader", pages)])
    report = engine.get_template("report.html")
    several = len(ladders) > 1
    reports = [
        report.render(_context(_page(ladder) | {"place": place * several}))
        for place, ladder in enumerate(ladders, start=1)
    ]
    style = mark_safe(_style())  # noqa: S308 (our own two files)
    return engine.get_template("frame.html").render(
        _context({"title": title, "style": style, "reports": reports, **top})
    )


def _context(values: dict[str, Any]) -> Context:
    return Context(values, use_l10n=False, use_tz=False)


def _capital(note: str) -> str:
    return note[:1].upper() + note[1:]


def _page(ladder: Ladder) -> dict[str, Any]:
    listed = numbers(ladder)
    return {
        "source": ladder.called,
        "summary": summary(ladder),
        "headlines": [_headline(line) for line in headlines(ladder)],
        "notes": [_capital(note) for note in ladder.notes],
        "figures": _figures(ladder),
        "grave": _told(ladder.grave, ladder, listed),
        "grave_count": f"{len(ladder.grave):,}",
        "grave_name": GRAVE,
        "grave_means": GRAVE_MEANS,
        "at_stake": list(_at_stake(ladder, listed)),
        "across": _across(ladder, listed),
        "shelves": [_shelf(ladder, name, listed) for name in SHELVES if name in RUNGS or ladder.shelf(name)],
        "wider_name": WIDER,
        "wider_does": widely(ladder),
        "all_kinds": _all_kinds(ladder),
        "apart": [_apart(place, themes, ladder, listed) for place, themes in apart(ladder).items() if themes],
        "legend": legend(ladder, "marked"),
        "vague": [_quote(quote) for quote in ladder.vague],
        "vague_count": f"{ladder.ledger.vague:,}",
        "elsewhere": [
            {
                "reason": reason[:1].upper() + reason[1:],
                "count": f"{number:,}",
                "quotes": [_quote(quote) for quote in quotes[:3]],
            }
            for reason, number, quotes in not_about_us(ladder)
        ],
        "elsewhere_count": f"{ladder.ledger.not_about_us:,}",
        "every_row": EVERY_ROW,
        "ledger": [
            {"sign": "+" if place else "", "name": name, "count": f"{number:,}", "remark": remark}
            for place, (name, number, remark) in enumerate(places(ladder))
        ],
        "rows": f"{ladder.ledger.rows:,}",
    }


def _headline(line: str) -> dict[str, str]:
    """A line, and what stands before its colon."""
    called, colon, told = line.partition(":")
    return {"called": called + colon, "told": told} if colon else {"called": "", "told": line}


def _told(told: Sequence[Grave], ladder: Ladder, listed: Mapping[int, int]) -> list[dict[str, Any]]:
    return [{"pieces": _quote(one.quote)["pieces"], "by": grave_by(one, ladder, listed)} for one in told]


def _at_stake(ladder: Ladder, listed: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """Who tells of theft or fraud, and who leaves, where enough do."""
    if many := how_many_robbed(ladder):
        lines = filter(None, (of_what(ladder), where_stolen(ladder, listed)))
        yield _some(THEFT, told_by(many, ladder), lines, ladder.thefts, ladder, listed)
    if many := how_many_leave(ladder):
        yield _some(LEAVES, f"told in {count(many, 'message')}", (), ladder.leaving, ladder, listed)


def _some(
    name: str,
    held: str,
    lines: Iterable[str],
    told: Sequence[Grave],
    ladder: Ladder,
    listed: Mapping[int, int],
) -> dict[str, Any]:
    shown = _told(told[:THEFTS], ladder, listed)
    unseen = len(told) - THEFTS
    return {
        "name": name,
        "count": held,
        "lines": list(lines),
        "first": shown[:FIRST_THEFTS],
        "rest": shown[FIRST_THEFTS:],
        "unseen": f"{unseen:,}" if unseen > 0 else "",
    }


def _across(ladder: Ladder, listed: Mapping[int, int]) -> dict[str, Any] | None:
    """Which house owns which trouble: a table of few houses, a line each of many."""
    table, lines = crossed(ladder), each_house(ladder)
    if not table and not lines:
        return None
    return {
        "name": by_house(ladder),
        "tells": tells(ladder),
        "columns": table.columns if table else [],
        "everybody": [f"{people:,}" for people in table.everybody] if table else [],
        "rows": [
            {
                "number": str(listed[theme.id]),
                "title": theme.title,
                "cells": [
                    {"value": f"{f'{MORE} ' * more}{people:,}", "more": more} for people, more in cells
                ],
            }
            for theme, cells in (table.rows if table else ())
        ],
        "lines": lines[:LINES],
        "unseen": f"{len(lines) - LINES:,}" if len(lines) > LINES else "",
        "left_out": left_out(ladder, len(lines)) if lines else "",
    }


def _style() -> str:
    look = files("pivotpoint.ui") / "static" / "ui" / "pivotpoint.css"
    own = files("pivotpoint.insights.ladder") / "templates" / "report.css"
    return look.read_text(encoding="utf-8") + own.read_text(encoding="utf-8")


def _figures(ladder: Ladder) -> list[dict[str, str]]:
    figures = [("messages", ladder.messages)]
    figures += [("people", ladder.people)] if ladder.authors_known else []
    figures += [
        (SHELF_NAMES[name].lower(), len(themes))
        for name in SHELVES
        if (themes := ladder.shelf(name)) or name in RUNGS
    ]
    return [{"name": name, "value": f"{value:,}"} for name, value in figures]


def _shelf(ladder: Ladder, name: str, listed: Mapping[int, int]) -> dict[str, Any]:
    themes, shown = ladder.shelf(name), cut(name, ladder)
    step = RUNGS.index(name) if name in RUNGS else 0
    return {
        "wider": wide(ladder, listed) if name == "pattern" else [],  # Stands before what few say.
        "name": SHELF_NAMES[name],
        "means": means(name, ladder),
        "does": SHELF_DOES[name],
        "count": f"{len(themes):,}",
        "held": held(themes, ladder),
        "second": "on" if step < 2 else "off",
        "third": "on" if step < 1 else "off",
        "themes": [
            _theme(theme, ladder, listed, open_=name == "trend" and place < OPEN)
            for place, theme in enumerate((*shown.whole, *shown.briefly))
        ],
        "more": shown.left(ladder),
        "rest": [_theme(theme, ladder, listed, open_=False) for theme in shown.rest[:REST]],
        "unseen": f"{len(shown.rest) - REST:,}" if len(shown.rest) > REST else "",
    }


def _all_kinds(ladder: Ladder) -> dict[str, Any] | None:
    """Some of the complaints of another matter each."""
    if (theme := of_all_kinds(ladder)) is None:
        return None
    quotes = [_quote(replace(quote, words=())) for quote in theme.quotes]
    return {
        "name": theme.title,
        "count": told_by(size(theme, ladder), ladder),
        "does": EACH_OF_ITS_OWN,
        "first": quotes[:FIRST],
        "rest": quotes[FIRST:],
    }


def _apart(place: str, themes: list[Theme], ladder: Ladder, listed: Mapping[int, int]) -> dict[str, Any]:
    """What stands on no rung."""
    return {
        "name": APART[place],
        "does": APART_DOES[APART[place]],
        "held": held(themes, ladder),
        "mentions": mentions(themes, ladder),
        "themes": [_theme(theme, ladder, listed, open_=False) for theme in themes],
    }


def _theme(theme: Theme, ladder: Ladder, listed: Mapping[int, int], *, open_: bool) -> dict[str, Any]:
    known = ladder.authors_known
    told = facts(theme, ladder)
    function = concerns(theme)
    return {
        "title": theme.title,
        "number": str(listed.get(theme.id, "")),
        "said_of": said_of(theme, ladder),
        "beside": beside(theme, ladder, listed),
        "open": open_,
        "glance": _glance(theme) if theme.id in listed else "",
        "figure": f"{theme.people if known else theme.messages:,}",
        "unit": told[0].partition(" ")[2],
        "facts": " · ".join(fact for fact in told[1:] if fact != FUNCTIONS.get(function)),
        "function": function,
        "mark": FUNCTIONS.get(function, "")[:2],
        "function_name": FUNCTIONS.get(function, ""),
        "bars": _bars(theme.days),
        "spark": f"{counted(sum(theme.days), ladder)} a day, summed over the last {len(theme.days)} days",
        "quotes": [_quote(quote) for quote in theme.quotes],
        "keywords": ", ".join(theme.keywords),
        "part_of": around.title if (around := ladder.around(theme)) else "",
    }


def _glance(theme: Theme) -> str:
    """A short quote, for a theme whose quotes are shut."""
    return "".join(text for text, _ in pieces(theme.quotes[0], GLANCE)) if theme.quotes else ""


def _bars(days: tuple[int, ...]) -> list[dict[str, Any]]:
    highest = max(days, default=0)
    if len(days) < 3 or not highest:
        return []
    recent = len(days) - 7
    return [
        {
            "x": BAR * place,
            "y": 24 - (height := max(1, round(CHART * number / highest))),
            "height": height,
            "kind": "z" if not number else "r" if place >= recent and len(days) > 7 else "",
        }
        for place, number in enumerate(days)
    ]


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "pieces": [{"text": text, "decided": decided} for text, decided in pieces(quote, length=320)],
        "by": said_by(quote),
    }
