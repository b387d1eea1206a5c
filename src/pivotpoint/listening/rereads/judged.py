"""People's judgements hold, whatever a reader says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pivotpoint.lib import bulk
from pivotpoint.lib.among import among
from pivotpoint.listening.correcting.correct import FEELING
from pivotpoint.listening.doubt import doubt
from pivotpoint.listening.models import Correction, Reading, Tag, TagVerdict
from pivotpoint.listening.models.correction import YES, why_not
from pivotpoint.listening.rereads.rows import NAMES
from textanalytics.base import MOODS


def keep_judgements(rows: dict[int, dict[str, Any]]) -> None:
    """Write people's last words into these rows (message to row); two queries."""
    standing = Correction.objects.standing().filter(among("message", list(rows))).order_by("pk")
    touched = set()
    for message, field, value in standing.values_list("message", "field", "value"):
        judge(rows[message], field, value)
        touched.add(message)
    for message in touched:
        rows[message]["doubt"] = doubt(rows[message]["confidence"])
    denied = denied_tags(list(rows))
    for message, row in rows.items():
        row["tags"] = [tag for tag in row["tags"] if (message, tag[0]) not in denied]


def hold(messages: Sequence[int]) -> None:
    """People's last words about messages that have just been read a second time."""
    said = Correction.objects.changed().filter(among("message", messages))
    changed = set(said.values_list("message", flat=True))
    readings = list(Reading.objects.filter(among("message", messages)))
    rows = {one.pk: {**{name: getattr(one, name) for name in NAMES}, "tags": []} for one in readings}
    keep_judgements(rows)
    for one in readings:
        for name in NAMES:
            setattr(one, name, rows[one.pk][name])
        one.corrected = one.pk in changed
    bulk.change(readings, (*NAMES, "corrected"))
    _hold_tags(messages)


def _hold_tags(messages: Sequence[int]) -> None:
    verdicts = TagVerdict.objects.filter(among("message", messages), undone_at=None).order_by("pk")
    for one in {(verdict.message_id, verdict.of_id): verdict for verdict in verdicts}.values():
        if one.belongs:
            said = {"confidence": 1.0, "by": one.by, "version": ""}
            Tag.objects.update_or_create(message_id=one.message_id, of_id=one.of_id, defaults=said)
        else:
            Tag.objects.filter(message=one.message_id, of=one.of_id).delete()


def judge(row: dict[str, Any], field: str, value: str) -> None:
    row[field] = value == YES if field in ("about_us", "actionable") else value
    row["confidence"] = {**row["confidence"], field: 1.0}
    row["evidence"] = {key: spans for key, spans in row["evidence"].items() if key != field}
    if field == "mood" and (row["sentiment"] > 0.05) - (row["sentiment"] < -0.05) != MOODS.index(value) - 1:
        row["sentiment"] = FEELING[value]
    if field == "about_us":
        row["reason"] = why_not(value, row["reason"])


def denied_tags(messages: Sequence[int]) -> set[tuple[int, int]]:
    """(message, class) of which a person said last that it is not so."""
    rows = TagVerdict.objects.filter(among("message", list(messages)), undone_at=None).order_by("pk")
    last = {(message, of): belongs for message, of, belongs in rows.values_list("message", "of", "belongs")}
    return {pair for pair, belongs in last.items() if not belongs}
