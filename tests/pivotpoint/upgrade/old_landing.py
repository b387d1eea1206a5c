"""A program: fill an empty database with the files of an earlier landing, bring it up to date, print its schema.

It runs in a process of its own, because the steps that convert rows look for them in the default database.
"""

from __future__ import annotations

import json

import django

# The last migration of each app on the morning of 28 November 2026, before any of them were squashed.
LANDING = {
    "accounts": "0003_two_pairs_of_eyes",
    "channels": "0003_apart",
    "collaboration": "0001_initial",
    "customers": "0001_initial",
    "enterprise": "0003_mailbox",
    "experiences": "0001_initial",
    "insights": "0002_shares",
    "jobs": "0001_initial",
    "journal": "0001_initial",
    "listening": "0005_rereads",
    "pivot": "0008_standing_answers",
}


def main() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.loader import MigrationLoader

    from tests.pivotpoint.upgrade.schema import schema

    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    others = ("account", "auth", "contenttypes", "mfa", "sessions")
    targets = [*LANDING.items(), *(leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in others)]
    executor.migrate(targets)
    executor.recorder.migration_qs.filter(name__contains="_squashed_").delete()  # That landing knew of none.
    before = sorted(name for name in executor.recorder.applied_migrations() if name[0] in LANDING)
    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps({"before": before, "schema": schema()}))


if __name__ == "__main__":
    django.setup()
    main()
