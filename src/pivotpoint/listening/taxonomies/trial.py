"""Try a taxonomy on a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from pivotpoint.listening.models import Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.taggers import live_taggers
from textanalytics.base import Span

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Tried:
    """`given` says whether it would be read as it, or is only the next likely."""

    name: str
    confidence: float
    words: str
    spans: tuple[Span, ...]
    given: bool


def tried(taxonomy: Taxonomy, text: str) -> list[Tried]:
    """The likeliest classes, the surest first; none while nothing was taught."""
    names = dict(TaxonomyClass.objects.filter(taxonomy=taxonomy).values_list("pk", "name"))
    return [
        Tried(
            names.get(int(tag.name), ""),
            tag.confidence,
            ", ".join(text[start:end] for start, end in tag.evidence),
            tag.evidence,
            tag.given,
        )
        for tagger in live_taggers([taxonomy.pk])
        for tag in tagger.tag([text], at_least=0.0)[0][:SHOWN]
    ]
