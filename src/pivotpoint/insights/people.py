"""Who stands behind an insight: whoever has joined its theme, also after the hand-over."""

from __future__ import annotations

from django.db.models import QuerySet

from pivotpoint.customers.models import Customer
from pivotpoint.insights.models import Insight


def people_behind(insight: Insight) -> QuerySet[Customer]:
    """Each person once, as the roll-up counts them."""
    return Customer.objects.filter(backings__theme=insight.pk, merged_into=None, erased_at=None)
