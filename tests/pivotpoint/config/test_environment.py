"""A wrong setting stops the start with one sentence that names it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pivotpoint.config import environment
from pivotpoint.config.database import database

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "mysql://host/name",
            "name",
            "sqlite:///",
            "postgres://host:port/name",
            "postgres://host:99999/name",
        ),
        *("postgres://[host/name", "postgres://host/", "postgres://host"),
    ],
)
def test_a_bad_database_is_refused_by_name(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(tmp_path)


@pytest.mark.parametrize(
    "url", ["example.com", "ftp://example.com", "https://", "https://[x", "https://a.de/?b"]
)
def test_a_site_without_an_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.site_url()


@pytest.mark.parametrize("name", ["Mars/Phobos", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", name)
    with pytest.raises(ImproperlyConfigured, match="TIME_ZONE"):
        environment.time_zone()


@pytest.mark.parametrize("kept", [b"", b"cut short", b"\xff\xfe"])
def test_a_damaged_secret_key_is_not_replaced(
    kept: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_bytes(kept)
    with pytest.raises(ImproperlyConfigured, match="secret_key"):
        environment.secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_bytes() == kept


def test_a_short_secret_key_is_refused_and_a_made_one_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.secret_key(tmp_path)
    monkeypatch.delenv("SECRET_KEY")
    made = environment.secret_key(tmp_path)
    assert (len(made) >= 32, environment.secret_key(tmp_path)) == (True, made)
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_folder_that_may_not_be_written_to_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIVOTPOINT_DATA", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)  # An administrator may write anywhere.
    with pytest.raises(ImproperlyConfigured, match="PIVOTPOINT_DATA"):
        environment.data_folder()


def test_a_setting_with_one_value_keeps_its_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "one,two")
    assert environment.word("SMTP_PASSWORD") == "one,two"
    monkeypatch.setenv("SMTP_PASSWORD", " ")
    assert environment.word("SMTP_PASSWORD", "none") == "none"


@pytest.mark.parametrize("command", ["check", "ledger"])
def test_a_database_that_is_none_is_said_in_one_line(command: str, tmp_path: Path) -> None:
    (tmp_path / "pivotpoint.sqlite3").write_text("This is no database. " * 100)
    given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", "pivotpoint.config.cli", command],
        env=given | {"PIVOTPOINT_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert run.stderr.startswith("The database can't be used: ")
