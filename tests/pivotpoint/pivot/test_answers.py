"""What a destination answers moves the loop, once."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.journal.models import Event
from pivotpoint.pivot import handoffs, loops
from pivotpoint.pivot.answers import answer
from pivotpoint.pivot.evidence import masked
from pivotpoint.pivot.models import Answer, Handoff, Stage
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


@pytest.fixture
def handoff(teams: Any, ines: Any) -> Handoff:
    loops.open_loop(make_insight(1, 7), make_pivot(teams["finance"], ines), by=None)
    return Handoff.objects.get()


def test_an_answer_moves_the_loop_once(handoff: Handoff) -> None:
    first = answer(handoff, "accepted", key="a1", actor_name="SAP")
    assert answer(handoff, "accepted", key="a1", actor_name="SAP") == first
    handoff.refresh_from_db()
    assert handoff.state == Handoff.State.ANSWERED
    assert handoff.loop.stage == Stage.ACCEPTED
    assert Event.objects.filter(name="pivot.handoff_answered").count() == 1
    move = handoff.loop.moves.last()
    assert move is not None
    assert move.actor_name == "SAP"


def test_an_answer_that_comes_too_late_is_kept_and_moves_nothing(handoff: Handoff) -> None:
    answer(handoff, "delivered", note="Live.", key="a1", actor_name="SAP")
    answer(handoff, "accepted", key="a2", actor_name="SAP")
    handoff.loop.refresh_from_db()
    assert handoff.loop.stage == Stage.DELIVERED
    assert Answer.objects.count() == 2


def test_a_wrong_answer_is_refused(handoff: Handoff) -> None:
    with pytest.raises(Refused, match="“maybe” is no answer; there are accepted"):
        answer(handoff, "maybe", key="a", actor_name="SAP")
    with pytest.raises(Refused, match="Declining needs a reason"):
        answer(handoff, "declined", key="a", actor_name="SAP")
    assert not Answer.objects.exists()


def test_a_note_moves_nothing(handoff: Handoff) -> None:
    answer(handoff, "note", note="We look at it on Monday.", key="n", actor_name="SAP")
    assert handoff.loop.stage == Stage.HANDED_OVER


def test_the_payload_has_five_quotes_of_different_people_and_no_addresses(handoff: Handoff) -> None:
    insight = handoff.payload["insight"]
    assert (insight["people"], len(insight["quotes"])) == (7, 5)
    assert insight["quotes"][0]["text"] == "I wait for refund 6. Write to me at [e-mail] or call [number]."
    assert "Person 1" not in str(handoff.payload)
    assert handoff.payload["answer_url"].endswith(f"/api/v1/handoffs/{handoff.key}/answers")


def test_masking_leaves_prices_and_years() -> None:
    text = "In 2024 I paid 1,299.00 EUR, @shop. IBAN DE02 1203 0000 0000 2020 51"
    assert masked(text) == "In 2024 I paid 1,299.00 EUR, [name]. IBAN [number]"


def test_pins_and_streets_leave_no_house() -> None:
    text = "My PIN is 4711, call 0151 2345678 or write to 12 Baker Street, London NW1 6XE, #99123456"
    left = "My PIN is [secret], call [number] or write to [address], #[number]"
    assert masked(text) == left


def test_an_erased_persons_words_leave_the_hand_off(handoff: Handoff, maren: Any) -> None:
    gone = handoff.payload["insight"]["quotes"][0]["message"]
    person = Message.objects.get(pk=gone).customer
    Handoff.objects.update(state="sent", attempts_made=1)
    erase(person, by=maren)
    handoff.refresh_from_db()
    left = [quote["message"] for quote in handoff.payload["insight"]["quotes"]]
    assert gone not in left
    assert len(left) == 4
    assert Event.objects.get(name="pivot.quotes_erased").data["messages"] == [gone]
    assert Event.objects.get(name="customers.erased").data["handoffs"] == 1


def test_a_dead_hand_off_is_replayed_under_its_key(handoff: Handoff, ines: Any) -> None:
    Handoff.objects.update(state="dead", attempts_made=12, error="HTTP 500")
    key = handoff.key
    assert handoffs.replay_dead(handoff.destination, by=ines) == 1
    handoff.refresh_from_db()
    assert (handoff.state, handoff.attempts_made, handoff.key) == ("queued", 0, key)
    handoffs.replay(handoff, by=ines)
    assert Event.objects.filter(name="pivot.handoff_replayed").count() == 1
