from pivotpoint.listening.models.correction import Correction
from pivotpoint.listening.models.encoder import EncoderVersion
from pivotpoint.listening.models.example import RelevanceExample
from pivotpoint.listening.models.glance import Glance
from pivotpoint.listening.models.model_version import ModelVersion, Trial
from pivotpoint.listening.models.name import Gazetteer, LeftOutName, Mention
from pivotpoint.listening.models.reading import Reading
from pivotpoint.listening.models.reread import CandidateReading, LentFile, Reread
from pivotpoint.listening.models.taxonomy import Tag, TagVerdict, Taxonomy, TaxonomyClass

__all__ = [
    "CandidateReading",
    "Correction",
    "EncoderVersion",
    "Gazetteer",
    "Glance",
    "LeftOutName",
    "LentFile",
    "Mention",
    "ModelVersion",
    "Reading",
    "RelevanceExample",
    "Reread",
    "Tag",
    "TagVerdict",
    "Taxonomy",
    "TaxonomyClass",
    "Trial",
]
