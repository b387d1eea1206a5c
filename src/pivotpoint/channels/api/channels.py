"""The ways in and out for machines."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.channels import opening
from pivotpoint.channels.api.schemas import ChannelIn, ChannelOut, NewChannel
from pivotpoint.channels.models import Channel

router = Router()


def _one(request: Call, key: str) -> Channel:
    return get_object_or_404(Channel.objects.visible_to(request.auth), key=key)


@router.get("/channels", auth=needs_scope("desk.view"), response=list[ChannelOut])
def list_channels(request: Call) -> QuerySet[Channel]:
    """All channels, on one page."""
    return Channel.objects.visible_to(request.auth)


@router.get("/channels/{key}", auth=needs_scope("desk.view"), response=ChannelOut)
def get_channel(request: Call, key: str) -> Channel:
    """One channel."""
    return _one(request, key)


@router.post("/channels", auth=needs_scope("channel.manage"), response={201: ChannelOut})
def post_channel(request: Call, new: NewChannel) -> Channel:
    """Open a channel. `goal` is required."""
    settings = new.dict(exclude_none=True, exclude_unset=True)
    return opening.open_channel(by=request.auth, **settings)


@router.patch("/channels/{key}", auth=needs_scope("channel.manage"), response=ChannelOut)
def patch_channel(request: Call, key: str, settings: ChannelIn) -> Channel:
    """Change the settings that are sent; the others stay."""
    return opening.change(_one(request, key), by=request.auth, **settings.dict(exclude_none=True))


@router.post("/channels/{key}/closure", auth=needs_scope("channel.manage"), response=ChannelOut)
def post_closure(request: Call, key: str) -> Channel:
    """Close the channel: it takes and sends nothing any more."""
    opening.close(_one(request, key), by=request.auth)
    return _one(request, key)


@router.delete("/channels/{key}/closure", auth=needs_scope("channel.manage"), response=ChannelOut)
def delete_closure(request: Call, key: str) -> Channel:
    """Open a closed channel again."""
    opening.reopen(_one(request, key), by=request.auth)
    return _one(request, key)
