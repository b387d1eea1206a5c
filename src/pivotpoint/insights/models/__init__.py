from pivotpoint.insights.models.action import ThemeAction
from pivotpoint.insights.models.cluster import ClusterVector, IndexState, Membership, MicroCluster
from pivotpoint.insights.models.insight import Insight, Severity
from pivotpoint.insights.models.rollup import Backing, ThemeChannel, ThemeDay, ThemeShare
from pivotpoint.insights.models.theme import Rung, Theme, ThemeVector

__all__ = [
    "Backing",
    "ClusterVector",
    "IndexState",
    "Insight",
    "Membership",
    "MicroCluster",
    "Rung",
    "Severity",
    "Theme",
    "ThemeAction",
    "ThemeChannel",
    "ThemeDay",
    "ThemeShare",
    "ThemeVector",
]
