"""Make and change taxonomies; each change teaches them anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import TAXONOMY_CHANGED
from pivotpoint.listening.models import Taxonomy, TaxonomyClass

MOST_EXAMPLES, LONGEST = 40, 400
MOST_CLASSES = 200


@transaction.atomic
def make(name: str, description: str = "", *, by: Any) -> Taxonomy:
    demand(by, "reading.manage")
    taxonomy = Taxonomy(name=name.strip(), description=description.strip(), by=user_of(by))
    taxonomy.full_clean()
    taxonomy.save()
    record(TAXONOMY_CHANGED, taxonomy, by=by, what="made")
    return taxonomy


@transaction.atomic
def close(taxonomy: Taxonomy, *, by: Any) -> None:
    """Close a taxonomy: new messages are not tagged with it; existing tags stay. Idempotent."""
    demand(by, "reading.manage")
    if Taxonomy.objects.open().filter(pk=taxonomy.pk).update(closed_at=clock.now()):
        record(TAXONOMY_CHANGED, taxonomy, by=by, what="closed")
    taxonomy.refresh_from_db()


class Given(TypedDict, total=False):
    """What makes a class beside its name. What is left out is empty."""

    description: str
    examples: Sequence[str]
    parent: TaxonomyClass | None


@transaction.atomic
def save_class(
    taxonomy: Taxonomy, name: str, *, one: TaxonomyClass | None = None, by: Any, **given: Unpack[Given]
) -> TaxonomyClass:
    """A new class, or `one` changed. ValidationError says in one sentence what is missing."""
    demand(by, "reading.manage")
    _locked(taxonomy)
    one = one or TaxonomyClass(taxonomy=taxonomy)
    write(one, name, **given)
    one.save()
    _changed(taxonomy, by, f"{one.name}: saved")
    return one


def write(one: TaxonomyClass, name: str, **given: Unpack[Given]) -> None:
    """The class as it is to be, not saved. ValidationError says in one sentence what is missing."""
    texts = given.get("examples", ())
    one.name, one.description = name.strip(), given.get("description", "").strip()
    one.examples = list(dict.fromkeys(text.strip()[:LONGEST] for text in texts if text.strip()))
    one.parent = given.get("parent")
    _check(one)


@transaction.atomic
def retire(one: TaxonomyClass, *, by: Any) -> None:
    """Retire a class: no message is tagged with it any more; existing tags stay, and its children lose their
    parent."""
    demand(by, "reading.manage")
    if TaxonomyClass.objects.filter(pk=one.pk, retired_at=None).update(retired_at=clock.now()):
        one.children.update(parent=None)  # type: ignore[attr-defined]
        _changed(one.taxonomy, by, f"{one.name}: retired")


def _locked(taxonomy: Taxonomy) -> None:
    if Taxonomy.objects.select_for_update().get(pk=taxonomy.pk).closed_at:
        raise ValidationError("This taxonomy is closed.")


def _check(one: TaxonomyClass) -> None:
    one.full_clean(exclude=["examples", "taxonomy"])
    others = live_classes(one.taxonomy).exclude(pk=one.pk)
    if others.filter(name=one.name).exists():
        raise ValidationError(f"This taxonomy has a class {one.name} already.")
    if not one.examples and not one.description:
        raise ValidationError("Give three to five sentences that belong to the class, or say what it is.")
    if len(one.examples) > MOST_EXAMPLES:
        raise ValidationError(f"{MOST_EXAMPLES} sentences are enough; these are {len(one.examples)}.")
    above = one.parent
    if above is not None and (above.taxonomy_id != one.taxonomy_id or above.retired_at):
        raise ValidationError("The parent is a class of the same taxonomy.")
    while above is not None:
        if one.pk and above.pk == one.pk:
            raise ValidationError("A class cannot be below itself.")
        above = above.parent
    if one.pk is None and others.count() >= MOST_CLASSES:
        raise ValidationError(f"A taxonomy has at most {MOST_CLASSES} classes.")


def live_classes(taxonomy: Taxonomy) -> Any:
    return TaxonomyClass.objects.filter(taxonomy=taxonomy, retired_at=None)


def _changed(taxonomy: Taxonomy, by: Any, what: str) -> None:
    Taxonomy.objects.filter(pk=taxonomy.pk).update(changed_at=clock.now())
    record(TAXONOMY_CHANGED, taxonomy, by=by, what=what)
