"""The inbox for machines."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import User
from pivotpoint.channels import apart, conversations
from pivotpoint.channels.api.schemas import (
    ConversationOut,
    MessageOut,
    Owner,
    Words,
)
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.channels.reply import note, reply
from pivotpoint.lib.paging import Page, Paged, page

router = Router()


def _one(request: Call, pk: int) -> Conversation:
    rows = Conversation.objects.visible_to(request.auth).select_related("channel", "customer")
    return get_object_or_404(rows, pk=pk)


@router.get("/conversations", auth=needs_scope("customer.view"), response=Paged[ConversationOut])
def list_conversations(
    request: Call,
    open: bool | None = None,  # noqa: A002 the word that a reader of the address expects
    waiting: bool | None = None,
    owner: int | None = None,
    customer: int | None = None,
    channel: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """Conversations, the newest first. `waiting` ones have a message that nobody has answered."""
    rows = Conversation.objects.visible_to(request.auth)
    if open is not None:
        rows = rows.filter(closed_at__isnull=open)
    if waiting is not None:
        rows = rows.filter(waiting_since__isnull=not waiting)
    if owner is not None:
        rows = rows.filter(owner=owner)
    if customer is not None:
        rows = rows.filter(customer=customer)
    if channel:
        rows = rows.filter(channel__key=channel)
    return page(rows, cursor, limit, key="-id")


@router.get("/conversations/{int:pk}", auth=needs_scope("customer.view"), response=ConversationOut)
def get_conversation(request: Call, pk: int) -> Conversation:
    """One conversation; its messages are at /messages?conversation=…"""
    return _one(request, pk)


@router.post("/conversations/{int:pk}/replies", auth=needs_scope("reply.send"), response={201: MessageOut})
def post_reply(request: Call, pk: int, words: Words) -> Message:
    """Reply to the customer on their channel."""
    return reply(_one(request, pk), words.text, by=request.auth)


@router.post("/conversations/{int:pk}/notes", auth=needs_scope("reply.send"), response={201: MessageOut})
def post_note(request: Call, pk: int, words: Words) -> Message:
    """Add an internal note, which only colleagues see."""
    return note(_one(request, pk), words.text, by=request.auth)


@router.put("/conversations/{int:pk}/owner", auth=needs_scope("reply.send"), response=ConversationOut)
def put_owner(request: Call, pk: int, owner: Owner) -> Conversation:
    """Give the conversation to another owner."""
    to = get_object_or_404(User.objects.active(), pk=owner.owner)
    conversations.assign(_one(request, pk), to, by=request.auth)
    return _one(request, pk)


@router.post("/conversations/{int:pk}/closure", auth=needs_scope("reply.send"), response=ConversationOut)
def post_closure(request: Call, pk: int) -> Conversation:
    """Close the conversation: it needs no answer any more."""
    conversations.close(_one(request, pk), by=request.auth)
    return _one(request, pk)


@router.delete("/conversations/{int:pk}/apart", auth=needs_scope("reply.send"), response=ConversationOut)
def delete_apart(request: Call, pk: int) -> Conversation:
    """Put a conversation that was kept apart (an advertisement, say) back into the inbox."""
    apart.let_in(_one(request, pk), by=request.auth)
    return _one(request, pk)
