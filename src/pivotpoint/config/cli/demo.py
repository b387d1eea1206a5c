"""Play the demo story, then serve it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from pivotpoint.config.cli import fail
from pivotpoint.config.cli.serve import taken
from pivotpoint.config.cli.start import start

HOST = "127.0.0.1"


@click.command()
@click.option("--serve/--no-serve", "with_server", default=True, help="Serve it afterwards.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same story.")
@click.option("--messages", default=3000, show_default=True, type=click.IntRange(200, 1_000_000))
@click.option(
    "--truth", type=click.Path(dir_okay=False, path_type=Path), help="Write what was planted to this file."
)
@click.option("--reset", is_flag=True, help="Begin anew: the demo's database is emptied first.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--json", "as_json", is_flag=True, help="Print what was played as JSON.")
def command(
    with_server: bool, seed: int, messages: int, truth: Path | None, reset: bool, port: int, as_json: bool
) -> None:
    """Play ninety days of an invented company through the product, then serve it."""
    if with_server and taken(HOST, port):
        fail(f"Port {port} on {HOST} is in use; choose another with --port.")
    _keep_letters()
    start(migrate=True)
    if reset:
        _empty()
    _keep_out()
    played = _play(seed, messages, truth, quiet=as_json)
    if as_json:
        click.echo(json.dumps(played))
    if with_server:
        if not as_json:
            _say_who(port)
        from pivotpoint.config.cli.serve import command as serve

        serve.main(["--port", str(port), *(["--json"] if as_json else [])], standalone_mode=False)


def _keep_letters() -> None:
    """Nothing leaves a demo: letters become files in the data folder, unless an SMTP server is named."""
    if not os.environ.get("SMTP_HOST"):
        folder = Path(os.environ.get("PIVOTPOINT_DATA") or "data").resolve() / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("MAIL_FOLDER", str(folder))


def _empty() -> None:
    from django.core.management import call_command

    from pivotpoint.accounts.models import Installation

    played = Installation.objects.exclude(demo_played_at=None).exists()
    if Installation.objects.exists() and not played:
        fail("This database holds more than the demo; --reset empties only a demo's database.")
    call_command("flush", verbosity=0, interactive=False)


def _keep_out() -> None:
    """No invented customers among real ones: whoever's data folder is set in this shell may have forgotten it."""
    from pivotpoint.accounts.models import Installation
    from pivotpoint.channels.models import Message

    real = Installation.objects.filter(demo_asked_at=None, demo_played_at=None).exclude(set_up_at=None)
    if real.exists() and Message.objects.exists():
        fail("This installation holds messages of your own; name another data folder with PIVOTPOINT_DATA.")


def _play(seed: int, messages: int, truth: Path | None, *, quiet: bool) -> dict[str, object]:
    from rich.console import Console
    from rich.progress import Progress

    from pivotpoint.accounts.models import Installation
    from pivotpoint.desk.demo.play import play, story_here
    from pivotpoint.desk.demo.script import DAYS
    from pivotpoint.desk.demo.truth import truth as planted

    there = Installation.objects.exclude(demo_played_at=None).exists()
    if there and not quiet and truth is None:
        return {"played": False}  # Nobody asks for what was played, which is written anew to be told.
    story = story_here(seed, messages)
    if truth:
        truth.write_text(json.dumps(planted(story), indent=1), encoding="utf-8")
    said: dict[str, object] = {"messages": len(story.said), "seed": story.seed}
    if there:
        return {"played": False} | said
    with Progress(console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task(f"Ninety days at {story.book['company']['name']}", total=DAYS)
        play(story, lambda done, of: bar.update(task, completed=done, total=of))
    return {"played": True} | said


def _say_who(port: int) -> None:
    from pivotpoint.accounts.models import User
    from pivotpoint.desk.demo.people import PASSWORD

    seen: set[str] = set()
    click.echo(f"\nOpen http://127.0.0.1:{port}/ and log in with the password {PASSWORD} as:")
    for user in User.objects.active().order_by("pk"):
        if user.role not in seen:
            seen.add(user.role)
            click.echo(f"  {user.email:<28} {user.get_role_display()}")
    click.echo("")
