"""What a person is called in public, until we know their name."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

PUBLIC = ("review", "social")
names = import_module("pivotpoint.customers.migrations.0003_names")


def lay_aside(apps, schema_editor):
    """SQLite makes the table anew for another column, and meanwhile no trigger may look for it."""
    if schema_editor.connection.vendor == "sqlite":
        names.drop(apps, schema_editor)


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        names.make(apps, schema_editor)


def fill(apps, schema_editor):
    handles = apps.get_model("customers", "Identity").objects.filter(kind__in=PUBLIC)
    first = handles.filter(customer=OuterRef("pk")).order_by("pk").values("handle")[:1]
    customers = apps.get_model("customers", "Customer").objects.filter(pk__in=handles.values("customer"))
    customers.update(known_as=Subquery(first))


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0001_squashed_0003_names'),
    ]

    operations = [
        migrations.RunPython(lay_aside, put_back),
        migrations.AddField(
            model_name='customer',
            name='known_as',
            field=models.CharField(blank=True, help_text='A handle under which they speak in public: their name until we know it.', max_length=200),
        ),
        migrations.RunPython(put_back, lay_aside),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
