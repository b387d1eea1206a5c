"""An organisation's own classes over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.channels.models import Message
from pivotpoint.lib.paging import Paged, page
from pivotpoint.listening.models import Tag, TagVerdict, Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies import labelled, tags, taxonomies
from pivotpoint.listening.taxonomies.near import Near, near
from pivotpoint.listening.taxonomies.preview import Preview, preview
from pivotpoint.listening.taxonomies.trial import Tried, tried

router = Router()


class ClassOut(Schema):
    id: int
    name: str
    parent_id: int | None
    description: str
    examples: list[str]
    retired_at: datetime | None


class TaxonomyOut(Schema):
    """`version` is empty until it was taught; `trouble` says why it could not be."""

    id: int
    name: str
    description: str
    version: str
    taught_at: datetime | None
    closed_at: datetime | None
    trouble: str
    classes: list[ClassOut]


class NewTaxonomy(Schema):
    name: str
    description: str = ""


class ClassIn(Schema):
    """Three to five `examples`; `parent` is the id of a class of the same taxonomy."""

    name: str
    description: str = ""
    examples: list[str] = []
    parent: int | None = None


class LabelledRow(Schema):
    """In `label`, "Delivery > Late" is a class and its parent, "Late | Damaged" are two."""

    text: str
    label: str


class LabelledIn(Schema):
    rows: list[LabelledRow]


class LabelsTakenOut(Schema):
    """`left` are sentences beyond the 40 that one class takes."""

    rows: int
    classes: int
    sentences: int
    left: int


class TagOut(Schema):
    """`evidence` spans are half-open character offsets; `version` is empty when a person said so."""

    id: int
    message_id: int
    class_id: int
    name: str
    confidence: float
    evidence: list[tuple[int, int]]
    version: str


class ClassNearOut(Schema):
    """`evidence` spans are half-open character offsets of the words that spoke for the class."""

    message_id: int
    confidence: float
    evidence: list[tuple[int, int]]

    @staticmethod
    def resolve_message_id(row: Near) -> int:
        return row.message.pk


class ClassPreviewOut(Schema):
    """`right` of those caught, 0 to 1, are expected to be; `surest` and `doubtful` are the ends of what would be caught."""

    looked: int
    caught: int
    people: int
    right: float
    surest: list[ClassNearOut]
    doubtful: list[ClassNearOut]


class TriedOut(Schema):
    name: str
    confidence: float
    spans: list[tuple[int, int]]
    given: bool


class TagVerdictIn(Schema):
    class_id: int
    belongs: bool


class TagVerdictOut(Schema):
    id: int
    message_id: int
    belongs: bool
    at: datetime
    undone_at: datetime | None


def _taxonomy(request: Call, pk: int) -> Taxonomy:
    return get_object_or_404(Taxonomy.objects.visible_to(request.auth), pk=pk)


def _class(request: Call, pk: int) -> TaxonomyClass:
    mine = Taxonomy.objects.visible_to(request.auth)
    return get_object_or_404(TaxonomyClass, pk=pk, taxonomy__in=mine)


def _message(request: Call, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.auth), pk=pk)


@router.get("/taxonomies", response=list[TaxonomyOut], auth=needs_scope("desk.view"))
def list_taxonomies(request: Call) -> Any:
    """All taxonomies with their classes, on one page."""
    return Taxonomy.objects.visible_to(request.auth).prefetch_related("classes")


@router.get("/taxonomies/{int:pk}", response=TaxonomyOut, auth=needs_scope("desk.view"))
def show_taxonomy(request: Call, pk: int) -> Taxonomy:
    """One taxonomy with its classes."""
    return _taxonomy(request, pk)


@router.post("/taxonomies", response={201: TaxonomyOut}, auth=needs_scope("reading.manage"))
def make_taxonomy(request: Call, new: NewTaxonomy) -> Status[Taxonomy]:
    """Make a taxonomy."""
    made = taxonomies.make(new.name, new.description, by=request.auth)
    return Status(201, made)


@router.post("/taxonomies/{int:pk}/closure", response=TaxonomyOut, auth=needs_scope("reading.manage"))
def close_taxonomy(request: Call, pk: int) -> Taxonomy:
    """Close a taxonomy: new messages are not tagged with it; existing tags stay."""
    taxonomy = _taxonomy(request, pk)
    taxonomies.close(taxonomy, by=request.auth)
    return taxonomy


@router.post("/taxonomies/{int:pk}/classes", response={201: ClassOut}, auth=needs_scope("reading.manage"))
def add_class(request: Call, pk: int, new: ClassIn) -> Status[TaxonomyClass]:
    """Add a class, taught by three to five examples."""
    return Status(201, _save(request, _taxonomy(request, pk), new, None))


@router.post("/taxonomies/{int:pk}/preview", response=ClassPreviewOut, auth=needs_scope("reading.manage"))
def preview_class(request: Call, pk: int, new: ClassIn) -> Preview:
    """What a class would catch, of messages from all of the history. Nothing is kept."""
    return _preview(request, _taxonomy(request, pk), new, None)


@router.post("/classes/{int:pk}/preview", response=ClassPreviewOut, auth=needs_scope("reading.manage"))
def preview_change(request: Call, pk: int, change: ClassIn) -> Preview:
    """What a changed class would catch, of messages from all of the history. Nothing is kept."""
    one = _class(request, pk)
    return _preview(request, one.taxonomy, change, one)


def _preview(request: Call, taxonomy: Taxonomy, given: ClassIn, one: TaxonomyClass | None) -> Preview:
    return preview(taxonomy, **_fields(request, given), one=one, who=request.auth)


def _fields(request: Call, given: ClassIn) -> dict[str, Any]:
    fields = given.dict()
    return fields | {"parent": _class(request, fields["parent"]) if fields["parent"] else None}


@router.post(
    "/taxonomies/{int:pk}/labels", response={201: LabelsTakenOut}, auth=needs_scope("reading.manage")
)
def take_labels(request: Call, pk: int, body: LabelledIn) -> Status[labelled.Taken]:
    """Teach a taxonomy from labelled texts; missing classes are created."""
    rows = [(row.text, row.label) for row in body.rows]
    return Status(201, labelled.take(_taxonomy(request, pk), rows, by=request.auth))


@router.put("/classes/{int:pk}", response=ClassOut, auth=needs_scope("reading.manage"))
def change_class(request: Call, pk: int, change: ClassIn) -> TaxonomyClass:
    """Change a class; the taxonomy is taught again."""
    one = _class(request, pk)
    return _save(request, one.taxonomy, change, one)


def _save(request: Call, taxonomy: Taxonomy, given: ClassIn, one: TaxonomyClass | None) -> TaxonomyClass:
    return taxonomies.save_class(taxonomy, **_fields(request, given), one=one, by=request.auth)


@router.post("/classes/{int:pk}/retirement", response=ClassOut, auth=needs_scope("reading.manage"))
def retire_class(request: Call, pk: int) -> TaxonomyClass:
    """Retire a class: no message is tagged with it any more."""
    one = _class(request, pk)
    taxonomies.retire(one, by=request.auth)
    one.refresh_from_db()
    return one


@router.get("/classes/{int:pk}/tags", response=Paged[TagOut], auth=needs_scope("customer.view"))
def list_tags(request: Call, pk: int, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Messages tagged with a class, the least certain first."""
    rows = Tag.objects.filter(of=_class(request, pk)).select_related("of")
    found = page(rows, cursor, limit, key="confidence")
    return {"items": [_tag(row) for row in found.items], "next": found.next}


