"""Note on each membership what its message wants, and have all themes counted again."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def note(apps: Any, schema_editor: Any) -> None:
    reading = apps.get_model("listening", "Reading").objects.filter(pk=OuterRef("pk"))
    apps.get_model("insights", "Membership").objects.filter(message__reading__isnull=False).update(
        intent=Subquery(reading.values("intent")[:1])
    )
    apps.get_model("insights", "Theme").objects.filter(messages__gt=0).update(uncounted=F("uncounted") + 1)


class Migration(migrations.Migration):
    dependencies = [("insights", "0019_intents"), ("listening", "__first__")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop, elidable=True)]
