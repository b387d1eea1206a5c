"""A ladder that is made by hand, for what is printed of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

from rich.console import Console

from pivotpoint.insights.ladder.as_text import show
from pivotpoint.insights.ladder.ladder import Ladder, Ledger, Quote, Theme

MOMENT = datetime(2024, 3, 5, 14, 30, tzinfo=UTC)


def quote(text: str, *words: tuple[int, int]) -> Quote:
    return Quote(text, "hanne", MOMENT, words)


def theme(rung: str, people: int, title: str, text: str) -> Theme:
    return Theme(
        id=people,
        title=title,
        rung=rung,
        people=people,
        messages=people + 1,
        negative_share=0.75,
        intents={"complaint": people, "praise": 1},
        function="finance",
        first_seen=MOMENT,
        onset=date(2024, 3, 6) if rung == "trend" else None,
        before=0.5,
        after=12.4,
        keywords=("refund", "sofa"),
        quotes=(quote(text, (0, 6)),),
        days=(0, 1, 2, 3, 0, 0, 0, 0, 4),
    )


def subject(people: int, title: str) -> Theme:
    return replace(theme("trend", people, title, f"{title} is missing"), subject=True, onset=None)


def ladder() -> Ladder:
    themes = [
        theme("trend", 3, "Refund <not> received", "Refund <script>alert(1)</script> missing"),
        theme("pattern", 2, "Calendar crashes", "Calendar crashes again"),
        *(replace(theme("voice", 1, f"Voice {n}", f"Screws {n} missing"), id=100 + n) for n in range(12)),
    ]
    return Ladder(
        source="feedback.csv",
        notes=["columns guessed: text from words"],
        messages=20,
        people=9,
        authors_known=True,
        themes=themes,
        ledger=Ledger(rows=31, in_trends=4, in_patterns=3, in_voices=24),
        not_about_us={"advertisement": 2},
        elsewhere=[("advertisement", quote("Buy now"))],
        vague=[quote("thanks")],
        first=MOMENT,
        last=MOMENT,
        seconds=0.5,
    )


def printed(whole: Ladder | None = None, *, terminal: bool, everything: bool = False) -> str:
    out = StringIO()
    console = Console(file=out, width=80, force_terminal=terminal, highlight=False)
    show(whole or ladder(), console, everything=everything)
    return out.getvalue()
