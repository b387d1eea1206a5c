"""What a page says of a theme: only what is sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from pivotpoint.channels.models import Message
from pivotpoint.insights.counting.count import recount_all
from pivotpoint.insights.models import Membership, Theme
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.models import Reading
from tests.pivotpoint.insights.test_follow import run_dispatches

Heard = dict[str, list[Message]]


@pytest.mark.parametrize(
    ("share", "intents", "named"),
    [
        (0.5, {"complaint": 6, "other": 4}, "finance"),
        (0.49, {"complaint": 6, "other": 4}, ""),
        (0.9, {"complaint": 5, "praise": 5}, ""),
        (0.9, {"question": 6, "praise": 2, "other": 2}, "finance"),
        (0.9, {}, "finance"),
    ],
)
def test_a_function_is_named_where_it_is_sure_and_has_something_to_do(
    share: float, intents: dict[str, int], named: str
) -> None:
    assert Theme(function="finance", function_share=share, intents=intents).concerns == named


@pytest.mark.parametrize(
    ("before", "since", "shown"), [(0.0, 0.9, False), (0.0, 2.0, True), (0.5, 0.9, True), (0.04, 1.9, False)]
)
def test_a_few_where_there_was_nobody_are_no_rise(before: float, since: float, shown: bool) -> None:
    day = date(2026, 11, 3)
    theme = Theme(onset=day, rate_before=before, rate_since=since)
    assert theme.rose == (day if shown else None)


@pytest.mark.django_db
def test_what_its_people_mostly_do_is_counted_and_follows_corrections(
    heard: Heard, maren: Any, listen: Callable[[], None]
) -> None:
    theme = Theme.objects.get(clusters__members=heard["late"][0].pk)
    wanted = Reading.objects.filter(message__membership__cluster__theme=theme).values_list(
        "intent", flat=True
    )
    assert theme.intents == {intent: list(wanted).count(intent) for intent in wanted}
    assert sum(theme.intents.values()) == 4
    for message in heard["late"]:
        correct(message, "intent", "praise", by=maren)
    run_dispatches()
    listen()
    theme.refresh_from_db()
    assert (theme.intents, theme.mostly) == ({"praise": 4}, "praise")


@pytest.mark.django_db
def test_what_was_gathered_before_is_noted_and_counted_again(heard: Heard) -> None:
    before = dict(Theme.objects.values_list("pk", "intents"))
    Membership.objects.update(intent="")
    Theme.objects.update(intents={})
    import_module("pivotpoint.insights.migrations.0020_fill_intents").note(apps, None)
    assert Theme.objects.filter(messages__gt=0, uncounted=0).count() == 0
    recount_all()
    assert dict(Theme.objects.values_list("pk", "intents")) == before
