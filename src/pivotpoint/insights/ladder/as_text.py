"""The ladder on a terminal: first what many say, then in a few lines what is left; or everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pivotpoint.insights.ladder.across_text import show_across
from pivotpoint.insights.ladder.contents import contents, heading, sum_of
from pivotpoint.insights.ladder.cut import Cut, cut, numbers
from pivotpoint.insights.ladder.each import Each
from pivotpoint.insights.ladder.head import headlines, how_many_leave, how_many_robbed, summary
from pivotpoint.insights.ladder.ladder import RUNGS, SHELVES, Grave, Ladder, Quote, Theme
from pivotpoint.insights.ladder.quoted import QUOTE_LENGTH, pieces
from pivotpoint.insights.ladder.rest import (
    APART,
    APART_DOES,
    EACH_OF_ITS_OWN,
    EVERY_ROW,
    FIRST,
    Line,
    apart,
    not_about_us,
    of_all_kinds,
    places,
)
from pivotpoint.insights.ladder.theft import of_what, where_stolen
from pivotpoint.insights.ladder.words import (
    ALL,
    GRAVE,
    GRAVE_MEANS,
    LEAVES,
    SHELF_DOES,
    SHELF_NAMES,
    THEFT,
    WIDER,
    beside,
    count,
    does,
    facts,
    grave_by,
    harmless,
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

FIRST_WIDER, MANY_GRAVE, FIRST_THEFTS = 10, 10, 3
"""Wider themes that are shown; messages that tell of danger from which on each is told shortly; and who tells of theft or fraud."""

QUOTES, QUOTED = 2, 15
"""Of a trend, where not everything is wanted; and how many of those of a shelf that are only named have a quote."""

IN_ONE_LINE, SHORT = 100, 140
"""Letters of a quote that has one line, and of a voice."""


def show(ladder: Ladder, console: Console, *, everything: bool = False) -> None:
    """Prints what fits a few pages, and how much more there is; the whole ladder where `everything` is wanted."""
    _show_ladder(ladder, console, everything)
    _show_legend([ladder], console)


def _show_ladder(ladder: Ladder, console: Console, everything: bool) -> None:
    listed = numbers(ladder, everything=everything)
    console.print(_head(ladder))
    _show_grave(ladder, console, listed)
    _show_thefts(ladder, console, listed, everything)
    _show_leaving(ladder, console, listed, everything)
    show_across(ladder, console, listed, everything)
    for shelf in SHELVES:
        if shelf == "pattern":
            _show_all_kinds(ladder, console, everything)
            _show_wider(ladder, console, listed, everything)
        if ladder.shelf(shelf) or shelf in RUNGS:
            _show_shelf(shelf, ladder, console, listed, everything)
    if everything:
        _show_apart(ladder, console)
        _show_rest(ladder, console)
    _show_end(ladder, console, everything)


def _show_end(ladder: Ladder, console: Console, everything: bool) -> None:
    """Where every row is, and how all this is read."""
    console.print(Rule("Where every row is", align="left", style="dim"))
    console.print(f"{EVERY_ROW}\n", style="dim")
    console.print(_ledger(ladder))
    console.print(
        f"{count(ladder.messages, 'message')} in {ladder.seconds:.1f} s:"
        f" {ladder.messages_per_second:,.0f} a second." + f" {ALL}, with quotes." * (not everything),
        style="dim",
    )


def _show_legend(ladders: Sequence[Ladder], console: Console) -> None:
    console.print(Rule("How to read it", align="left", style="dim"))
    marked = "between stars" if _is_plain(console) else "bold"
    for sentence in dict.fromkeys(sentence for ladder in ladders for sentence in legend(ladder, marked)):
        console.print(sentence, style="dim")


def show_each(each: Each, console: Console, *, everything: bool = False) -> None:
    """What there is of whom, then one ladder after the other."""
    lines = [Text(f"• {harmless(note)}", style="dim") for note in (*each.notes, sum_of(each))]
    table = Table.grid(padding=(0, 2, 0, 0))
    for house, holds, trends in contents(each):
        table.add_row(Text(house, style="bold"), Group(Text(holds), Text(trends, style="dim")))
    console.print(Panel(Group(table, *lines), title=Text(heading(each)), title_align="left"))
    for ladder in each.ladders:
        console.print(Group(Text(), Rule(Text(harmless(ladder.house), style="bold"), characters="═"), Text()))
        _show_ladder(ladder, console, everything)
    _show_legend(each.ladders, console)


def _head(ladder: Ladder) -> RenderableType:
    lines = [Text(summary(ladder), style="bold")]
    for line in headlines(ladder):
        called, colon, told = line.partition(":")
        lines.append(Text.assemble((called, "bold" if colon else ""), colon, told))
    lines += [Text(f"• {harmless(note)}", style="dim") for note in ladder.notes]
    return Panel(
        Group(*lines), title=Text(f"What people say in {harmless(ladder.called)}"), title_align="left"
    )


def _show_grave(ladder: Ladder, console: Console, listed: Mapping[int, int]) -> None:
    """What tells of danger to somebody stands before all that many say, and all of it: each shortly, where they are many."""
    if not ladder.grave:
        return
    title = Text.assemble((f"{GRAVE} ", "bold"), f"{len(ladder.grave):,} · {GRAVE_MEANS}")
    console.print(Group(Rule(title, align="left", style="dim"), Text()))
    length = QUOTE_LENGTH if len(ladder.grave) <= MANY_GRAVE else SHORT
    _show_told(ladder.grave, ladder, console, listed, length)
    console.print()


def _show_thefts(ladder: Ladder, console: Console, listed: Mapping[int, int], everything: bool) -> None:
    """How many tell of theft or fraud, of what, in which themes, and who tells it the plainest."""
    if not how_many_robbed(ladder):
        return
    title = Text.assemble((f"{THEFT} ", "bold"), told_by(how_many_robbed(ladder), ladder))
    console.print(Rule(title, align="left", style="dim"))
    for line in filter(None, (of_what(ladder), where_stolen(ladder, listed))):
        console.print(line, style="dim")
    console.print()
    _show_first(ladder.thefts, ladder, console, listed, everything)


def _show_leaving(ladder: Ladder, console: Console, listed: Mapping[int, int], everything: bool) -> None:
    """Who leaves, the surest first; where hardly anybody does, it is told with their themes."""
    if not (many := how_many_leave(ladder)):
        return
    title = Text.assemble((f"{LEAVES} ", "bold"), f"told in {count(many, 'message')}")
    console.print(Group(Rule(title, align="left", style="dim"), Text()))
    _show_first(ladder.leaving, ladder, console, listed, everything)


def _show_first(
    told: Sequence[Grave], ladder: Ladder, console: Console, listed: Mapping[int, int], everything: bool
) -> None:
    shown = told if everything else told[:FIRST_THEFTS]
    _show_told(shown, ladder, console, listed, QUOTE_LENGTH)
    if len(shown) < len(told):
        console.print(f"and {len(told) - len(shown):,} more; {ALL}.", style="dim")
    console.print()


def _show_all_kinds(ladder: Ladder, console: Console, everything: bool) -> None:
    """Who complains of what hardly anybody else complains of."""
    if (theme := of_all_kinds(ladder)) is None:
        return
    title = Text.assemble((f"{theme.title} ", "bold"), told_by(size(theme, ladder), ladder))
    console.print(Rule(title, align="left", style="dim"))
    console.print(f"{EACH_OF_ITS_OWN}\n", style="dim")
    for quote in theme.quotes if everything else theme.quotes[:FIRST]:
        said = _quote(replace(quote, words=()), _is_plain(console), length=SHORT)
        console.print(Padding(said, (0, 0, 0, 2)))
    console.print()


def _show_told(
    told: Sequence[Grave], ladder: Ladder, console: Console, listed: Mapping[int, int], length: int
) -> None:
    for one in told:
        quote = _quote(one.quote, _is_plain(console), grave_by(one, ladder, listed), length)
        console.print(Padding(quote, (0, 0, 0, 2)))


def _shelf_rule(shelf: str, themes: Sequence[Theme], ladder: Ladder) -> RenderableType:
    said = " · ".join(filter(None, (f"{len(themes):,}", means(shelf, ladder), held(themes, ladder))))
    return Rule(Text.assemble((f"{SHELF_NAMES[shelf]} ", "bold"), said), align="left", style="dim")


def _show_shelf(
    shelf: str, ladder: Ladder, console: Console, listed: Mapping[int, int], everything: bool
) -> None:
    themes = ladder.shelf(shelf)
    console.print(_shelf_rule(shelf, themes, ladder))
    console.print(f"{SHELF_DOES[shelf]}\n" if themes else "None in this file.\n", style="dim")
    shown = Cut(cut(shelf, ladder).in_order(), [], []) if everything else cut(shelf, ladder)
    close = shelf == "subject" and not everything
    for place, theme in enumerate(shown.whole, start=1):
        quoted = theme if everything else _with_fewer(theme)
        one = _theme(listed.get(theme.id, place), quoted, ladder, _is_plain(console), listed)
        console.print(one if close else Group(one, Text()))
    if close and shown.whole:
        console.print()
    if shown.briefly:
        console.print(Group(_briefly(shelf, shown.briefly, listed, ladder, _is_plain(console)), Text()))
    if left := shown.left(ladder):
        console.print(f"{left}; {ALL}.\n", style="dim")


def _briefly(
    shelf: str, themes: Sequence[Theme], listed: Mapping[int, int], ladder: Ladder, plain: bool
) -> RenderableType:
    if shelf == "pattern":
        return _quoted(themes, plain)
    return _voices(themes, plain) if shelf == "voice" else _listed(themes, listed, ladder, plain)


def _with_fewer(theme: Theme) -> Theme:
    """The theme with fewer quotes, one short one of a subject."""
    return replace(theme, quotes=theme.quotes[: 1 if theme.subject else QUOTES])


def _listed(
    themes: Sequence[Theme], listed: Mapping[int, int], ladder: Ladder, plain: bool
) -> RenderableType:
    """A line each: what it is called, how many, and what they do; and below it a quote, but for the last of many."""
    table = _numbered()
    for place, theme in enumerate(themes):
        told = " · ".join(filter(None, (f"{size(theme, ladder):,}", does(theme))))
        title = Text.assemble((harmless(theme.title), "bold"), (f"  {told}", "dim"))
        table.add_row(str(listed[theme.id]), title)
        if place < QUOTED and theme.quotes:
            table.add_row("", Padding(_in_one_line(theme.quotes[0], plain), (0, 0, 0, 2)))
    return table


def _numbered() -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", width=3, style="dim")
    grid.add_column(ratio=1)
    return grid


def _in_one_line(quote: Quote, plain: bool) -> Text:
    line = _quote(quote, plain, by="", length=IN_ONE_LINE)
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def _quoted(themes: Sequence[Theme], plain: bool) -> RenderableType:
    """A line each: what it is called, and one who says it."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=40)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    for theme in themes:
        said = [_in_one_line(quote, plain) for quote in theme.quotes[:1]]
        table.add_row(Text(harmless(theme.title), style="bold"), *said)
    return table


