"""The latest word counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.customers import consent
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db


def test_answering_is_allowed_until_they_say_no(hanne: Any, tomek: Any) -> None:
    consent.withdraw(tomek, "reply", channel_kind="form", source="Link in the e-mail")
    allowed = consent.allowed([hanne.pk, tomek.pk], "reply")
    assert "form" in allowed[hanne.pk] and "form" not in allowed[tomek.pk] and "email" in allowed[tomek.pk]


@pytest.mark.parametrize("purpose", ["notice", "research"])
def test_everything_else_needs_a_yes(hanne: Any, purpose: str) -> None:
    assert not consent.allowed([hanne.pk], purpose)[hanne.pk]
    consent.give(hanne, purpose, channel_kind="email", source="Form")
    allowed = consent.allowed([hanne.pk], purpose)[hanne.pk]
    assert allowed and "email" in allowed and "social" not in allowed


def test_a_later_no_to_everything_takes_back_an_earlier_yes(hanne: Any) -> None:
    now = clock.now()
    for minutes, (say, kind) in enumerate(
        [(consent.give, "email"), (consent.withdraw, ""), (consent.give, "form")]
    ):
        with clock.at(now + timedelta(minutes=minutes)):
            say(hanne, "notice", channel_kind=kind, source="Form")
    allowed = consent.allowed([hanne.pk], "notice")[hanne.pk]
    assert "form" in allowed and "email" not in allowed


def test_each_word_is_a_row_and_a_fact(hanne: Any, samir: Any) -> None:
    consent.give(hanne, "notice", source="On the telephone", by=samir)
    consent.withdraw(hanne, "notice", source="On the telephone", by=samir)
    assert list(hanne.consents.order_by("pk").values_list("granted", "source")) == [
        (True, "On the telephone"),
        (False, "On the telephone"),
    ]
    assert [event.name for event in Event.objects.about(hanne).order_by("pk")] == [
        "customers.consent_given",
        "customers.consent_withdrawn",
    ]


def test_many_people_in_few_statements(hanne: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        assert len(consent.allowed(range(1, 12_001), "notice")) == 12_000