@router.get("/classes/{int:pk}/near", response=list[ClassNearOut], auth=needs_scope("customer.view"))
def list_near(request: Call, pk: int, limit: int = Query(25, ge=1, le=200)) -> list[Near]:
    """Messages that a class came near to and was not given, among the latest; the nearest first."""
    return near(_class(request, pk), request.auth, limit)


@router.get("/taxonomies/{int:pk}/trial", response=list[TriedOut], auth=needs_scope("desk.view"))
def try_sentence(request: Call, pk: int, text: str = Query(..., max_length=2_000)) -> list[Tried]:
    """Try a sentence: its likeliest classes. `given` marks those that it would be tagged with."""
    return tried(_taxonomy(request, pk), text)


@router.get("/messages/{int:pk}/tags", response=list[TagOut], auth=needs_scope("customer.view"))
def message_tags(request: Call, pk: int) -> list[dict[str, Any]]:
    """The classes of one message, each with its evidence."""
    rows = Tag.objects.filter(message=_message(request, pk)).select_related("of")
    return [_tag(row) for row in rows.order_by("-confidence")]


def _tag(row: Tag) -> dict[str, Any]:
    return {
        "id": row.pk,
        "message_id": row.message_id,
        "class_id": row.of_id,
        "name": row.of.name,
        "confidence": row.confidence,
        "evidence": row.evidence,
        "version": row.version,
    }


@router.post(
    "/messages/{int:pk}/tag-verdicts", response={201: TagVerdictOut}, auth=needs_scope("reading.correct")
)
def say(request: Call, pk: int, body: TagVerdictIn) -> Status[TagVerdict]:
    """Say whether a message has a class. It counts at once, and the taxonomy learns from it."""
    message, one = _message(request, pk), _class(request, body.class_id)
    return Status(201, tags.say(message, one, belongs=body.belongs, by=request.auth))


@router.delete("/tag-verdicts/{int:pk}", response=TagVerdictOut, auth=needs_scope("reading.correct"))
def undo(request: Call, pk: int) -> TagVerdict:
    """Withdraw a verdict: the message has the class as before."""
    verdict = get_object_or_404(TagVerdict, pk=pk)
    _message(request, verdict.message_id)
    tags.undo(verdict, by=request.auth)
    return verdict