def _voices(themes: Sequence[Theme], plain: bool) -> RenderableType:
    """Their words, which they are called by, and who they are."""
    said = [replace(theme.quotes[0], words=()) for theme in themes if theme.quotes]
    return Group(*[Padding(_quote(quote, plain, length=SHORT), (0, 0, 0, 2)) for quote in said])


def _theme(
    number: int, theme: Theme, ladder: Ladder, plain: bool, listed: Mapping[int, int]
) -> RenderableType:
    body: list[RenderableType] = [Text(" · ".join(facts(theme, ladder)), style="dim")]
    body += [Text(told)] if (told := said_of(theme, ladder)) else []
    body += [Text(other)] if (other := beside(theme, ladder, listed)) else []
    body += [Padding(_quote(quote, plain), (0, 0, 0, 2)) for quote in theme.quotes]
    grid = _numbered()
    grid.add_row(str(number), Text(harmless(theme.title), style="bold"))
    grid.add_row("", Group(*body))
    return grid


def _quote(quote: Quote, plain: bool, by: str | None = None, length: int = QUOTE_LENGTH) -> Text:
    """Where there is no bold, the words that decided stand between stars. `by` says more of it than who said it, and when."""
    text = Text("“")
    for piece, decided in pieces(quote, length):
        text.append(f"*{piece}*" if decided and plain else piece, style="bold underline" if decided else None)
    text.append("”")
    if by := said_by(quote) if by is None else by:
        text.append(f" {by}", style="dim")
    return text


