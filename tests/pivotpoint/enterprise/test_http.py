"""Issues in GitHub, GitLab, Jira and records in a system of one's own, by mappings."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.enterprise.answers.poll import poll
from pivotpoint.enterprise.connectors.http import answers, connector
from pivotpoint.enterprise.handoffs.adopt import adopt
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.jobs import beat
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, handoffs, loops
from pivotpoint.pivot.models import Answer, Destination, Handoff, Loop, Stage
from pivotpoint.pivot.refused import Refused
from tests.handoffs import later, stage
from tests.switchyard import make_insight
from tests.trackers import GitHub, GitLab, Jira, Tracker, tracking

pytestmark = pytest.mark.usefixtures("now", "maren")
KINDS = {"github-issues": GitHub, "gitlab-issues": GitLab, "jira-issues": Jira}


@pytest.fixture(params=KINDS)
def preset(request: Any) -> str:
    return str(request.param)


@pytest.fixture
def tracker(preset: str) -> Iterator[Any]:
    with tracking(KINDS[preset]) as tracker:
        yield tracker


@pytest.fixture
def destination(pivot: Any, tracker: Any, preset: str, maren: Any) -> Destination:
    return lead_to(pivot, maren, tracker, preset)


def lead_to(pivot: Any, by: Any, tracker: Any, preset: str, key: str = "right", **more: Any) -> Destination:
    config = {
        "preset": preset,
        "url": tracker.url,
        "project": tracker.project,
        "user": "ines@fjordhus.example",
    }
    name = f"Tracker {pivot.destinations.count()}"
    return edit.save_destination(pivot, name=name, kind="http", config=config | more, key=key, by=by)


def hand_over(destination: Destination, number: int = 1) -> Handoff:
    return loops.open_loop(make_insight(number), destination.pivot, by=None, why="They wait.").handoffs.get()


def closed(tracker: Tracker, number: int = 1) -> None:
    """Done, as each of them says it."""
    done = {"name": "Done", "statusCategory": {"id": 3, "key": "done"}}
    if isinstance(tracker, Jira):
        tracker.issues[number - 1]["fields"] |= {"status": done, "resolution": {"name": "Done"}}
    else:
        tracker.change(number, state="closed", state_reason="completed")


def refused(tracker: Tracker, number: int = 1) -> None:
    """Closed, and not done."""
    closed(tracker, number)
    if isinstance(tracker, Jira):
        tracker.issues[number - 1]["fields"] |= {"resolution": {"name": "Won't Do"}}
    else:
        tracker.change(number, state_reason="not_planned", labels=["wontfix"])


def taken_up(tracker: Tracker, number: int = 1) -> None:
    if isinstance(tracker, Jira):
        tracker.issues[number - 1]["fields"] |= {"assignee": {"displayName": "Bo"}}
    else:
        tracker.change(number, assignees=[{"id": 3, "login": "bo", "username": "bo"}])


def test_a_hand_off_becomes_an_issue_with_number_and_link(destination: Destination, tracker: Any) -> None:
    handoff = hand_over(destination)
    assert deliver() == 1
    handoff.refresh_from_db()
    assert (handoff.state, handoff.error) == ("sent", "")
    name, link = {
        GitHub: ("Issue #1", "https://github.com/fjordhus/shop/issues/1"),
        GitLab: ("Issue #1", "https://gitlab.example/fjordhus/web/shop/-/issues/1"),
        Jira: ("Issue SHOP-1", f"{tracker.url}/browse/SHOP-1"),
    }[type(tracker)]
    assert (handoff.external_ref, handoff.external_url) == (name, link)
    issue = tracker.issues[0].get("fields", tracker.issues[0])
    text = issue.get("body") or issue["description"]
    assert issue.get("title", issue.get("summary")) == "Refund 1 does not arrive"
    assert text.startswith("Refund 1 does not arrive\n\n3 people said so in 3 messages.")
    assert f"/loops/{handoff.loop_id}/" in text


def test_a_lost_answer_makes_no_second_issue(destination: Destination, tracker: Any) -> None:
    others = [hand_over(destination, number) for number in range(2, 12)]
    deliver()
    tracker.lose = 1
    handoff = hand_over(destination)
    deliver()
    handoff.refresh_from_db()
    assert (handoff.state, len(tracker.issues)) == ("queued", len(others) + 1)
    with later(60):
        assert deliver() == 1
    handoff.refresh_from_db()
    assert (handoff.state, len(tracker.issues)) == ("sent", len(others) + 1)
    assert handoff.external_ref.endswith("11")


def test_sent_again_it_is_the_same_issue(destination: Destination, tracker: Any, ines: Any) -> None:
    handoff = hand_over(destination)
    deliver()
    handoffs.replay(handoff, by=ines)
    assert deliver() == 1
    assert len(tracker.issues) == 1


def test_what_becomes_of_it_there_moves_the_loop(destination: Destination, tracker: Any) -> None:
    handoff = hand_over(destination)
    deliver()
    assert (poll(), stage(handoff)) == (0, Stage.HANDED_OVER)
    taken_up(tracker)
    with later(299):
        assert poll() == 0  # It is asked every five minutes, however often the worker comes round.
    with later(301):
        assert (poll(), stage(handoff)) == (1, Stage.ACCEPTED)
    closed(tracker)
    with later(602):
        assert (poll(), stage(handoff)) == (1, Stage.DELIVERED)


def test_closed_without_doing_it_declines_with_a_note(destination: Destination, tracker: Any) -> None:
    handoff = hand_over(destination)
    deliver()
    refused(tracker)
    assert (poll(), stage(handoff)) == (1, Stage.DECLINED)
    assert Answer.objects.get().note.startswith("Issue ")


def test_a_loop_goes_on_with_an_issue_that_is_there(
    destination: Destination, tracker: Any, maren: Any
) -> None:
    hand_over(destination)
    deliver()  # to have an issue there, which we then forget
    Loop.objects.all().delete()
    insight, reference = make_insight(2), "SHOP-1" if isinstance(tracker, Jira) else "#1"
    with pytest.raises(Refused, match="It knows no record as “.*9”"):
        adopt(insight, destination, reference.replace("1", "9"), by=maren)
    handoff = adopt(insight, destination, reference, by=maren).handoffs.get()
    assert (handoff.state, handoff.external_ref) == ("sent", f"Issue {reference}")
    assert (deliver(), len(tracker.issues)) == (0, 1)
    closed(tracker)
    assert (poll(), stage(handoff)) == (1, Stage.DELIVERED)


def text_of(tracker: Any) -> str:
    (issue,) = tracker.issues
    return str(issue.get("body") or issue.get("description") or issue.get("fields", {}).get("description"))


@pytest.mark.django_db(transaction=True)
def test_erased_words_leave_the_issue(destination: Destination, tracker: Any, maren: Any) -> None:
    handoff = hand_over(destination)
    deliver()
    quotes = handoff.payload["insight"]["quotes"]
    assert len(quotes) > 1
    assert all(quote["text"] in text_of(tracker) for quote in quotes)
    gone = Message.objects.get(pk=quotes[0]["message"])
    erase(gone.customer, by=maren)
    beat.settle()
    text = text_of(tracker)
    assert quotes[0]["text"] not in text
    assert all(quote["text"] in text for quote in quotes[1:])
    assert not Handoff.objects.exclude(state="sent").exists()


@pytest.mark.django_db(transaction=True)
def test_the_words_of_an_issue_that_was_there_stay(
    destination: Destination, tracker: Any, maren: Any
) -> None:
    hand_over(destination)
    deliver()  # to have an issue there, which we then forget
    Loop.objects.all().delete()
    field = (
        "fields" if isinstance(tracker, Jira) else "body" if isinstance(tracker, GitHub) else "description"
    )
    own = tracker.issues[0][field] | {"description": "Theirs."} if field == "fields" else "Theirs."
    tracker.change(1, **{field: own})
    insight = make_insight(2)
    handoff = adopt(insight, destination, "SHOP-1" if field == "fields" else "#1", by=maren).handoffs.get()
    gone = Message.objects.get(pk=handoff.payload["insight"]["quotes"][0]["message"])
    erase(gone.customer, by=maren)
    beat.settle()
    assert text_of(tracker) == "Theirs."
    assert Event.objects.filter(name="pivot.quotes_erased").exists()  # they were in our copy


def test_a_mapping_that_does_not_say_how_forgets_nothing(pivot: Any, maren: Any) -> None:
    config = {"mapping": {"make": {"address": "https://own.example/orders", "method": "POST"}}}
    own = edit.save_destination(pivot, name="Own", kind="http", config=config, by=maren)
    assert not connector.forgets(own)


def test_ten_are_asked_for_at_once_and_the_next_ten_after_them(
    destination: Destination, tracker: Any
) -> None:
    for number in range(1, 14):
        hand_over(destination, number)
    deliver()
    tracker.asked.clear()
    poll()
    assert len(tracker.asked) == 13
    assert len(set(tracker.asked)) == 13


def test_one_that_was_deleted_there_does_not_hide_the_others(destination: Destination, tracker: Any) -> None:
    gone, kept = hand_over(destination), hand_over(destination, 2)
    deliver()
    type(kept.counterpart).objects.filter(handoff=gone).update(
        record="SHOP-99" if isinstance(tracker, Jira) else "99"
    )
    closed(tracker, 2)
    assert (poll(), stage(kept), stage(gone)) == (1, Stage.DELIVERED, Stage.HANDED_OVER)


def test_a_note_that_asks_for_what_is_not_there_hides_nobody_else(
    destination: Destination, tracker: Any
) -> None:
    """The note's word is only in the second record."""
    first, second = hand_over(destination), hand_over(destination, 2)
    deliver()
    closed(tracker)
    closed(tracker, 2)
    tracker.issues[1]["extra"] = "it"
    outcome = {"when": {}, "outcome": "delivered", "note": "See {extra}."}
    destination.config["mapping"] = {"outcomes": [outcome]}
    destination.save()
    assert (poll(), stage(first), stage(second)) == (1, Stage.HANDED_OVER, Stage.DELIVERED)


