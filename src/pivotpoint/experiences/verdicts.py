""" "Did it help?": the answers of those who asked confirm a loop or open it again."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from pivotpoint.accounts.models import Installation
from pivotpoint.experiences.again import CHANGED, reopen
from pivotpoint.experiences.models import Notice, Telling, Verdict
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record
from pivotpoint.pivot import loops as loop_verbs
from pivotpoint.pivot.models import Loop, Stage
from pivotpoint.pivot.refused import Refused

FEW = 3
"""So many answers are enough to open a loop again; with few people told, a quarter of them is."""

WAITING = (Notice.State.DRAFT, Notice.State.APPROVED)


@dataclass(frozen=True, slots=True)
class Tally:
    """People by their last answer about a loop's present change, and how many were told of it."""

    told: int
    helped: int
    partly: int
    did_not: int

    @property
    def answers(self) -> int:
        return self.helped + self.partly + self.did_not

    def confirms(self, enough: int) -> bool:
        """Enough answers, or everybody's, and more than half say that it helped."""
        everybody = 0 < self.told <= self.answers
        return (self.answers >= enough or everybody) and 2 * self.helped > self.answers

    def reopens(self) -> bool:
        """Enough answers for a no to weigh, and more than half say that it did not help."""
        enough = min(FEW, max(1, math.ceil(self.told / 4)))
        return self.answers >= enough and 2 * self.did_not > self.answers


def may_judge(notice: Notice) -> bool:
    """There is a change that is said to be live, and our word about it is not waiting for approval."""
    live = notice.change is not None and notice.change.taken_back_at is None
    return live and notice.state not in WAITING and notice.loop.stage in CHANGED


@transaction.atomic
def give(notice: Notice, answer: str, comment: str = "") -> Verdict:
    """What this person says now; their last answer counts, each is kept."""
    if answer not in Verdict.Answer.values:
        raise Refused("Answer with helped, partly or not.")
    if notice.change_id is None:
        raise Refused("Nothing was changed, so there is nothing to judge.")
    if notice.state in WAITING:
        raise Refused("This notice has not left yet.")
    if not may_judge(notice):
        raise Refused("This change is not live any more, so there is nothing to judge.")
    last = notice.verdicts.last()
    comment = comment.strip()[:2_000]
    if last is not None and (last.answer, last.comment) == (answer, comment):
        return last
    verdict = Verdict.objects.create(notice=notice, answer=answer, comment=comment)
    record("experiences.verdict_given", verdict, by=notice.customer, loop=notice.loop_id, answer=answer)
    return verdict


def tally(loop: Loop) -> Tally:
    """The answers about the change that the loop is being told of."""
    telling = Telling.objects.current().filter(loop=loop).first()
    return tallies([telling])[loop.pk] if telling else Tally(0, 0, 0, 0)


def tallies(tellings: Iterable[Telling]) -> dict[int, Tally]:
    """By loop; two statements for any number of loops."""
    changes = {telling.loop_id: telling.change_id for telling in tellings}
    told = dict.fromkeys(changes, 0)
    last: dict[int, dict[int, str]] = {loop: {} for loop in changes}
    sent = Notice.objects.filter(loop__in=changes, state=Notice.State.TOLD)
    for loop, change in sent.values_list("loop_id", "change_id"):
        told[loop] += change == changes[loop]
    given = Verdict.objects.filter(notice__loop__in=changes).order_by("at", "pk")
    for loop, change, notice, answer in given.values_list(
        "notice__loop_id", "notice__change_id", "notice_id", "answer"
    ):
        if change == changes[loop]:
            last[loop][notice] = answer
    return {loop: _tally(told[loop], list(last[loop].values())) for loop in changes}


def _tally(told: int, answers: list[str]) -> Tally:
    kinds = Verdict.Answer
    return Tally(told, *(answers.count(kind) for kind in (kinds.HELPED, kinds.PARTLY, kinds.NOT)))


def on_given(event: Event) -> None:
    """The answer may settle its loop."""
    judge(Loop.objects.filter(pk=event.data["loop"]).select_related("pivot", "insight__theme").first())


def on_told(event: Event) -> None:
    """People may have answered before the last one was told."""
    judge(Loop.objects.filter(pk=event.subject_id).select_related("pivot", "insight__theme").first())


def judge(loop: Loop | None) -> None:
    """Confirm or reopen, when the answers so far say so."""
    if loop is None or loop.stage not in CHANGED:
        return
    answers = tally(loop)
    if answers.reopens():
        reopen(loop, f"{answers.did_not} of {answers.answers} who answered say that it did not help.")
    elif loop.stage == Stage.TOLD and answers.confirms(Installation.here().trend_from):
        loop_verbs.confirmed(
            loop, by=None, reason=f"{answers.helped} of {answers.answers} who answered say that it helped."
        )
