"""Begin, pause, cancel, accept and undo a run; and the sweep that works on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.files import written_whole
from pivotpoint.listening.encoders.known import introduce, known
from pivotpoint.listening.encoders.live import go_live, shipped
from pivotpoint.listening.events import REREAD_DECIDED, REREAD_FINISHED, REREAD_STARTED
from pivotpoint.listening.learning.lessons import examples_until, lessons_until
from pivotpoint.listening.learning.reader import context, learnt
from pivotpoint.listening.learning.versions import return_to
from pivotpoint.listening.models import (
    CandidateReading,
    Correction,
    EncoderVersion,
    Gazetteer,
    ModelVersion,
    Reading,
    Reread,
    Taxonomy,
)
from pivotpoint.listening.rereads import beside
from pivotpoint.listening.rereads.chunks import read_on, reader_path
from pivotpoint.listening.rereads.lent import renew, take_back
from pivotpoint.listening.rereads.moves import moves
from pivotpoint.listening.rereads.swap import swap_some
from textanalytics.reading.reading import Reader

State = Reread.State
KEPT = timedelta(days=30)
"""So long an accepted run can be undone; then what was read before is dropped."""


def start(version: ModelVersion | None = None, *, encoder: EncoderVersion | None = None, by: Any) -> Reread:
    """Read everything anew with this version (the live one when not given) and the taxonomies as taught now.

    With an `encoder`, the vectors of all themes are made anew by that one.
    """
    demand(by, "reading.manage")
    encodes = EncoderVersion.objects.live() or shipped()
    if encoder is not None and encoder.pk == encodes.pk:
        raise ValidationError(f"{encoder.name} is the encoder already.")
    live = ModelVersion.objects.live()
    version = version or live
    reader = learnt(context(), version)
    taggers = Taxonomy.objects.open().exclude(version="").order_by("pk").values_list("version", flat=True)
    with transaction.atomic():
        if Reread.objects.select_for_update().open().exists():
            raise ValidationError("A history is being read anew already; finish or cancel that first.")
        run = Reread.objects.create(
            version=version,
            before=live,
            encoder=encoder,
            encoder_before=encodes if encoder else None,
            reader=reader.version,
            taggers=list(taggers),
            gazetteer=Gazetteer.objects.live(),
            total=Reading.objects.count(),
            by=user_of(by),
        )
        named = {"encoder": encoder.name} if encoder else {}
        record(REREAD_STARTED, run, by=by, reader=run.reader, messages=run.total, **named)
        reader_path(run).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        reader.save(reader_path(run))
    return run


def use(name: str, *, by: Any) -> Reread:
    """Begin to read the history anew with the encoder of this name, or with the model of this name or folder.

    Nothing changes until the run is accepted. A model that is not on this machine is fetched by its package here and
    now, because somebody asked for it; never later.
    """
    demand(by, "reading.manage")
    return start(encoder=known(name) or introduce(name, by=by), by=by)


def pause(run: Reread, *, by: Any) -> None:
    demand(by, "reading.manage")
    _move(run, (State.RUNNING,), State.PAUSED, "Only a run that is being read can pause.")


def resume(run: Reread, *, by: Any) -> None:
    demand(by, "reading.manage")
    _move(run, (State.PAUSED,), State.RUNNING, "Only a paused run can go on.")


@transaction.atomic
def cancel(run: Reread, *, by: Any) -> None:
    """Cancel a run: nothing was changed, and nothing of it stays."""
    demand(by, "reading.manage")
    now = {"decided_by": user_of(by), "decided_at": clock.now(), "finished_at": clock.now()}
    waiting = (State.RUNNING, State.PAUSED, State.READ)
    _move(run, waiting, State.CANCELLED, "What is being switched over can only be undone.", **now)
    rows = CandidateReading.objects.filter(run=run)
    rows._raw_delete(rows.db)
    beside.drop(run)
    record(REREAD_DECIDED, run, by=by, decision="cancelled")
    take_back(run)
    reader_path(run).unlink(missing_ok=True)


def accept(run: Reread, *, by: Any) -> None:
    """Accept a run: its reader goes live at once; its readings replace the others in steps."""
    demand(by, "reading.manage")
    live = ModelVersion.objects.live()
    with transaction.atomic():
        now = {"decided_by": user_of(by), "decided_at": clock.now(), "before": live}
        why_not = "Only a run that is read and waits can be accepted."
        _move(run, (State.READ,), State.ACCEPTING, why_not, **now)
        record(REREAD_DECIDED, run, by=by, decision="accepted")
        if run.version is not None and run.version != live:
            return_to(run.version, by=by)


def undo(run: Reread, *, by: Any) -> None:
    """Undo an accepted run: all earlier readings return, and the earlier reader is live again."""
    demand(by, "reading.manage")
    if run.encoder is not None and run.encoder != EncoderVersion.objects.live():
        raise ValidationError(
            f"{run.encoder.name} is not the encoder any longer; undo first what came after it."
        )
    with transaction.atomic():
        now = {"swapped": 0, "decided_by": user_of(by), "decided_at": clock.now(), "finished_at": None}
        _move(run, (State.ACCEPTED,), State.UNDOING, "Only what was accepted can be undone.", **now)
        if not CandidateReading.objects.filter(run=run).exists() and run.total:
            raise ValidationError("What was read before is no longer kept.")
        record(REREAD_DECIDED, run, by=by, decision="undone")
        if run.before is not None and run.before != ModelVersion.objects.live():
            return_to(run.before, by=by)


def forget(people: list[int]) -> None:
    """In an erasure's transaction: remove these people's judged texts from the runs' copies of readers."""
    judged = Correction.objects.filter(message__customer__in=people)
    run = Reread.objects.open().first()
    if run is None or not judged.exists() or not reader_path(run).exists():
        return
    gone = set(judged.values_list("pk", flat=True))
    last = run.version.last_correction if run.version else 0
    lessons = [lesson.taught for lesson in lessons_until(last) if lesson.pk not in gone]
    examples = examples_until(run.version.last_example if run.version else 0)
    with written_whole(reader_path(run)) as beside:
        Reader(context()).learn(lessons, examples).save(beside)
    renew(run)


