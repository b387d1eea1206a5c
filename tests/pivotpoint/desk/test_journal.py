"""Settings, Journal: asked by person, by event, by subject, by day; a page at a time."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.accounts import functions
from pivotpoint.desk import journal, journal_names
from pivotpoint.desk.customers import A_PAGE
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, ada: Any) -> Client:
    client.force_login(ada)
    return client


def read(client: Client, **asked: str) -> str:
    answer = client.get(reverse("desk:journal"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_what_was_asked_for_stands_there(desk: Client, ada: Any) -> None:
    functions.add(name="Quality", by=ada)
    functions.add(name="Returns", by=None)
    everything = read(desk, name="accounts.function_added")
    assert everything.count("all about it") == 2
    mine = read(desk, name="accounts.function_added", by=f"user:{ada.pk}")
    assert mine.count("all about it") == 1
    assert f"<b>{ada.name}</b>" in mine
    assert "Nothing of that kind" in read(desk, until="2001-01-01")


def test_a_wrong_filter_is_said_and_shows_nothing(desk: Client) -> None:
    answer = desk.get(reverse("desk:journal"), {"about": "pivot.loop:x"})
    assert answer.status_code == 422
    assert "a kind and a number" in answer.content.decode()


def test_older_ones_follow_on_the_next_page(desk: Client, ada: Any) -> None:
    for number in range(A_PAGE + 3):
        record("accounts.function_added", ada, by=ada, key=f"function-{number}")
    first = desk.get(reverse("desk:journal"), {"name": "accounts.function_added"})
    assert first.content.decode().count("all about it") == A_PAGE
    then = desk.get(reverse("desk:journal") + "?" + first.context["next_page"]).content.decode()
    assert then.count("all about it") == 3
    assert "function-0" in then


def test_a_subject_with_a_page_leads_to_it(desk: Client, ada: Any) -> None:
    insight = Insight.objects.create(theme=Theme.objects.create(pk=7, title="Burr squeaks"))
    record("insights.set_aside", insight, by=ada, until=None)
    assert f'href="{reverse("desk:insight", args=[insight.pk])}"' in read(desk, name="insights.set_aside")


def test_subjects_moments_and_yes_are_said_as_people_say_them() -> None:
    assert journal._noun("pivot.standinganswer") == "Standing answer"
    assert journal._noun("gone.thing") == "Thing"
    data = {"due_at": "2026-11-28T09:00:00+00:00", "dry_run": True, "way": "Tea at T"}
    said = journal._details(Event(name="channels.import_ended", data=data), {})
    assert said == [("due at", "28 Nov 2026, 09:00"), ("dry run", "yes"), ("way", "Tea at T")]


def test_rows_are_called_by_their_names(desk: Client, ada: Any, ines: Any, hanne: Any) -> None:
    insight = Insight.objects.create(theme=Theme.objects.create(pk=7, title="Burr squeaks"))
    record("collaboration.task_added", insight, by=ada, task=987654, owner=ines.pk)
    record("customers.consent_given", hanne, by=ada, customer=hanne.pk, message=5, stage="handed_over")
    shown = " ".join(read(desk).split())
    assert ">Burr squeaks</a>" in shown and f"Insight {insight.pk}, <a" in shown
    assert f"owner: {ines.name}" in shown and f"owner: {ines.pk}" not in shown
    assert "task: task 987654" in shown
    assert f">{hanne.name}</a>" in shown and f"customer: {hanne.name}" in shown
    assert "stage: handed over" in shown and "message: 5" not in shown


def test_names_cost_a_query_for_each_kind_not_for_each_line(desk: Client, ada: Any) -> None:
    def page() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(desk, about="insights.insight")
        return len(asked)

    page()  # What a process reads once.
    few = 0
    for number in range(12):
        insight = Insight.objects.create(theme=Theme.objects.create(pk=100 + number, title=f"T{number}"))
        record("insights.set_aside", insight, by=ada, until=None)
        few = few or page()
    assert page() == few


def test_every_place_of_a_name_is_there() -> None:
    for kind, place in journal_names.CALLED.items():
        list(apps.get_model(kind)._default_manager.values_list(place)[:1])
    assert set(journal_names.MEANT.values()) <= set(journal_names.CALLED)
