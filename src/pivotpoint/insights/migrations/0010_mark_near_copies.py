"""Mark what copies with a word changed share, and have the themes that hold any counted again."""

from typing import Any

from django.db import migrations
from django.db.models import F

from textanalytics.duplicates import copy_marks

AT_ONCE = 2_000
NEAR = ["near_first", "near_middle", "near_last"]


def mark(apps: Any, schema_editor: Any) -> None:
    membership, theme = (apps.get_model("insights", name) for name in ("Membership", "Theme"))
    rows = membership.objects.exclude(copy_mark=0).order_by("pk")
    marked, themes = [], set()
    for pk, text, place in rows.values_list("pk", "message__text", "cluster__theme").iterator(AT_ONCE):
        first, middle, last = copy_marks(text)[1:]
        if first:
            marked.append(membership(pk=pk, near_first=first, near_middle=middle, near_last=last))
            themes.add(place)
        if len(marked) >= AT_ONCE:
            membership.objects.bulk_update(marked, NEAR, batch_size=200)
            marked = []
    membership.objects.bulk_update(marked, NEAR, batch_size=200)
    for place in themes - {None}:
        theme.objects.filter(pk=place).update(uncounted=F("uncounted") + 1)


class Migration(migrations.Migration):
    dependencies = [("insights", "0009_near_copies"), ("channels", "__first__")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
