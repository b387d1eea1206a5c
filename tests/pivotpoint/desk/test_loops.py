"""Loops, from accepting to telling, through the pages."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity
from pivotpoint.desk.rail import rail, span
from pivotpoint.experiences.models import Change, Notice
from pivotpoint.lib import clock
from pivotpoint.pivot import gate, loops, stages
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Handoff, Loop, Passage
from tests.pivotpoint.desk.scene import url


@pytest.fixture
def loop(yard: SimpleNamespace) -> Loop:
    return loops.open_loop(yard.trend, yard.refunds, by=yard.maren)


@pytest.fixture
def owner(yard: SimpleNamespace, client: Client) -> Client:
    client.force_login(yard.ines)
    return client


def test_the_list_puts_what_is_due_first_and_counts_what_is_late(owner: Client, loop: Loop, now: Any) -> None:
    with clock.at(now + timedelta(days=9)):
        page = owner.get(url("loops") + "?view=late")
        assert [row.pk for row in page.context["page"]] == [loop.pk]
        assert "7 d late" in page.content.decode()
    assert not owner.get(url("loops") + "?view=late").context["page"].object_list
    assert owner.get(url("loops") + "?view=mine").context["counts"]["mine"] == 1


def test_accept_start_and_the_rail(owner: Client, loop: Loop) -> None:
    owner.post(url("loop_step", loop.pk, "accept"))
    owner.post(url("loop_step", loop.pk, "start"))
    stations = owner.get(url("loop", loop.pk)).context["stations"]
    assert [one.state for one in stations] == ["done", "done", "done", "now", "next", "next", "next"]
    assert owner.get(url("loop", loop.pk)).context["verbs"] >= {"deliver", "decline", "reassign"}


def test_there_are_no_other_steps(owner: Client, loop: Loop) -> None:
    assert owner.post(url("loop_step", loop.pk, "forget")).status_code == 404
    assert owner.get(url("loop_step", loop.pk, "accept")).status_code == 405


def test_a_passed_target_is_marked_on_the_rail(yard: SimpleNamespace, loop: Loop, now: Any) -> None:
    with clock.at(now + timedelta(days=4)):
        loops.accept(loop, by=yard.ines)
    accepted = rail(loop, list(loop.moves.all()))[2]
    assert (accepted.label, accepted.state, accepted.missed) == ("Accepted", "now", False)
    with clock.at(now + timedelta(days=5)):
        loops.start(loop, by=yard.ines)
    assert rail(loop, list(loop.moves.all()))[2].missed


@pytest.mark.parametrize(
    ("hours", "words"), [(0.5, "30 min"), (3, "3 h"), (60, "2.5 d"), (72, "3 d"), (480, "20 d")]
)
def test_spans(hours: float, words: str) -> None:
    assert span(hours) == words


def test_declining_needs_a_reason(owner: Client, loop: Loop) -> None:
    page = owner.post(url("loop_step", loop.pk, "decline"), {"reason": " "}, follow=True).content.decode()
    assert "Declining needs a reason" in page
    owner.post(url("loop_step", loop.pk, "decline"), {"reason": "The carrier sets the date."})
    loop.refresh_from_db()
    assert loop.stage == "declined"
    assert "The carrier sets the date." in owner.get(url("loop", loop.pk)).content.decode()


def test_reopening_and_confirming_follow_the_stage(owner: Client, yard: SimpleNamespace, loop: Loop) -> None:
    loops.deliver(loop, by=yard.ines)
    assert "reopen" in owner.get(url("loop", loop.pk)).context["verbs"]
    owner.post(url("loop_step", loop.pk, "reopen"), {"reason": "It is not fixed."})
    loop.refresh_from_db()
    assert (loop.stage, loop.times_reopened) == ("handed_over", 1)
    stations = owner.get(url("loop", loop.pk)).context["stations"]
    assert [one.state for one in stations][:3] == ["done", "now", "next"]


def test_somebody_who_may_not_act_cannot_be_made_owner(
    owner: Client, yard: SimpleNamespace, loop: Loop
) -> None:
    page = owner.post(url("loop_reassign", loop.pk), {"owner": yard.victor.pk}, follow=True).content.decode()
    assert "may not act on loops" in page
    owner.post(url("loop_reassign", loop.pk), {"owner": yard.joris.pk})
    loop.refresh_from_db()
    assert loop.owner == yard.joris


def test_a_dead_hand_off_is_replayed(owner: Client, loop: Loop) -> None:
    handoff = loop.handoffs.get()
    Handoff.objects.filter(pk=handoff.pk).update(state="dead", attempts_made=12, error="No answer.")
    assert "No answer." in owner.get(url("loop", loop.pk)).content.decode()
    owner.post(url("handoff_replay", handoff.pk))
    assert Handoff.objects.get().state == "queued"


def test_the_gate_is_passed_or_held_with_a_reason(yard: SimpleNamespace, client: Client) -> None:
    passage = decide(yard.trend)
    assert passage is not None
    client.force_login(yard.maren)
    page = client.post(url("hold", passage.pk), {"reason": ""}, follow=True).content.decode()
    assert "Holding back needs a reason." in page
    client.post(url("hold", passage.pk), {"reason": "Too early."})
    assert Passage.objects.get().state == "held"
    client.post(url("let_pass", passage.pk))
    assert Loop.objects.get().insight == yard.trend


def reachable() -> None:
    """Everybody behind it gave an address and allows to be told."""
    for person in Customer.objects.filter(backings__theme=1):
        Identity.objects.create(customer=person, kind="email", handle=f"p{person.pk}@home.example")
        consent.give(person, "notice", source="The form")


def test_a_change_is_recorded_and_its_notices_are_read_changed_and_approved(
    owner: Client, yard: SimpleNamespace, loop: Loop, mail: Any
) -> None:
    reachable()
    form = {
        "title": "Credits after ten days",
        "what": "We credit by ourselves.",
        "live_since": "2026-11-16",
        "public": "on",
    }
    response = owner.post(url("change_new", loop.pk), form)
    assert response["Location"] == url("notices", loop.pk)
    assert Change.objects.get().loops.get() == loop
    drafts = list(Notice.objects.filter(loop=loop, state="draft"))
    assert len(drafts) == 5
    assert "5 wait for a person to approve them." in owner.get(url("notices", loop.pk)).content.decode()
    owner.post(url("notice_edit", drafts[0].pk), {"text": "Dear you, it is done: {link}", "subject": "Done"})
    owner.post(url("notice_edit", drafts[1].pk), {"as": "leave-out", "reason": "Told on the phone"})
    owner.post(url("notices_approve", loop.pk), {"notice": [drafts[0].pk]})
    assert Notice.objects.get(pk=drafts[0].pk).subject == "Done"
    assert Notice.objects.get(pk=drafts[0].pk).approved_by == yard.ines
    assert Notice.objects.get(pk=drafts[1].pk).why_not == "Told on the phone"
    owner.post(url("notices_approve", loop.pk), {"all": "1"})
    assert not Notice.objects.filter(state="draft").exists()
    page = owner.get(url("loop", loop.pk))
    assert page.context["preview"].people == 5
    assert "Credits after ten days" in page.content.decode()


def test_a_change_of_tomorrow_is_refused_on_the_form(owner: Client, loop: Loop) -> None:
    form = {"title": "Soon", "what": "It will be better.", "live_since": "2026-12-24"}
    page = owner.post(url("change_new", loop.pk), form).content.decode()
    assert "this date is still to come" in page
    assert not Change.objects.exists()


def test_the_same_number_of_queries_for_more_loops(
    owner: Client, yard: SimpleNamespace, loop: Loop, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16) as few:
        owner.get(url("loops"))
    for insight in (yard.pattern, yard.voice):
        loops.open_loop(insight, yard.refunds, by=yard.maren)
    with django_assert_max_num_queries(16) as many:
        owner.get(url("loops"))
    assert len(many) <= len(few)


def test_a_gate_that_was_passed_says_so_only_once(yard: SimpleNamespace) -> None:
    passage = decide(yard.trend)
    assert passage is not None
    assert gate.let_pass(passage, by=yard.maren) == gate.let_pass(passage, by=yard.maren)


def test_the_owner_finds_words_for_a_reason_that_was_noted_for_us(
    owner: Client, yard: SimpleNamespace, loop: Loop
) -> None:
    stages.advance(loop, "declined", None, reason="Code 17.")
    page = owner.get(url("loop", loop.pk)).content.decode()
    assert "Nobody has been told why." in page and "What those who asked are told" in page
    owner.post(url("loop_step", loop.pk, "say-why"), {"reason": "The carrier sets the date."})
    move = loop.moves.last()
    assert move is not None and move.told == "The carrier sets the date."
    page = " ".join(owner.get(url("loop", loop.pk)).content.decode().split())
    assert "Nobody has been told why." not in page
    assert "Code 17. They are told: The carrier sets the date." in page


def test_words_that_are_refused_come_back_as_they_were_typed(
    owner: Client, yard: SimpleNamespace, loop: Loop, mail: Any
) -> None:
    reachable()
    form = {"title": "Credits", "what": "We credit by ourselves.", "live_since": "2026-11-16", "public": "on"}
    owner.post(url("change_new", loop.pk), form)
    draft = Notice.objects.filter(loop=loop, state="draft").order_by("-pk")[0]
    path = url("notice_edit", draft.pk)
    page = owner.post(path, {"text": "Half a letter {li", "subject": "My subject"})
    shown = page.content.decode()
    assert page.status_code == 422
    assert "Half a letter {li</textarea>" in shown and 'value="My subject"' in shown
    assert re.search(r'<details class="more" open>.*?role="alert"', shown, re.DOTALL)
    assert Notice.objects.get(pk=draft.pk).text == draft.text


def test_a_notice_that_a_colleague_worded_meanwhile_is_not_overwritten(
    owner: Client, yard: SimpleNamespace, loop: Loop, mail: Any
) -> None:
    reachable()
    form = {"title": "Credits", "what": "We credit by ourselves.", "live_since": "2026-11-16", "public": "on"}
    owner.post(url("change_new", loop.pk), form)
    draft = Notice.objects.filter(loop=loop, state="draft").order_by("pk")[0]
    path = url("notice_edit", draft.pk)
    seen = owner.get(url("notices", loop.pk)).content.decode()
    was = re.search(rf'{path}.*?name="was" value="([^"]*)"', seen, re.DOTALL)
    assert was
    owner.post(path, {"text": "Theirs: {link}", "subject": "Theirs"})
    mine = {"text": "Mine: {link}", "subject": "Mine"}
    again = owner.post(path, mine | {"was": was[1]}).content.decode()
    assert "Somebody has changed this meanwhile" in again and "Mine: {link}" in again
    assert Notice.objects.get(pk=draft.pk).subject == "Theirs"
    was = re.search(rf'{path}.*?name="was" value="([^"]*)"', again, re.DOTALL)
    assert was
    owner.post(path, mine | {"was": was[1]})
    assert Notice.objects.get(pk=draft.pk).subject == "Mine"
