"""All tables of assistant at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
import pivotpoint.lib.crypto
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('assistant', '0001_initial'),
        ('assistant', '0002_notices'),
    ]

    dependencies = [
        ('channels', '0003_apart'),
        ('insights', '0002_shares'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Assistant', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(blank=True, max_length=300)),
                ('model', models.CharField(blank=True, max_length=120)),
                ('key', pivotpoint.lib.crypto.SecretField(blank=True)),
                ('titles', models.BooleanField(default=False)),
                ('answers', models.BooleanField(default=False)),
                ('monthly_tokens', models.PositiveIntegerField(default=200000)),
                ('monthly_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('price_in', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ('price_out', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ('currency', models.CharField(default='EUR', max_length=3)),
                ('notices', models.BooleanField(default=False)),
            ]),
            migrations.CreateModel('Request', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('use', models.CharField(choices=[('title', 'Titles of insights'), ('answer', 'Draft answers'), ('notice', 'Notices of changes')], max_length=8)),
                ('at', models.DateTimeField(db_index=True, default=pivotpoint.lib.clock.now)),
                ('host', models.CharField(max_length=200)),
                ('model', models.CharField(max_length=120)),
                ('sent', models.JSONField(default=list)),
                ('answer', models.TextField(blank=True)),
                ('suggestion', models.TextField(blank=True)),
                ('tokens', models.PositiveIntegerField(default=0)),
                ('cost', models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ('outcome', models.CharField(choices=[('asked', 'No answer yet'), ('failed', 'Failed'), ('waiting', 'Waits for a person'), ('approved', 'Approved as it was'), ('edited', 'Approved after editing'), ('thrown_away', 'Thrown away')], default='asked', max_length=12)),
                ('trouble', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(null=True)),
                ('forgotten_at', models.DateTimeField(help_text='An erasure took the words out.', null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels.conversation')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('insight', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.insight')),
            ], {
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('outcome', 'waiting')), fields=['insight'], name='suggestion_waiting')],
            }),
            migrations.CreateModel('Quoted', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.message')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quoted', to='assistant.request')),
            ], {'constraints': [models.UniqueConstraint(fields=('request', 'message'), name='quoted_once')]}),
        ]),
    ]
