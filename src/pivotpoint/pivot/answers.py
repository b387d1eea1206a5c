"""What a destination answers, and how it moves the loop."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pivotpoint.channels.examine import clean
from pivotpoint.journal.actor import Actor
from pivotpoint.journal.record import record
from pivotpoint.pivot import stages
from pivotpoint.pivot.models import Answer, Handoff, Stage
from pivotpoint.pivot.refused import Refused

MOVES = {
    Answer.Outcome.ACCEPTED: Stage.ACCEPTED,
    Answer.Outcome.CHANGING: Stage.CHANGING,
    Answer.Outcome.DELIVERED: Stage.DELIVERED,
    Answer.Outcome.DECLINED: Stage.DECLINED,
}


@transaction.atomic
def answer(
    handoff: Handoff,
    outcome: str,
    *,
    note: str = "",
    told: str = "",
    key: str,
    actor_name: str,
    by: Any = None,
) -> Answer:
    """Record an answer and move the loop to the stage that it means; the same `key` again changes nothing.

    `note` stays inside. `told` says why it was declined in words for those who asked; without it they are told nothing
    before somebody here has said it (loops.say_why).

    An answer that comes too late (the loop has gone on) is kept and moves nothing. `by` is the user or token that
    answered through our own doors; a signed answer has none and is known by `actor_name`.
    """
    if outcome not in Answer.Outcome.values:
        raise Refused(f"“{outcome}” is no answer; there are {', '.join(Answer.Outcome.values)}.")
    note, told, key, actor_name = clean(note), clean(told).strip(), clean(key), clean(actor_name)
    if outcome == Answer.Outcome.DECLINED and not (note.strip() or told):
        raise Refused("Declining needs a reason.")
    loop = handoff.loop
    stages.lock(loop)
    given, new = Answer.objects.get_or_create(
        handoff=handoff,
        key=key[:120],
        defaults={"outcome": outcome, "note": note, "actor_name": actor_name[:200]},
    )
    if not new:
        return given
    # It has arrived, whatever our own attempts say.
    Handoff.objects.filter(pk=handoff.pk).update(state=Handoff.State.ANSWERED, error="")
    actor = by or Actor("system", None, actor_name[:200])
    record("pivot.handoff_answered", handoff, by=actor, loop=loop.pk, outcome=outcome)
    stage = MOVES.get(Answer.Outcome(outcome))
    if stage and stages.may_follow(loop, stage):
        stages.advance(loop, stage, actor, reason=note or told, told=told if stage == Stage.DECLINED else "")
    return given
