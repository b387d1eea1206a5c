"""Rows of later stages that belong to a customer, and so move when two customers are merged.

A later stage declares them; this stage never imports one. The rows move in the merge's own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import models

from pivotpoint.lib.among import slices

SpokenBy = Callable[[list[int]], Iterable[int]]

_declared: dict[str, SpokenBy | None] = {"customers.Identity": None, "customers.Consent": None}


def belongs(label: str, *, spoken_by: SpokenBy | None = None) -> None:
    """Declare that rows of the model `label` ("channels.Message") have a `customer` that a merge may change.

    `spoken_by(identity ids)` selects the rows that came in through these handles: when a merge is undone, rows that
    came in since go back with them.
    """
    _declared[label] = spoken_by


def _rows(label: str) -> models.QuerySet[Any]:
    return apps.get_model(label)._base_manager.all()


def move_all(source: int, target: int) -> dict[str, list[int]]:
    """Give everything of `source` to `target`; returns the ids that moved, by label."""
    moved: dict[str, list[int]] = {}
    for label in _declared:
        ids = list(_rows(label).filter(customer=source).values_list("pk", flat=True))
        if ids:
            _rows(label).filter(customer=source).update(customer=target)
            moved[label] = ids
    return moved


def move_back(moved: dict[str, list[int]], source: int, target: int) -> None:
    """Move back from `source` to `target` what had moved, and what came in through those handles since."""
    identities = moved.get("customers.Identity", [])
    for label, spoken_by in _declared.items():
        ids = set(moved.get(label, []))
        if spoken_by is not None and identities:
            ids |= set(spoken_by(identities))
        for some in slices(sorted(ids)):
            _rows(label).filter(customer=source, pk__in=some).update(customer=target)
