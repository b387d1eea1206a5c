"""`pivotpoint import`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.config.cli import main
from tests.pivotpoint.imports.conftest import REVIEWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path: Path, feed: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command; the database is there already."""
    monkeypatch.setattr("pivotpoint.config.cli.import_.start", lambda migrate: None)
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")

    def ran(*options: str, file: Path = path) -> Result:
        return CliRunner().invoke(main, ["import", str(file), *options], catch_exceptions=False)

    return ran


def test_a_file_goes_into_a_channel(run: Any) -> None:
    result = run("--channel", "reviews", "--author", "customer", "--id", "review_id", "--json")
    assert (result.exit_code, json.loads(result.stdout)["accepted"]) == (0, 3)
    assert Message.objects.count() == 3
    assert run("--channel", "reviews", "--author", "customer", "--id", "review_id").stdout.startswith(
        "0 of 3 rows"
    )


def test_condition_and_dry_run(run: Any) -> None:
    result = run("--channel", "Reviews", "--where", "stars=1", "--dry-run")
    assert result.stdout.startswith(
        "1 of 3 rows would be taken in; 0 were there already, 0 refused, 2 left out"
    )
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--channel", "Post"), "There is no open channel 'Post' (there are: Reviews)"),
        (
            ("--channel", "Post", "--goal", "Hear.", "--kind", "pigeon"),
            "There is no kind 'pigeon' of channel",
        ),
        (("--channel", "Reviews", "--text", "coment"), "did you mean comment?"),
        (("--channel", "Reviews", "--where", "stars"), "Write a condition as COL=VALUE."),
    ],
)
def test_what_is_wrong_is_one_sentence(run: Any, options: tuple[str, ...], why: str) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert why in result.stderr.splitlines()[-1]
    assert not Message.objects.exists()


def test_a_missing_file(run: Any, tmp_path: Path) -> None:
    result = run("--channel", "Reviews", file=tmp_path / "none.csv")
    assert (result.exit_code, result.stderr.strip()) == (2, f"There is no file {tmp_path / 'none.csv'}.")
    assert not ImportRun.objects.exists()


def test_from_file_to_ledger_without_a_server(run: Any) -> None:
    result = run(
        "--channel", "Letters", "--goal", "Hear who writes.", "--kind", "survey", "--settle", "--json"
    )
    said = json.loads(result.stdout)
    assert (said["accepted"], said["received"], said["balances"]) == (3, 3, True)
    assert Message.objects.exclude(read_at=None).filter(channel__kind="survey").count() == 3
    again = run("--channel", "Letters", "--settle")
    assert again.stdout.splitlines()[-1].endswith("The ledger of 3 messages balances.")
