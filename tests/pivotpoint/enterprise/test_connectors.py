"""What each kind of destination gets, and what is wrong with it."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.enterprise.connectors import MappingError, find, kinds
from pivotpoint.enterprise.connectors.exchange import patience
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.systems.check import check
from pivotpoint.lib import clock
from pivotpoint.lib.http import Answer
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Destination, Handoff, Stage
from tests.receiver import SECRET, receiving
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


@pytest.fixture
def pivot(teams: Any, ines: Any) -> Any:
    return make_pivot(teams["finance"], ines, destinations=0)


def sent(pivot: Any, kind: str, **config: Any) -> Handoff:
    destination = Destination.objects.create(pivot=pivot, name=kind, kind=kind, config=config)
    loops.open_loop(make_insight(), pivot, by=None, why="Three people wait for their money.")
    assert deliver() == 1
    return destination.handoffs.get()


def test_every_folder_is_a_connector() -> None:
    assert set(kinds()) == {"email", "http", "matrix", "tasks", "tryton", "webhook"}
    assert all(each.LABEL and each.CONFIG for each in kinds().values())
    with pytest.raises(
        MappingError, match="no connector “fax”; there are email, http, matrix, tasks, tryton, webhook"
    ):
        find("fax")


def test_a_task_is_made_once_and_finishing_it_delivers(pivot: Any, ines: Any) -> None:
    handoff = sent(pivot, "tasks")
    task = Task.objects.get()
    assert (task.owner, task.team, task.due_at) == (ines, pivot.team, handoff.loop.due_at)
    assert handoff.external_ref == f"task {task.pk}"
    find("tasks").deliver(handoff, handoff.destination)
    assert Task.objects.count() == 1
    tasks.finish(task, by=ines, note="Paid out.")
    handoff.refresh_from_db()
    assert (handoff.state, handoff.loop.stage) == ("answered", Stage.DELIVERED)


def test_a_task_may_be_declined_with_a_reason(pivot: Any, ines: Any) -> None:
    handoff = sent(pivot, "tasks")
    tasks.finish(Task.objects.get(), by=ines, note="The bank forbids it.", outcome="declined")
    assert Handoff.objects.get(pk=handoff.pk).loop.stage == Stage.DECLINED


def test_a_letter_has_the_evidence_and_says_how_to_answer(pivot: Any) -> None:
    handoff = sent(pivot, "email", to="orders@erp.example, claims@erp.example")
    letter = mail.outbox[0]
    assert letter.to == ["orders@erp.example", "claims@erp.example"]
    assert letter.subject == "[Refunds] Refund 1 does not arrive"
    assert letter.extra_headers["Message-ID"] == handoff.external_ref
    assert handoff.external_ref.startswith(f"<{handoff.key}.")
    assert "3 people said so in 3 messages" in letter.body
    assert "“I wait for refund 2. Write to me at [e-mail] or call [number].” (Letters)" in letter.body
    assert "The next step is due on 19 November 2026, 09:00." in letter.body
    assert f"/loops/{handoff.loop_id}/" in letter.body


def test_a_refused_address_is_for_a_person_and_a_busy_server_is_for_later(
    pivot: Any, monkeypatch: Any
) -> None:
    def refuse(code: int) -> Any:
        def send(*_: Any, **__: Any) -> None:
            raise smtplib.SMTPRecipientsRefused({"x@erp.example": (code, b"no")})

        return send

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse(450))
    handoff = sent(pivot, "email", to="x@erp.example")
    assert (handoff.state, handoff.error) == ("queued", "The mail server does not take x@erp.example now.")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse(550))
    with clock.at(clock.now() + timedelta(minutes=1)):
        deliver()
    handoff.refresh_from_db()
    assert (handoff.state, handoff.error) == ("dead", "The mail server refuses x@erp.example.")


def test_a_destination_may_ask_for_patience() -> None:
    assert patience(Answer(429, {"retry-after": "120"}, b"")) == 120
    assert patience(Answer(429, {"retry-after": "99999"}, b"")) == 3600
    in_a_minute = (clock.now() + timedelta(minutes=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert patience(Answer(503, {"retry-after": in_a_minute}, b"")) == 60
    assert patience(Answer(503, {"retry-after": "soon"}, b"")) == 0


def test_check_names_what_is_wrong_in_one_sentence(pivot: Any, settings: Any) -> None:
    def add(kind: str, **config: Any) -> None:
        Destination.objects.create(pivot=pivot, name=kind, kind=kind, config=config)

    add("tasks")
    add("tasks", team="moon")
    add("tasks", owner="gone@fjordhus.example")
    add("email", to="nobody")
    add("email", to="orders@erp.example")
    add("webhook", url="http://127.0.0.1:9/")
    add("fax")
    with receiving(SECRET) as receiver:
        settings.OUTGOING_PRIVATE_HOSTS = [receiver.url.split("/")[2]]
        add("webhook", url=receiver.url)
        Destination.objects.filter(kind="webhook").update(secret=SECRET)
        found = [sentence.removeprefix("Refunds → ") for sentence in check()]
    assert found == [
        "tasks: There is no function “moon”.",
        "tasks: Nobody here has the e-mail address gone@fjordhus.example.",
        "email: “nobody” is no e-mail address.",
        "webhook: 127.0.0.1 is at the private address 127.0.0.1; name it in OUTGOING_PRIVATE_HOSTS to allow it.",
        "fax: There is no connector “fax”; there are email, http, matrix, tasks, tryton, webhook.",
    ]
    assert list(receiver.taken.values()) == [{"type": "ping"}]


@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_hand_off_is_due_with_its_loop_and_ends_with_it(pivot: Any, ines: Any) -> None:
    loop = sent(pivot, "tasks").loop
    loops.accept(loop, by=ines, due_at=clock.now() + timedelta(days=20))
    task = Task.objects.get(loop=loop)
    assert task.due_at == loop.due_at
    loops.decline(loop, "The contract ends in May anyway.", by=ines)
    task.refresh_from_db()
    assert task.done_at is not None
