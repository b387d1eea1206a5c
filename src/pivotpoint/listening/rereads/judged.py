"""People's judgements hold, whatever a reader says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pivotpoint.lib.among import among
from pivotpoint.listening.correct import FEELING
from pivotpoint.listening.doubt import doubt
from pivotpoint.listening.models import Correction, TagVerdict
from pivotpoint.listening.models.correction import YES, why_not
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
