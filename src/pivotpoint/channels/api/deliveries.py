"""What went out, and what did not."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.channels import outbox
from pivotpoint.channels.api.schemas import DeliveryOut
from pivotpoint.channels.models import Delivery
from pivotpoint.lib.paging import Page, Paged, page

router = Router()


def _one(request: Call, pk: int) -> Delivery:
    rows = Delivery.objects.visible_to(request.auth).select_related("channel")
    return get_object_or_404(rows, pk=pk)


@router.get("/deliveries", auth=needs_scope("customer.view"), response=Paged[DeliveryOut])
def list_deliveries(
    request: Call,
    state: str = "",
    customer: int | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """Deliveries, the newest first. `state=dead` lists the dead letters, `state=held` those that wait for approval."""
    rows = Delivery.objects.visible_to(request.auth)
    if state:
        rows = rows.filter(state=state)
    if customer is not None:
        rows = rows.filter(customer=customer)
    return page(rows, cursor, limit, key="-id")


@router.get("/deliveries/{int:pk}", auth=needs_scope("customer.view"), response=DeliveryOut)
def get_delivery(request: Call, pk: int) -> Delivery:
    """One delivery."""
    return _one(request, pk)


@router.post("/deliveries/{int:pk}/replay", auth=needs_scope("reply.send"), response=DeliveryOut)
def post_replay(request: Call, pk: int) -> Delivery:
    """Send a dead letter again, with the same key."""
    outbox.replay(_one(request, pk), by=request.auth)
    return _one(request, pk)


@router.post("/deliveries/{int:pk}/approval", auth=needs_scope("notice.approve"), response=DeliveryOut)
def post_approval(request: Call, pk: int) -> Delivery:
    """Approve a delivery that was held, so that it is sent."""
    outbox.approve(_one(request, pk), by=request.auth)
    return _one(request, pk)