def test_check_reads_and_makes_nothing(pivot: Any, tracker: Any, preset: str, maren: Any) -> None:
    def wrong(**more: Any) -> str:
        return check_one(lead_to(pivot, maren, tracker, **({"preset": preset} | more))).partition(": ")[2]

    assert wrong() == ""
    assert wrong(key="other").startswith("It answered 401: ")
    assert wrong(project="elsewhere").startswith("It answered 404: ")
    assert wrong(preset="bugzilla") == (
        "There is no preset “bugzilla”; there are github-issues, gitlab-issues, jira-issues."
    )
    assert not tracker.issues


def test_too_many_questions_are_a_reason_to_wait(destination: Destination, tracker: Any) -> None:
    tracker.busy = 1
    handoff = hand_over(destination)
    deliver()
    handoff.refresh_from_db()
    assert (handoff.state, handoff.error) == ("queued", "It asks for patience.")
    assert handoff.next_attempt_at - clock.now() >= timedelta(seconds=120)


def tell(destination: Destination, said: Any, secret: str = "", **headers: str) -> Any:
    body = json.dumps(said).encode()
    own = secret or answers.secret(destination)
    signed = "sha256=" + hmac.new(own.encode(), body, hashlib.sha256).hexdigest()
    if destination.config["preset"] == "gitlab-issues":
        headers = {"X-Gitlab-Token": own} | headers
    elif destination.config["preset"] == "jira-issues":
        headers = {"X-Hub-Signature": signed} | headers
    else:
        headers = {"X-Hub-Signature-256": signed} | headers
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/hooks/{destination.pk}/", body, content_type="application/json", headers=headers)


