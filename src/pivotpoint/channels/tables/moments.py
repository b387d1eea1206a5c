"""Times as people's systems write them. A time without a zone is taken as UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_YEAR, LAST_YEAR = 1970, 2200
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner",
            "feb february februar",
            "mar march mär märz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}|\d{16}")
CLOCK = (
    r"(?:[\sT,]+(?P<h>\d{1,2})[:.](?P<i>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:Z|UTC|GMT|Uhr))?)?"
)
NUMBERS = re.compile(r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4})" + CLOCK, re.IGNORECASE)
NAMED = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?"
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?[.\s-]+(?P<m>[^\W\d]+)"
    r"|(?P<m2>[^\W\d]+)\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)"
    r"[.,\s-]+(?P<y>\d{4})" + CLOCK,
    re.IGNORECASE,
)
TWITTER = "%a %b %d %H:%M:%S %z %Y"


def parse_time(text: str, *, day_first: bool = True) -> datetime | None:
    """An aware time in UTC, or None. `day_first` settles 3/4/2024; see `day_comes_first`."""
    text = text.strip()
    if not 6 <= len(text) <= 60 or not any(letter.isdigit() for letter in text):
        return None
    for read in (_iso, _epoch, _twitter, _mail):
        try:
            moment = read(text)
        except (ValueError, OverflowError, OSError, TypeError, IndexError):
            continue
        if moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR:
            return _utc(moment)
    return _written(text, day_first)


def day_comes_first(texts: Iterable[str]) -> bool:
    """Decided for a whole column: 25/3/2024 can only be a day first, 3/25/2024 only a month first.

    When no value decides, a dot (3.4.2024) is read day first and a slash (3/4/2024) month first.
    """
    day = month = slashes = dots = 0
    for text in texts:
        found = NUMBERS.fullmatch(text.strip())
        if found is None or len(found["a"]) > 2:
            continue
        day += int(found["a"]) > 12
        month += int(found["b"]) > 12
        slashes += "/" in text
        dots += "/" not in text
    return day > month if day != month else dots >= slashes


def _iso(text: str) -> datetime | None:
    if text.isdigit() and len(text) != 8:
        return None
    return datetime.fromisoformat(text.removesuffix(" UTC"))


def _epoch(text: str) -> datetime | None:
    if not EPOCH.fullmatch(text):
        return None
    digits = len(text.partition(".")[0])
    return datetime.fromtimestamp(float(text) / {13: 1e3, 16: 1e6}.get(digits, 1), UTC)


def _twitter(text: str) -> datetime | None:
    return datetime.strptime(text, TWITTER) if text[-5:-4] == " " and ":" in text else None


def _mail(text: str) -> datetime | None:
    if "," not in text or ":" not in text or text[-2:].lower().endswith(("am", "pm", "m.")):
        return None  # The mail reader does not know AM and PM, and would not say so.
    return parsedate_to_datetime(text)


def _written(text: str, day_first: bool) -> datetime | None:
    found = NUMBERS.fullmatch(text)
    if found is not None:
        year, month, day = _order(found["a"], found["b"], found["c"], day_first)
    else:
        found = NAMED.fullmatch(text)
        if found is None:
            return None
        month = MONTHS.get((found["m"] or found["m2"]).lower().rstrip("."), 0)
        year, day = int(found["y"]), int(found["d"] or found["d2"])
    hour, minute, second = int(found["h"] or 0), int(found["i"] or 0), int(found["s"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"][0] in "pP")
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return moment if FIRST_YEAR <= year <= LAST_YEAR else None


def _order(a: str, b: str, c: str, day_first: bool) -> tuple[int, int, int]:
    """Year, month, day of three numbers."""
    if len(a) == 4:
        return int(a), int(b), int(c)
    year = int(c) + (2000 if len(c) == 2 else 0)
    first, second = int(a), int(b)
    if first > 12 or (day_first and second <= 12):
        return year, second, first
    return year, first, second


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
