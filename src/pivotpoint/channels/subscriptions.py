"""What other stages' facts mean here."""

from __future__ import annotations

from collections.abc import Iterable

from pivotpoint.accounts.models import User
from pivotpoint.channels import conversations, sending
from pivotpoint.channels.imports.forget import forget
from pivotpoint.channels.models import Conversation, Message, Reject
from pivotpoint.customers.belongings import belongs
from pivotpoint.customers.erase import before_erasing
from pivotpoint.customers.models import Identity
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import subscribe

# A shorter handle is part of too many words to say whose row it is.
SHORTEST = 5


def _messages(identities: list[int]) -> Iterable[int]:
    return Message.objects.filter(identity__in=identities).values_list("pk", flat=True)


def _conversations(identities: list[int]) -> Iterable[int]:
    """Those in which nobody else spoke."""
    theirs = Conversation.objects.filter(messages__identity__in=identities)
    others = Message.objects.filter(direction="in", conversation__in=theirs).exclude(identity__in=identities)
    return theirs.exclude(pk__in=others.values("conversation")).values_list("pk", flat=True).distinct()


def hand_on(event: Event) -> None:
    conversations.hand_on(event.subject_id, event.data["successor"])


def hand_over(event: Event) -> None:
    """Who cannot answer customers gets no conversation."""
    heir = User.objects.active().filter(pk=event.data["successor"]).first()
    if heir and heir.may("reply.send"):
        conversations.hand_on(event.subject_id, heir.pk)


def stop_deliveries(event: Event) -> None:
    sending.stop_for(event.subject_id)


def forget_files(customers: list[int]) -> None:
    """Files that name this person, and rows of files that were not taken and do."""
    handles = Identity.objects.filter(customer__in=customers).values_list("handle", flat=True)
    names = sorted({handle for handle in handles if len(handle) >= SHORTEST})
    for name in names:
        Reject.objects.filter(raw__icontains=name).delete()
    forget(customers, names)


before_erasing(forget_files)
subscribe("accounts.user_left", hand_on)
subscribe("accounts.work_handed_over", hand_over)
subscribe("customers.consent_withdrawn", stop_deliveries)
belongs("channels.Message", spoken_by=_messages)
belongs("channels.Conversation", spoken_by=_conversations)
belongs("channels.Delivery")
