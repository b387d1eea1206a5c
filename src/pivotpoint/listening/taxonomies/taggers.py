"""The taught taxonomies in this process, and the sweep that teaches them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from pivotpoint.channels.models import Message
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.files import written_whole
from pivotpoint.listening.events import TAXONOMY_KEPT_BACK, TAXONOMY_TAUGHT
from pivotpoint.listening.models import TagVerdict, Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.judge import Tried, tried
from textanalytics.taught.several.lessons import Label, Lesson
from textanalytics.taught.several.tagger import ENOUGH_USUAL, Tag, Tagger, tag_each

AT_MOST = 2_000
"""Verdicts that a taxonomy is taught, the latest ones."""
USUAL = 1_000
"""Messages beside which a class is seen to be rare."""
WAITED_FOR = 400
"""Sentences of all other classes beside which a class is tried."""
NEW = "new"
"""Names a class that is not kept yet."""
REST = timedelta(minutes=1)
"""New verdicts are taught together, after so long."""

Told = list[tuple[int, Lesson]]

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
    for tagger, given in zip(taggers, tag_each(taggers, texts), strict=True):
        version = tagger.version
        for mine, tags in zip(found, given, strict=True):
            mine += [(version, tag) for tag in tags]
    return found


def teach_due() -> int:
    """Teach the taxonomies that have changed, on which people have judged, or that know too little or nothing of what is
    usual; how many."""
    standing = Count("classes__verdicts", filter=Q(classes__verdicts__undone_at=None))
    due = 0
    for row in Taxonomy.objects.open().annotate(standing=standing):
        rested = row.taught_at and clock.now() - row.taught_at >= REST
        judged = row.standing != row.lessons
        if row.is_due or (rested and (judged or _grown(row) or _outdated(row))):
            _teach(row, row.standing)
            due += 1
    return due


def _grown(row: Taxonomy) -> bool:
    """Whether it was taught before there were messages enough to see what is usual, or as many as are looked at."""
    marks = [_heard().values_list("received_at", flat=True)[n - 1 : n] for n in (ENOUGH_USUAL, USUAL)]
    return any(row.taught_at and received > row.taught_at for mark in marks for received in mark)


def _outdated(row: Taxonomy) -> bool:
    """Whether what reads is not what was taught: the file is of another release, or gone."""
    return bool(row.version) and _load(row).version != row.version


def _teach(row: Taxonomy, standing: int) -> None:
    """A taxonomy that cannot be taught says why, and so does one that would be worse for what people said; either is
    asked again when something has changed."""
    moment = clock.now()
    labels, told = _labels(row), _told(row)
    said = {"taught_at": moment, "lessons": standing}
    if len(labels) < 2:
        Taxonomy.objects.filter(pk=row.pk).update(trouble="It needs two classes or more.", **said)
    elif (result := _tried(row, labels, told)).worse:
        _keep_back(row, result, said)
    else:
        tagger = Tagger.teach(labels, [lesson for _, lesson in told], usual=_usual())
        _go_live(row, tagger, told, said)


def _tried(row: Taxonomy, labels: Sequence[Label], told: Told) -> Tried:
    """Who changes a class decides, and what was taken back or erased must not speak on: then nothing is asked."""
    known = [lesson for pk, lesson in told if pk <= row.last_verdict]
    changed = row.is_due or not row.version
    if changed or _standing(row).filter(pk__lte=row.last_verdict).count() < row.known:
        return Tried(0, 0, 0)
    return tried(labels, [lesson for _, lesson in told], known, usual=_usual())


@transaction.atomic
def _keep_back(row: Taxonomy, result: Tried, said: dict[str, Any]) -> None:
    trouble = (
        f"It reads as before: with people's last words it would be right {result.candidate} of {result.asked} "
        f"times, without them {result.before}."
    )
    Taxonomy.objects.filter(pk=row.pk).update(trouble=trouble, **said)
    record(TAXONOMY_KEPT_BACK, row, asked=result.asked, right=result.candidate, right_before=result.before)


def _go_live(row: Taxonomy, tagger: Tagger, told: Told, said: dict[str, Any]) -> None:
    with written_whole(folder() / f"{tagger.version}.npz") as beside:
        tagger.save(beside)
    last = told[-1][0] if told else 0
    known = {"last_verdict": last, "known": _standing(row).filter(pk__lte=last).count()}
    with transaction.atomic():
        Taxonomy.objects.filter(pk=row.pk).update(version=tagger.version, trouble="", **known, **said)
        if tagger.version != row.version:
            record(TAXONOMY_TAUGHT, row, version=tagger.version, verdicts=len(told))


def teach(row: Taxonomy) -> Tagger:
    """What reads now, made anew: from the classes, and the verdicts that it knew and that still stand."""
    known = [lesson for pk, lesson in _told(row) if pk <= row.last_verdict]
    return Tagger.teach(_labels(row), known, usual=_usual())


def taught_with(row: Taxonomy, label: Label) -> Tagger:
    """As it would be with this class, new or changed. Nothing is kept. Of the other classes' sentences
    not so many that somebody waits. ValidationError while there is nothing that the class could be told from."""
    others = [one for one in _labels(row) if one.name != label.name]
    each = max(WAITED_FOR // max(len(others), 1), 3)
    few = [replace(one, examples=one.examples[:each]) for one in others]
    usual = _usual()
    if not others and len(set(usual)) < ENOUGH_USUAL:
        raise ValidationError(f"It takes a second class, or {ENOUGH_USUAL} messages, to tell what it is not.")
    return Tagger.teach([*few, label], [lesson for _, lesson in _told(row)], usual=usual)


def _usual() -> list[str]:
    """Messages as they come, whatever they say: the earliest, which stay the same, so that what is made anew is as it was."""
    return list(_heard().values_list("text", flat=True)[:USUAL])


def _heard() -> QuerySet[Message]:
    return Message.objects.heard().filter(quarantined="").exclude(text="").order_by("pk")


def _labels(row: Taxonomy) -> list[Label]:
    return [
        label_of(one) for one in TaxonomyClass.objects.filter(taxonomy=row, retired_at=None).order_by("pk")
    ]


def label_of(one: TaxonomyClass) -> Label:
    """Named by its key; a class that is not kept yet has none."""
    above = str(one.parent_id or "")
    return Label(str(one.pk or NEW), f"{one.name}. {one.description}".strip(), tuple(one.examples), above)


def _standing(row: Taxonomy) -> QuerySet[TagVerdict]:
    return TagVerdict.objects.filter(of__taxonomy=row, of__retired_at=None, undone_at=None)


def _told(row: Taxonomy) -> Told:
    """The latest verdicts that stand, in their order, each with its key."""
    rows = _standing(row).order_by("-pk").values_list("pk", "message__text", "of", "belongs")
    told = list(rows[:AT_MOST])
    return [(pk, Lesson(text, str(of), belongs)) for pk, text, of, belongs in reversed(told)]
