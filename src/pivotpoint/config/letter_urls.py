"""The addresses that letters lead to. The worker writes them without loading all the pages that there are."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

LED_TO = ("channels", "community")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"pivotpoint.{stage}.urls")) for stage in LED_TO
]
