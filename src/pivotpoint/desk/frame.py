"""What every staff page shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from pivotpoint.accounts.models import Installation

STATIONS = [
    ("Today", "/"),
    ("Inbox", "/inbox/"),
    ("Insights", "/insights/"),
    ("Switchyard", "/switchyard/"),
    ("Loops", "/loops/"),
    ("Changes", "/changes/"),
    ("Portal", "/portal/"),
]
MORE = [
    ("Customers", "/customers/"),
    ("Ledger", "/ledger/"),
    ("Import", "/import/"),
    ("Settings", "/settings/"),
]

SETTINGS = [
    ("settings", "Organisation"),
    ("people", "People"),
    ("teams", "Functions"),
    ("tokens", "API tokens"),
    ("journal", "Journal"),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The company's name for everybody; the line of stations for colleagues."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"organisation": Installation.here().name or "Pivotpoint"}
    return {
        "organisation": Installation.here().name,
        "settings_tabs": SETTINGS,
        "can_manage_users": request.user.may("user.manage"),
        "frame": {"stations": _stations(STATIONS, request.path), "more": _stations(MORE, request.path)},
    }


def _stations(stations: list[tuple[str, str]], path: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": url, "here": path == url or (url != "/" and path.startswith(url))}
        for label, url in stations
    ]
