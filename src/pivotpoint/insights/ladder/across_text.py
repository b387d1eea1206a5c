"""Who owns which trouble, on a terminal: see `across`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pivotpoint.insights.ladder.across import LINES, MORE, Crossed, crossed, each_house, left_out, tells
from pivotpoint.insights.ladder.across import heading as by_house
from pivotpoint.insights.ladder.ladder import Ladder
from pivotpoint.insights.ladder.words import ALL, harmless

TITLED, COLUMN = 42, 11
"""Letters that a table leaves for the title of a trend and its people, and those of a house's column."""


def show_across(ladder: Ladder, console: Console, listed: Mapping[int, int], everything: bool) -> None:
    """Which house owns which trouble, before what each trouble is."""
    table, lines = crossed(ladder, (console.width - TITLED) // COLUMN), each_house(ladder)
    if not table and not lines:
        return
    console.print(Rule(Text(by_house(ladder), style="bold"), align="left", style="dim"))
    console.print(Text(f"{tells(ladder)}\n", style="dim"))
    shown = lines if everything else lines[:LINES]
    console.print(_crossed(table, listed) if table else _each_house(shown))
    if len(shown) < len(lines):
        console.print(f"and {len(lines) - len(shown):,} more; {ALL}.", style="dim")
    if lines and (rest := left_out(ladder, len(lines))):
        console.print(rest, style="dim")
    console.print()


def _crossed(table: Crossed, listed: Mapping[int, int]) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", width=3, style="dim")
    grid.add_column()
    for _ in table.columns:
        grid.add_column(justify="right", width=COLUMN - 1, overflow="fold", vertical="bottom")
    grid.add_row("", "", *map(Text, table.columns), style="dim")
    grid.add_row("", "everybody", *[f"{people:,}" for people in table.everybody], style="dim")
    for theme, cells in table.rows:
        numbers = [Text(f"{f'{MORE} ' * more}{people:,}", "bold" * more) for people, more in cells]
        grid.add_row(str(listed[theme.id]), Text(harmless(theme.title), style="bold"), *numbers)
    return grid


def _each_house(lines: Sequence[tuple[str, str, str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=24)
    grid.add_column(justify="right", style="dim")
    grid.add_column(ratio=1)
    for house, people, themes in lines:
        grid.add_row(Text(house, style="bold"), people, Text(themes))
    return grid
