"""Start Django for a command, or say in one sentence why it cannot start."""

from __future__ import annotations

import os

from pivotpoint.config.cli import fail


def start(migrate: bool = False) -> None:
    """Load settings and apps, open the database; with `migrate`, bring it up to date first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
        # The command looks at every model before it finds that nothing is due, which is nearly every time.
        if due() and migrate:
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
    except ImproperlyConfigured as error:
        fail(str(error))
    except DatabaseError as error:
        fail(f"The database can't be used: {str(error).splitlines()[0]}")
    from pivotpoint.lib import garbage

    garbage.look_seldom()


def start_up_to_date() -> None:
    """As `start`, for a command that works with what is there."""
    start()
    if due():
        fail("The database is not up to date; `pivotpoint serve` makes it so.")


def due() -> int:
    """How many migrations are not applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
