"""What a text names that matters here: the organisation's own names, amounts, dates, numbers of orders and places.

Telephone numbers and numbers of accounts and cards are told, too, but only their last digits are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from textanalytics.base import Span
from textanalytics.mentions.gazetteer import Gazetteer, Name
from textanalytics.mentions.personal import BANK, FEWEST, PHONE, personal
from textanalytics.mentions.places import PLACE, places
from textanalytics.mentions.shapes import AMOUNT, DATE, NUMBER, shapes, weekdays
from textanalytics.speakers.turns import customers_words

NAME = "name"
KINDS = (NAME, AMOUNT, DATE, NUMBER, PLACE, PHONE, BANK)
RULES = 4
"""Raised when the rules find something else than before."""
LONGEST = 4_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Entity:
    """`value` is a name as its field spells it, "EUR 49.90", "2026-03-12", "--03-12" without a year, "A-20177",
    a place as it is written, and of a telephone number or an account "•• 567".

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
        """For each text, in reading order; what is found first has its place: names, then telephone and bank, shapes, places."""
        return [self._of(customers_words(text)[:LONGEST]) for text in texts]

    def _of(self, text: str) -> list[Entity]:
        found = [Entity(NAME, name.value, span, name.field) for name, span in self.gazetteer.find(text)]
        digits = sum(map(text.count, "0123456789"))
        looks = (
            (personal, shapes, weekdays)
            if digits >= FEWEST
            else (shapes, weekdays)
            if digits
            else (weekdays,)
        )
        for look in looks:
            taken = [one.span for one in found]
            found += [Entity(*one) for one in look(text) if _is_free(one[2], taken)]
        taken = [one.span for one in found]
        found += [Entity(PLACE, value, span) for value, span in places(text) if _is_free(span, taken)]
        found.sort(key=lambda one: one.span)
        return found


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    return not any(span[0] < end and start < span[1] for start, end in taken)
