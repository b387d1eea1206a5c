"""The ladder as data, for `listen --json`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pivotpoint.insights.ladder.cut import numbers
from pivotpoint.insights.ladder.each import Each
from pivotpoint.insights.ladder.ladder import Grave, Ladder, Quote, Theme


def as_json(ladder: Ladder) -> dict[str, Any]:
    """Times are ISO 8601 in UTC, an onset is a date; shares are 0 to 1; `words` are character offsets."""
    listed = numbers(ladder)
    return {
        "messages": ladder.messages,
        "people": ladder.people,
        "rejected": ladder.ledger.rejected,
        "not_about_us": ladder.ledger.not_about_us,
        "themes": [{**_theme(theme), "number": listed.get(theme.id)} for theme in ladder.themes],
        "ledger": {
            **vars(ladder.ledger),
            "reasons": {"not_about_us": ladder.not_about_us, "rejected": ladder.reject_reasons},
        },
        "seconds": round(ladder.seconds, 3),
        "messages_per_second": round(ladder.messages_per_second, 1),
        "notes": ladder.notes,
        "wider": [
            {
                "id": one.id,
                "title": one.title,
                "people": one.people,
                "messages": one.messages,
                "themes": list(one.themes),
            }
            for one in ladder.wider
        ],
        "mixed": [_theme(theme) for theme in ladder.mixed],
        "unsure": [_theme(theme) for theme in ladder.unsure],
        "talk": [_theme(theme) for theme in ladder.talk],
        "grave": [_told(one) for one in ladder.grave],
        "stolen": [
            {"theme": theme if theme >= 0 else None, "people": people}
            for theme, people in ladder.stolen.items()
        ],
        "taken": ladder.taken,
        "thefts": [_told(one) for one in ladder.thefts],
        "leaving": [_told(one) for one in ladder.leaving],
        "waves": [
            {**vars(one), "first": one.first.isoformat(), "themes": list(one.themes)} for one in ladder.waves
        ],
        "by": ladder.by,
        "houses": [vars(house) for house in ladder.houses],
    }


def each_as_json(each: Each) -> dict[str, Any]:
    """Of several ladders: the column that tells whose they are, each with its value, and the rows that are in none."""
    return {
        "by": each.by,
        "notes": each.notes,
        "ladders": [{"value": ladder.house, **as_json(ladder)} for ladder in each.ladders],
        "left": vars(each.left),
    }


def _told(one: Grave) -> dict[str, Any]:
    return {**_quote(one.quote), "theme": one.theme if one.theme >= 0 else None}


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "title": theme.title,
        "rung": theme.rung,
        "people": theme.people,
        "messages": theme.messages,
        "negative_share": theme.negative_share,
        "intents": theme.intents,
        "function": theme.function,
        "first_seen": _iso(theme.first_seen),
        "onset": theme.onset.isoformat() if theme.onset else None,
        "keywords": list(theme.keywords),
        "quotes": [_quote(quote) for quote in theme.quotes],
        "copied": theme.copied,
        "copies": theme.copies,
        "several": theme.several,
        "subject": theme.subject,
        "said": [{"title": one.title, "people": one.people, "messages": one.messages} for one in theme.said],
        "titled": theme.titled,
        "see_also": theme.see_also if theme.see_also >= 0 else None,
        "part_of": theme.part_of if theme.part_of >= 0 else None,
        "to": theme.to,
        "to_people": theme.to_people,
        "to_share": theme.to_share,
        "to_times": theme.to_times,
        "firms": [{"name": firm, "people": people} for firm, people in theme.firms],
        "houses": [{"name": house, "people": people} for house, people in theme.houses],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "author": quote.author,
        "time": _iso(quote.time),
        "words": [list(span) for span in quote.words],
    }


def _iso(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time else None
