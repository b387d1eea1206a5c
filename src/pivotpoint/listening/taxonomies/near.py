"""Messages that a class came near to and was not given: what people say of these teaches it most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef

from pivotpoint.channels.models import Message
from pivotpoint.listening.models import Tag, TagVerdict, TaxonomyClass
from pivotpoint.listening.taxonomies.taggers import live_taggers
from textanalytics.base import Span
from textanalytics.taught.several.tagger import ABSTAINS, Tagger

LATEST = 2_000
"""So many messages are looked at, the latest ones."""
NEAR = 0.1
"""Below these odds nobody needs to be asked."""


@dataclass(frozen=True, slots=True)
class Near:
    """`evidence` are half-open character offsets of the words that spoke for it, empty where three other classes were
    likelier."""

    message: Message
    confidence: float
    evidence: tuple[Span, ...]


def near(one: TaxonomyClass, who: Any, limit: int = 25) -> list[Near]:
    """At most `limit`, the nearest to the threshold first; none while nothing was taught."""
    taggers = [tagger for tagger in live_taggers([one.taxonomy_id]) if str(one.pk) in tagger.names]
    return _nearest(taggers[0], one, who, limit) if taggers else []


def _nearest(tagger: Tagger, one: TaxonomyClass, who: Any, limit: int) -> list[Near]:
    messages = list(_not_given(one, who))
    if not messages:
        return []
    column = tagger.names.index(str(one.pk))
    every = tagger.odds([message.text for message in messages])
    odds, sure = every[:, column], tagger.sure(every)[:, column]
    order = np.argsort(-odds, kind="stable")
    chosen = [i for i in order.tolist() if NEAR <= odds[i] < ABSTAINS][:limit]
    tags = tagger.tag([messages[i].text for i in chosen], at_least=NEAR)
    return [
        Near(
            messages[i],
            float(sure[i]),
            next((tag.evidence for tag in mine if tag.name == str(one.pk)), ()),
        )
        for i, mine in zip(chosen, tags, strict=True)
    ]


def _not_given(one: TaxonomyClass, who: Any) -> Any:
    """Read, about us, not set aside, without the class, and nobody has said whether they have it."""
    given = Tag.objects.filter(message=OuterRef("pk"), of=one)
    said = TagVerdict.objects.filter(message=OuterRef("pk"), of=one, undone_at=None)
    rows = Message.objects.visible_to(who).filter(~Exists(given), ~Exists(said), quarantined="")
    rows = rows.filter(reading__about_us=True)
    return rows.select_related("channel", "customer").order_by("-pk")[:LATEST]
