"""A destination's page: settings, when and how fast, mapping, a try, the door of its answers."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pivotpoint.accounts.models import User
from pivotpoint.desk import mapping_rows
from pivotpoint.enterprise.connectors.http.answers import secret
from pivotpoint.enterprise.connectors.http.mapping import mapping_of
from pivotpoint.enterprise.models import Cursor
from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Destination
from tests.trackers import GitHub, tracking


def page_of(destination: Destination) -> str:
    return reverse("desk:destination", args=[destination.pk])


def made(yard: SimpleNamespace, kind: str, key: str = "", **config: Any) -> Destination:
    return edit.save_destination(
        yard.refunds, name="Tracker", kind=kind, config=config, key=key, by=yard.maren
    )


def test_a_system_that_cannot_be_asked_says_so_in_one_sentence(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(yard, "webhook", url="https://erp.example/in")
    panel = reverse("desk:pivot", args=[yard.refunds.pk])
    assert "cannot be asked" not in lead.get(panel).content.decode()
    Cursor.objects.create(destination=destination, failures=3, error="The key is not known there.")
    said = "It cannot be asked what became of its records: The key is not known there. (3 times in a row)"
    assert said in lead.get(panel).content.decode()
    assert said in lead.get(page_of(destination)).content.decode()
    Cursor.objects.update(error="")
    assert "cannot be asked" not in lead.get(page_of(destination)).content.decode()


def test_the_order_of_destinations_is_changed_on_the_page(lead: Client, yard: SimpleNamespace) -> None:
    """It says whom a fall-back stands in for."""
    first = made(yard, "webhook", url="https://erp.example/in")
    second = edit.save_destination(yard.refunds, name="Mail", kind="email", config={}, by=yard.maren)
    names = list(yard.refunds.destinations.filter(closed_at=None).values_list("name", flat=True))
    assert names[-2:] == [first.name, "Mail"]
    form = lead.get(page_of(second)).context["form"]
    assert form.initial["place"] == len(names)
    lead.post(page_of(second), {"name": "Mail", "how": "fallback", "place": 1})
    now = list(yard.refunds.destinations.filter(closed_at=None).values_list("name", flat=True))
    assert now == ["Mail", *names[:-1]]
    assert "Destinations in this order: Mail, " in " ".join(yard.refunds.versions.first().difference)
    lead.post(page_of(second), {"name": "Mail", "how": "fallback"})
    assert yard.refunds.destinations.filter(closed_at=None).first() == second


def test_when_and_how_fast_are_kept_and_shown(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(yard, "webhook", url="https://erp.example/in")
    data = {
        "name": "ERP",
        "set-url": "https://erp.example/in",
        "how": "fallback",
        "at_once": "2",
        "per_minute": "30",
    }
    page = lead.post(page_of(destination), data, follow=True).content.decode()
    destination.refresh_from_db()
    assert (destination.name, destination.how, destination.at_once, destination.per_minute) == (
        "ERP",
        "fallback",
        2,
        30,
    )
    assert "in reserve" in page
    assert "2 at once, 30 a minute at most" in page
    shown = lead.get(page_of(destination)).content.decode()
    assert 'value="fallback" checked' in " ".join(shown.split()) or 'value="fallback"' in shown


def test_what_the_page_does_not_show_stays(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(
        yard, "tryton", key="theirs", url="https://erp.example", database="erp", mapping={"label": "Case"}
    )
    data = {
        "name": "Tracker",
        "how": "always",
        "set-url": "https://new.example",
        "set-database": "erp",
        "key": "",
    }
    lead.post(page_of(destination), data)
    destination = Destination.objects.get(pk=destination.pk)
    assert destination.config == {
        "url": "https://new.example",
        "database": "erp",
        "mapping": {"label": "Case"},
    }
    assert destination.secret == "theirs"  # noqa: S105 of a test


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"set-mapping": "{"}, "This is no JSON"),
        ({"how": "perhaps"}, "perhaps is not one of the available choices"),
        ({"at_once": "0"}, "greater than or equal to 1"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    lead: Client, yard: SimpleNamespace, said: Any, sentence: str
) -> None:
    destination = made(yard, "http", preset="github-issues")
    data = {"name": "Other", "how": "always", "set-preset": "github-issues"} | said
    page = lead.post(page_of(destination), data).content.decode()
    assert sentence in page
    destination.refresh_from_db()
    assert destination.name == "Tracker"


def test_a_try_shows_request_and_answer_and_hides_the_key(
    lead: Client, yard: SimpleNamespace, settings: Any
) -> None:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    with tracking(GitHub) as tracker:
        destination = made(
            yard, "http", key="right", preset="github-issues", url=tracker.url, project=GitHub.project
        )
        data = {"name": "Tracker", "how": "always", "set-preset": "github-issues", "set-url": tracker.url}
        data |= {"set-project": GitHub.project, "set-mapping": json.dumps({"label": "Bug"})}
        shown = lead.post(page_of(destination), data | {"try": "show"}).content.decode()
        assert f"POST {tracker.url}/repos/fjordhus/shop/issues" in shown
        assert "Authorization: •••" in shown
        assert "full_name" in shown
        assert not tracker.issues
        sent = lead.post(page_of(destination), data | {"try": "send"}).content.decode()
        assert 'href="https://github.com/fjordhus/shop/issues/1"' in sent
        assert [issue["title"] for issue in tracker.issues] == ["A test from Pivotpoint"]
        wrong = lead.post(page_of(destination), data | {"try": "send", "key": "other"}).content.decode()
        broken = data | {"try": "show", "set-preset": "bugzilla"}
        assert "There is no preset “bugzilla”" in lead.post(page_of(destination), broken).content.decode()
    assert "It answered 401: Bad credentials" in wrong
    assert "right" not in shown.split("<h3>The request</h3>")[1].split("</form>")[0]
    assert Destination.objects.get(pk=destination.pk).config["mapping"] == {"label": "Bug"}


def test_the_door_has_address_and_secret_and_is_not_cached(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(yard, "http", preset="github-issues")
    page = lead.post(reverse("desk:destination_door", args=[destination.pk]))
    assert secret(destination) in page.content.decode()
    assert f"/hooks/{destination.pk}/" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    other = yard.refunds.destinations.exclude(pk=destination.pk).first()
    refused = lead.post(reverse("desk:destination_door", args=[other.pk]), follow=True).content.decode()
    assert "does not answer in words of its own" in refused


def test_who_may_not_change_pivots_does_not_see_it(yard: SimpleNamespace, client: Client) -> None:
    destination = made(yard, "http", preset="github-issues")
    client.force_login(yard.victor)
    assert client.get(page_of(destination)).status_code == 403
    client.force_login(yard.maren)
    assert client.get(reverse("desk:destination", args=[999_999])).status_code == 404


def test_the_page_is_a_constant_number_of_queries(
    lead: Client, yard: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    destination = made(yard, "http", preset="github-issues")
    for number in range(10):
        edit.save_destination(
            yard.refunds, name=f"T{number}", kind="tasks", config={}, by=User.objects.get(pk=yard.maren.pk)
        )
    with django_assert_max_num_queries(12):
        lead.get(page_of(destination))


def form(lead: Client, destination: Destination) -> dict[str, str]:
    """What the browser would send back, untouched."""
    page = lead.get(page_of(destination))
    data = {"name": destination.name, "how": "always", "set-preset": destination.config.get("preset", "")}
    for letter, names, rows in (("f", mapping_rows.FIELD, "fields"), ("o", mapping_rows.OUTCOME, "outcomes")):
        for number, row in enumerate(page.context["rows"][rows]):
            sent = [value.replace("\n", "\r\n") for value in row]
            data |= {f"{letter}{number}-{name}": value for name, value in zip(names, sent, strict=True)}
    return data


@pytest.mark.parametrize("preset", ["github-issues", "gitlab-issues", "jira-issues"])
def test_rows_that_nobody_touched_change_nothing(lead: Client, yard: SimpleNamespace, preset: str) -> None:
    destination = made(yard, "http", preset=preset)
    lead.post(page_of(destination), form(lead, destination))
    destination.refresh_from_db()
    assert destination.config == {"preset": preset}


def test_a_field_and_an_answer_are_added_and_removed(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(yard, "http", preset="jira-issues")
    data = form(lead, destination)
    free = max(int(name[1:-3]) for name in data if name.startswith("f") and name.endswith("-to"))
    data |= {f"f{free}-to": "fields.priority.name", f"f{free}-from": "High", "f0-to": "", "o0-when": ""}
    data |= {"o1-when": "fields.status.name = Rejected; fields.resolution.name = *", "o1-outcome": "declined"}
    data |= {"o1-note": "{key} was rejected."}
    lead.post(page_of(destination), data)
    destination.refresh_from_db()
    plan = mapping_of(destination.config)
    assert plan.make.address.endswith("/rest/api/2/issue")
    assert plan.make.body["fields"]["priority"] == {"name": "High"}
    assert plan.make.body["fields"]["labels"] == ["pivotpoint", "{key}"]
    assert "project" not in plan.make.body["fields"]
    first = plan.outcomes[0]
    assert first.when == {"fields.status.name": "Rejected", "fields.resolution.name": "*"}
    assert (first.outcome, first.note, len(plan.outcomes)) == ("declined", "{key} was rejected.", 4)


def test_a_row_that_says_nothing_is_refused(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(yard, "http", preset="github-issues")
    page = lead.post(page_of(destination), form(lead, destination) | {"o0-when": "closed"}).content.decode()
    assert "is not of the form: path = their word." in page
    destination.refresh_from_db()
    assert destination.config == {"preset": "github-issues"}


def test_of_two_who_change_it_the_second_takes_nothing_back(lead: Client, yard: SimpleNamespace) -> None:
    destination = made(yard, "webhook", url="https://erp.example/in")
    seen = lead.get(page_of(destination)).context["version"]
    said = {"set-url": "https://erp.example/in", "how": "always", "version": seen}
    lead.post(page_of(destination), said | {"name": "Their name"})
    answer = lead.post(page_of(destination), said | {"name": "My name"})
    assert "has changed this meanwhile" in answer.content.decode()
    assert Destination.objects.get(pk=destination.pk).name == "Their name"


def test_a_page_without_a_path_of_its_station_says_where_it_is(lead: Client, yard: SimpleNamespace) -> None:
    page = lead.get(page_of(made(yard, "webhook", url="https://erp.example/in"))).context["frame"]
    assert [one["label"] for one in page["stations"] if one["here"]] == ["Switchyard"]
