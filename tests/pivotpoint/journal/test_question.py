"""One question to the journal: who, what, about what, until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pivotpoint.accounts import functions
from pivotpoint.accounts.models import Team
from pivotpoint.journal.models import Event
from pivotpoint.journal.question import Question
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(ada: Any) -> None:
    """Ada adds two functions, the product a third, two days ago."""
    for name in ("Quality", "Repairs"):
        functions.add(name=name, by=ada)
    functions.add(name="Returns", by=None)
    Event.objects.filter(actor_kind="system").update(at=clock.now() - timedelta(days=2))


def test_what_is_not_asked_is_not_filtered(told: None) -> None:
    assert Question().answers().count() == Event.objects.count()


def test_by_one_person_or_by_a_kind_of_actor(told: None, ada: Any) -> None:
    added = Question(name="accounts.function_added")
    assert added.answers().count() == 3
    assert Question(added.name, by=f"user:{ada.pk}").answers().count() == 2
    assert Question(added.name, by="user").answers().count() == 2
    assert Question(added.name, by="system").answers().count() == 1


def test_a_stage_stands_for_all_its_events(told: None) -> None:
    assert Question("accounts").answers().filter(name="accounts.function_added").count() == 3
    assert not Question("account").answers().exists()


def test_about_one_subject(told: None) -> None:
    repairs = Team.objects.get(key="repairs")
    assert [event.subject() for event in Question(about=f"accounts.team:{repairs.pk}").answers()] == [repairs]


def test_until_takes_its_own_day_along(told: None) -> None:
    day = (clock.now() - timedelta(days=2)).date()
    assert Question("accounts.function_added", until=day.isoformat()).answers().count() == 1
    assert not Question(until=(day - timedelta(days=1)).isoformat()).answers().exists()


@pytest.mark.parametrize(
    "wrong",
    [{"by": "user:x"}, {"by": ":7"}, {"about": "pivot.loop:"}, {"about": f"a.b:{2**63}"}, {"until": "x"}]
    + [{"until": "2026-13-40"}, {"until": "9999-12-31"}],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        Question(**wrong).answers()
    assert refused.value.messages[0].endswith(".")
