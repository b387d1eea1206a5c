"""The taught taxonomies in this process, and the sweep that teaches them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import TAXONOMY_TAUGHT
from pivotpoint.listening.models import TagVerdict, Taxonomy, TaxonomyClass
from textanalytics.taught.lessons import Label, Lesson
from textanalytics.taught.tags import Tag, Tagger

AT_MOST = 2_000
"""Verdicts that a taxonomy is taught, the latest ones."""
REST = timedelta(minutes=1)
"""New verdicts are taught together, after so long."""

_lock = Lock()
_loaded: dict[str, Tagger] = {}


def folder() -> Path:
    """Where taught taxonomies are kept, below the data folder."""
    return Path(settings.DATA_FOLDER) / "taxonomies"


def live_taggers(only: Collection[int] | None = None) -> list[Tagger]:
    """Those that messages are read with now, loaded once a process; all, or of these taxonomies."""
    rows = Taxonomy.objects.open().exclude(version="").order_by("pk")
    if only is not None:
        rows = rows.filter(pk__in=only)
    return [_load(row) for row in rows]


def _load(row: Taxonomy) -> Tagger:
    """A file that is gone (a data folder restored without it) is made anew from the rows."""
    with _lock:
        if row.version not in _loaded:
            try:
                _loaded[row.version] = Tagger.load(folder() / f"{row.version}.npz")
            except (FileNotFoundError, ValueError):
                _loaded[row.version] = teach(row)
        return _loaded[row.version]


def tags_of(taggers: Sequence[Tagger], texts: Sequence[str]) -> list[list[tuple[str, Tag]]]:
    """Of each text, with the version that says so."""
    found: list[list[tuple[str, Tag]]] = [[] for _ in texts]
    for tagger in taggers:
        version = tagger.version
        for mine, tags in zip(found, tagger.tag(texts), strict=True):
            mine += [(version, tag) for tag in tags]
    return found


def teach_due() -> int:
    """Teach the taxonomies that have changed, or on which people have judged; how many."""
    standing = Count("classes__verdicts", filter=Q(classes__verdicts__undone_at=None))
    due = 0
    for row in Taxonomy.objects.open().annotate(standing=standing):
        changed = row.taught_at is None or row.changed_at > row.taught_at
        judged = row.standing != row.lessons and row.taught_at and clock.now() - row.taught_at >= REST
        if changed or judged:
            _teach(row, row.standing)
            due += 1
    return due


def _teach(row: Taxonomy, standing: int) -> None:
    """A taxonomy that cannot be taught says why and is asked again when it changes."""
    moment, version, trouble = clock.now(), row.version, ""
    if TaxonomyClass.objects.filter(taxonomy=row, retired_at=None).count() < 2:
        trouble = "It needs two classes or more."
    else:
        tagger = teach(row)
        version = tagger.version
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = folder() / f"{version}.new"
        tagger.save(beside)
        beside.replace(folder() / f"{version}.npz")
    with transaction.atomic():
        Taxonomy.objects.filter(pk=row.pk).update(
            version=version, taught_at=moment, lessons=standing, trouble=trouble
        )
        if not trouble and version != row.version:
            record(TAXONOMY_TAUGHT, row, version=version, verdicts=standing)


def teach(row: Taxonomy) -> Tagger:
    """From its classes and the latest verdicts; classes are named by their keys."""
    classes = list(TaxonomyClass.objects.filter(taxonomy=row, retired_at=None).order_by("pk"))
    labels = [
        Label(
            str(one.pk),
            f"{one.name}. {one.description}".strip(),
            tuple(one.examples),
            str(one.parent_id or ""),
        )
        for one in classes
    ]
    verdicts = TagVerdict.objects.filter(of__in=classes, undone_at=None).order_by("-pk")
    told = list(verdicts.values_list("message__text", "of", "belongs")[:AT_MOST])
    return Tagger.teach(labels, [Lesson(text, str(of), belongs) for text, of, belongs in reversed(told)])
