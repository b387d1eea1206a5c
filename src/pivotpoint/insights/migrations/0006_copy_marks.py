"""Mark the copies among the messages that are there, and have the themes that hold any counted again."""

from typing import Any

from django.db import migrations
from django.db.models import F

from textanalytics.duplicates import copy_mark

AT_ONCE = 2_000


def mark(apps: Any, schema_editor: Any) -> None:
    membership, theme = (apps.get_model("insights", name) for name in ("Membership", "Theme"))
    rows = membership.objects.order_by("pk").values_list("pk", "message__text", "cluster__theme")
    marked, themes = [], set()
    for pk, text, place in rows.iterator(chunk_size=AT_ONCE):
        if found := copy_mark(text):
            marked.append(membership(pk=pk, copy_mark=found))
            themes.add(place)
        if len(marked) >= AT_ONCE:
            membership.objects.bulk_update(marked, ["copy_mark"], batch_size=200)
            marked = []
    membership.objects.bulk_update(marked, ["copy_mark"], batch_size=200)
    for place in themes - {None}:
        theme.objects.filter(pk=place).update(uncounted=F("uncounted") + 1)


class Migration(migrations.Migration):
    dependencies = [("insights", "0005_wider"), ("channels", "__first__")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
