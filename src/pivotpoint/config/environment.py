"""What the environment says, read once and loudly refused when it is wrong."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def data_folder() -> Path:
    """PIVOTPOINT_DATA, or ./data; made when absent."""
    folder = Path(os.environ.get("PIVOTPOINT_DATA") or "data").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"PIVOTPOINT_DATA={folder} cannot be used: {error.strerror}.") from error
    return folder


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or the one kept in the data folder (made on the first start, readable by its owner only)."""
    given = os.environ.get("SECRET_KEY")
    if given is not None:
        if len(given) < 32:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 32 characters.")
        return given
    kept = folder / "secret_key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return kept.read_text(encoding="ascii").strip()


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL (sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME), or SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return _sqlite(str(folder / "pivotpoint.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.strip("/"):
            raise ImproperlyConfigured("DATABASE_URL names no file; write sqlite:///PATH.")
        return _sqlite(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme or 'nothing'}; use sqlite or postgres."
    )


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


def flag(name: str, default: bool) -> bool:
    """An on/off setting: 1, true, yes, on or 0, false, no, off."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name}={value} is neither on nor off.")
    return default


def words(name: str, default: str = "") -> list[str]:
    """A setting with several values, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def port(name: str, default: int) -> int:
    """A number from 1 to 65535."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"{name}={value} is no port.")
    return int(value)


def account(user: str, password: str, *, needed: bool) -> tuple[str, str]:
    """Both, as they are written. Half an account is refused now, not when nobody looks."""
    given = os.environ.get(user, "").strip(), os.environ.get(password, "")
    if needed and not all(given):
        raise ImproperlyConfigured(f"The mailbox needs {user} and {password}.")
    return given
