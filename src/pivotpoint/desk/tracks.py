"""Lines with rounded bends, as SVG paths."""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, hypot, tan

Point = tuple[float, float]

SHIFT = 0.414
"""Where parallel tracks turn by 45°, each next one turns so much of its distance later: they stay parallel."""


def path(points: Sequence[Point], radius: float | Sequence[float] = 26.0) -> str:
    """Through the points; each inner one is a bend with `radius` (one for all, or one each), smaller where it must."""
    radii = [radius] * (len(points) - 2) if isinstance(radius, int | float) else list(radius)
    parts = [f"M{_pair(points[0])}"]
    for before, corner, after, r in zip(points, points[1:], points[2:], radii, strict=False):
        parts.append(_bend(before, corner, after, r))
    return "".join([*parts, f"L{_pair(points[-1])}"])


def _bend(before: Point, corner: Point, after: Point, radius: float) -> str:
    inn, out = _unit(before, corner), _unit(corner, after)
    cosine = max(-1.0, min(1.0, inn[0] * out[0] + inn[1] * out[1]))
    half = tan(acos(cosine) / 2)
    if half < 1e-6:
        return f"L{_pair(corner)}"
    reach = min(radius * half, 0.5 * _length(before, corner), 0.5 * _length(corner, after))
    start = (corner[0] - inn[0] * reach, corner[1] - inn[1] * reach)
    end = (corner[0] + out[0] * reach, corner[1] + out[1] * reach)
    turn = int(inn[0] * out[1] - inn[1] * out[0] > 0)
    return f"L{_pair(start)}A{reach / half:.1f} {reach / half:.1f} 0 0 {turn} {_pair(end)}"


def _unit(a: Point, b: Point) -> Point:
    length = _length(a, b) or 1.0
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def _length(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
