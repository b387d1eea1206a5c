"""Each message is in one line, and the lines add up to what was received."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from pivotpoint.accounts.models import Token
from pivotpoint.channels import inbox, reply
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.config.cli.ledger import command
from pivotpoint.jobs import kept
from pivotpoint.lib import clock
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.metrics.ledger import ledger
from tests.pivotpoint.metrics.reference import by_hand

pytestmark = pytest.mark.django_db


def lines(days: int | None = None) -> dict[str, int]:
    return {line.key: line.messages for line in ledger(days).lines if line.messages}


@pytest.fixture
def received(form: Any, cast: Any, now: Any, settings: Any, tmp_path: Path) -> Any:
    """Two complaints, one empty message; nothing is read yet."""
    settings.DATA_FOLDER = tmp_path
    words = ["I was charged twice.", "The parcel never came.", ""]
    inbounds = [Inbound(f"m{n}", text, email=f"p{n}@home.example") for n, text in enumerate(words)]
    return inbox.receive(form, inbounds)


def test_nothing_received_balances(installation: Any) -> None:
    assert (ledger().received, ledger().balances, lines()) == (0, True, {})


def test_unread_messages_wait_and_are_shown_apart(received: Any) -> None:
    waiting = next(line for line in ledger().lines if line.key == "waiting")
    assert lines() == {"quarantined": 1, "waiting": 2}
    assert waiting.unread == 2
    assert ledger().balances


def test_a_read_message_still_waits(received: Any) -> None:
    read_unread()
    assert lines() == by_hand()
    assert next(line.unread for line in ledger().lines if line.key == "waiting") == 0


def test_an_answer_in_person_counts_even_before_the_reading(received: Any, samir: Any) -> None:
    reply.reply(Conversation.objects.earliest("pk"), "We are on it.", by=samir)
    assert lines() == {"quarantined": 1, "answered": 1, "waiting": 1}


def test_a_message_that_a_stage_lost_shows_as_missing(received: Any) -> None:
    Message.objects.filter(text="I was charged twice.").update(read_at=clock.now())
    assert not ledger().balances
    assert ledger().missing == 1


def test_a_period_counts_what_was_received_in_it(received: Any, now: Any) -> None:
    with clock.at(now + timedelta(days=8)):
        assert ledger(7).received == 0
        assert ledger(30).received == 3


def test_it_is_one_statement_and_one_look_for_a_kept_figure(
    received: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):  # and one that forgets a kept figure
        ledger()


def test_a_dear_count_is_not_repeated_for_each_page(
    received: Any, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(kept, "DEAR_MS", -1)
    ledger()
    with django_assert_num_queries(1):
        assert ledger().received == 3


def test_the_worker_is_the_first_to_count_a_dear_figure(
    received: Any, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(kept, "DEAR_MS", -1)
    monkeypatch.setattr(kept, "_primed", {})
    assert kept.refresh() == 0
    with django_assert_num_queries(1):
        assert ledger(90).received == 3


def test_where_nobody_spoke_lately_no_share_is_told(client: Client, received: Any, victor: Any) -> None:
    client.force_login(victor)
    page = client.get("/ledger/").content.decode()
    assert "Nobody behind an insight has spoken in the last 90 days." in page
    assert "% told" not in page


def test_the_page_shows_the_sum(client: Client, received: Any, victor: Any) -> None:
    client.force_login(victor)
    page = client.get("/ledger/")
    assert page.status_code == 200
    assert "balances" in page.text
    assert "2 not yet read" in page.text


def test_a_stranger_is_asked_who_they_are_and_a_partner_is_refused(
    client: Client, received: Any, pia: Any
) -> None:
    assert client.get("/ledger/").status_code == 302
    client.force_login(pia)
    assert client.get("/ledger/").status_code == 403


def test_the_api_answers_the_same(client: Client, received: Any, victor: Any) -> None:
    _, secret = Token.issue(victor, "figures", ["ledger.view"])
    headers = {"Authorization": f"Bearer {secret}"}
    answer = client.get("/api/v1/ledger?days=90", headers=headers).json()
    assert (answer["received"], answer["balances"]) == (3, True)
    assert client.get("/api/v1/ledger?days=0", headers=headers).status_code == 422
    assert client.get("/api/v1/honesty", headers=headers).json()["heard"] == 0


def test_the_command_prints_it_and_says_when_it_does_not_balance(received: Any) -> None:
    good = CliRunner().invoke(command, ["--json"])
    assert (good.exit_code, json.loads(good.output)["received"]) == (0, 3)
    Message.objects.filter(text="I was charged twice.").update(read_at=clock.now())
    bad = CliRunner().invoke(command, [])
    assert bad.exit_code == 1
    assert "It does not balance: 1 are missing." in bad.output
