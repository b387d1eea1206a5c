"""Why a loop was declined, apart from what stays inside."""

from django.db import migrations, models
from django.db.models import F


def those_who_asked_read_it(apps, schema_editor):
    """Until now the reason of a declining was what those who asked were told; that they have read."""
    declined = apps.get_model("pivot", "StageMove").objects.filter(stage="declined")
    declined.exclude(reason__startswith="The same as loop ").update(told=F("reason"))


class Migration(migrations.Migration):

    dependencies = [
        ('pivot', '0001_squashed_0011_limits'),
    ]

    operations = [
        migrations.AddField(
            model_name='stagemove',
            name='told',
            field=models.CharField(blank=True, help_text='Why it was declined, in the words for those who asked.', max_length=500),
        ),
        migrations.AlterField(
            model_name='stagemove',
            name='reason',
            field=models.CharField(blank=True, help_text='For us: nobody outside reads it.', max_length=500),
        ),
        migrations.RunPython(those_who_asked_read_it, migrations.RunPython.noop),
    ]
