"""The signed opt-out link under messages that the customer did not ask for."""

from __future__ import annotations

from django.core import signing

from pivotpoint.channels.models import Delivery
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer
from pivotpoint.lib.letter_links import letter_link

SALT = "pivotpoint.stop"


def link(delivery: Delivery) -> str:
    token = signing.dumps([delivery.customer_id, delivery.purpose], salt=SALT)
    return letter_link("channels:stop", token)


def read(token: str) -> tuple[Customer, str] | None:
    """The person and the purpose; None when the token is not ours or the person has been erased."""
    try:
        pk, purpose = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Customer.objects.filter(pk=pk, erased_at=None).first()
    return (person, purpose) if person else None


def stop(person: Customer, purpose: str) -> None:
    """Withdraw the consent on every channel. Idempotent."""
    if consent.allowed([person.person.pk], purpose)[person.person.pk]:
        consent.withdraw(person, purpose, source="Link in the e-mail", by=person)
