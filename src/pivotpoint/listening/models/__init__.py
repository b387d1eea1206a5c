from pivotpoint.listening.models.correction import Correction
from pivotpoint.listening.models.model_version import ModelVersion
from pivotpoint.listening.models.reading import Reading

__all__ = ["Correction", "ModelVersion", "Reading"]
