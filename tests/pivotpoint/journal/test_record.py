from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from pivotpoint.journal import record as journal
from pivotpoint.journal.models import Dispatch, Event
from pivotpoint.lib import clock

NAME = journal.register("accounts.tested", "A test recorded something.")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What a subscriber of NAME was told."""
    told: list[int] = []

    def listener(event: Event) -> None:
        if event.data.get("fail") and not told:
            told.append(-1)
            raise RuntimeError("not now")
        told.append(event.pk)

    monkeypatch.setattr(journal, "_subscribers", {NAME: [listener]})
    monkeypatch.setitem(journal._by_path, f"{listener.__module__}.{listener.__qualname__}", listener)
    return told


def test_an_unregistered_name_is_refused(ada: Any) -> None:
    with pytest.raises(journal.UnknownEvent):
        journal.record("accounts.unheard_of", ada)


@pytest.mark.django_db(transaction=True)
def test_subscribers_hear_of_it_after_the_commit_and_never_of_what_was_rolled_back(
    ada: Any, heard: list[int]
) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        journal.record(NAME, ada, by=ada)
        raise RuntimeError
    assert heard == [] and not Event.objects.filter(name=NAME).exists()
    with transaction.atomic():
        event = journal.record(NAME, ada, by=ada)
        assert heard == []
    assert heard == [event.pk]
    assert not Dispatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_subscriber_that_fails_is_asked_again(ada: Any, heard: list[int]) -> None:
    event = journal.record(NAME, ada, by=ada, fail=True)
    row = Dispatch.objects.get()
    assert row.attempts == 1 and "not now" in row.error
    assert journal.sweep() == 0, "not before it is due"
    with clock.at(row.next_attempt_at):
        assert journal.sweep() == 1
    assert heard == [-1, event.pk]
    assert not Dispatch.objects.exists()


def test_an_event_says_who_did_it(ada: Any) -> None:
    assert journal.record(NAME, ada, by=ada).actor_name == "Ada Winther"
    assert journal.record(NAME, ada).actor_kind == "system"


@pytest.mark.django_db(transaction=True)
def test_a_subscriber_may_take_all_that_waits_for_it_at_once(
    ada: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[int]] = []

    def together(event: Event) -> None:
        some = [one.data["number"] for one in journal.with_waiting(event, together)]
        calls.append(some)
        if 13 in some:
            raise RuntimeError("unlucky")

    monkeypatch.setattr(journal, "_subscribers", {NAME: [together]})
    monkeypatch.setitem(journal._by_path, f"{together.__module__}.{together.__qualname__}", together)
    with transaction.atomic():
        for number in range(4):
            journal.record(NAME, ada, by=ada, number=number)
    assert calls == [[0, 1, 2, 3]]
    assert not Dispatch.objects.exists()

    calls.clear()
    with transaction.atomic():
        for number in (13, 14):
            journal.record(NAME, ada, by=ada, number=number)
    assert calls == [[13, 14], [14]], "the bad one waits for its next attempt alone"
    assert [row.attempts for row in Dispatch.objects.all()] == [1]


@pytest.mark.django_db(transaction=True)
def test_many_facts_are_recorded_and_told_as_one_by_one(ada: Any, heard: list[int]) -> None:
    with transaction.atomic():
        journal.record_facts([journal.Fact(NAME, ada, {"n": n}) for n in range(5)], by=ada)
        assert heard == []
    events = list(Event.objects.filter(name=NAME).order_by("pk"))
    assert heard == [event.pk for event in events]
    assert [(event.data, event.actor_name) for event in events] == [({"n": n}, ada.name) for n in range(5)]
    assert not Dispatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_facts_one_that_fails_holds_up_no_other(ada: Any, heard: list[int]) -> None:
    journal.record_facts([journal.Fact(NAME, ada, {"fail": n == 0}) for n in range(3)])
    assert len(heard) == 3 and heard[0] == -1
    assert Dispatch.objects.get().attempts == 1


def test_of_many_facts_none_may_have_an_unregistered_name(ada: Any) -> None:
    with pytest.raises(journal.UnknownEvent):
        journal.record_facts([journal.Fact("accounts.unheard_of", ada, {})])


def test_a_subscriber_hears_only_of_what_concerns_it(
    ada: Any, heard: list[int], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    (path,) = (path for path in journal._by_path if path.endswith("heard.<locals>.listener"))
    monkeypatch.setitem(journal._concerns, (NAME, path), lambda data: data.get("purpose") != "reply")
    with django_capture_on_commit_callbacks(execute=True):
        journal.record(NAME, ada, purpose="reply")
        one = journal.record(NAME, ada, purpose="notice")
        journal.record_many(NAME, [ada], purpose="reply")
        facts = [journal.Fact(NAME, ada, {"purpose": purpose}) for purpose in ("reply", "notice")]
        journal.record_facts(facts)
        assert Dispatch.objects.count() == 2
    other = Event.objects.filter(name=NAME, data__purpose="notice").latest("pk")
    assert heard == [one.pk, other.pk]
    assert Event.objects.filter(name=NAME).count() == 5
