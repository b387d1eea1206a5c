"""Read settings from environment variables; ImproperlyConfigured names an invalid one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured


def data_folder() -> Path:
    """PIVOTPOINT_DATA, or ./data; made when absent."""
    folder = Path(os.environ.get("PIVOTPOINT_DATA") or "data").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"PIVOTPOINT_DATA={folder} cannot be used: {error.strerror}.") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"PIVOTPOINT_DATA={folder} cannot be used: it may not be written to.")
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
        return _kept(kept)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return _kept(kept)


def _kept(file: Path) -> str:
    """A key that was cut short must not be replaced: what is encrypted with the old one would be lost."""
    try:
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The secret key kept in {file} cannot be read.") from error
    if len(key) < 32:
        raise ImproperlyConfigured(
            f"The secret key kept in {file} is damaged; bring it back from a backup, or set SECRET_KEY."
        )
    return key


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


def word(name: str, default: str = "") -> str:
    """A setting with one value, which may contain commas; a blank one counts as not set."""
    return os.environ.get(name, "").strip() or default


def site_url() -> str:
    """SITE_URL: scheme and host, the base of every link in an e-mail."""
    url = word("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL={url} is no address; write https://feedback.example.com.")
    return url


def time_zone() -> str:
    """TIME_ZONE, by its name in the tz database."""
    name = word("TIME_ZONE", "UTC")
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"TIME_ZONE={name} is no time zone; write Europe/Berlin, for example."
        ) from None
    return name


def words(name: str, default: str = "") -> list[str]:
    """A setting with several values, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def port(name: str, default: int) -> int:
    """A number from 1 to 65535."""
    value = word(name, str(default))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"{name}={value} is no port.")
    return int(value)


def account(user: str, password: str, *, needed: bool) -> tuple[str, str]:
    """User and password from these two variables. ImproperlyConfigured if an account is `needed` and incomplete."""
    given = os.environ.get(user, "").strip(), os.environ.get(password, "")
    if needed and not all(given):
        raise ImproperlyConfigured(f"The mailbox needs {user} and {password}.")
    return given