def _move(run: Reread, from_: tuple[str, ...], to: str, why_not: str, **more: Any) -> None:
    """A conditional update, so that two people who press at once do not both succeed."""
    if not Reread.objects.filter(pk=run.pk, state__in=from_).update(state=to, **more):
        raise ValidationError(why_not)
    run.refresh_from_db()


def advance() -> int:
    """The sweep: one step of the open run; returns how many messages it processed."""
    run = Reread.objects.open().exclude(state=State.PAUSED).first()
    if run is None:
        return _drop_old()
    if run.held_until and run.held_until > clock.now():
        return 0
    if run.state == State.RUNNING:
        return read_on(run) or beside.prepare(run) or _read(run)
    if run.state == State.READ:
        return 0
    if run.state == State.ACCEPTING and (late := read_on(run)):
        return late
    return swap_some(run) or beside.prepare(run) or _finish(run)


def report_now(run: Reread) -> Reread:
    """After a pool has read everything: the run with its report, unless somebody stopped it."""
    run.refresh_from_db()
    while run.state == State.RUNNING and beside.prepare(run):
        run.refresh_from_db()
    if run.state == State.RUNNING:
        _read(run)
        run.refresh_from_db()
    return run


def _read(run: Reread) -> int:
    """Everything is read: count what would move, then wait for a person."""
    take_back(run)
    report = moves(run)
    waits = {"state": State.READ, "held_until": None, "read_at": clock.now(), "report": report}
    return Reread.objects.filter(pk=run.pk, state=State.RUNNING).update(**waits)


@transaction.atomic
def _finish(run: Reread) -> int:
    run = Reread.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state not in (State.ACCEPTING, State.UNDOING) or not beside.settle(run):
        return 0
    done = State.ACCEPTED if run.state == State.ACCEPTING else State.UNDONE
    if run.encoder is not None:
        go_live(run.encoder if done == State.ACCEPTED else run.encoder_before)
    run.state, run.finished_at = done, clock.now()
    run.save(update_fields=["state", "finished_at"])
    record(REREAD_FINISHED, run, outcome=done, messages=run.done)
    if done == State.UNDONE:
        rows = CandidateReading.objects.filter(run=run)
        rows._raw_delete(rows.db)
        beside.drop(run)
    reader_path(run).unlink(missing_ok=True)
    return 1


def _drop_old() -> int:
    """What was read before an accepted run, once it is too late to undo it."""
    old = Reread.objects.filter(state=State.ACCEPTED, finished_at__lt=clock.now() - KEPT)
    for run in old.exclude(encoder=None):
        beside.drop(run)
    rows = CandidateReading.objects.filter(run__in=old.order_by().values("pk"))
    return rows._raw_delete(rows.db) or 0 if rows.exists() else 0
