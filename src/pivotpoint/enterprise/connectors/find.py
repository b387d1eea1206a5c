"""The connector of a kind."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import cast

from pivotpoint.enterprise.connectors.contract import Choices, Connector, MappingError, Offers


@lru_cache(maxsize=1)
def kinds() -> dict[str, Connector]:
    """Every folder beside this file that has a connector.py."""
    found = sorted(path.parent.name for path in Path(__file__).parent.glob("*/connector.py"))
    return {kind: cast(Connector, import_module(f"{__package__}.{kind}.connector")) for kind in found}


def find(kind: str) -> Connector:
    """MappingError when there is none."""
    if kind not in kinds():
        raise MappingError(f"There is no connector “{kind}”; there are {', '.join(kinds())}.")
    return kinds()[kind]


def called(kind: str) -> str:
    """What people call the kind, without what stands in brackets; the kind itself when it is gone."""
    connector = kinds().get(kind)
    return connector.LABEL.partition(" (")[0] if connector else kind


def offers(kind: str) -> Choices:
    """By setting: what it may be, and what people call that. Settings that anything may be written in are not there."""
    connector = kinds().get(kind)
    return connector.offers() if isinstance(connector, Offers) else {}
