"""Sentences that say what is about us, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.listening.learning import examples, relevance
from pivotpoint.listening.models import RelevanceExample

router = Router()
About = Literal["us", "rival", "trade", "noise"]


class ExampleOut(Schema):
    id: int
    text: str
    about: About
    at: datetime
    undone_at: datetime | None


class ExamplesIn(Schema):
    """Three to five sentences of one kind, as customers would write them."""

    texts: list[str]
    about: About


class ReadOut(Schema):
    """`spans` are half-open character offsets into the text; `like` is the example that means most like it."""

    about: About
    reason: str
    confidence: float
    spans: list[tuple[int, int]]
    like: str
    like_about: About | Literal[""]
    near: float


class MovesOut(Schema):
    """Of the latest `messages`, as they are read now: those that would come in and leave, and of how many people."""

    messages: int
    in_messages: int
    in_people: int
    out_messages: int
    out_people: int


@router.get("/relevance-examples", response=list[ExampleOut], auth=needs_scope("desk.view"))
def list_examples(request: Call, standing: bool = True) -> list[RelevanceExample]:
    """The example sentences in use; with `standing=false` also those that were withdrawn."""
    rows = RelevanceExample.objects.visible_to(request.auth)
    return list(rows.standing() if standing else rows)


@router.post("/relevance-examples", response={201: list[ExampleOut]}, auth=needs_scope("reading.manage"))
def give(request: Call, body: ExamplesIn) -> Status[list[RelevanceExample]]:
    """Add example sentences. The reader learns them before its next batch, and goes live unless it is right less
    often."""
    return Status(201, examples.give(body.texts, body.about, by=request.auth))


@router.delete("/relevance-examples/{int:pk}", response=ExampleOut, auth=needs_scope("reading.manage"))
def take_back(request: Call, pk: int) -> RelevanceExample:
    """Withdraw an example sentence. The reader forgets it before its next batch."""
    one = get_object_or_404(RelevanceExample.objects.visible_to(request.auth), pk=pk)
    examples.take_back(one, by=request.auth)
    return one


@router.get("/relevance-trial", response=ReadOut, auth=needs_scope("desk.view"))
def try_sentence(request: Call, text: str = Query(..., max_length=2_000)) -> relevance.Read:
    """Try a sentence: whom it would be about, and why."""
    return relevance.tried(text)


@router.get("/relevance-moves", response=MovesOut, auth=needs_scope("customer.view"))
def what_would_move(request: Call) -> relevance.Moves:
    """How many of the latest thousand messages would be read differently now. To apply it, read the history again."""
    return relevance.would_move(request.auth)