def _is_plain(console: Console) -> bool:
    return not console.is_terminal


def _show_apart(ladder: Ladder, console: Console) -> None:
    """What is on no rung: because a word holds it together at most, or it is talk."""
    for place, themes in apart(ladder).items():
        if not themes:
            continue
        name, said = APART[place], f"{len(themes):,} · {held(themes, ladder)}"
        console.print(Rule(Text.assemble((f"{name} ", "bold"), said), align="left", style="dim"))
        console.print(f"{APART_DOES[name]}\n", style="dim")
        for number, theme in enumerate(themes, start=1):
            console.print(Group(_theme(number, theme, ladder, _is_plain(console), {}), Text()))


def _show_wider(ladder: Ladder, console: Console, listed: Mapping[int, int], everything: bool) -> None:
    """What is about one thing, each person once."""
    if not ladder.wider:
        return
    console.print(Rule(f"{WIDER} {len(ladder.wider):,}", align="left", style="dim"))
    console.print(f"{widely(ladder)}\n", style="dim")
    shown = wide(ladder, listed)[: None if everything else FIRST_WIDER]
    for title, told, inside in shown:
        console.print(Text.assemble((title, "bold"), (f"  {told}", "dim")))
        console.print(Padding(Text(inside, style="dim"), (0, 0, 0, 2)))
    if len(shown) < len(ladder.wider):
        console.print(f"and {len(ladder.wider) - len(shown):,} more; {ALL}.", style="dim")
    console.print()


def _show_rest(ladder: Ladder, console: Console) -> None:
    if ladder.vague:
        console.print(Rule("Short replies and thanks", align="left", style="dim"))
        console.print(f"{count(ladder.ledger.vague, 'message')} without a matter, for example:", style="dim")
        _show_quotes(ladder.vague[:3], console)
        console.print()
    if ladder.elsewhere:
        console.print(Rule("Not about us", align="left", style="dim"))
        for reason, number, quotes in not_about_us(ladder):
            console.print(f"{reason}: {number:,}, for example:", style="dim")
            _show_quotes(quotes[:2], console)
        console.print()


def _show_quotes(quotes: Sequence[Quote], console: Console) -> None:
    for quote in quotes:
        console.print(Padding(_quote(quote, _is_plain(console)), (0, 0, 0, 2)))


def _ledger(ladder: Ladder) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=1)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column(style="dim")
    for sign, (said, number, remark) in _sum(places(ladder)):
        table.add_row(sign, f"{number:,}", said, Text(remark))
    table.add_row("=", f"{ladder.ledger.rows:,}", "rows read", style="bold")
    return table


def _sum(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    for place, line in enumerate(lines):
        yield "+" if place else "", line
