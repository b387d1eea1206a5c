"""What changed is worded from a colleague's notes; a person records it, and only then are notices drafted."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from pivotpoint.accounts.models import Token
from pivotpoint.assistant import suggestions
from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.assistant.notices import draft_notice, paragraph_of
from pivotpoint.channels.models import Message
from pivotpoint.experiences.models import Change, Notice
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop
from tests.chat_server import ChatServer

pytestmark = pytest.mark.django_db
Outcome = Request.Outcome
FACTS = "refunds now paid within 3 days, was 3 weeks"
WORDS = "We pay refunds within 3 days now. Before, it took three weeks."


@pytest.fixture
def loop(yard: SimpleNamespace) -> Loop:
    loop = loops.open_loop(yard.trend, yard.refunds, by=None)
    loops.accept(loop, by=yard.ines)
    return loop


def test_nobody_is_told_until_a_person_records_it(
    loop: Loop, yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    chat.answer = lambda _: WORDS
    row = draft_notice(loop, FACTS, by=yard.ines)
    assert (row.suggestion, row.outcome, row.insight) == (WORDS, Outcome.WAITING, yard.trend)
    assert not Change.objects.exists()
    assert not Notice.objects.exists()
    change = suggestions.record_change(
        row, title="Refunds within 3 days", what=WORDS, live_since=clock.today(), loops=[loop], by=yard.ines
    )
    row.refresh_from_db()
    assert (row.outcome, row.decided_by, change.by) == (Outcome.APPROVED, yard.ines, yard.ines)
    drafted = Notice.objects.filter(change=change)
    assert drafted.count() == 5
    assert not drafted.filter(state__in=("approved", "queued", "told")).exists()
    with pytest.raises(ValidationError, match="does not wait any more"):
        suggestions.throw_away(row, by=yard.ines)


def test_what_leaves_is_masked_and_logged(
    loop: Loop, yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    message = Message.objects.filter(membership__cluster__theme=yard.trend.pk).first()
    assert message is not None
    who = message.customer.name
    Message.objects.filter(pk=message.pk).update(text=f"{message.text} {who}, +49 170 1234567")
    row = draft_notice(loop, f"{FACTS}; ask {who} or ines@fjordhus.example", by=yard.ines)
    (sent,) = chat.came
    assert sent["messages"] == row.sent
    data = json.loads(sent["messages"][1]["content"])
    assert FACTS in data["facts"]
    assert data["said"]
    for private in (who, "1234567", "ines@fjordhus.example"):
        assert private not in sent["messages"][1]["content"]


@pytest.mark.parametrize("answer", ["", "x" * 3_000, "We wrote to [NAME-1] about it."])
def test_what_is_no_paragraph_for_everybody_is_refused(answer: str) -> None:
    with pytest.raises(ValidationError):
        paragraph_of(answer)


def test_links_that_the_model_made_up_are_taken_out() -> None:
    assert paragraph_of("See https://evil.example/x now.") == "See [link removed] now."


def test_without_notes_or_right_or_switch_nothing_leaves(
    loop: Loop, yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    with pytest.raises(ValidationError, match="Note what changed"):
        draft_notice(loop, "  ", by=yard.ines)
    with pytest.raises(PermissionDenied):
        draft_notice(loop, FACTS, by=yard.samir)
    Assistant.objects.update(notices=False)
    with pytest.raises(ValidationError, match="is off for this"):
        draft_notice(loop, FACTS, by=yard.ines)
    assert chat.came == []


def test_the_form_begins_with_the_words_and_recording_settles_them(
    loop: Loop, yard: SimpleNamespace, assistant: Assistant, chat: ChatServer, client: Any
) -> None:
    chat.answer = lambda _: WORDS
    client.force_login(yard.ines)
    page = reverse("desk:change_new", args=[loop.pk])
    assert "Draft the words" in client.get(page).content.decode()
    client.post(reverse("desk:notice_ask", args=[loop.pk]), {"facts": FACTS})
    row = Request.objects.get()
    assert WORDS in client.get(page).content.decode()
    said = {"title": "Faster", "what": WORDS + " Sorry.", "live_since": clock.today(), "suggestion": row.pk}
    client.post(page, said)
    row.refresh_from_db()
    assert (row.outcome, Change.objects.get().what) == (Outcome.EDITED, WORDS + " Sorry.")


def test_thrown_away_on_the_page_and_off_without_a_trace(
    loop: Loop, yard: SimpleNamespace, assistant: Assistant, client: Any
) -> None:
    client.force_login(yard.ines)
    row = draft_notice(loop, FACTS, by=yard.ines)
    client.post(reverse("desk:notice_throw_away", args=[row.pk, loop.pk]))
    row.refresh_from_db()
    assert row.outcome == Outcome.THROWN_AWAY
    Assistant.objects.update(notices=False)
    assert "assistant" not in client.get(reverse("desk:change_new", args=[loop.pk])).content.decode().lower()


def test_over_the_api(loop: Loop, yard: SimpleNamespace, assistant: Assistant, client: Any) -> None:
    bearer = {"Authorization": f"Bearer {Token.issue(yard.ines, 't', ['change.record', 'loop.act'])[1]}"}

    def post(path: str, body: Any) -> Any:
        return client.post(f"/api/v1/{path}", body, content_type="application/json", headers=bearer)

    first = post(f"loops/{loop.pk}/notice-suggestions", {"facts": FACTS})
    assert (first.status_code, first.json()["use"]) == (201, "notice")
    second = post(f"loops/{loop.pk}/notice-suggestions", {"facts": FACTS}).json()["id"]
    change = {"title": "Faster", "what": "Own words", "live_since": "2026-11-16", "loops": [loop.pk]}
    assert post(f"notice-suggestions/{first.json()['id']}/approval", change).status_code == 422
    assert post(f"notice-suggestions/{second}/approval", change | {"loops": [999]}).status_code == 404
    assert post(f"notice-suggestions/{second}/approval", change).json()["outcome"] == "edited"
    gone = client.delete(f"/api/v1/notice-suggestions/{second}", headers=bearer)
    assert gone.status_code == 422
