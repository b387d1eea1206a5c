"""What several people state here and there: told, brought together by one click, and back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.insights.counting.count import recount_all
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.gathering import clusters, glean
from pivotpoint.insights.gathering.glean import look_who_states_the_same
from pivotpoint.insights.gathering.memory import new_state
from pivotpoint.insights.models import (
    Gleaned,
    GleanedMessage,
    IndexState,
    Insight,
    Membership,
    MicroCluster,
    Theme,
    ThemeAction,
)
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import sweep
from pivotpoint.listening.models import Reading
from tests.pivotpoint.insights.themes import theme_of
from tests.switchyard import make_insight
from tests.textanalytics.naming.belonging.test_gleaning import KETTLE, MISSED

pytestmark = pytest.mark.django_db

TRAIN, SURE = "Missed the train", 50


@pytest.fixture
def lying(form: Any, now: Any) -> SimpleNamespace:
    """Ten people, each in a mixed insight of their own, put in order a moment ago; four of them missed the train."""
    said = []
    for pk, text in enumerate((*MISSED, *KETTLE), 1):
        make_insight(pk, 1, title=f"Mixed {pk}", mixed=True, titled_for=1)
        Message.objects.filter(membership__cluster__theme=pk).update(text=text)
        said.append(Message.objects.get(membership__cluster__theme=pk))
    Membership.objects.update(negative=True, actionable=True, intent="complaint")
    clusters.rebuild(MicroCluster.objects.values_list("pk", flat=True))
    IndexState.objects.create(
        pk=1, gathered=10, consolidated=10, encoder="x", state=new_state() | {"next_theme": 100}
    )
    return SimpleNamespace(said=said, train={message.pk for message in said[:4]})


@pytest.fixture
def train(lying: SimpleNamespace) -> Gleaned:
    look_who_states_the_same()
    return Gleaned.objects.shown().get(said=TRAIN)


def again() -> int:
    IndexState.objects.update(gleaned=0)
    return look_who_states_the_same()


def test_what_four_people_state_in_different_mixed_insights_is_told(
    lying: SimpleNamespace, train: Gleaned
) -> None:
    assert (train.people, train.messages, train.home) == (4, 4, None)
    assert set(train.members.values_list("pk", flat=True)) == lying.train


def test_it_is_looked_for_when_the_themes_were_put_in_order_and_nothing_else_waits(
    lying: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(glean, "is_busy", lambda: True)
        assert look_who_states_the_same() == 0
    assert look_who_states_the_same() == 1
    Gleaned.objects.all().delete()
    assert look_who_states_the_same() == 0
    IndexState.objects.update(consolidated=12)
    assert look_who_states_the_same() == 1


def test_what_is_told_again_keeps_its_address(train: Gleaned) -> None:
    assert again() == 1
    assert Gleaned.objects.get().pk == train.pk


def test_what_changed_while_it_was_looked_for_is_looked_for_again(
    lying: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = glean.glean

    def meanwhile() -> Any:
        clusters.locked()
        return found()

    monkeypatch.setattr(glean, "glean", meanwhile)
    assert look_who_states_the_same() == 0
    monkeypatch.undo()
    assert look_who_states_the_same() == 1


@pytest.mark.parametrize(
    "state",
    [
        {"mixed": False, "rung": "trend"},
        {"vague": True},
        {"about_us": False},
        {"messages": 10, "negative": 0, "intents": {"other": 10}},
    ],
)
def test_who_lies_in_a_sure_theme_in_talk_or_not_about_us_is_not_asked(
    train: Gleaned, state: dict[str, Any]
) -> None:
    """Nor counted any more where it has become so since."""
    Theme.objects.filter(pk=1).update(**state)
    assert Gleaned.objects.shown().get().people == 3
    assert again() == 0


def test_what_a_person_named_or_put_somewhere_is_left_where_it_is(train: Gleaned, maren: Any) -> None:
    edit.rename(Theme.objects.get(pk=1), "Other platform", by=maren)
    assert Gleaned.objects.shown().get().people == 3
    MicroCluster.objects.filter(theme=2).update(held=True)
    assert Gleaned.objects.shown().get().people == 2
    held = MicroCluster.objects.create(id=77, theme_id=3, held=True, vector=b"")
    MicroCluster.objects.filter(theme=3).exclude(pk=77).update(folded_into=held)
    assert Gleaned.objects.shown().get().people == 1


def test_what_asks_nothing_of_anybody_would_be_no_insight_and_is_not_told(lying: SimpleNamespace) -> None:
    Membership.objects.update(actionable=False)
    assert look_who_states_the_same() == 0


def test_it_becomes_an_insight_of_its_own_and_comes_back(
    lying: SimpleNamespace, train: Gleaned, maren: Any
) -> None:
    before = {pk: theme_of(lying.said[pk - 1]).messages for pk in range(1, 11)}
    action = edit.bring_together(train, by=maren)
    new = action.other
    assert new is not None
    new.refresh_from_db()
    assert (new.title, new.titled_by, new.people, new.messages, new.rung) == (TRAIN, maren, 4, 4, "trend")
    assert set(Membership.objects.filter(cluster__theme=new).values_list("pk", flat=True)) == lying.train
    assert Insight.objects.of_one_matter().filter(pk=new.pk).exists()
    assert not Theme.objects.filter(pk__in=(1, 2, 3, 4), messages__gt=0).exists()
    assert not Gleaned.objects.shown().exists()
    assert again() == 0
    assert Event.objects.filter(name="insights.split", data__into=new.pk, data__messages=4).exists()
    undo(action, by=maren)
    assert {pk: theme_of(lying.said[pk - 1]).messages for pk in range(1, 11)} == before
    counts = dict(Theme.objects.values_list("pk", "people"))
    recount_all()
    assert dict(Theme.objects.values_list("pk", "people")) == counts
    assert again() == 1


def test_it_moves_to_the_theme_that_says_it_already_and_comes_back(
    lying: SimpleNamespace, maren: Any
) -> None:
    home = make_insight(SURE, 3, title=TRAIN, titled_for=1).theme
    clusters.rebuild([SURE, 1_000_000 + SURE])
    look_who_states_the_same()
    row = Gleaned.objects.shown().get()
    assert (row.home, row.people) == (home, 4)
    action = edit.bring_together(row, by=maren)
    home.refresh_from_db()
    assert (action.kind, action.other, home.people, home.title) == ("move", home, 7, TRAIN)
    undo(action, by=maren)
    home.refresh_from_db()
    assert home.people == 3
    assert Theme.objects.filter(pk__in=(1, 2, 3, 4), people=1).count() == 4


def test_a_home_that_is_gone_takes_nobody_in(lying: SimpleNamespace, maren: Any) -> None:
    make_insight(SURE, 3, title=TRAIN, titled_for=1)
    clusters.rebuild([SURE, 1_000_000 + SURE])
    look_who_states_the_same()
    row = Gleaned.objects.get()
    edit.merge(Theme.objects.get(pk=SURE), Theme.objects.get(pk=10), by=maren)
    assert not Gleaned.objects.shown().exists()
    with pytest.raises(ValidationError, match="has been merged"):
        edit.bring_together(row, by=maren)


def test_what_makes_no_sense_is_refused_in_words(train: Gleaned, maren: Any, samir: Any) -> None:
    with pytest.raises(PermissionDenied):
        edit.bring_together(train, by=samir)
    edit.bring_together(train, by=maren)
    with pytest.raises(ValidationError, match="Nobody who states it"):
        edit.bring_together(train, by=maren)


def test_nothing_is_left_of_the_words_of_who_is_erased(
    lying: SimpleNamespace, train: Gleaned, maren: Any
) -> None:
    erase(lying.said[0].customer, by=maren)
    sweep()
    assert not Gleaned.objects.exists()
    assert not GleanedMessage.objects.exists()
    assert IndexState.objects.get().gleaned == 0


def test_a_title_that_may_be_the_words_of_who_is_erased_goes_too(lying: SimpleNamespace, maren: Any) -> None:
    """Of the theme whose title says it: its own people are not among those who are told."""
    home = make_insight(SURE, 3, title=TRAIN, titled_for=1)
    clusters.rebuild([SURE, 1_000_000 + SURE])
    look_who_states_the_same()
    assert Gleaned.objects.get().home == home.theme
    erase(Membership.objects.filter(cluster__theme=SURE)[0].customer, by=maren)
    sweep()
    assert not Gleaned.objects.filter(home=SURE).exists()


def test_the_pages_show_it_and_one_click_brings_it_together(
    lying: SimpleNamespace, train: Gleaned, client: Client, maren: Any, samir: Any
) -> None:
    path = reverse("desk:gleaned_bring", args=[train.pk])
    mixed, one = f"{reverse('desk:insights')}?view=mixed", reverse("desk:insight", args=[1])
    client.force_login(samir)
    page = client.get(mixed).content.decode()
    assert TRAIN in page
    assert path not in page
    assert client.post(path).status_code == 403
    client.force_login(maren)
    page = client.get(mixed).content.decode()
    assert path in page
    assert "missed the train" in page
    assert f"{TRAIN} <b>1</b>" in page
    assert "Said here and there" not in client.get(reverse("desk:insights")).content.decode()
    shown = client.get(one).content.decode()
    assert "What is in it" in shown
    assert "1 person here, 4 in all" in shown
    assert path in shown
    assert "What is in it" not in client.get(reverse("desk:insight", args=[10])).content.decode()
    assert client.get(path).status_code == 405
    assert client.post(reverse("desk:gleaned_bring", args=[987654321])).status_code == 404
    done = client.post(path, follow=True).content.decode()
    assert "is an insight of its own now" in done
    action = ThemeAction.objects.get(kind="split")
    client.post(reverse("desk:action_undo", args=[action.pk]))
    assert path in client.get(mixed).content.decode()


def test_whoever_may_not_see_customers_reads_masked_words(
    lying: SimpleNamespace, train: Gleaned, client: Client, victor: Any
) -> None:
    Message.objects.filter(pk=lying.said[3].pk).update(
        text="I missed the train, write to hanne@home.example or call 0151 2345678"
    )
    client.force_login(victor)
    page = client.get(f"{reverse('desk:insights')}?view=mixed").content.decode()
    assert "I missed the train" in page
    assert "hanne@home.example" not in page
    assert "Person 4" not in page


def test_a_partner_sees_nothing_of_it(train: Gleaned, client: Client, pia: Any) -> None:
    client.force_login(pia)
    assert TRAIN not in client.get(f"{reverse('desk:insights')}?view=mixed").content.decode()
    assert client.post(reverse("desk:gleaned_bring", args=[train.pk])).status_code in (403, 404)


def test_over_the_api(
    lying: SimpleNamespace, train: Gleaned, client: Client, maren: Any, samir: Any, pia: Any
) -> None:
    def call(user: Any, method: str, path: str) -> Any:
        _, secret = Token.issue(user, f"t{path}", ["desk.view", "insight.change", "customer.view"])
        return getattr(client, method)(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})

    row = {"id": train.pk, "said": TRAIN, "home": None, "people": 4, "messages": 4}
    assert call(maren, "get", "gleaned").json() == [row]
    assert call(pia, "get", "gleaned").json() == []
    said = call(maren, "get", f"gleaned/{train.pk}/quotes").json()
    assert {one["message"] for one in said} == lying.train
    bring = f"gleaned/{train.pk}/bring-together"
    assert call(samir, "post", bring).status_code == 403
    done = call(maren, "post", bring)
    assert (done.status_code, done.json()["kind"]) == (201, "split")
    assert call(maren, "post", bring).status_code == 422
    assert call(maren, "delete", f"actions/{done.json()['id']}").json()["undone_at"]
    assert call(maren, "get", "gleaned").json() == [row]


def test_no_query_more_for_more_of_it(train: Gleaned, client: Client, maren: Any) -> None:
    client.force_login(maren)
    _, secret = Token.issue(maren, "t", ["desk.view"])
    paths = (f"{reverse('desk:insights')}?view=mixed", reverse("desk:insight", args=[1]), "/api/v1/gleaned")

    def asked() -> list[int]:
        counts = []
        for path in paths:
            client.get(path, headers={"Authorization": f"Bearer {secret}"})
            with CaptureQueriesContext(connection) as queries:
                client.get(path, headers={"Authorization": f"Bearer {secret}"})
            counts.append(len(queries))
        return counts

    few = asked()
    for pk in range(60, 70):
        make_insight(pk, 4, mixed=True, titled_for=1)
        more = Gleaned.objects.create(said=f"More {pk}")
        for member in Membership.objects.filter(cluster__theme=pk):
            GleanedMessage.objects.create(membership=member, gleaned=more)
    Membership.objects.filter(cluster__theme=60).update(cluster=1)
    assert asked() == few


def test_german_words_are_left_as_they_are(lying: SimpleNamespace) -> None:
    for number, message in enumerate(lying.said):
        text = f"Der Zug nach Köln ist wegen einer Störung schon wieder ausgefallen und niemand sagt uns etwas {number}"
        Message.objects.filter(pk=message.pk).update(text=text)
    Reading.objects.update(language="de")
    assert look_who_states_the_same() == 0
