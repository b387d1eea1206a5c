"""`pivotpoint …`: one file per command, loaded when it is asked for. `listen` never loads Django."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from pivotpoint import __version__

COMMANDS = {
    "listen": "Read a file of feedback and print the ladder. Needs no server.",
    "import": "Put a file of feedback into a channel.",
    "serve": "Run the web server and the worker.",
    "worker": "Run the worker alone.",
    "demo": "Play the demo story, then serve it.",
    "ledger": "Show where every message is, and whether the sum balances.",
    "effort": "Show what listening takes, and what comes of it.",
    "switchyard": "Write the switchyard to a file, or take one in.",
    "reread": "Read the whole history anew, and say what would move.",
    "encoder": "Show encoders, use another one, make one of your own.",
    "enterprise": "Try the connections to other systems.",
    "check": "Check settings, database and every connected system.",
}


class Lazy(click.Group):
    """Imports a command's file only when it runs; each file has a click command named `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"pivotpoint.config.cli.{'import_' if cmd_name == 'import' else cmd_name}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pivotpoint")
def main() -> None:
    """From a customer's words to a changed process to that customer knowing."""


def fail(sentence: str) -> None:
    """Say what is wrong in one sentence on stderr; exit code 2."""
    click.echo(sentence, err=True)
    sys.exit(2)
