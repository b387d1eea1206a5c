from pivotpoint.listening.models.correction import Correction
from pivotpoint.listening.models.glance import Glance
from pivotpoint.listening.models.model_version import ModelVersion, Trial
from pivotpoint.listening.models.reading import Reading

__all__ = ["Correction", "Glance", "ModelVersion", "Reading", "Trial"]
