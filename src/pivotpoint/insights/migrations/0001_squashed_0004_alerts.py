"""All tables of insights at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('insights', '0001_initial'),
        ('insights', '0002_shares'),
        ('insights', '0003_encoders'),
        ('insights', '0004_alerts'),
    ]

    dependencies = [
        ('channels', '0001_initial'),
        ('customers', '0001_initial'),
        ('listening', '0006_encoders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('IndexState', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.BigIntegerField(default=0)),
                ('state', models.JSONField(default=dict)),
                ('encoder', models.CharField(max_length=40)),
                ('gathered', models.BigIntegerField(default=0)),
                ('consolidated', models.BigIntegerField(default=0)),
                ('consolidated_at', models.DateTimeField(null=True)),
            ]),
            migrations.CreateModel('Theme', [
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=160)),
                ('keywords', models.JSONField(default=list)),
                ('vague', models.BooleanField(default=False, help_text='Short replies, chit-chat: named as such, never switched.')),
                ('people', models.IntegerField(default=0)),
                ('messages', models.IntegerField(default=0)),
                ('negative', models.IntegerField(default=0, help_text='Messages with a negative mood.')),
                ('rung', models.CharField(choices=[('voice', 'Voice'), ('pattern', 'Pattern'), ('trend', 'Trend')], default='voice', max_length=8)),
                ('function', models.CharField(blank=True, max_length=20)),
                ('function_share', models.FloatField(default=0, help_text='Share of its messages that point to this function.')),
                ('first_at', models.DateTimeField(null=True)),
                ('last_at', models.DateTimeField(null=True)),
                ('onset', models.DateField(null=True)),
                ('rate_before', models.FloatField(default=0, help_text='People a day before the onset.')),
                ('rate_since', models.FloatField(default=0, help_text='People a day since the onset.')),
                ('actionable', models.IntegerField(default=0, help_text='Messages that somebody could act on.')),
                ('stakes', models.JSONField(default=dict, help_text='Share of its texts that speak of money, of safety.')),
                ('titled_for', models.IntegerField(default=0, help_text='How many messages it had when it got its title.')),
                ('uncounted', models.IntegerField(default=0, help_text='Messages since the last count: the row is the queue entry.')),
                ('counted_at', models.DateTimeField(null=True)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='insights.theme')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='insights.theme')),
                ('titled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('doubtful', models.IntegerField(default=0, help_text='Of its people, how many may be another of them: a rung counts these once.')),
            ], {
                'indexes': [
                    models.Index(fields=['rung', '-people'], name='insights_th_rung_4695f2_idx'),
                    models.Index(fields=['-last_at'], name='insights_th_last_at_85fc8a_idx'),
                    models.Index(condition=models.Q(('uncounted__gt', 0)), fields=['id'], name='theme_uncounted'),
                ],
            }),
            migrations.CreateModel('ThemeVector', [
                ('theme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='vector', serialize=False, to='insights.theme')),
                ('vector', models.BinaryField(help_text='Unit length, float32.')),
            ]),
            migrations.CreateModel('Backing', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('messages', models.IntegerField()),
                ('negative', models.IntegerField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='backings', to='customers.customer')),
                ('theme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='backings', to='insights.theme')),
            ], {'constraints': [models.UniqueConstraint(fields=('theme', 'customer'), name='backing_once')]}),
            migrations.CreateModel('MicroCluster', [
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('held', models.BooleanField(default=False, help_text='A person decided where it belongs.')),
                ('count', models.IntegerField(default=0)),
                ('vector', models.BinaryField(help_text="Sum of its messages' vectors, float32.")),
                ('samples', models.JSONField(default=list)),
                ('seen', models.BinaryField(default=bytes, help_text='Fingerprints of its texts: same text, same cluster.')),
                ('folded_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='folded', to='insights.microcluster')),
                ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clusters', to='insights.theme')),
            ]),
            migrations.CreateModel('Membership', [
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='membership', serialize=False, to='channels.message')),
                ('said_at', models.DateTimeField()),
                ('day', models.DateField()),
                ('negative', models.BooleanField()),
                ('actionable', models.BooleanField(default=False)),
                ('function', models.CharField(blank=True, max_length=20)),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.channel')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                ('cluster', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='insights.microcluster')),
            ], {'indexes': [models.Index(fields=['cluster', 'message'], name='insights_me_cluster_ee1c99_idx')]}),
            migrations.CreateModel('ThemeAction', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'Merged'), ('split', 'Split'), ('rename', 'Renamed'), ('move', 'Moved a message')], max_length=8)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.theme')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='insights.theme')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['-at', '-pk']}),
            migrations.CreateModel('ThemeChannel', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.IntegerField()),
                ('messages', models.IntegerField()),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.channel')),
                ('theme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='insights.theme')),
            ], {'constraints': [models.UniqueConstraint(fields=('theme', 'channel'), name='theme_channel_once')]}),
            migrations.CreateModel('ThemeDay', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('people', models.IntegerField()),
                ('messages', models.IntegerField()),
                ('negative', models.IntegerField()),
                ('theme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='days', to='insights.theme')),
            ], {'constraints': [models.UniqueConstraint(fields=('theme', 'day'), name='theme_day_once')]}),
            migrations.CreateModel('Insight', [
                ('theme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='insight', serialize=False, to='insights.theme')),
                ('severity', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], default='low', max_length=6)),
                ('severity_why', models.CharField(blank=True, max_length=120)),
                ('opened_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('climbed_at', models.DateTimeField(help_text='When it last reached a higher rung.', null=True)),
                ('set_aside_until', models.DateTimeField(help_text='Not now.', null=True)),
                ('set_aside_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {
                'indexes': [
                    models.Index(fields=['-climbed_at'], name='insights_in_climbed_c84b22_idx'),
                    models.Index(fields=['-opened_at'], name='insights_in_opened__3e7081_idx'),
                ],
            }),
            migrations.CreateModel('ThemeShare', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('judgement', models.CharField(choices=[('language', 'Language'), ('mood', 'Mood'), ('intent', 'Intent')], max_length=8)),
                ('value', models.CharField(max_length=12)),
                ('people', models.IntegerField()),
                ('messages', models.IntegerField()),
                ('theme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='insights.theme')),
            ], {'constraints': [models.UniqueConstraint(fields=('theme', 'judgement', 'value'), name='theme_share_once')]}),
            migrations.CreateModel('ClusterVector', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vector', models.BinaryField(help_text="Sum of its messages' vectors, float32.")),
                ('beside', models.CharField(max_length=32)),
                ('cluster', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='insights.microcluster')),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listening.reread')),
                ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='insights.theme')),
            ], {'constraints': [models.UniqueConstraint(fields=('run', 'cluster'), name='cluster_vector_once')]}),
            migrations.CreateModel('Alert', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('onset', models.DateTimeField(help_text='The first message of the rise.')),
                ('hours', models.PositiveSmallIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('expected', models.FloatField()),
                ('chance', models.FloatField()),
                ('false_share', models.FloatField()),
                ('themes', models.PositiveIntegerField(help_text='How many were looked at, one among which it is.')),
                ('severity', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=6)),
                ('severity_why', models.CharField(blank=True, max_length=160)),
                ('function', models.CharField(blank=True, max_length=20)),
                ('quiet', models.CharField(blank=True, choices=[('', 'Somebody was told'), ('praise', 'Praise or no fault'), ('repeats', 'One sentence that many repeat'), ('muted', 'Muted by a person')], default='', max_length=8)),
                ('rose_at', models.DateTimeField(help_text='When it was last seen to rise.')),
                ('calmed_at', models.DateTimeField(null=True)),
                ('many_at', models.DateTimeField(help_text='When the count alone would have shown it.', null=True)),
                ('taken_up_at', models.DateTimeField(help_text='When the first loop opened for it.', null=True)),
                ('insight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='insights.insight')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['-at'], name='insights_al_at_2a98ac_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('calmed_at', None)), fields=('insight',), name='alert_standing_once')],
            }),
            migrations.CreateModel('AlertLetter', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='insights.alert')),
                ('told', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {
                'indexes': [models.Index(condition=models.Q(('mailed_at', None)), fields=['at'], name='alert_letter_unmailed')],
                'constraints': [models.UniqueConstraint(fields=('alert', 'told'), name='alert_told_once')],
            }),
            migrations.CreateModel('AlertVerdict', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(choices=[('real', 'It was real'), ('false', 'False alarm'), ('known', 'Known already')], max_length=5)),
                ('noticed_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='insights.alert')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('alert',), name='alert_judged_once')],
            }),
            migrations.CreateModel('InsightMark', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pin', 'Pinned'), ('mute', 'Muted')], max_length=4)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('insight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='insights.insight')),
            ], {
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('insight', 'kind'), name='marked_once')],
            }),
        ]),
    ]
