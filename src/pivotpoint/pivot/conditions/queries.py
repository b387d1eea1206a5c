"""Conditions on the insight and its theme, each as a Q on Insight. Values have been checked (check.py)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import IContains

from pivotpoint.insights.models import ThemeChannel
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.pivot.conditions.asked import Asked

Compile = Callable[[Asked], Q]


def unless(negated: bool, q: Q) -> Q:
    return ~q if negated else q


def bound(op: str) -> str:
    """The lookup of “at least” and “at most”."""
    return "gte" if op == "at_least" else "lte"


def amount(path: str) -> Compile:
    return lambda asked: Q(**{f"{path}__{bound(asked.op)}": asked.value})


def one_of(path: str) -> Compile:
    return lambda asked: unless(asked.negated, Q(**{f"{path}__in": asked.values}))


def order(path: str, steps: list[str]) -> Compile:
    """Condition on ordered values: “at least pattern” is pattern or trend."""

    def compile_(asked: Asked) -> Q:
        if asked.op in ("is", "is_not"):
            return one_of(path)(asked)
        place = steps.index(asked.value)
        wanted = steps[place:] if asked.op == "at_least" else steps[: place + 1]
        return Q(**{f"{path}__in": wanted})

    return compile_


def negative_share(asked: Asked) -> Q:
    """Negative messages of all messages, in per cent."""
    limit = F("theme__messages") * (float(asked.value) / 100.0)
    return Q(**{f"theme__negative__{bound(asked.op)}": limit})


def growth(asked: Asked) -> Q:
    """People a day since the onset, divided by those before; without an onset there is no growth."""
    limit = F("theme__rate_before") * float(asked.value)
    return Q(**{"theme__onset__isnull": False, f"theme__rate_since__{bound(asked.op)}": limit})


def _title(asked: Asked) -> Q:
    return reduce(or_, (Q(theme__title__icontains=word) for word in asked.values))


def _keywords(asked: Asked) -> Q:
    """JSON is text in SQLite, with letters beyond ASCII escaped: look for both."""
    found = Q()
    for word in asked.values:
        lowered = word.lower()
        for written in {lowered, json.dumps(lowered)[1:-1]}:
            found |= Q(IContains(Cast(F("theme__keywords"), TextField()), written))
    return found


def title(asked: Asked) -> Q:
    return unless(asked.negated, _title(asked))


def keywords(asked: Asked) -> Q:
    return unless(asked.negated, _keywords(asked))


def about(asked: Asked) -> Q:
    return unless(asked.negated, _title(asked) | _keywords(asked))


def channel(asked: Asked) -> Q:
    rows = ThemeChannel.objects.filter(theme=OuterRef("pk"), channel__in=asked.values, people__gt=0)
    return unless(asked.negated, Q(Exists(rows)))


def meaning(asked: Asked) -> Q:
    """Similar to the example sentences taken together. An insight without a vector is similar to nothing."""
    ids, percent = asked.meanings.of(tuple(asked.values))
    return unless(asked.negated, among("pk", ids[percent >= asked.likeness].tolist()))


def days(path: str) -> Compile:
    """Condition on a time that may be missing; a missing one is neither recent nor long ago."""

    def compile_(asked: Asked) -> Q:
        moment = clock.now() - timedelta(days=asked.value)
        lookup = "gte" if asked.op == "within_days" else "lt"
        return Q(**{f"{path}__isnull": False, f"{path}__{lookup}": moment})

    return compile_


def onset(asked: Asked) -> Q:
    day = clock.today() - timedelta(days=asked.value)
    lookup = "gte" if asked.op == "within_days" else "lt"
    return Q(**{"theme__onset__isnull": False, f"theme__onset__{lookup}": day})


def onset_weekday(asked: Asked) -> Q:
    fits = Q(theme__onset__isnull=False, theme__onset__iso_week_day__in=[int(day) for day in asked.values])
    return fits if not asked.negated else Q(theme__onset__isnull=False) & ~fits
