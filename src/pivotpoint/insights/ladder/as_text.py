"""The ladder on a terminal: trends, patterns, voices, what was left out, and the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pivotpoint.insights.ladder.ladder import RUNGS, SHELVES, Ladder, Quote, Theme
from pivotpoint.insights.ladder.words import (
    APART_DOES,
    GRAVE,
    GRAVE_MEANS,
    SHELF_DOES,
    SHELF_NAMES,
    WIDER,
    beside,
    count,
    counted,
    facts,
    grave_by,
    harmless,
    held,
    legend,
    means,
    mentions,
    pieces,
    places,
    said_by,
    said_of,
    summary,
    what_most,
    what_rises,
    where,
    widely,
)

FIRST_VOICES, FIRST_WIDER, FIRST_APART, FIRST_GRAVE = 10, 12, 40, 10


def show(ladder: Ladder, console: Console, *, everything: bool = False) -> None:
    """Prints the whole ladder; of the voices only the first, unless `everything`."""
    plain = not console.is_terminal
    console.print(_head(ladder))
    _show_grave(ladder, console, everything)
    for shelf in SHELVES:
        themes = ladder.shelf(shelf)
        if not themes and shelf not in RUNGS:
            continue
        console.print(_shelf_rule(shelf, themes, ladder))
        console.print(f"{SHELF_DOES[shelf]}\n" if themes else "None in this file.\n", style="dim")
        shown = themes if everything or shelf != "voice" else themes[:FIRST_VOICES]
        first = len(ladder.shelf("trend")) if shelf == "subject" else 0
        for number, theme in enumerate(shown, start=first + 1):
            console.print(_theme(number, theme, ladder, plain))
        if len(shown) < len(themes):
            more = count(len(themes) - len(shown), "more voice")
            console.print(f"and {more}; --all shows every one.\n", style="dim")
    for name, apart in zip(APART_DOES, (ladder.unsure, ladder.talk, ladder.mixed), strict=True):
        _show_apart(name, apart, ladder, console, everything)
    _show_wider(ladder, console)
    _show_rest(ladder, console, plain)
    console.print(Rule("How to read it", align="left", style="dim"))
    for sentence in legend(ladder, "between stars" if plain else "bold"):
        console.print(sentence, style="dim")


def _head(ladder: Ladder) -> RenderableType:
    lines = [Text(summary(ladder), style="bold"), Text(where(ladder))]
    if rises := what_rises(ladder):
        lines.append(Text(rises[:1].upper() + rises[1:]))
    lines += map(Text, what_most(ladder))
    lines += [Text(f"• {harmless(note)}", style="dim") for note in ladder.notes]
    return Panel(
        Group(*lines), title=Text(f"What people say in {harmless(ladder.source)}"), title_align="left"
    )


def _show_grave(ladder: Ladder, console: Console, everything: bool) -> None:
    """What tells of danger to somebody stands before all that many say."""
    if not ladder.grave:
        return
    shown = ladder.grave if everything else ladder.grave[:FIRST_GRAVE]
    title = Text.assemble((f"{GRAVE} ", "bold"), f"{len(ladder.grave):,} · {GRAVE_MEANS}")
    console.print(Group(Rule(title, align="left", style="dim"), Text()))
    for one in shown:
        console.print(_quote(one.quote, not console.is_terminal, grave_by(one, ladder)))
    if len(shown) < len(ladder.grave):
        console.print(f"and {len(ladder.grave) - len(shown):,} more; --all shows every one.", style="dim")
    console.print()


def _shelf_rule(shelf: str, themes: Sequence[Theme], ladder: Ladder) -> RenderableType:
    said = " · ".join(filter(None, (f"{len(themes):,}", means(shelf, ladder), held(themes, ladder))))
    return Rule(Text.assemble((f"{SHELF_NAMES[shelf]} ", "bold"), said), align="left", style="dim")


def _theme(number: int, theme: Theme, ladder: Ladder, plain: bool) -> RenderableType:
    body: list[RenderableType] = [Text(" · ".join(facts(theme, ladder)), style="dim")]
    body += [Text(told)] if (told := said_of(theme, ladder)) else []
    body += [Text(other)] if (other := beside(theme, ladder)) else []
    body += [_quote(quote, plain) for quote in theme.quotes]
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", width=3, style="dim")
    grid.add_column(ratio=1)
    grid.add_row(str(number), Text(harmless(theme.title), style="bold"))
    grid.add_row("", Group(*body))
    return Group(grid, Text())


def _quote(quote: Quote, plain: bool, by: str | None = None) -> RenderableType:
    """Where there is no bold, the words that decided stand between stars. `by` says more of it than who said it, and when."""
    text = Text("“")
    for piece, decided in pieces(quote):
        text.append(f"*{piece}*" if decided and plain else piece, style="bold underline" if decided else None)
    text.append("”")
    if by := said_by(quote) if by is None else by:
        text.append(f" {by}", style="dim")
    return Padding(text, (0, 0, 0, 2))


def _show_apart(
    name: str, themes: Sequence[Theme], ladder: Ladder, console: Console, everything: bool
) -> None:
    """What is on no rung, as a list of titles: because a word holds it together at most, or it is talk."""
    if not themes:
        return
    said = f"{len(themes):,} · {held(themes, ladder)}"
    console.print(Rule(Text.assemble((f"{name} ", "bold"), said), align="left", style="dim"))
    console.print(f"{APART_DOES[name]}\n", style="dim")
    if everything:
        for number, theme in enumerate(themes, start=1):
            console.print(_theme(number, theme, ladder, not console.is_terminal))
        return
    shown = themes[:FIRST_APART]
    more = f", and {len(themes) - len(shown):,} more" if len(shown) < len(themes) else ""
    console.print(Text(mentions(shown, ladder) + more))
    console.print("--all shows every one, with its quotes.\n", style="dim")


def _show_wider(ladder: Ladder, console: Console) -> None:
    """What is about one thing, each person once."""
    if not ladder.wider:
        return
    console.print(Rule(f"{WIDER} {len(ladder.wider):,}", align="left", style="dim"))
    console.print(f"{widely(ladder)}\n", style="dim")
    titles = {theme.id: theme.title for theme in ladder.themes}
    for one in ladder.wider[:FIRST_WIDER]:
        how_many = counted(one.people if ladder.authors_known else one.messages, ladder)
        console.print(Text.assemble((harmless(one.title), "bold"), (f"  {how_many}", "dim")))
        console.print(
            Padding(Text(harmless(", ".join(titles[pk] for pk in one.themes)), style="dim"), (0, 0, 0, 2))
        )
    console.print()


def _show_rest(ladder: Ladder, console: Console, plain: bool) -> None:
    if ladder.vague:
        console.print(Rule("Short replies and thanks", align="left", style="dim"))
        console.print(f"{count(ladder.ledger.vague, 'message')} without a matter, for example:", style="dim")
        for quote in ladder.vague[:3]:
            console.print(_quote(quote, plain))
        console.print()
    if ladder.elsewhere:
        console.print(Rule("Not about us", align="left", style="dim"))
        for reason, quotes in groupby(ladder.elsewhere, key=lambda pair: pair[0]):
            console.print(f"{reason}: {ladder.not_about_us[reason]:,}, for example:", style="dim")
            for _, quote in list(quotes)[:2]:
                console.print(_quote(quote, plain))
        console.print()
    console.print(Rule("Where every row is", align="left", style="dim"))
    console.print(_ledger(ladder))
    console.print(
        f"{count(ladder.messages, 'message')} in {ladder.seconds:.1f} s:"
        f" {ladder.messages_per_second:,.0f} messages a second.",
        style="dim",
    )


def _ledger(ladder: Ladder) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=1)
    table.add_column(justify="right")
    table.add_column()
    for sign, number, said in _sum(places(ladder.ledger)):
        table.add_row(sign, f"{number:,}", said)
    table.add_row("=", f"{ladder.ledger.rows:,}", "rows read", style="bold")
    return table


def _sum(lines: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    for place, (said, number) in enumerate(lines):
        yield "+" if place else "", number, said
