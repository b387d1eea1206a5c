"""What the readings of before would have been kept with: their doubt; when a version was made."""

from django.db import migrations
from django.db.models import F, FloatField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Least

DOUBTED = ("mood", "intent", "about_us", "actionable", "function")


def sure(field):
    return Coalesce(Cast(KT(f"confidence__{field}"), FloatField()), Value(1.0))


def fill(apps, _):
    Reading = apps.get_model("listening", "Reading")
    Reading.objects.update(doubt=1.0 - Least(*map(sure, DOUBTED)))
    Version = apps.get_model("listening", "ModelVersion")
    Version.objects.update(made_at=F("live_at"), verdict="unmeasured")


class Migration(migrations.Migration):

    dependencies = [("listening", "0002_versions_and_review")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
