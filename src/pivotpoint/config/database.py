"""Which database, by DATABASE_URL; and how SQLite is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL (sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME), or SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return _sqlite(str(folder / "pivotpoint.sqlite3"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}.") from error
    if parts.scheme == "sqlite":
        if not parts.path.strip("/"):
            raise ImproperlyConfigured("DATABASE_URL names no file; write sqlite:///PATH.")
        return _sqlite(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(parts, port)
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme or 'nothing'}; use sqlite or postgres."
    )


def _postgres(parts: SplitResult, port: int | None) -> dict[str, Any]:
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL names no database; write postgres://USER:PASSWORD@HOST:PORT/NAME."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: str) -> dict[str, Any]:
    """WAL so that readers never wait; IMMEDIATE so that two writers queue instead of failing half-way.

    FULL: what is committed survives a power cut (docs/adr/0003). The log is copied into the file after 64 MB (16,384
    pages), not 4: an import touches the same pages of an index again and again, and copies them once for all.
    A worker's sweeps ask some hundreds of different questions: more statements are kept compiled than Python's 128.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "cached_statements": 1_000,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;"
            " PRAGMA wal_autocheckpoint=16384; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
        },
    }
