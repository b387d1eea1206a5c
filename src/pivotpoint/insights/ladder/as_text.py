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

from pivotpoint.insights.ladder.contents import contents, heading, sum_of
from pivotpoint.insights.ladder.cut import Cut, cut
from pivotpoint.insights.ladder.each import Each
from pivotpoint.insights.ladder.head import summary, what_is_stolen, what_most, what_rises, where, whose
from pivotpoint.insights.ladder.ladder import RUNGS, SHELVES, Ladder, Quote, Theme
from pivotpoint.insights.ladder.rest import APART, APART_DOES, Line, apart, not_about_us, places
from pivotpoint.insights.ladder.words import (
    GRAVE,
    GRAVE_MEANS,
    QUOTE_LENGTH,
    SHELF_DOES,
    SHELF_NAMES,
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
    pieces,
    said_by,
    said_of,
    wide,
    widely,
)

FIRST_WIDER, FIRST_GRAVE = 10, 10
QUOTES = 2
"""Of a trend, where not everything is wanted."""

IN_ONE_LINE, SHORT = 90, 140
"""Letters of a quote of a pattern, and of a voice."""

ALL = "--all shows every one"


def show(ladder: Ladder, console: Console, *, everything: bool = False) -> None:
    """Prints what fits a few pages, and how much more there is; the whole ladder where `everything` is wanted."""
    _show_ladder(ladder, console, everything)
    _show_legend([ladder], console)


def _show_ladder(ladder: Ladder, console: Console, everything: bool) -> None:
    console.print(_head(ladder))
    _show_grave(ladder, console, everything)
    for shelf in SHELVES:
        if shelf == "pattern":
            _show_wider(ladder, console, everything)
        if ladder.shelf(shelf) or shelf in RUNGS:
            _show_shelf(shelf, ladder, console, everything)
    if everything:
        _show_apart(ladder, console)
        _show_rest(ladder, console)
    console.print(Rule("Where every row is", align="left", style="dim"))
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
    lines = [Text(summary(ladder), style="bold"), Text(where(ladder))]
    lines += [Text(houses)] if (houses := whose(ladder)) else []
    if rises := what_rises(ladder):
        lines.append(Text(rises[:1].upper() + rises[1:]))
    if stolen := what_is_stolen(ladder):
        lines.append(Text(stolen))
    lines += map(Text, what_most(ladder))
    lines += [Text(f"• {harmless(note)}", style="dim") for note in ladder.notes]
    return Panel(
        Group(*lines), title=Text(f"What people say in {harmless(ladder.called)}"), title_align="left"
    )


def _show_grave(ladder: Ladder, console: Console, everything: bool) -> None:
    """What tells of danger to somebody stands before all that many say."""
    if not ladder.grave:
        return
    shown = ladder.grave if everything else ladder.grave[:FIRST_GRAVE]
    title = Text.assemble((f"{GRAVE} ", "bold"), f"{len(ladder.grave):,} · {GRAVE_MEANS}")
    console.print(Group(Rule(title, align="left", style="dim"), Text()))
    for one in shown:
        console.print(Padding(_quote(one.quote, _is_plain(console), grave_by(one, ladder)), (0, 0, 0, 2)))
    if len(shown) < len(ladder.grave):
        console.print(f"and {len(ladder.grave) - len(shown):,} more; {ALL}.", style="dim")
    console.print()


def _shelf_rule(shelf: str, themes: Sequence[Theme], ladder: Ladder) -> RenderableType:
    said = " · ".join(filter(None, (f"{len(themes):,}", means(shelf, ladder), held(themes, ladder))))
    return Rule(Text.assemble((f"{SHELF_NAMES[shelf]} ", "bold"), said), align="left", style="dim")


