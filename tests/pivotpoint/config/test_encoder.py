"""`pivotpoint encoder`: list, use, distil, from a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pivotpoint.channels.models import Message
from pivotpoint.config.cli import main
from pivotpoint.lib import clock
from pivotpoint.listening.encoders.live import loaded, place_of
from pivotpoint.listening.models import EncoderVersion, Reread
from pivotpoint.listening.reading.read import read_unread
from tests.textanalytics.encoders import models

pytestmark = pytest.mark.django_db
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Run:
    settings.DATA_FOLDER = tmp_path / "data"
    monkeypatch.setattr("pivotpoint.config.cli.start.start", lambda **_: None)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture
def model(tmp_path: Path) -> str:
    return str(models.make_model(tmp_path / "tiny"))


def say_many(form: Any, hanne: Any, count: int) -> None:
    Message.objects.bulk_create(
        Message(
            channel=form,
            external_id=f"m{n}",
            customer=hanne,
            text=f"My refund is wrong, {text}, where is my money?",
            said_at=clock.now(),
        )
        for n, text in enumerate(models.messages(count))
    )
    while read_unread():
        pass


def test_at_first_there_is_the_shipped_one(run: Run) -> None:
    (row,) = json.loads(run("encoder", "list", "--json").stdout)
    assert (row["name"], row["kind"], row["dimensions"], row["live"]) == ("static-2", "shipped", 256, True)
    assert run("encoder", "list").stdout.startswith("* static-2 ")


def test_one_is_distilled_from_our_own_messages_then_used_then_accepted(
    run: Run, model: str, form: Any, hanne: Any, settings: Any
) -> None:
    say_many(form, hanne, 240)
    made = json.loads(run("encoder", "distil", model, "--name", "ours", "--json").stdout)
    assert (made["name"], made["kind"], made["live"]) == ("ours", "distilled", False)
    assert made["provenance"]["messages"] == Message.objects.filter(reading__about_us=True).count()
    assert made["provenance"]["model"].startswith("tiny-")
    assert (settings.DATA_FOLDER / "encoders" / "ours" / "rows.npz").is_file()
    begun = json.loads(run("encoder", "use", "ours", "--json").stdout)
    assert (begun["state"], begun["encoder"], begun["messages"]) == ("running", "ours", 240)
    done = run("reread", "--processes", "1", "--accept")
    assert "Encoder static-2 → ours: " in done.stdout
    assert [row["name"] for row in json.loads(run("encoder", "list", "--json").stdout) if row["live"]] == [
        "ours"
    ]
    assert "from tiny-" in run("encoder", "list").stdout


def test_a_model_is_used_by_its_folder(run: Run, model: str) -> None:
    said = run("encoder", "use", model)
    row = EncoderVersion.objects.get(kind="model")
    assert said.stdout.startswith(
        f"Run {Reread.objects.get().pk} reads 0 messages anew, with the encoder {row.name}."
    )
    assert row.place == model
    assert (row.name[:5], row.dimensions) == ("tiny-", models.SIZE)


def test_a_model_goes_on_in_the_way_it_was_begun(run: Run, model: str) -> None:
    """Else what is installed later, PyTorch above all, would give its messages other vectors under one name."""
    run("encoder", "use", f"{model}#float32")
    row = EncoderVersion.objects.get(kind="model")
    assert (row.place, place_of(row)) == (model, f"{model}#float32")
    assert loaded(row).name == row.name
    row.name += "-int8"
    assert place_of(row) == f"{model}#int8"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("use", "static-2"), "static-2 is the encoder already."),
        (("use", "nowhere/nothing"), "The encoder 'nowhere/nothing' "),
        (("distil", "{model}", "--name", "A name!"), "A name has 1 to 40 small letters"),
        (("distil", "{model}", "--name", "static-2"), "There is an encoder static-2 already"),
        (("distil", "{model}"), "An encoder needs 200 different messages to be fitted to; there are 0."),
    ],
)
def test_what_cannot_be_is_one_sentence(run: Run, model: str, words: tuple[str, ...], says: str) -> None:
    said = run("encoder", *(word.format(model=model) for word in words))
    assert said.exit_code == 2
    assert said.stderr.splitlines()[-1].startswith(says)
    assert not Reread.objects.exists()
