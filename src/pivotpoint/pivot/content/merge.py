"""Two people have changed one pivot from the same content: what both wanted, as long as they do not contradict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.pivot.content.difference import changed, label


def clashes(base: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What somebody else has made of `base` that `wanted` makes otherwise, as pages call it."""
    keys = changed(base, wanted)
    return sorted(label(key) for key in keys if now.get(key) not in (base.get(key), wanted.get(key)))


def merged(base: Mapping[str, Any], wanted: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """`now`, with what `wanted` changed of `base`."""
    keys = changed(base, wanted)
    left = {key: value for key, value in now.items() if key not in keys}
    return left | {key: wanted[key] for key in keys if key in wanted}
