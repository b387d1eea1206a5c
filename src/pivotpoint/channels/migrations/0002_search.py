"""The index of words. SQLite rebuilds a table to alter it and drops its triggers: a later migration that alters
Message ends with this one's `make` again (the search tests fail otherwise)."""

from django.db import migrations

from pivotpoint.channels.search import postgres, sqlite


def make(apps, schema_editor):
    drop(apps, schema_editor)
    for statement in (postgres if schema_editor.connection.vendor == "postgresql" else sqlite).MAKE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in (postgres if schema_editor.connection.vendor == "postgresql" else sqlite).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
