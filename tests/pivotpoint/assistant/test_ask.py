"""The budget holds, the log is first, and whatever goes wrong is one sentence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from pivotpoint.assistant import endpoint
from pivotpoint.assistant.answers import draft_answer
from pivotpoint.assistant.budget import spent
from pivotpoint.assistant.change import change
from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.channels.models import Channel, Message
from pivotpoint.customers.erase import erase
from pivotpoint.lib import clock
from tests.chat_server import ChatServer, chatting
from tests.pivotpoint.desk.letters import write

pytestmark = pytest.mark.django_db
Outcome = Request.Outcome


def draft(message: Message, samir: Any) -> Request:
    return draft_answer(message.conversation, by=samir)


def test_tokens_and_money_are_counted_as_the_endpoint_says(
    hers: Message, samir: Any, assistant: Assistant
) -> None:
    row = draft(hers, samir)
    assert (row.tokens, row.cost) == (120, Decimal("0.00014"))
    assert (spent().tokens, spent().cost) == (120, Decimal("0.00014"))
    with clock.at(clock.now() + timedelta(days=31)):
        assert spent().tokens == 0, "a new month"


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": -5, "completion_tokens": "many"}, "nonsense"])
def test_an_endpoint_that_does_not_count_is_counted_for(
    hers: Message, samir: Any, assistant: Assistant, chat: ChatServer, usage: Any
) -> None:
    chat.usage = usage
    assert draft(hers, samir).tokens > 500


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ({"monthly_tokens": 1_200}, "tokens for this month"),
        ({"price_in": 1_000, "price_out": 2_000, "monthly_cost": 2}, "money for this month"),
    ],
)
def test_a_budget_that_is_spent_says_so_and_nothing_leaves(
    hers: Message, samir: Any, assistant: Assistant, chat: ChatServer, limit: dict[str, Any], sentence: str
) -> None:
    """What a request can need is reserved before it leaves, so the limit is never passed by surprise."""
    chat.usage = {"prompt_tokens": 500, "completion_tokens": 500}
    Assistant.objects.update(**limit)
    draft(hers, samir)
    with pytest.raises(ValidationError, match=sentence):
        draft(hers, samir)
    assert (len(chat.raw), Request.objects.count()) == (1, 1)


WRONG = [
    ({"status": 500}, "failed with 500", 0),
    ({"status": 401}, "refuses the key", 0),
    ({"status": 404}, "does not know", 0),
    ({"status": 429}, "no more requests", 0),
    ({"body": b"<html>hello</html>"}, "no chat completion", 1),
    ({"body": b"[]"}, "no chat completion", 1),
    ({"body": b'{"choices": []}'}, "no chat completion", 1),
    ({"body": b'{"choices": [{"message": {"content": {"a": 1}}}]}'}, "no chat completion", 1),
    ({"body": b'{"choices": [{"message": {"content": "' + b"x" * 300_000}, "no chat completion", 1),
    ({"slow": 3.0}, "gave no answer", 1),
    ({"status": 302, "location": "http://127.0.0.1:1/"}, "cannot be called", 0),
]


@pytest.mark.parametrize(("wrong", "sentence", "counts"), WRONG)
def test_whatever_goes_wrong_is_one_sentence_in_the_log(
    hers: Message,
    samir: Any,
    assistant: Assistant,
    chat: ChatServer,
    monkeypatch: Any,
    wrong: dict[str, Any],
    sentence: str,
    counts: int,
) -> None:
    monkeypatch.setattr(endpoint, "SECONDS", 1.0 if "slow" in wrong else 30.0)
    for name, value in wrong.items():
        setattr(chat, name, value)
    with pytest.raises(ValidationError, match=sentence):
        draft(hers, samir)
    row = Request.objects.get()
    assert (row.outcome, sentence in row.trouble, row.tokens > 0) == (Outcome.FAILED, True, bool(counts))
    assert row.sent, "it is in the log although nothing came of it"


def test_a_house_that_nobody_named_is_not_called(
    hers: Message, samir: Any, ada: Any, assistant: Assistant, chat: ChatServer, settings: Any
) -> None:
    settings.OUTGOING_PRIVATE_HOSTS = []
    with pytest.raises(ValidationError, match="private address"):
        draft(hers, samir)
    assert not chat.raw
    with pytest.raises(ValidationError, match="private address"):
        change(by=ada, url="http://169.254.169.254/latest")


def test_the_key_is_encrypted_and_one_that_cannot_be_read_stops_nothing_else(
    hers: Message, samir: Any, assistant: Assistant, settings: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM assistant_assistant")
        assert "sk-secret" not in cursor.fetchone()[0]
    settings.SECRET_KEY = "another key that is long enough for everybody"
    assert Assistant.here().titles
    with pytest.raises(ValidationError, match="key cannot be read"):
        draft(hers, samir)


def test_a_key_stays_with_its_address(ada: Any, assistant: Assistant, hers: Message, samir: Any) -> None:
    """Whoever may change the address never carries the key of before to another house."""
    with chatting() as other:
        change(by=ada, url=other.url)
        draft(hers, samir)
        assert "authorization" not in other.headers[0]
        change(by=ada, url=other.url, key="sk-new", model="big-2")
        change(by=ada, monthly_tokens=5_000)
        draft(hers, samir)
        assert (other.headers[1]["authorization"], other.came[1]["model"]) == ("Bearer sk-new", "big-2")


def test_only_an_administrator_sets_it_up_and_half_of_it_is_refused(
    ada: Any, maren: Any, installation: Any
) -> None:
    with pytest.raises(PermissionDenied):
        change(by=maren, titles=False)
    for half, why in (
        ({"titles": True}, "before switching it on"),
        ({"price_in": 1}, "both prices"),
        ({"monthly_cost": 5}, "needs the prices"),
        ({"url": "ftp://x.example"}, "http"),
        ({"colour": 1}, "no colour"),
        ({"monthly_tokens": None}, "left empty"),
    ):
        with pytest.raises(ValidationError, match=why):
            change(by=ada, **half)
    assert not Assistant.objects.exists()


def test_an_erased_persons_words_leave_the_log_and_the_figures_stay(
    hers: Message, mail: Channel, samir: Any, ada: Any, assistant: Assistant
) -> None:
    row, other = draft(hers, samir), draft(write(mail, "Tomek R."), samir)
    erase(hers.customer, by=ada)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.sent, row.answer, row.suggestion, row.outcome) == ([], "", "", Outcome.THROWN_AWAY)
    assert (row.tokens, row.by, row.forgotten_at is not None) == (120, samir, True)
    assert other.sent
    assert other.suggestion


def test_an_erasure_while_the_model_writes(
    hers: Message, samir: Any, ada: Any, assistant: Assistant, chat: ChatServer, monkeypatch: Any
) -> None:
    """What comes back late is not kept."""
    real = endpoint.complete

    def meanwhile(*args: Any) -> Any:
        answer = real(*args)
        erase(hers.customer, by=ada)
        return answer

    monkeypatch.setattr(endpoint, "complete", meanwhile)
    with pytest.raises(ValidationError, match="erased meanwhile"):
        draft(hers, samir)
    row = Request.objects.get()
    assert (row.sent, row.answer, row.suggestion, row.tokens) == ([], "", "", 120)
