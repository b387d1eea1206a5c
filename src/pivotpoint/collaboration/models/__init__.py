from pivotpoint.collaboration.models.discussion import Comment, Decision
from pivotpoint.collaboration.models.invitation import Invitation
from pivotpoint.collaboration.models.task import Task

__all__ = ["Comment", "Decision", "Invitation", "Task"]
