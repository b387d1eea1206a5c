"""The organisation's own settings."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record


def initial(here: Installation) -> dict[str, Any]:
    """What the form shows."""
    return {
        "name": here.name,
        "brand_names": ", ".join(here.brand_names),
        "rival_names": ", ".join(here.rival_names),
        "pattern_from": here.pattern_from,
        "trend_from": here.trend_from,
        "two_pairs_of_eyes": here.two_pairs_of_eyes,
        "reads_mood": here.reads_mood,
        "hour_price": here.hour_price,
        "currency": here.currency,
    }


@transaction.atomic
def save(here: Installation, data: dict[str, Any], *, by: Any) -> None:
    """Keep it; names are given as text with commas."""
    demand(by, "user.manage")
    if data["pattern_from"] >= data["trend_from"]:
        raise ValidationError("A trend needs more people than a pattern.")
    here.name = data["name"]
    here.brand_names, here.rival_names = _words(data["brand_names"]), _words(data["rival_names"])
    here.pattern_from, here.trend_from = data["pattern_from"], data["trend_from"]
    here.two_pairs_of_eyes = data["two_pairs_of_eyes"]
    moods = here.reads_mood != data["reads_mood"]
    here.reads_mood = data["reads_mood"]
    here.hour_price, here.currency = data["hour_price"], data["currency"].upper() or here.currency
    here.save()
    eyes = here.two_pairs_of_eyes
    record("accounts.organisation_changed", here, by=by, two_pairs_of_eyes=eyes, moods_switched=moods)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
