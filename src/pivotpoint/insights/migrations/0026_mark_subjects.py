"""Mark the themes whose title is a single word, or several side by side; names of several words, and German nouns, are marked when
they are named again."""

import re
from typing import Any

from django.db import migrations

APART = re.compile(r" · | \([^()]*\)$")
"""Between words side by side, and before what tells a title from another theme's: "Email (2)"."""

AT_ONCE, ASKED = 2_000, 2_000


def mark(apps: Any, schema_editor: Any) -> None:
    theme, reading = apps.get_model("insights", "Theme"), apps.get_model("listening", "Reading")
    languages = list(reading.objects.order_by("-pk").values_list("language", flat=True)[:ASKED])
    if languages.count("de") > len(languages) / 2:
        return
    made = theme.objects.filter(titled_by=None, vague=False).order_by("pk").values_list("pk", "title")
    subjects = [pk for pk, title in made.iterator(AT_ONCE) if " " not in APART.sub("", title)]
    for start in range(0, len(subjects), AT_ONCE):
        theme.objects.filter(pk__in=subjects[start : start + AT_ONCE]).update(subject=True)


class Migration(migrations.Migration):
    dependencies = [("insights", "0025_subject"), ("listening", "__first__")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
