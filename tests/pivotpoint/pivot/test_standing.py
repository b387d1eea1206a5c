"""What the front line may do at once: made, used within limits, ended; and the pivot it relieves meanwhile."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.channels.models import Conversation, Message
from pivotpoint.customers.models import Customer
from pivotpoint.insights.models import Insight, Membership, Theme
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.metrics.ledger import ledger
from pivotpoint.pivot import gate, standing, use
from pivotpoint.pivot.decide import decide, decide_all
from pivotpoint.pivot.leave import move_work
from pivotpoint.pivot.models import Loop, Passage, Pivot, StandingAnswer, Use
from pivotpoint.pivot.refused import Refused
from tests.pivotpoint.desk.letters import read, write
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now")

FIELDS: dict[str, Any] = {
    "name": "Pay small refunds",
    "conditions": [{"field": "title", "op": "contains", "value": "refund"}],
    "may": "Pay a refund that we owe at once.",
    "template": "Dear {name}, we have paid {amount} today. {agent}",
    "most_amount": Decimal(50),
    "unit": "EUR",
    "most_a_week": 2,
}


@pytest.fixture
def pivot(teams: Any, ines: Any) -> Pivot:
    return make_pivot(teams["finance"], ines)


@pytest.fixture
def insight(pivot: Pivot) -> Insight:
    return make_insight(1, 4)


@pytest.fixture
def small(insight: Insight, pivot: Pivot, maren: Any) -> StandingAnswer:
    return standing.make(pivot, FIELDS, by=maren)


def says(insight: Insight, mail: Any, name: str = "Hanne Vos") -> Conversation:
    """Somebody writes, and it means the same."""
    message = write(mail, name)
    read(message)
    belongs(message, insight)
    assert message.conversation is not None
    return message.conversation


def belongs(message: Message, insight: Insight) -> None:
    Membership.objects.create(
        message=message,
        cluster_id=insight.pk,
        customer=message.customer,
        channel=message.channel,
        said_at=message.said_at,
        day=message.said_at.date(),
        negative=True,
    )


def test_what_it_covers_does_not_pass_the_pivot(small: StandingAnswer, insight: Insight) -> None:
    passage = decide(insight)
    assert passage is not None
    assert (passage.state, passage.standing) == (Passage.State.ANSWERED, small)
    assert decide(insight) is None
    assert not Loop.objects.exists()


def test_not_even_through_an_open_gate(small: StandingAnswer, insight: Insight, pivot: Pivot) -> None:
    Pivot.objects.update(gate="open")
    decide_all()
    assert Passage.objects.get().state == Passage.State.ANSWERED
    assert not Loop.objects.exists()


def test_what_waits_at_the_gate_is_relieved_when_it_begins(
    insight: Insight, pivot: Pivot, maren: Any
) -> None:
    other = make_insight(2, 3, title="Locker code comes late")
    decide(insight)
    decide(other)
    standing.make(pivot, FIELDS, by=maren)
    assert dict(Passage.objects.values_list("insight", "state")) == {1: "answered", 2: "waiting"}
    assert Event.objects.get(name="pivot.standing_made").data["relieved"] == 1


def test_when_it_ends_they_stand_at_the_gate_again(
    small: StandingAnswer, insight: Insight, maren: Any
) -> None:
    decide(insight)
    with pytest.raises(Refused, match="needs a reason"):
        standing.end(small, " ", by=maren)
    standing.end(small, "Too many came back.", by=maren)
    assert Passage.objects.get().state == Passage.State.WAITING
    assert (small.ended_by, small.why_ended) == (maren, "Too many came back.")
    standing.end(small, "Again.", by=maren)
    assert Event.objects.filter(name="pivot.standing_ended").count() == 1


def test_a_change_of_its_conditions_lets_the_rest_through(
    small: StandingAnswer, insight: Insight, maren: Any
) -> None:
    decide(insight)
    standing.change(small, {"most_a_week": 5}, by=maren)
    assert Passage.objects.get().state == Passage.State.ANSWERED
    elsewhere = [{"field": "title", "op": "contains", "value": "locker"}]
    standing.change(small, {"conditions": elsewhere}, by=maren)
    assert Passage.objects.get().state == Passage.State.WAITING


def test_what_grows_out_of_it_stands_at_the_gate_again(insight: Insight, pivot: Pivot, maren: Any) -> None:
    few = [{"field": "people", "op": "at_most", "value": 5}]
    standing.make(pivot, FIELDS | {"conditions": few}, by=maren)
    decide(insight)
    assert standing.settle() == 0
    Theme.objects.filter(pk=insight.pk).update(people=6)
    assert standing.settle() == 1
    assert Passage.objects.get().state == Passage.State.WAITING
    Theme.objects.filter(pk=insight.pk).update(people=5)
    assert standing.settle() == 1
    assert Passage.objects.get().state == Passage.State.ANSWERED


def test_a_person_can_still_let_it_pass(small: StandingAnswer, insight: Insight, maren: Any) -> None:
    passage = decide(insight)
    assert passage is not None
    assert gate.let_pass(passage, by=maren).insight == insight


def test_the_ledger_balances_and_says_answered_where_somebody_answered(
    small: StandingAnswer, insight: Insight, mail: Any, samir: Any
) -> None:
    from pivotpoint.channels import reply

    conversation = says(insight, mail)
    decide(insight)
    before = {line.key: line.messages for line in ledger().lines}
    assert (before["open_loop"], before["answered"]) == (0, 0)
    row = use.use(small, conversation, by=samir, amount=Decimal(20))
    reply.reply(conversation, use.words(row), by=samir)
    after = {line.key: line.messages for line in ledger().lines}
    assert ledger().balances
    assert (after["answered"], after["waiting"]) == (1, before["waiting"] - 1)


def test_an_agent_uses_it_once_a_message_and_nothing_is_sent(
    small: StandingAnswer, insight: Insight, mail: Any, samir: Any
) -> None:
    conversation = says(insight, mail)
    row = use.use(small, conversation, by=samir, amount=Decimal("19.90"))
    assert use.use(small, conversation, by=samir, amount=Decimal(20)).pk == row.pk
    assert use.words(row) == "Dear Hanne Vos, we have paid 19.90 EUR today. Samir Teal"
    assert (row.agent, row.insight) == (samir, insight)
    assert conversation.messages.filter(direction="out").count() == 0  # type: ignore[attr-defined]


def test_a_template_reaches_nothing_but_its_three_marks(
    small: StandingAnswer, insight: Insight, mail: Any, samir: Any, maren: Any
) -> None:
    standing.change(small, {"template": "{name.pk} {0} {agent.password} {}"}, by=maren)
    row = use.use(small, says(insight, mail), by=samir, amount=Decimal(1))
    row.standing.refresh_from_db()
    assert use.words(row) == "{name.pk} {0} {agent.password} {}"
    standing.change(small, {"template": "Dear {name}, {amount}."}, by=maren)
    Customer.objects.filter(pk=row.conversation.customer_id).update(name="{agent} {amount}")
    row = Use.objects.get(pk=row.pk)
    assert use.words(row) == "Dear {agent} {amount}, 1 EUR."


@pytest.mark.parametrize(
    ("amount", "why"), [(None, "Say how much"), (Decimal(51), "more than 50"), (Decimal(-1), "Say how much")]
)
def test_the_amount_has_a_limit(
    small: StandingAnswer, insight: Insight, mail: Any, samir: Any, amount: Decimal | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        use.use(small, says(insight, mail), by=samir, amount=amount)
    assert not small.uses.exists()


def test_the_week_has_a_limit_and_what_is_taken_back_does_not_count(
    small: StandingAnswer, insight: Insight, mail: Any, samir: Any, now: Any
) -> None:
    rows = [
        use.use(small, says(insight, mail, name), by=samir, amount=Decimal(5)) for name in ("Anna K", "Ben O")
    ]
    third = says(insight, mail, "Cara P")
    with pytest.raises(Refused, match="used 2 times in seven days"):
        use.use(small, third, by=samir, amount=Decimal(5))
    use.take_back(rows[0], by=samir)
    use.use(small, third, by=samir, amount=Decimal(5))
    assert use.offers(rows[0].message, insight.pk)[0].left == 0
    with clock.at(now + timedelta(days=8)):
        assert use.use(small, says(insight, mail, "Dora Q"), by=samir, amount=Decimal(5))


def test_it_is_for_words_that_it_covers(small: StandingAnswer, mail: Any, samir: Any, maren: Any) -> None:
    other = make_insight(2, 3, title="Locker code comes late")
    with pytest.raises(Refused, match="about something else"):
        use.use(small, says(other, mail), by=samir, amount=Decimal(5))
    standing.end(small, "Enough.", by=maren)
    with pytest.raises(Refused, match="ended"):
        use.use(small, says(other, mail, "Ben O"), by=samir, amount=Decimal(5))


def test_who_may_do_what(
    small: StandingAnswer, insight: Insight, mail: Any, pivot: Pivot, samir: Any, victor: Any
) -> None:
    with pytest.raises(PermissionDenied):
        standing.make(pivot, FIELDS | {"name": "Another"}, by=samir)
    with pytest.raises(PermissionDenied):
        standing.end(small, "No.", by=samir)
    with pytest.raises(PermissionDenied):
        use.use(small, says(insight, mail), by=victor, amount=Decimal(5))
    with pytest.raises(Refused, match="A person uses"):
        use.use(small, says(insight, mail, "Ben O"), by=None, amount=Decimal(5))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"conditions": []}, "needs 1 to 40"),
        ({"conditions": [{"field": "moon", "op": "is", "value": "full"}]}, "there is no field"),
        ({"unit": ""}, "what the amount is in"),
        ({"most_a_week": 0}, "allows nothing"),
        ({"colour": "blue"}, "has no colour"),
    ],
)
def test_what_makes_no_sense_is_refused(pivot: Pivot, maren: Any, fields: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        standing.make(pivot, FIELDS | fields, by=maren)


def test_when_its_owner_leaves_somebody_else_answers_for_it(
    small: StandingAnswer, ines: Any, maren: Any, ada: Any
) -> None:
    ines.left_at = clock.now()
    ines.save()
    assert move_work(ines, maren, by=ada) == 2  # and the pivot
    small.refresh_from_db()
    assert small.owner == maren


def test_erasing_a_person_takes_their_uses_along(
    small: StandingAnswer, insight: Insight, mail: Any, samir: Any
) -> None:
    from pivotpoint.customers.erase import erase

    conversation = says(insight, mail)
    use.use(small, conversation, by=samir, amount=Decimal(5))
    erase(conversation.customer, by=samir)
    assert not small.uses.exists()
