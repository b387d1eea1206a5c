"""Standing answers, their use, and the signals that ask for one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.channels.models import Conversation, Direction
from pivotpoint.insights.models import Membership
from pivotpoint.lib.paging import Page, Paged, page
from pivotpoint.lib.shapes import Named
from pivotpoint.pivot import empower, standing, use
from pivotpoint.pivot.api.pivots import seen_by as pivots_seen_by
from pivotpoint.pivot.models import Pivot, StandingAnswer, Use

router = Router()
ACT = needs_scope("loop.act")
"""The pivot's owner, or whoever may change pivots; the verbs say who."""


class StandingIn(Schema):
    """Only what is sent is set. `conditions` are those of rules; left out for a new one, they are the signal's."""

    name: str | None = None
    match: str | None = None
    conditions: list[dict[str, Any]] | None = None
    may: str | None = None
    template: str | None = None
    most_amount: Decimal | None = None
    unit: str | None = None
    most_a_week: int | None = None
    owner: int | None = None


class StandingOut(Schema):
    id: int
    pivot: Named
    name: str
    match: str
    conditions: list[dict[str, Any]]
    may: str
    template: str
    most_amount: Decimal | None
    unit: str
    most_a_week: int | None
    owner: Named
    since: datetime
    ended_at: datetime | None
    why_ended: str
    evidence: dict[str, Any]


class SignalOut(Schema):
    pivot: int
    where: str
    answer: str
    same: int
    of: int
    quick: int
    hours: float
    since: datetime
    sentence: str


class OfferOut(Schema):
    """`left` this week; null is without limit. `used`: the use for their last words, if there is one."""

    standing: StandingOut
    left: int | None
    used: int | None

    @staticmethod
    def resolve_used(offer: use.Offer) -> int | None:
        return offer.used.pk if offer.used else None


class UseIn(Schema):
    conversation: int
    amount: Decimal | None = None


class StandingUseOut(Schema):
    """`text` is for the reply; nothing has been sent."""

    id: int
    standing: int
    conversation: int
    amount: Decimal | None
    at: datetime
    text: str

    @staticmethod
    def resolve_text(row: Use) -> str:
        return use.words(row)

    @staticmethod
    def resolve_standing(row: Use) -> int:
        return row.standing_id

    @staticmethod
    def resolve_conversation(row: Use) -> int:
        return row.conversation_id


class Why(Schema):
    why: str


def seen_by(by: Any) -> QuerySet[StandingAnswer]:
    return StandingAnswer.objects.visible_to(user_of(by)).select_related("pivot", "owner")


def _one(request: Call, pk: int) -> StandingAnswer:
    return get_object_or_404(seen_by(request.auth), pk=pk)


def _fields(said: StandingIn) -> dict[str, Any]:
    fields = said.dict(exclude_unset=True)
    if fields.get("owner") is not None:
        fields["owner"] = get_object_or_404(User.objects.active(), pk=fields["owner"])
    return fields


@router.get("/empowerment", response=list[SignalOut], auth=needs_scope("pivot.view"))
def list_signals(request: Call) -> list[empower.Signal]:
    """Pivots that keep making the same decision, with the evidence: candidates for a standing answer."""
    pivots = Pivot.objects.visible_to(user_of(request.auth)).live()
    return empower.signals(list(pivots.values_list("pk", flat=True)))


@router.get("/standing-answers", response=Paged[StandingOut], auth=needs_scope("pivot.view"))
def list_standing(
    request: Call, pivot: int | None = None, ended: bool = False, cursor: str = "", limit: int = 50
) -> Page:
    """Standing answers: what the front line may do at once. `ended` lists those that have ended."""
    found = seen_by(request.auth).filter(ended_at__isnull=not ended)
    return page(found.filter(pivot=pivot) if pivot else found, cursor, limit)


@router.post("/pivots/{int:pk}/standing-answers", response={201: StandingOut}, auth=ACT)
def make_standing(request: Call, pk: int, said: StandingIn) -> Status[StandingAnswer]:
    """Make a standing answer. Without conditions, it gets those of the pivot's signal, which is kept as evidence."""
    pivot = get_object_or_404(pivots_seen_by(request.auth), pk=pk)
    signal = next(iter(empower.signals([pivot.pk])), None)
    fields = _fields(said)
    if signal and "conditions" not in fields:
        fields |= empower.conditions(signal)
    evidence = signal.as_dict() if signal else {}
    return Status(201, standing.make(pivot, fields, by=request.auth, evidence=evidence))


@router.get("/standing-answers/{int:pk}", response=StandingOut, auth=needs_scope("pivot.view"))
def show_standing(request: Call, pk: int) -> StandingAnswer:
    """One standing answer."""
    return _one(request, pk)


@router.patch("/standing-answers/{int:pk}", response=StandingOut, auth=ACT)
def change_standing(request: Call, pk: int, said: StandingIn) -> StandingAnswer:
    """Change a standing answer. Insights that it no longer covers return to the gate."""
    return standing.change(_one(request, pk), _fields(said), by=request.auth)


@router.post("/standing-answers/{int:pk}/end", response=StandingOut, auth=ACT)
def end_standing(request: Call, pk: int, said: Why) -> StandingAnswer:
    """End a standing answer. What it covered goes through the pivot again."""
    return standing.end(_one(request, pk), said.why, by=request.auth)


def _conversation(request: Call, pk: int) -> Conversation:
    return get_object_or_404(Conversation.objects.visible_to(user_of(request.auth)), pk=pk)


@router.get(
    "/conversations/{int:pk}/standing-answers",
    response=list[OfferOut],
    auth=needs_scope("customer.view"),
)
def list_offers(request: Call, pk: int) -> list[use.Offer]:
    """The standing answers that apply to the last message of this conversation."""
    rows = _conversation(request, pk).messages.filter(direction=Direction.IN)  # type: ignore[attr-defined]
    last = rows.order_by("-said_at", "-pk").first()
    theme = Membership.objects.filter(message=last).values_list("cluster__theme", flat=True).first()
    return use.offers(last, theme) if last is not None and theme is not None else []


@router.post(
    "/standing-answers/{int:pk}/uses", response={201: StandingUseOut}, auth=needs_scope("reply.send")
)
def use_standing(request: Call, pk: int, said: UseIn) -> Status[Use]:
    """Use a standing answer for the last message of a conversation, within its limits. Idempotent. The reply must
    be sent separately."""
    row = use.use(
        _one(request, pk), _conversation(request, said.conversation), by=request.auth, amount=said.amount
    )
    return Status(201, row)


@router.delete("/standing-uses/{int:pk}", response={204: None}, auth=needs_scope("reply.send"))
def take_back(request: Call, pk: int) -> Status[None]:
    """Withdraw the use of a standing answer: it was not carried out."""
    conversations = Conversation.objects.visible_to(user_of(request.auth))
    use.take_back(get_object_or_404(Use, pk=pk, conversation__in=conversations), by=request.auth)
    return Status(204, None)