def test_what_it_tells_us_moves_the_loop_at_once_and_once(destination: Destination, tracker: Any) -> None:
    handoff = hand_over(destination)
    deliver()
    taken_up(tracker)
    assert tell(destination, tracker.tells(1)).json() == {"taken": 1}
    assert stage(handoff) == Stage.ACCEPTED
    assert tell(destination, tracker.tells(1)).json() == {"taken": 0}
    assert poll() == 0
    refused(tracker)
    assert tell(destination, tracker.tells(1)).json() == {"taken": 1}
    assert stage(handoff) == Stage.DECLINED
    assert Answer.objects.count() == 2


def test_a_stranger_tells_us_nothing(destination: Destination, tracker: Any) -> None:
    handoff = hand_over(destination)
    deliver()
    closed(tracker)
    assert tell(destination, tracker.tells(1), secret="guessed").status_code == 401
    assert (
        tell(
            destination,
            tracker.tells(1),
            **{"X-Gitlab-Token": "", "X-Hub-Signature-256": "sha256=", "X-Hub-Signature": ""},
        ).status_code
        == 401
    )
    assert stage(handoff) == Stage.HANDED_OVER


@pytest.mark.parametrize(
    "said", [{}, {"issue": {}}, {"zen": "Keep it simple."}, [], {"issue": None, "object_attributes": 3}]
)
def test_what_is_about_nothing_of_ours_is_fine(destination: Destination, said: Any) -> None:
    response = tell(destination, said)
    assert (response.status_code, response.json()) == (200, {"taken": 0})
