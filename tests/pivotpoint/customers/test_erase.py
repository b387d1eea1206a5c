"""Erasure leaves no words, no handle, no count."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from pivotpoint.channels import outbox, sending
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Conversation, ImportRun, Message, Reject
from pivotpoint.channels.reply import reply
from pivotpoint.customers import consent, erase
from pivotpoint.customers.merge import merge
from pivotpoint.customers.models import Customer, Merge
from pivotpoint.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(form: Any, samir: Any, hanne: Any, tomek: Any) -> Any:
    """Hanne wrote, was answered, and was merged with somebody."""
    receive(form, [Inbound("1", "UNIQUEWORD is broken", email="hanne@home.example", name="Hanne")])
    reply(Conversation.objects.get(), "UNIQUEWORD again", by=samir)
    consent.give(hanne, "notice", source="UNIQUEWORD form", by=hanne)
    merge(hanne, tomek, by=samir)
    receive(form, [Inbound("2", "Something else", email="oona@home.example")])
    return hanne


def everything() -> str:
    """Every text in every table."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.values():
            found += [str(value) for value in row.values()]
    return "\n".join(found)


def test_nothing_of_them_is_left_in_any_table(known: Any, samir: Any) -> None:
    erase.erase(known, by=samir)

    left = everything()
    for trace in ("UNIQUEWORD", "hanne@home", "Hanne", "tomek@home", "Tomek"):
        assert trace not in left
    assert [message.text for message in Message.objects.all()] == ["Something else"]
    assert Customer.objects.people().count() == 1 and not Merge.objects.exists()


def test_a_refused_address_and_a_refused_row_go_too(
    known: Any, mail: Any, samir: Any, mail_server: Any
) -> None:
    mail_server.refuse = "550 unknown"
    outbox.post(mail, known, purpose="reply", subject="Re", text="Hello", key="k")
    sending.send_due()
    run = ImportRun.objects.create(file_name="old.csv", path="old.csv", digest="0")
    Reject.objects.create(import_run=run, row_number=1, reason="no text", raw="7,Hanne@home.example,")
    Reject.objects.create(import_run=run, row_number=2, reason="no text", raw="8,oona@home.example,")
    assert Event.objects.filter(name="channels.delivery_failed").exists()
    erase.erase(known, by=samir)
    assert "hanne@home" not in everything().lower()
    assert Reject.objects.get().row_number == 2


def test_it_is_a_fact_and_happens_once(known: Any, samir: Any) -> None:
    erase.erase(known, by=samir)
    known.refresh_from_db()
    erase.erase(known, by=samir)
    assert Event.objects.filter(name="customers.erased").count() == 1


def test_a_later_stage_looks_before_the_rows_vanish(known: Any, samir: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(erase, "_before", [])
    erase.before_erasing(lambda ids: {"messages": Message.objects.filter(customer__in=ids).count()})
    erase.erase(known, by=samir)
    assert Event.objects.get(name="customers.erased").data == {"rows": 2, "messages": 2}


def test_whoever_was_erased_and_writes_again_is_somebody_new(known: Any, form: Any, samir: Any) -> None:
    erase.erase(known, by=samir)
    receive(form, [Inbound("3", "Hello again", email="hanne@home.example")])
    assert Message.objects.get(text="Hello again").customer_id not in (known.pk, known.person.pk)


def test_a_viewer_may_not(known: Any, victor: Any) -> None:
    with pytest.raises(PermissionDenied):
        erase.erase(known, by=victor)
