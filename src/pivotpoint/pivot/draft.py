"""Draft a rule from an insight that no rule catches."""

from __future__ import annotations

from typing import Any

from pivotpoint.insights.models import Insight, Rung
from pivotpoint.pivot.conditions.asked import LIKENESS

WORDS = 3
"""Of the theme's keywords, those that say most come first."""


def draft(insight: Insight) -> dict[str, Any]:
    """A rule that catches this insight and the like: what it means or one of its keywords, its function, its rung.

    No phrase of a customer goes in, only words: a rule stays when somebody's messages are erased.
    """
    theme = insight.theme
    example = theme.title if theme.titled_by_id or not theme.keywords else ", ".join(theme.keywords)
    sought: list[dict[str, Any]] = [
        {"field": "meaning", "op": "like", "value": [example], "likeness": LIKENESS}
    ]
    if theme.keywords:
        sought.append({"field": "keywords", "op": "contains", "value": theme.keywords[:WORDS]})
    conditions: list[dict[str, Any]] = [{"match": "any", "conditions": sought}]
    if theme.function:
        conditions.append({"field": "function", "op": "is", "value": theme.function})
    if theme.rung != Rung.VOICE:
        conditions.append({"field": "rung", "op": "at_least", "value": Rung.PATTERN.value})
    return {"match": "all", "excludes": False, "conditions": conditions}
