"""Business hours as people write them: “9-12, 13-17” for a day, “2026-12-25 Christmas” for a holiday."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pivotpoint.pivot.calendar import DAY, Shift
from pivotpoint.pivot.refused import Refused

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEAST = 60
"""Minutes in a week: with them the longest target ends within two hundred years, and dates have an end."""
_SHIFT = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?")


def shifts(text: str, day: str = "") -> list[Shift]:
    """“22-6” goes over midnight; “0-24” is the whole day; nothing is closed. Refused says what cannot be read."""
    found = [_shift(part.strip(), day) for part in re.split(r"[,;&]", text) if part.strip()]
    found.sort()
    for (_, closes), (opens, _) in zip(found, found[1:], strict=False):
        if opens < closes:
            raise Refused(f"{day or 'That day'} is open twice at {clock_words(opens)}.")
    return found


def _shift(part: str, day: str) -> Shift:
    match = _SHIFT.fullmatch(part)
    opens, closes = (_minutes(match[1], match[2]), _minutes(match[3], match[4])) if match else (None, None)
    if opens is None or closes is None or opens in (closes, DAY):
        raise Refused(f"{day or 'Hours'}: write “9:00-17:00”, not “{part}”.")
    return opens, closes if closes > opens else closes + DAY


def _minutes(hours: str, minutes: str | None) -> int | None:
    found = int(hours) * 60 + int(minutes or 0)
    return found if found <= DAY and int(minutes or 0) < 60 else None


def week(texts: Sequence[str]) -> list[list[Shift]]:
    """Seven days, Monday first. Refused when none is open, or a night shift runs into the next morning's."""
    if len(texts) != 7:
        raise Refused("A week has seven days, Monday first.")
    found = [shifts(text, day) for text, day in zip(texts, DAYS, strict=True)]
    if not any(found):
        raise Refused("A calendar without hours would never make anything due; open one day at least.")
    if sum(closes - opens for day in found for opens, closes in day) < LEAST:
        raise Refused("A week with less than an hour would make hardly anything due; open it longer.")
    for number, today in enumerate(found):
        tomorrow = found[(number + 1) % 7]
        if today and tomorrow and today[-1][1] - DAY > tomorrow[0][0]:
            raise Refused(f"{DAYS[number]}'s last shift runs into the first one of {DAYS[(number + 1) % 7]}.")
    return found


def shift_words(day: Sequence[Shift]) -> str:
    """09:00-12:00, 13:00-17:00."""
    return ", ".join(f"{clock_words(opens)}-{clock_words(closes)}" for opens, closes in day)


def clock_words(minutes: int) -> str:
    minutes = minutes if minutes <= DAY else minutes - DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"


def holidays(text: str) -> dict[date, str]:
    """One date and name a line; the last name of a date counts."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _, name = line.partition(" ")
        try:
            found[date.fromisoformat(day)] = name.strip()[:80]
        except ValueError:
            raise Refused(f"“{line[:40]}” is no holiday; write “2026-12-25 Christmas”.") from None
    return found
