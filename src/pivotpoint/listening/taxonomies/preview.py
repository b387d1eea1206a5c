"""What a class would catch, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
from django.db.models import Max, Min

from pivotpoint.channels.models import Message
from pivotpoint.listening.models import Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.near import Near
from pivotpoint.listening.taxonomies.taggers import label_of, taught_with
from pivotpoint.listening.taxonomies.taxonomies import Given, write
from textanalytics.taught.several.tagger import ABSTAINS, Tagger

LOOKED_AT = 2_000
SUREST, LEAST_SURE = 5, 15


@dataclass(frozen=True, slots=True)
class Preview:
    """Of so many messages `looked` at, `caught` of `people`; `right` (0 to 1) of these are expected to be. The surest, and the
    least sure."""

    looked: int
    caught: int
    people: int
    right: float
    surest: list[Near]
    doubtful: list[Near]


def preview(
    taxonomy: Taxonomy, name: str, *, one: TaxonomyClass | None = None, who: Any, **given: Unpack[Given]
) -> Preview:
    """Of a new class, or of `one` as it would be. ValidationError says in one sentence what is missing, as when it is kept."""
    draft = copy(one) or TaxonomyClass(taxonomy=taxonomy)
    write(draft, name, **given)
    label = label_of(draft)
    return _caught(taught_with(taxonomy, label), label.name, _spread(who))


def _spread(who: Any) -> list[Message]:
    """At most LOOKED_AT messages about us from all parts of the history, with as much between them: an import of one channel
    is not all that people say."""
    seen = Message.objects.visible_to(who)
    first, last = seen.aggregate(first=Min("pk"), last=Max("pk")).values()
    if last is None:
        return []
    step = max(-(-(last - first + 1) // LOOKED_AT), 1)
    rows = seen.filter(pk__in=range(last, first - 1, -step), quarantined="", reading__about_us=True)
    return list(rows.exclude(text="").select_related("channel", "customer").order_by("-pk"))


def _caught(tagger: Tagger, key: str, messages: Sequence[Message]) -> Preview:
    every = tagger.odds([message.text for message in messages])
    column = tagger.names.index(key)
    odds, sure = every[:, column], tagger.sure(every)[:, column]
    order = [i for i in np.argsort(-odds, kind="stable").tolist() if odds[i] >= ABSTAINS]
    surest = order[:SUREST]
    doubtful = order[SUREST:][-LEAST_SURE:][::-1]
    people = {messages[i].customer_id or f"message {messages[i].pk}" for i in order}

    def shown(places: Sequence[int]) -> list[Near]:
        tags = tagger.tag([messages[i].text for i in places])
        return [
            Near(messages[i], float(sure[i]), next((tag.evidence for tag in mine if tag.name == key), ()))
            for i, mine in zip(places, tags, strict=True)
        ]

    right = float(sure[order].mean()) if order else 0.0
    return Preview(len(messages), len(order), len(people), right, shown(surest), shown(doubtful))
