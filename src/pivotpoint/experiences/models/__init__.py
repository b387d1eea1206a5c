from pivotpoint.experiences.models.change import Change
from pivotpoint.experiences.models.correction import Correction
from pivotpoint.experiences.models.notice import Notice
from pivotpoint.experiences.models.telling import Telling
from pivotpoint.experiences.models.verdict import Verdict
from pivotpoint.experiences.models.wording import Wording

__all__ = ["Change", "Correction", "Notice", "Telling", "Verdict", "Wording"]