def _show_shelf(shelf: str, ladder: Ladder, console: Console, everything: bool) -> None:
    themes = ladder.shelf(shelf)
    console.print(_shelf_rule(shelf, themes, ladder))
    console.print(f"{SHELF_DOES[shelf]}\n" if themes else "None in this file.\n", style="dim")
    shown = Cut(themes, [], []) if everything else cut(shelf, ladder)
    numbers = {theme.id: number for number, theme in enumerate(themes, start=_first_number(shelf, ladder))}
    close = shelf == "subject" and not everything
    for theme in shown.whole:
        quoted = theme if everything else _with_fewer(theme, ladder)
        one = _theme(numbers[theme.id], quoted, ladder, _is_plain(console))
        console.print(one if close else Group(one, Text()))
    if close:
        console.print()
    if shown.briefly:
        console.print(Group(_briefly(shelf, shown.briefly, numbers, ladder, _is_plain(console)), Text()))
    if shown.rest:
        console.print(f"and {shown.more(ladder)}; {ALL}.\n", style="dim")


def _briefly(
    shelf: str, themes: Sequence[Theme], numbers: Mapping[int, int], ladder: Ladder, plain: bool
) -> RenderableType:
    if shelf == "pattern":
        return _quoted(themes, plain)
    return _voices(themes, plain) if shelf == "voice" else _listed(themes, numbers, ladder)


def _first_number(shelf: str, ladder: Ladder) -> int:
    """Subjects are counted on from the other trends."""
    return len(ladder.shelf("trend")) + 1 if shelf == "subject" else 1


def _with_fewer(theme: Theme, ladder: Ladder) -> Theme:
    """The theme with fewer quotes. A subject is told by what is said of it, if anything is."""
    told = theme.subject and said_of(theme, ladder)
    return replace(theme, quotes=theme.quotes[: 0 if told else 1 if theme.subject else QUOTES])


def _listed(themes: Sequence[Theme], numbers: Mapping[int, int], ladder: Ladder) -> Table:
    """A line each: what it is called, how many, and what they do."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", width=3, style="dim")
    table.add_column(ratio=1)
    table.add_column(justify="right", style="dim")
    table.add_column(style="dim", no_wrap=True)
    for theme in themes:
        title = Text(harmless(theme.title), style="bold")
        figure = theme.people if ladder.authors_known else theme.messages
        table.add_row(str(numbers[theme.id]), title, f"{figure:,}", does(theme))
    return table


def _quoted(themes: Sequence[Theme], plain: bool) -> RenderableType:
    """A line each: what it is called, and one who says it."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=30)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    for theme in themes:
        said = [_quote(quote, plain, by="", length=IN_ONE_LINE) for quote in theme.quotes[:1]]
        table.add_row(Text(harmless(theme.title), style="bold"), *said)
    return table


def _voices(themes: Sequence[Theme], plain: bool) -> RenderableType:
    """Their words, which they are called by, and who they are."""
    said = [replace(theme.quotes[0], words=()) for theme in themes if theme.quotes]
    return Group(*[Padding(_quote(quote, plain, length=SHORT), (0, 0, 0, 2)) for quote in said])


def _theme(number: int, theme: Theme, ladder: Ladder, plain: bool) -> RenderableType:
    body: list[RenderableType] = [Text(" · ".join(facts(theme, ladder)), style="dim")]
    body += [Text(told)] if (told := said_of(theme, ladder)) else []
    body += [Text(other)] if (other := beside(theme, ladder)) else []
    body += [Padding(_quote(quote, plain), (0, 0, 0, 2)) for quote in theme.quotes]
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", width=3, style="dim")
    grid.add_column(ratio=1)
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
            console.print(Group(_theme(number, theme, ladder, _is_plain(console)), Text()))


def _show_wider(ladder: Ladder, console: Console, everything: bool) -> None:
    """What is about one thing, each person once."""
    if not ladder.wider:
        return
    console.print(Rule(f"{WIDER} {len(ladder.wider):,}", align="left", style="dim"))
    console.print(f"{widely(ladder)}\n", style="dim")
    shown = wide(ladder)[: None if everything else FIRST_WIDER]
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
