from pivotpoint.experiences.models.change import Change
from pivotpoint.experiences.models.notice import Notice
from pivotpoint.experiences.models.verdict import Verdict

__all__ = ["Change", "Notice", "Verdict"]
