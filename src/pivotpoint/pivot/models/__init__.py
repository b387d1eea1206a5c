from pivotpoint.pivot.models.escalation import Escalation
from pivotpoint.pivot.models.handoff import Answer, Attempt, Handoff
from pivotpoint.pivot.models.loop import CLOSED, STAGES, Loop, Stage, StageMove
from pivotpoint.pivot.models.passage import Passage
from pivotpoint.pivot.models.pivot import Destination, Gate, Pivot, Rule
from pivotpoint.pivot.models.standing import StandingAnswer, Use

__all__ = [
    "CLOSED",
    "STAGES",
    "Answer",
    "Attempt",
    "Destination",
    "Escalation",
    "Gate",
    "Handoff",
    "Loop",
    "Passage",
    "Pivot",
    "Rule",
    "Stage",
    "StageMove",
    "StandingAnswer",
    "Use",
]
