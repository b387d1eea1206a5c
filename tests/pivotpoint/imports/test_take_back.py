"""A mistaken import goes back whole, the right file can come, and all of it can be let in again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pivotpoint.channels.imports import take_back
from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.channels.release import release
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Purpose
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Notice
from pivotpoint.insights.models import Backing, Insight, Membership, Theme
from pivotpoint.jobs import beat
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.models import Reading
from pivotpoint.metrics.ledger import ledger
from pivotpoint.pivot import loops
from tests.journey.whole import check_sums
from tests.switchyard import make_pivot

pytestmark = pytest.mark.django_db
Upload = Callable[..., ImportRun]

WHY = "The agents' notes, not the customers' words."
HEAD = "review_id,customer,mail,when,stars,comment\n"


def rows(first: int, people: list[str], words: str = "My refund for the lamp has not arrived.") -> str:
    return HEAD + "".join(
        f"{first + i},{name},{name}@home.example,2026-11-0{1 + i % 9}T10:00:00Z,1,{words}\n"
        for i, name in enumerate(people)
    )


@pytest.fixture
def right(upload: Upload, take_in: Upload) -> ImportRun:
    """Three people ask for a refund."""
    run = take_in(upload(rows(1, ["hanne", "tomek", "oona"]), "right.csv"))
    beat.settle()
    return run


@pytest.fixture
def wrong(right: ImportRun, upload: Upload, take_in: Upload) -> ImportRun:
    """A file that says the same for three others and for one of them."""
    text = rows(11, ["rhea", "ida", "uwe", "hanne"])
    run = take_in(upload(text, "wrong.csv", consent_source="Survey of May"))
    beat.settle()
    return run


def back(run: ImportRun, by: Any) -> ImportRun:
    take_back.take_back(run, WHY, by=by)
    beat.settle()
    run.refresh_from_db()
    return run


def refund() -> Theme:
    return Theme.objects.get(pk=Membership.objects.values("cluster__theme").earliest("pk")["cluster__theme"])


def person(number: int) -> Customer:
    """Who said this row."""
    return Message.objects.get(external_id=str(number), import_run__file_name="wrong.csv").customer


def lines() -> dict[str, int]:
    counted = ledger(fresh=True)
    assert counted.balances
    return {line.key: line.messages for line in counted.lines if line.messages}


def test_its_people_leave_the_insight_and_the_ledger_balances(wrong: ImportRun, maren: Any) -> None:
    assert (refund().people, refund().messages) == (6, 7)
    run = back(wrong, maren)
    assert (run.state, run.moved) == ("back", 4)
    assert (refund().people, refund().messages) == (3, 3)
    assert Backing.objects.filter(theme=refund().pk).count() == 3
    aside = Message.objects.filter(import_run=run)
    assert set(aside.values_list("quarantined", flat=True)) == {f"Taken back: {WHY}"}
    assert not Reading.objects.filter(message__import_run=run).exists()
    assert lines() == {"quarantined": 4, "waiting": 3}
    check_sums()
    told = Event.objects.get(name="channels.import_taken_back")
    assert (told.data["reason"], told.actor_name) == (WHY, maren.name)


def test_it_says_before_what_it_would_touch(wrong: ImportRun, maren: Any, ines: Any, teams: Any) -> None:
    loops.open_loop(Insight.objects.get(pk=refund().pk), make_pivot(teams["finance"], ines), by=maren)
    found = dict(take_back.would(wrong))
    assert found["Messages that would be set aside"] == 4
    assert found["People who said them"] == 4
    assert found["Insights that would lose people"] == 1
    assert found["Insights behind which nobody would be left"] == 0
    assert found["Open loops that would lose people"] == 1
    assert Message.objects.exclude(quarantined="").count() == 0, "asking changes nothing"


def test_asking_takes_a_constant_number_of_queries(right: ImportRun, wrong: ImportRun) -> None:
    with CaptureQueriesContext(connection) as few:
        take_back.would(right)
    with CaptureQueriesContext(connection) as more:
        take_back.would(wrong)
    assert len(few) == len(more)


def test_the_mended_file_comes_with_the_same_numbers(
    wrong: ImportRun, maren: Any, upload: Upload, take_in: Upload
) -> None:
    back(wrong, maren)
    mended = take_in(upload(rows(11, ["rhea", "ida"], "The lamp arrived with a scratch."), "mended.csv"))
    assert (mended.accepted, mended.repeated) == (2, 0)
    beat.settle()
    take_back.let_in(wrong, by=maren)
    beat.settle()
    wrong.refresh_from_db()
    assert (wrong.state, wrong.moved) == ("done", 2), "two came in again meanwhile"
    assert Message.objects.exclude(quarantined="").count() == 2
    assert Message.objects.get(external_id="11").import_run == mended
    assert lines()["quarantined"] == 2
    check_sums()


def test_let_in_again_it_is_as_before(wrong: ImportRun, maren: Any) -> None:
    theme, before = refund(), dict(Message.objects.values_list("pk", "external_id"))
    back(wrong, maren)
    take_back.let_in(wrong, by=maren)
    beat.settle()
    assert refund() == theme
    assert (refund().people, refund().messages) == (6, 7)
    assert dict(Message.objects.values_list("pk", "external_id")) == before
    assert not any("taken_back_id" in data for data in Message.objects.values_list("data", flat=True))
    wrong.refresh_from_db()
    assert wrong.can_be_taken_back
    check_sums()


def test_what_people_corrected_holds_when_it_is_read_again(wrong: ImportRun, maren: Any, samir: Any) -> None:
    message = Message.objects.get(external_id="11")
    was = message.reading.intent
    correct(message, "intent", "question", by=samir)
    assert was != "question"
    back(wrong, maren)
    take_back.let_in(wrong, by=maren)
    beat.settle()
    reading = Reading.objects.get(pk=message.pk)
    assert (reading.intent, reading.corrected, reading.confidence["intent"]) == ("question", True, 1.0)


def test_only_the_consent_that_it_brought_goes_with_it(wrong: ImportRun, maren: Any) -> None:
    rhea, uwe = person(11), person(13)
    consent.give(uwe, Purpose.NOTICE, source="He ticked a box.")
    assert consent.allowed([rhea.pk], Purpose.NOTICE)[rhea.pk]
    back(wrong, maren)
    found = consent.allowed([rhea.pk, uwe.pk], Purpose.NOTICE)
    assert (bool(found[rhea.pk]), bool(found[uwe.pk])) == (False, True)
    take_back.let_in(wrong, by=maren)
    beat.settle()
    assert consent.allowed([rhea.pk], Purpose.NOTICE)[rhea.pk]


def test_nobody_is_written_to_whom_only_it_brought(
    wrong: ImportRun, maren: Any, ines: Any, teams: Any
) -> None:
    insight = Insight.objects.get(pk=refund().pk)
    loop = loops.open_loop(insight, make_pivot(teams["finance"], ines), by=maren)
    what = {"title": "Refunds go out", "what": "The same day.", "live_since": clock.today()}
    changes.record(**what, loops=[loop], by=maren)
    beat.settle()
    only = {person(number) for number in (11, 12, 13)}
    assert Notice.objects.filter(loop=loop, state="draft", customer__in=only).count() == 3
    hanne = person(14)
    back(wrong, maren)
    rows = Notice.objects.filter(loop=loop, customer__in=only)
    assert {row.why_not for row in rows} == {"Only an import that was taken back told of them."}
    others = Notice.objects.filter(loop=loop).exclude(customer__in=only)
    assert hanne in {row.customer for row in others}, "she had said it before"
    assert not others.filter(why_not__startswith="Only an import").exists()
    loop.refresh_from_db()
    assert loop.owner == ines and loop.closed_at is None


def test_what_cannot_be_taken_back_says_why(
    wrong: ImportRun, upload: Upload, take_in: Upload, maren: Any, victor: Any
) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        take_back.take_back(wrong, "  ", by=maren)
    with pytest.raises(PermissionDenied):
        take_back.take_back(wrong, WHY, by=victor)
    dry = take_in(upload(rows(50, ["zoe"])), dry_run=True)
    for run in (dry, upload(rows(60, ["zoe"]))):
        with pytest.raises(ValidationError, match="Only an import that has ended"):
            take_back.take_back(run, WHY, by=maren)
    with pytest.raises(ValidationError, match="has not been taken back"):
        take_back.let_in(wrong, by=maren)
    back(wrong, maren)
    with pytest.raises(ValidationError, match="let that in again"):
        release(Message.objects.filter(import_run=wrong).latest("pk"), by=maren)


def test_a_turn_back_in_the_middle_leaves_nothing_aside(
    wrong: ImportRun, maren: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One slice of two is set aside when somebody lets it in again."""
    monkeypatch.setattr(take_back, "AT_ONCE", 2)
    take_back.take_back(wrong, WHY, by=maren)
    take_back.move_some()
    assert Message.objects.exclude(quarantined="").count() == 2
    take_back.let_in(wrong, by=maren)
    beat.settle()
    assert not Message.objects.exclude(quarantined="").exists()
    assert (refund().people, refund().messages) == (6, 7)
    check_sums()


def test_on_the_page_with_its_reason(wrong: ImportRun, maren: Any, client: Client) -> None:
    client.force_login(maren)
    there = f"/import/{wrong.pk}/take-back/"
    assert there in client.get(f"/import/{wrong.pk}/").content.decode()
    page = client.get(there).content.decode()
    assert "Messages that would be set aside" in page and "<b>4</b>" in page
    refused = client.post(there, {"why": " "})
    assert refused.status_code == 422 and "Say why it is taken back" in refused.content.decode()
    assert client.post(there, {"why": WHY}).status_code == 302
    assert "Being taken back" in client.get(f"/import/{wrong.pk}/").content.decode()
    beat.settle()
    assert "4 messages set aside" in client.get(f"/import/{wrong.pk}/").content.decode()
    assert "Nothing is kept apart" in client.get("/inbox/apart/").content.decode(), "not one by one"
    client.post(f"/import/{wrong.pk}/let-in/")
    beat.settle()
    assert there in client.get(f"/import/{wrong.pk}/").content.decode()
