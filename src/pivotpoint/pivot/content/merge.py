"""Merge two people's changes of the same version of a pivot, if they do not contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.pivot.content.difference import changed, label


def clashes(base: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Labels of what both changed from `base`, and differently."""
    keys = changed(base, wanted)
    return sorted(label(key) for key in keys if now.get(key) not in (base.get(key), wanted.get(key)))


def merged(base: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """`now` with the changes that `wanted` makes to `base`."""
    keys = changed(base, wanted)
    left = {key: value for key, value in now.items() if key not in keys}
    return left | {key: wanted[key] for key in keys if key in wanted}
