"""Read what is unread: one path for one live message and for a million imported ones."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from pivotpoint.channels.imports.coming import is_coming
from pivotpoint.channels.models import Message
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.lib.among import among
from pivotpoint.lib.disk import may_be_repeated
from pivotpoint.listening import apart
from pivotpoint.listening.doubt import DOUBTED
from pivotpoint.listening.learning.learn import learn_if_due
from pivotpoint.listening.learning.reader import live_reader
from pivotpoint.listening.models import Reading
from pivotpoint.listening.names import mentions
from pivotpoint.listening.names.gazetteer import live_finder
from pivotpoint.listening.reading import ahead
from pivotpoint.listening.rereads.rows import NAMES
from pivotpoint.listening.taxonomies import tags
from pivotpoint.listening.taxonomies.taggers import live_taggers, tags_of
from textanalytics.reading.reading import Reader
from textanalytics.reading.readings import Readings
from textanalytics.reading.written import Written, sure_of

WORTH_IT = 1_000
"""Messages a batch from which on a second process is worth starting."""
FEW = 4
"""Part of a batch that is read here while the second process starts, or reads its first."""
COLUMNS = ("message", *NAMES, "corrected")


def read_unread(limit: int = 2000) -> int:
    """Read the oldest unread messages; returns how many, or 1 if a second process has only just begun to read them while
    more are being imported.

    Reading takes no lock. Readings and `read_at` are written in one transaction that checks again which messages are
    still unread, so a second worker or a kill at any moment leaves each message with exactly one reading.
    """
    learn_if_due()
    reach = 2 * limit if ahead.is_possible() else limit
    waiting = list(Message.objects.unread().order_by("pk").values_list("pk", "text")[:reach])
    if not waiting:
        if ahead.is_possible() and is_coming(limit + WORTH_IT):
            ahead.start(live_reader())
        else:
            ahead.rest()
        return 0
    reader, texts = live_reader(), [text for _, text in waiting]
    if len(texts) >= WORTH_IT and is_coming(WORTH_IT) and ahead.is_read_there(reader, texts[:limit]):
        return 1  # More can be taken in until then.
    readings, shown = _readings(reader, texts, limit)
    _finish(
        [pk for pk, _ in waiting[: len(readings)]], texts[: len(readings)], reader.version, readings, shown
    )
    return len(readings)


def read_these(messages: Collection[int]) -> None:
    """Read these of the unread now, in the caller's transaction; a few."""
    rows = list(
        Message.objects.unread().filter(among("pk", messages)).order_by("pk").values_list("pk", "text")
    )
    reader, texts = live_reader(), [text for _, text in rows]
    readings, shown = ahead.read(reader, texts, [])
    _finish([pk for pk, _ in rows], texts, reader.version, readings, shown)


def _finish(pks: list[int], texts: list[str], version: str, readings: Readings, shown: Written) -> None:
    """Find tags and names as well, and write everything for those of these messages that are still unread."""
    tagged = tags_of(live_taggers(), texts)
    finder = live_finder()
    named = ahead.names_found(texts, finder)
    place = {pk: i for i, pk in enumerate(pks)}
    with may_be_repeated(), transaction.atomic():
        ours = _still_unread(pks)
        bulk.insert(Reading, COLUMNS, _rows(version, [place[pk] for pk in ours], ours, readings, shown))
        heard = [(pk, place[pk]) for pk in ours if readings.about_us[place[pk]]]
        tags.write({pk: tagged[i] for pk, i in heard})
        mentions.write({pk: mentions.kept(named[i], finder.version) for pk, i in heard if named[i]})
        Message.objects.filter(among("pk", ours)).update(read_at=clock.now())
        apart.keep_apart([pk for pk in ours if readings.reason[place[pk]] in apart.REASONS])


def _readings(reader: Reader, texts: list[str], limit: int) -> tuple[Readings, Written]:
    """Of those that were read ahead, or of the first `limit`; meanwhile the next ones are read ahead if they are many.

    While the second process has read nothing yet, few are read here: what is read there need not be read here.
    """
    few = limit // FEW
    running = ahead.is_running() and ahead.is_possible()
    many = len(texts) >= (few if running else limit) + WORTH_IT
    usual = few if many else limit
    count = ahead.ready(reader, texts) or usual
    later = texts[count : count + limit]
    return ahead.read(reader, texts[:count], later if len(later) >= WORTH_IT else [])


def _still_unread(pks: list[int]) -> list[int]:
    unread = Message.objects.unread().filter(among("pk", pks)).order_by("pk")
    return list(unread.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))


def _rows(
    version: str, places: list[int], ours: list[int], readings: Readings, shown: Written
) -> list[tuple[object, ...]]:
    """Of our messages, which are at these places among the readings."""
    about_us, actionable = readings.about_us.tolist(), readings.actionable.tolist()
    sentiment = readings.sentiment.astype(float).round(3).tolist()
    sure = sure_of(readings)
    doubt = [round(1 - least, 3) for least in map(min, *(sure[key] for key in DOUBTED))]
    confidences, evidences = stored.json_texts(shown.confidence), stored.json_texts(shown.evidence)
    return [
        (
            pk,
            readings.language[i],
            sentiment[i],
            readings.mood[i],
            readings.intent[i],
            about_us[i],
            readings.reason[i],
            actionable[i],
            readings.function[i],
            confidences[i],
            evidences[i],
            version,
            doubt[i],
            False,
        )
        for pk, i in zip(ours, places, strict=True)
    ]
