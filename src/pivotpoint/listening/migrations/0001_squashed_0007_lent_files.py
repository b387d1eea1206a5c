"""All tables of listening at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('listening', '0001_initial'),
        ('listening', '0002_versions_and_review'),
        ('listening', '0003_doubt_of_old_readings'),
        ('listening', '0004_taxonomies'),
        ('listening', '0005_rereads'),
        ('listening', '0006_encoders'),
        ('listening', '0007_lent_files'),
    ]

    dependencies = [
        ('channels', '0002_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('ModelVersion', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=24, unique=True)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('corrections', models.IntegerField(default=0)),
                ('last_correction', models.BigIntegerField(default=0)),
                ('live_at', models.DateTimeField(default=pivotpoint.lib.clock.now, null=True)),
                ('figures', models.JSONField(default=dict)),
                ('live_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('verdict', models.CharField(choices=[('first', 'The shipped reader'), ('too_few', 'Live: too few judgements to compare'), ('not_worse', 'Live: right at least as often as the one before'), ('withdrawn', 'Live: the one before knew judgements that were taken back'), ('unmeasured', 'Live: made before readers were compared'), ('worse', 'Not live: right less often than the one before')], default='first', max_length=10)),
            ], {'ordering': ['-made_at', '-pk']}),
            migrations.CreateModel('Reading', [
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reading', serialize=False, to='channels.message')),
                ('language', models.CharField(max_length=8)),
                ('sentiment', models.FloatField(help_text='-1 to 1')),
                ('mood', models.CharField(max_length=8)),
                ('intent', models.CharField(max_length=12)),
                ('about_us', models.BooleanField()),
                ('reason', models.CharField(blank=True, help_text='Why it is not about us.', max_length=20)),
                ('actionable', models.BooleanField()),
                ('function', models.CharField(blank=True, max_length=20)),
                ('confidence', models.JSONField(default=dict)),
                ('evidence', models.JSONField(default=dict)),
                ('version', models.CharField(max_length=24)),
                ('corrected', models.BooleanField(default=False)),
                ('gathered_at', models.DateTimeField(null=True)),
                ('doubt', models.FloatField(default=0, help_text='0 to 1; from ABSTAINS on, a person should look.')),
            ], {
                'indexes': [
                    models.Index(condition=models.Q(('gathered_at', None)), fields=['message'], name='reading_ungathered'),
                    models.Index(condition=models.Q(('about_us', False)), fields=['message'], name='reading_not_about_us'),
                    models.Index(condition=models.Q(('doubt__gte', 0.5)), fields=['-doubt'], name='reading_doubtful'),
                ],
            }),
            migrations.CreateModel('Correction', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20)),
                ('was', models.CharField(blank=True, max_length=40)),
                ('value', models.CharField(blank=True, max_length=40)),
                ('before', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='corrections', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='channels.message')),
            ], {'indexes': [models.Index(fields=['message', 'field', '-at'], name='listening_c_message_4e419f_idx')]}),
            migrations.CreateModel('Glance', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='glances', to='channels.message')),
            ], {'constraints': [models.UniqueConstraint(fields=('message', 'by'), name='glance_once')]}),
            migrations.CreateModel('Trial', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(blank=True, max_length=40)),
                ('sure', models.FloatField()),
                ('right', models.BooleanField()),
                ('right_before', models.BooleanField()),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='listening.correction')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='listening.modelversion')),
            ], {'constraints': [models.UniqueConstraint(fields=('version', 'correction'), name='trial_once')]}),
            migrations.CreateModel('Taxonomy', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('changed_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.CharField(blank=True, max_length=24)),
                ('taught_at', models.DateTimeField(blank=True, null=True)),
                ('lessons', models.IntegerField(default=0, help_text="People's verdicts that it was taught.")),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['closed_at', 'name']}),
            migrations.CreateModel('TaxonomyClass', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('examples', models.JSONField(default=list)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='listening.taxonomyclass')),
                ('taxonomy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classes', to='listening.taxonomy')),
            ], {
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('taxonomy', 'name'), name='class_name_once')],
            }),
            migrations.CreateModel('TagVerdict', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('belongs', models.BooleanField()),
                ('read', models.FloatField(null=True)),
                ('before', models.JSONField(help_text='The tag as it was, to be undone.', null=True)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tag_verdicts', to='channels.message')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='listening.taxonomyclass')),
            ]),
            migrations.CreateModel('Tag', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('confidence', models.FloatField()),
                ('evidence', models.JSONField(default=list)),
                ('version', models.CharField(blank=True, max_length=24)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='channels.message')),
                ('of', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='listening.taxonomyclass')),
            ], {'constraints': [models.UniqueConstraint(fields=('of', 'message'), name='tag_once')]}),
            migrations.CreateModel('Reread', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', 'Reading'), ('paused', 'Paused'), ('read', 'Waits for a decision'), ('accepting', 'Being switched over'), ('accepted', 'Accepted'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('cancelled', 'Cancelled')], default='running', max_length=10)),
                ('reader', models.CharField(help_text='What its readings have as their version.', max_length=24)),
                ('taggers', models.JSONField(default=list, help_text='Versions of the taxonomies that it reads with.')),
                ('total', models.IntegerField(default=0)),
                ('done', models.IntegerField(default=0)),
                ('position', models.BigIntegerField(default=0)),
                ('swapped', models.BigIntegerField(default=0)),
                ('report', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('worked_at', models.DateTimeField(null=True)),
                ('held_until', models.DateTimeField(help_text='A pool of processes reads; the worker leaves it to them.', null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listening.modelversion')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listening.modelversion')),
                ('encoder', models.ForeignKey(help_text='Empty when the encoder stays the same.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listening.encoderversion')),
                ('encoder_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='listening.encoderversion')),
            ], {'ordering': ['-started_at', '-pk']}),
            migrations.CreateModel('CandidateReading', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=8)),
                ('sentiment', models.FloatField(help_text='-1 to 1')),
                ('mood', models.CharField(max_length=8)),
                ('intent', models.CharField(max_length=12)),
                ('about_us', models.BooleanField()),
                ('reason', models.CharField(blank=True, help_text='Why it is not about us.', max_length=20)),
                ('actionable', models.BooleanField()),
                ('function', models.CharField(blank=True, max_length=20)),
                ('confidence', models.JSONField(default=dict)),
                ('evidence', models.JSONField(default=dict)),
                ('version', models.CharField(max_length=24)),
                ('doubt', models.FloatField(default=0, help_text='0 to 1; from ABSTAINS on, a person should look.')),
                ('tags', models.JSONField(default=list, help_text='Class, confidence, evidence and version of each.')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='channels.message')),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='listening.reread')),
            ], {'constraints': [models.UniqueConstraint(fields=('run', 'message'), name='candidate_once')]}),
            migrations.CreateModel('EncoderVersion', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('shipped', 'Shipped'), ('distilled', 'Distilled from a model'), ('model', 'A model')], max_length=10)),
                ('place', models.CharField(blank=True, max_length=500)),
                ('dimensions', models.IntegerField()),
                ('provenance', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('live_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['-made_at', '-pk']}),
            migrations.CreateModel('LentFile', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text="The reader, or a taxonomy's version.", max_length=24)),
                ('version', models.CharField(max_length=24)),
                ('content', models.BinaryField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lent', to='listening.reread')),
            ], {'constraints': [models.UniqueConstraint(fields=('run', 'name'), name='lent_once')]}),
        ]),
    ]
