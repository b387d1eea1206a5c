from pivotpoint.insights.models.action import ThemeAction
from pivotpoint.insights.models.alert import Alert, AlertLetter, AlertVerdict, Quiet
from pivotpoint.insights.models.cluster import (
    ClusterMood,
    ClusterVector,
    IndexState,
    Membership,
    MicroCluster,
)
from pivotpoint.insights.models.gleaned import Gleaned, GleanedMessage, lying
from pivotpoint.insights.models.insight import Insight, Severity
from pivotpoint.insights.models.mark import InsightMark
from pivotpoint.insights.models.matter import Matter
from pivotpoint.insights.models.part import PartCluster, ThemePart
from pivotpoint.insights.models.rollup import Backing, ThemeChannel, ThemeDay, ThemeShare
from pivotpoint.insights.models.theme import DOUBTS, Rung, Theme, ThemeVector, talk, unsure
from pivotpoint.insights.models.wider import WiderTheme

__all__ = [
    "DOUBTS",
    "Alert",
    "AlertLetter",
    "AlertVerdict",
    "Backing",
    "ClusterMood",
    "ClusterVector",
    "Gleaned",
    "GleanedMessage",
    "IndexState",
    "Insight",
    "InsightMark",
    "Matter",
    "Membership",
    "MicroCluster",
    "PartCluster",
    "Quiet",
    "Rung",
    "Severity",
    "Theme",
    "ThemeAction",
    "ThemeChannel",
    "ThemeDay",
    "ThemePart",
    "ThemeShare",
    "ThemeVector",
    "WiderTheme",
    "lying",
    "talk",
    "unsure",
]
