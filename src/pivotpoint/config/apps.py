"""At start, each stage's subscriptions are connected."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "pivotpoint.config"
    label = "config"

    def ready(self) -> None:
        for stage in settings.STAGES[1:]:
            for room in ("events", "subscriptions", "jobs"):
                if find_spec(f"{stage}.{room}"):
                    import_module(f"{stage}.{room}")
