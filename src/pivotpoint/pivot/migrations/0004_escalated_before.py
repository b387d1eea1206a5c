"""What was escalated before pivots had paths: the second level gave the loop away, the first awaits the second."""

from datetime import timedelta

from django.db import migrations
from django.db.models import Exists, F, OuterRef

DAY = timedelta(hours=24)


def plan(apps, schema_editor):
    Escalation, Loop = (apps.get_model("pivot", name) for name in ("Escalation", "Loop"))
    Escalation.objects.filter(level=2).update(gives=True)
    given = Escalation.objects.filter(loop=OuterRef("pk"), due_at=OuterRef("due_at"), level=2)
    told = Loop.objects.filter(closed_at=None, escalated_at__isnull=False).exclude(Exists(given))
    told.update(escalate_at=F("escalated_at") + DAY)


class Migration(migrations.Migration):
    dependencies = [("pivot", "0003_hours_and_owners")]

    operations = [migrations.RunPython(plan, migrations.RunPython.noop)]
