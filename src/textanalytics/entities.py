"""What a text names that matters here: the organisation's own names, amounts, dates, numbers of orders and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from textanalytics.base import Span
from textanalytics.mentions.gazetteer import Gazetteer, Name
from textanalytics.mentions.places import PLACE, places
from textanalytics.mentions.shapes import AMOUNT, DATE, NUMBER, shapes
from textanalytics.words.turns import customers_words

NAME = "name"
KINDS = (NAME, AMOUNT, DATE, NUMBER, PLACE)
RULES = 3
"""Raised when the rules find something else than before."""
LONGEST = 4_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Entity:
    """`value` is a name as its field spells it, "EUR 49.90", "2026-03-12", "--03-12" without a year, "A-20177",
    a place as it is written.

    `field` says of a name where it was learnt.
    """

    kind: str
    value: str
    span: Span
    field: str = ""


class EntityFinder:
    """`names` are the gazetteer's; without any, only what has a shape, and places, are found.

    >>> found = EntityFinder([Name("product", "Aroma One")]).find(["My aroma ones cost 49,90 € on March 3, order A-20177"])
    >>> [(e.kind, e.value) for e in found[0]]
    [('name', 'Aroma One'), ('amount', 'EUR 49.90'), ('date', '--03-03'), ('number', 'A-20177')]
    """

    def __init__(self, names: Sequence[Name] = ()) -> None:
        self.gazetteer = Gazetteer(names)
        known = "\n".join(f"{one.field}\t{one.value}" for one in self.gazetteer.names)
        digest = blake2b(known.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        self.version = f"{RULES}-{digest if known else 'rules'}"

    def find(self, texts: Sequence[str]) -> list[list[Entity]]:
        """For each text, in reading order; where a name stands no shape is looked for, and no place where either is."""
        return [self._of(customers_words(text)[:LONGEST]) for text in texts]

    def _of(self, text: str) -> list[Entity]:
        found = [Entity(NAME, name.value, span, name.field) for name, span in self.gazetteer.find(text)]
        named = [one.span for one in found]
        for kind, value, span in shapes(text):
            if not any(span[0] < end and start < span[1] for start, end in named):
                found.append(Entity(kind, value, span))
        taken = [one.span for one in found]
        for value, span in places(text):
            if not any(span[0] < end and start < span[1] for start, end in taken):
                found.append(Entity(PLACE, value, span))
        found.sort(key=lambda one: one.span)
        return found
