"""Try a mapping with nobody's words."""

from __future__ import annotations

from typing import Any

from pivotpoint.enterprise.connectors.contract import Failed, Rehearsal
from pivotpoint.enterprise.connectors.http import speak
from pivotpoint.enterprise.connectors.http.facts import SAMPLE, facts_of, sent
from pivotpoint.enterprise.connectors.http.mapping import Plan
from pivotpoint.enterprise.connectors.key import readable_key
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination

LONGEST = 4000


def rehearse(destination: Destination, plan: Plan, *, send: bool) -> Rehearsal:
    """The request that a hand-off would be. `send` sends it; else only the question of `check` is asked, if there is one."""
    shown, answer = "", ""
    try:
        making = speak.request(destination, plan, plan.make, _test(destination))
        shown = making.shown(readable_key(destination))
        asking = making
        if not send:
            if plan.check is None:
                return Rehearsal(request=shown)
            asking = speak.request(destination, plan, plan.check, {})
        said = speak.send(asking)
        answer = f"{said.status}\n\n{speak.readable(said.text)[:LONGEST]}"
        if not send:
            return Rehearsal(request=shown, answer=answer)
        made = sent(plan, destination, said.json(), str(said.status), said.text)
    except Failed as error:
        came = f"{error.status}\n\n{speak.readable(error.response)[:LONGEST]}" if error.status else answer
        return Rehearsal(request=shown, answer=came, wrong=str(error))
    return Rehearsal(shown, answer, made.external_ref, made.external_url)


def _test(destination: Destination) -> dict[str, Any]:
    """A key of its own each time, or the other side would take the second test for the first."""
    return facts_of({**SAMPLE, "handoff": f"loop-0-{destination.pk}-test-{int(clock.now().timestamp())}"})
