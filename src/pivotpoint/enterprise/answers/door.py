"""Where a system that answers in its own words does so, and the secret that it signs with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from pivotpoint.accounts.permissions import demand
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.enterprise.connectors.contract import Understands
from pivotpoint.enterprise.connectors.http.answers import secret
from pivotpoint.pivot.models import Destination
from pivotpoint.pivot.refused import Refused


def understands(kind: str) -> bool:
    return isinstance(kinds().get(kind), Understands)


def door(destination: Destination, *, by: Any) -> dict[str, str]:
    """The address and the secret. It follows from our secret key: asked for again it is the same."""
    demand(by, "pivot.change")
    if not understands(destination.kind):
        raise Refused(f"{destination} does not answer in words of its own.")
    address = f"{settings.SITE_URL}{reverse('enterprise:hook', args=[destination.pk])}"
    return {"url": address, "secret": secret(destination)}
