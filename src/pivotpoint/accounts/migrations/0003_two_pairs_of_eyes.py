from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_reads_mood"),
    ]

    operations = [
        migrations.AddField(
            model_name='installation',
            name='two_pairs_of_eyes',
            field=models.BooleanField(default=False, help_text='A change of the switchyard counts once another person has approved it.'),
        ),
    ]
