from pivotpoint.pivot.models.absence import Absence
from pivotpoint.pivot.models.attachment import Attachment
from pivotpoint.pivot.models.calendar import Calendar, Holiday
from pivotpoint.pivot.models.escalation import Escalation, EscalationStep
from pivotpoint.pivot.models.handoff import Answer, Attempt, Handoff
from pivotpoint.pivot.models.loop import CLOSED, STAGES, Loop, Stage, StageMove
from pivotpoint.pivot.models.passage import Passage
from pivotpoint.pivot.models.pivot import Destination, Gate, Outbound, Ownership, Pivot, Rule
from pivotpoint.pivot.models.playbook import PlaybookStep
from pivotpoint.pivot.models.rota import Rota, Turn
from pivotpoint.pivot.models.standing import StandingAnswer, Use
from pivotpoint.pivot.models.version import PivotVersion, Proposal, ProposedChange

__all__ = [
    "CLOSED",
    "STAGES",
    "Absence",
    "Answer",
    "Attachment",
    "Attempt",
    "Calendar",
    "Destination",
    "Escalation",
    "EscalationStep",
    "Gate",
    "Handoff",
    "Holiday",
    "Loop",
    "Outbound",
    "Ownership",
    "Passage",
    "Pivot",
    "PivotVersion",
    "PlaybookStep",
    "Proposal",
    "ProposedChange",
    "Rota",
    "Rule",
    "Stage",
    "StageMove",
    "StandingAnswer",
    "Turn",
    "Use",
]
