"""What is about us, on its page and over the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.listening.learning import examples
from pivotpoint.listening.models import ModelVersion, RelevanceExample
from tests.textanalytics.reading.test_examples import MATCH, NOISE, OURS

pytestmark = pytest.mark.django_db
PAGE, GIVE = "desk:relevance", "desk:relevance_give"


def test_a_lead_gives_sentences_tries_one_and_takes_one_back(client: Client, maren: Any) -> None:
    client.force_login(maren)
    assert "Not yet." in client.get(reverse(PAGE)).content.decode()
    for kind, texts in (("us", OURS), ("noise", NOISE)):
        answer = client.post(reverse(GIVE), {"about": kind, "sentences": "\n".join(texts)})
        assert answer.status_code == 302
    page = client.get(reverse(PAGE), {"text": MATCH}).content.decode()
    assert "much more like another kind" in page
    assert "<b>Noise</b>: meant for somebody else" in page
    assert "most like “the match tonight was boring”" in page
    one = RelevanceExample.objects.get(text=NOISE[0])
    client.post(reverse("desk:relevance_take_back", args=[one.pk]))
    page = client.get(reverse(PAGE)).content.decode()
    assert "Taken back" in page
    assert not RelevanceExample.objects.standing().filter(pk=one.pk).exists()


def test_a_reader_that_is_kept_back_is_said_to_be_so(client: Client, maren: Any) -> None:
    client.force_login(maren)
    for kind, texts in (("us", OURS), ("noise", NOISE)):
        examples.give(texts, kind, by=maren)
    made = ModelVersion.objects.create(
        version="worse", examples=10, verdict=ModelVersion.Verdict.WORSE, figures={"won": 1, "lost": 4}
    )
    page = client.get(reverse(PAGE)).content.decode()
    assert "Not yet. With them the reader is right less often" in page
    assert "better on 1, worse on 4" in page
    ModelVersion.objects.filter(pk=made.pk).update(verdict=ModelVersion.Verdict.NOT_WORSE)
    page = client.get(reverse(PAGE)).content.decode()
    assert "Not yet." not in page
    assert "Live: right at least as often as the one before." in page


def test_what_cannot_be_kept_says_why_beside_the_form(client: Client, maren: Any) -> None:
    client.force_login(maren)
    answer = client.post(reverse(GIVE), {"about": "us", "sentences": "\n".join(f"s {i}" for i in range(41))})
    assert answer.status_code == 422
    assert "40 sentences of a kind are enough." in answer.content.decode()


def test_an_agent_tries_and_sees_what_would_move_and_gives_none(client: Client, samir: Any) -> None:
    client.force_login(samir)
    page = client.get(reverse(PAGE), {"text": MATCH})
    assert "<b>About us</b>" in page.content.decode()
    assert ">Keep<" not in page.content.decode()
    assert client.post(reverse(GIVE), {"about": "us", "sentences": "hello"}).status_code == 403
    moves = client.get(reverse("desk:relevance_moves"))
    assert "Of the latest 0 messages" in moves.content.decode()


def test_the_page_asks_as_many_questions_for_many_sentences_as_for_few(
    client: Client, maren: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(maren)
    examples.give([f"my parcel {i} is late" for i in range(30)], "us", by=maren)
    examples.give(NOISE, "noise", by=maren)
    client.get(reverse(PAGE))
    with django_assert_max_num_queries(16):
        client.get(reverse(PAGE), {"text": MATCH})


def test_the_same_over_the_api(client: Client, maren: Any) -> None:
    _, secret = Token.issue(maren, "all", PERMISSIONS)
    head = {"headers": {"Authorization": f"Bearer {secret}"}}
    for kind, texts in (("us", OURS), ("noise", NOISE)):
        body = {"texts": list(texts), "about": kind}
        answer = client.post("/api/v1/relevance-examples", body, content_type="application/json", **head)
        assert (answer.status_code, len(answer.json())) == (201, 5)
    read = client.get("/api/v1/relevance-trial", {"text": MATCH}, **head).json()
    assert (read["about"], read["like_about"]) == ("noise", "noise")
    assert read["spans"]
    first = client.get("/api/v1/relevance-examples", **head).json()[0]
    gone = client.delete(f"/api/v1/relevance-examples/{first['id']}", **head).json()
    assert gone["undone_at"]
    assert len(client.get("/api/v1/relevance-examples", **head).json()) == 9
    assert len(client.get("/api/v1/relevance-examples", {"standing": False}, **head).json()) == 10
    moves = client.get("/api/v1/relevance-moves", **head).json()
    assert moves == {"messages": 0, "in_messages": 0, "in_people": 0, "out_messages": 0, "out_people": 0}
