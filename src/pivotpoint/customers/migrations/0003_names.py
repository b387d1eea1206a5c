"""People are found by indexes: a handle whatever its kind, and the words of a name.

SQLite rebuilds a table to alter it and drops its triggers: a later migration that alters Customer ends with this one's
`make` again (the search tests fail otherwise).
"""

import django.db.models.deletion
from django.db import migrations, models

from pivotpoint.customers.search import postgres, sqlite


def make(apps, schema_editor):
    drop(apps, schema_editor)
    for statement in (postgres if schema_editor.connection.vendor == "postgresql" else sqlite).MAKE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in (postgres if schema_editor.connection.vendor == "postgresql" else sqlite).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0002_share'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='identity',
            name='identity_once',
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('handle', 'kind'), name='handle_once'),
        ),
        migrations.AlterField(
            model_name='customer',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='customers.customer'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customer_merged_into'),
        ),
        migrations.RunPython(make, drop),
    ]
