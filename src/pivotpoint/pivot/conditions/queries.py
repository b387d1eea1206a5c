"""Each condition as a Q on Insight. Values have been checked (check.py)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from pivotpoint.insights.models import Backing, Membership, Theme, ThemeChannel
from pivotpoint.lib import clock


def listed(value: Any) -> list[Any]:
    """One value or several: any of them will do."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _unless(negated: bool, q: Q) -> Q:
    return ~q if negated else q


def amount(path: str) -> Callable[[str, Any], Q]:
    return lambda op, value: Q(**{f"{path}__{'gte' if op == 'at_least' else 'lte'}": value})


def one_of(path: str) -> Callable[[str, Any], Q]:
    return lambda op, value: _unless(op == "is_not", Q(**{f"{path}__in": listed(value)}))


def order(path: str, steps: list[str]) -> Callable[[str, Any], Q]:
    """Steps that have an order: “at least pattern” is pattern or trend."""

    def compile_(op: str, value: Any) -> Q:
        if op in ("is", "is_not"):
            return one_of(path)(op, value)
        place = steps.index(value)
        wanted = steps[place:] if op == "at_least" else steps[: place + 1]
        return Q(**{f"{path}__in": wanted})

    return compile_


def negative_share(op: str, value: Any) -> Q:
    """Negative messages of all messages, in per cent."""
    limit = F("theme__messages") * (float(value) / 100.0)
    return Q(**{f"theme__negative__{'gte' if op == 'at_least' else 'lte'}": limit})


def _exists(op: str, rows: QuerySet[Any]) -> Q:
    return _unless(op.endswith("_not"), Q(Exists(rows)))


def title(op: str, value: Any) -> Q:
    any_word = reduce(or_, (Q(theme__title__icontains=word) for word in listed(value)))
    return _unless(op == "contains_not", any_word)


def keywords(op: str, value: Any) -> Q:
    return _unless(op == "contains_not", Q(Exists(_with_keyword(value))))


def _with_keyword(value: Any) -> QuerySet[Theme]:
    """Themes with such a keyword. JSON is text in SQLite, with letters beyond ASCII escaped: look for both."""
    found = Q()
    for word in listed(value):
        lowered = word.lower()
        found |= Q(words__icontains=lowered) | Q(words__icontains=json.dumps(lowered)[1:-1])
    return Theme.objects.annotate(words=Cast("keywords", TextField())).filter(found, pk=OuterRef("pk"))


def about(op: str, value: Any) -> Q:
    either = title("contains", value) | keywords("contains", value)
    return _unless(op == "contains_not", either)


def channel(op: str, value: Any) -> Q:
    rows = ThemeChannel.objects.filter(theme=OuterRef("pk"), channel__in=listed(value), people__gt=0)
    return _exists(op, rows)


def segment(op: str, value: Any) -> Q:
    return _exists(op, Backing.objects.filter(theme=OuterRef("pk"), customer__segment__in=listed(value)))


def language(op: str, value: Any) -> Q:
    rows = Membership.objects.filter(
        cluster__theme=OuterRef("pk"), message__reading__language__in=listed(value)
    )
    return _exists(op, rows)


def days(path: str) -> Callable[[str, Any], Q]:
    """A moment that may be missing; missing is neither recent nor long ago."""

    def compile_(op: str, value: Any) -> Q:
        moment = clock.now() - timedelta(days=value)
        return Q(**{f"{path}__isnull": False, f"{path}__{'gte' if op == 'within_days' else 'lt'}": moment})

    return compile_


def onset(op: str, value: Any) -> Q:
    day = clock.today() - timedelta(days=value)
    return Q(
        **{"theme__onset__isnull": False, f"theme__onset__{'gte' if op == 'within_days' else 'lt'}": day}
    )
