"""What happened to a loop, newest first: steps, answers, escalations, tellings, verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pivotpoint.experiences.models import Verdict
from pivotpoint.journal.models import Event
from pivotpoint.pivot.loop_version import MOVED
from pivotpoint.pivot.models import Answer, Loop, Stage, StageMove
from pivotpoint.ui.templatetags.ui import people

TELLING = {
    "experiences.notices_drafted": "Notices drafted for {people}",
    "experiences.notice_approved": "Notices to {people} approved",
    "experiences.everyone_told": "Everyone is told, or cannot be",
}
MOST = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """`tone` is big (a stage reached), due (a person was needed) or empty."""

    at: datetime
    words: str
    who: str = ""
    tone: str = ""
    reason: str = ""


def entries(loop: Loop, moves: Sequence[StageMove]) -> list[Entry]:
    """Five queries; at most the newest sixty entries."""
    found = [*_steps(moves), *_answers(loop), *_escalations(loop), *_tellings(loop), *_verdicts(loop)]
    # Of two at the same moment, the one that was written later stands above.
    return sorted(found, key=lambda entry: entry.at)[::-1][:MOST]


def _steps(moves: Sequence[StageMove]) -> Iterator[Entry]:
    before: StageMove | None = None
    for move in moves:
        who = move.actor_name if move.actor_kind != "system" else ""
        if before and before.stage == move.stage and before.owner_id != move.owner_id:
            yield Entry(move.at, f"Owner moved from {before.owner} to {move.owner}", who, "", move.reason)
        elif move.reason.startswith(MOVED):
            yield Entry(move.at, "Its targets are another version's", who, "", move.reason)
        elif move.reopened:
            yield Entry(move.at, "Reopened", who, "due", move.reason)
        else:
            tone = "due" if move.stage == Stage.DECLINED else "big"
            yield Entry(move.at, str(move.get_stage_display()), who, tone, _why(move))
        before = move


def _why(move: StageMove) -> str:
    """The reason; and, where those who asked are told another one, that too."""
    other = move.told and move.told != move.reason
    return f"{move.reason} They are told: {move.told}" if other else move.reason


def _answers(loop: Loop) -> Iterator[Entry]:
    rows = Answer.objects.filter(handoff__loop=loop).select_related("handoff__destination")
    for row in rows:
        words = f"{row.handoff.destination} answered: {row.get_outcome_display().lower()}"
        who = row.actor_name if row.actor_name != str(row.handoff.destination) else ""
        yield Entry(row.at, words, who, "", row.note)


def _escalations(loop: Loop) -> Iterator[Entry]:
    for row in loop.escalations.select_related("told"):
        words = f"{'Still overdue' if row.level > 1 else 'Overdue'}: " + (
            f"it went to {row.told}" if row.gives else f"{row.told} was told"
        )
        yield Entry(row.at, words, "", "due")


def _tellings(loop: Loop) -> Iterator[Entry]:
    for event in Event.objects.about(loop).filter(name__in=TELLING).order_by("-at")[:MOST]:
        words = TELLING[event.name].format(people=people(event.data.get("people", 0)))
        yield Entry(event.at, words, event.actor_name if event.actor_kind == "user" else "", "big")


def _verdicts(loop: Loop) -> Iterator[Entry]:
    rows = Verdict.objects.filter(notice__loop=loop).select_related("notice__customer").order_by("-at")
    for row in rows[:MOST]:
        yield Entry(row.at, row.get_answer_display(), str(row.notice.customer), "", row.comment)
