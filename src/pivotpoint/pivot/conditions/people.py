"""Conditions on the people behind an insight: who they are, and what share of them. Roll-ups answer, never messages."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Field,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from pivotpoint.customers.models import Customer
from pivotpoint.insights.models import Backing, ThemeShare
from pivotpoint.listening.models import Gazetteer
from pivotpoint.pivot.conditions.asked import Asked
from pivotpoint.pivot.conditions.queries import Compile, unless

KNOWN = 1_000
"""Customers in whose fields the names to choose from are looked up."""


def somebody(path: str) -> Compile:
    """Condition that any of the people has the value; “is not” means that nobody has it."""
    return lambda asked: unless(asked.negated, Q(Exists(_behind().filter(**{f"{path}__in": asked.values}))))


def _behind() -> QuerySet[Backing]:
    return Backing.objects.filter(theme=OuterRef("pk"))


def language(asked: Asked) -> Q:
    spoken = ThemeShare.objects.filter(theme=OuterRef("pk"), judgement="language", value__in=asked.values)
    return unless(asked.negated, Q(Exists(spoken)))


def share(judgement: str) -> Compile:
    """Share of people, in per cent, of whom at least one message was read with this value."""

    def compile_(asked: Asked) -> Q:
        rows = ThemeShare.objects.filter(theme=OuterRef("pk"), judgement=judgement, value=asked.of)
        return _compared(asked, Coalesce(Subquery(rows.values("people")), 0), _part(asked))

    return compile_


def named(asked: Asked) -> Q:
    """Condition that somebody mentions one of these names (learnt from customers' fields), in any case."""
    rows = ThemeShare.objects.filter(theme=OuterRef("pk"), judgement=ThemeShare.Judgement.NAME)
    one_of = reduce(or_, (Q(value__iexact=value) for value in asked.values))
    return unless(asked.negated, Q(Exists(rows.filter(one_of))))


def named_share(asked: Asked) -> Q:
    """Share of people, in per cent, who mention the name."""
    rows = ThemeShare.objects.filter(
        theme=OuterRef("pk"), judgement=ThemeShare.Judgement.NAME, value__iexact=asked.of
    )
    return _compared(
        asked, Coalesce(Subquery(rows.order_by("-people").values("people")[:1]), 0), _part(asked)
    )


def names() -> list[tuple[str, str]]:
    """What was learnt from customers' fields, to choose from; the names of most people first."""
    live = Gazetteer.objects.live()
    most = sorted(live.names if live else [], key=lambda name: (-name[2], name))[:100]
    return [(value, value) for value in sorted({value for _, value, _ in most})]


def segment_share(asked: Asked) -> Q:
    return _compared(asked, _counted(_behind().filter(customer__segment=asked.of), "pk"), _part(asked))


def organisations(asked: Asked) -> Q:
    """Different companies or households; people without one are in none."""
    return _compared(asked, _counted(_behind(), "customer__organisation"), Value(asked.value))


def _counted(rows: QuerySet[Backing], what: str) -> Coalesce:
    counted = rows.order_by().values("theme").annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _part(asked: Asked) -> Any:
    return F("theme__people") * (float(asked.value) / 100.0)


def _compared(asked: Asked, left: Any, right: Any) -> Q:
    lookup = GreaterThanOrEqual if asked.op == "at_least" else LessThanOrEqual
    return Q(lookup(Cast(left, FloatField()), Cast(right, FloatField())))


class _JsonType(Func):
    """The kind of a JSON value, in the words of the database."""

    output_field: Field[Any, Any] = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        name, source = self.extra["name"], self.source_expressions[0]
        column, parameters = compiler.compile(source)
        return f"JSON_TYPE({column}, %s)", [*parameters, f"$.{_quoted(name)}"]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"jsonb_typeof({column} -> %s)", [*parameters, self.extra["name"]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', "") + '"'


def own_field(asked: Asked) -> Q:
    """A field of the organisation's own: as text, or as a number where it is one."""
    if asked.op in ("at_least", "at_most"):
        kinds = _behind().alias(
            kind=_JsonType(F("customer__fields"), name=asked.of),
            number=KeyTransform(asked.of, "customer__fields"),
        )
        lookup = "number__gte" if asked.op == "at_least" else "number__lte"
        numbers = kinds.filter(kind__in=("integer", "real", "number"), **{lookup: asked.value})
        return Q(Exists(numbers))
    text = Cast(KeyTextTransform(asked.of, "customer__fields"), TextField())
    rows = _behind().alias(text=text)
    return unless(asked.negated, Q(Exists(rows.filter(text__in=[str(value) for value in asked.values]))))


def own_fields() -> list[tuple[str, str]]:
    """Names of fields that customers lately had, to choose from."""
    found = Customer.objects.people().exclude(fields={}).order_by("-pk").values_list("fields", flat=True)
    return [(name, name) for name in sorted({name for fields in found[:KNOWN] for name in fields})]


def segments() -> list[tuple[str, str]]:
    found = Customer.objects.people().filter(segment__gt="").order_by("segment")
    return [(name, name) for name in found.values_list("segment", flat=True).distinct()[:100]]
