"""Each adapter reads what was recorded on its channel, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pivotpoint.channels.adapters import ChannelError, adapter
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Kind

PAYLOADS = Path(__file__).parent / "payloads"


def mail(name: str) -> Inbound:
    (inbound,) = adapter("email").parse((PAYLOADS / f"{name}.eml").read_bytes())
    return inbound


def recorded(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_keeps_the_contract(kind: str) -> None:
    found = adapter(kind)
    assert found.Config().answer_hours == 24
    assert found.address([]) in ("", "page")
    assert found.address([("social", "x"), ("email", "new@home.example"), ("email", "old@home.example")]) == (
        "new@home.example"
    )
    assert callable(found.send) and callable(found.parse)


def test_a_plain_e_mail() -> None:
    assert mail("plain") == Inbound(
        external_id="<first@home.example>",
        text="Die Lampe kam zerbrochen an. Wann kommt das Geld zurück?",
        handle="Hanne@Home.example",
        name="Hanne Vos-Abára",
        said_at=datetime(2026, 11, 17, 8, 30, tzinfo=UTC),
        subject="Rückgabe der Lampe",
        thread="<first@home.example>",
    )


def test_an_answer_goes_on_without_the_mail_below_it() -> None:
    answer = mail("answer")
    assert (answer.text, answer.thread) == ("Still nothing here.", "<first@home.example>")


def test_html_is_read_as_words() -> None:
    assert mail("html").text == "The bolts strip.\nTea & sympathy?"


def test_a_machine_s_answer_is_kept_apart() -> None:
    away = mail("away")
    assert (away.kept_apart, away.said_at, away.text) == (
        "written by a machine",
        None,
        "I am away until Monday.",
    )


def test_no_e_mail_at_all() -> None:
    for raw in (b"", b"\x00\xff\xfe", b"Subject: no sender\r\n\r\nwords"):
        with pytest.raises(ChannelError) as refusal:
            adapter("email").parse(raw)
        assert refusal.value.permanent


@pytest.mark.parametrize("kind", ["api", "social", "review", "call", "survey"])
def test_a_record(kind: str) -> None:
    (inbound,) = adapter(kind).parse(recorded("post"))
    assert inbound == Inbound(
        external_id="109533",
        text="@fjordhus three weeks and no refund",
        handle="@hanne_v",
        name="Hanne",
        said_at=datetime(2026, 11, 17, 8, 30, tzinfo=UTC),
        may_tell=True,
        data={"likes": 4, "lang": "en"},
    )
    assert len(adapter(kind).parse([recorded("post")] * 3)) == 3


@pytest.mark.parametrize("kind", ["form", "portal"])
def test_a_page(kind: str) -> None:
    (inbound,) = adapter(kind).parse(recorded("form"))
    assert (inbound.email, inbound.may_tell, inbound.data) == (
        "hanne@home.example",
        True,
        {"page": "https://shop.example/lamps"},
    )
    (silent,) = adapter(kind).parse({**recorded("form"), "may_tell": ""})
    assert silent.may_tell is None
