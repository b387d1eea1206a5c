from django.db import migrations

from pivotpoint.lib import clock

FORMER = "static-1"


def keep(apps, schema_editor):
    """The package brings another encoder now. Vectors of two cannot be compared: themes that are made of the former one's
    go on with it, until somebody reads the history anew."""
    state = apps.get_model("insights", "IndexState").objects.filter(encoder__in=("", FORMER))
    if not state.exists():
        return
    if not apps.get_model("insights", "MicroCluster").objects.exists():
        state.update(encoder="")
        return
    state.update(encoder=FORMER)
    versions = apps.get_model("listening", "EncoderVersion").objects
    if not versions.filter(live_at__isnull=False).exists():
        values = {"kind": "shipped", "dimensions": 256, "live_at": clock.now()}
        versions.update_or_create(name=FORMER, defaults=values)


class Migration(migrations.Migration):

    dependencies = [
        ("insights", "0016_alert_quote"),
        ("listening", "0013_phones_and_banks"),
    ]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
