"""All tables of channels at once, for an empty database; one of before goes through the files that it replaces.

The index of words is made with them: see 0002_search."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.channels.models.channel
import pivotpoint.lib.clock
import pivotpoint.lib.crypto
from pivotpoint.channels.search import postgres, sqlite
from pivotpoint.lib.tables import CreateTables


def make(apps, schema_editor):
    drop(apps, schema_editor)
    for statement in (postgres if schema_editor.connection.vendor == "postgresql" else sqlite).MAKE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in (postgres if schema_editor.connection.vendor == "postgresql" else sqlite).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('channels', '0001_initial'),
        ('channels', '0002_search'),
        ('channels', '0003_apart'),
    ]

    dependencies = [
        ('customers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Channel', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('form', 'Web form'), ('portal', 'Portal'), ('email', 'E-mail'), ('api', 'API'), ('social', 'Social (imported)'), ('review', 'Reviews (imported)'), ('call', 'Call notes (imported)'), ('survey', 'Survey (imported)')], max_length=12)),
                ('goal', models.CharField(max_length=300)),
                ('key', models.CharField(default=pivotpoint.channels.models.channel.new_key, max_length=24, unique=True)),
                ('replies', models.CharField(choices=[('free', 'Goes out by itself'), ('approved', 'A person approves'), ('none', 'Nothing goes out')], default='free', max_length=10)),
                ('notices', models.CharField(choices=[('free', 'Goes out by itself'), ('approved', 'A person approves'), ('none', 'Nothing goes out')], default='approved', max_length=10)),
                ('notices_per_week', models.PositiveSmallIntegerField(default=2, help_text='At most so many notices a person and week, over all channels.')),
                ('origins', models.JSONField(blank=True, default=list, help_text='Sites that may embed the form.')),
                ('per_minute', models.PositiveIntegerField(default=60, help_text='Messages a minute from one address.')),
                ('config', models.JSONField(blank=True, default=dict)),
                ('secret', pivotpoint.lib.crypto.SecretField(blank=True, default='')),
                ('opened_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ], {'ordering': ['name']}),
            migrations.CreateModel('Arrivals', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(max_length=60)),
                ('address', models.CharField(max_length=64)),
                ('minute', models.DateTimeField(db_index=True)),
                ('count', models.PositiveIntegerField(default=0)),
            ], {
                'verbose_name_plural': 'arrivals',
                'constraints': [models.UniqueConstraint(fields=('door', 'address', 'minute'), name='arrivals_once')],
            }),
            migrations.CreateModel('Conversation', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thread', models.CharField(help_text="The channel's own name for the thread.", max_length=200)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('due_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('last_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('waiting_since', models.DateTimeField(help_text='Their first words that nobody has answered yet.', null=True)),
                ('answered_at', models.DateTimeField(help_text='First answer by a person.', null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to='channels.channel')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='customers.customer')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to=settings.AUTH_USER_MODEL)),
                ('apart', models.CharField(blank=True, help_text='Closed because it wants no answer: why.', max_length=20)),
            ], {
                'indexes': [
                    models.Index(condition=models.Q(('closed_at', None)), fields=['due_at'], name='conversation_open_due'),
                    models.Index(fields=['-last_at'], name='channels_co_last_at_91fe46_idx'),
                ],
                'constraints': [models.UniqueConstraint(fields=('channel', 'thread'), name='thread_once')],
            }),
            migrations.CreateModel('ImportRun', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255)),
                ('path', models.CharField(help_text='Below the data folder.', max_length=500)),
                ('digest', models.CharField(help_text='SHA-256 of the file.', max_length=64)),
                ('size', models.BigIntegerField(default=0)),
                ('columns', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict, help_text="Our field → the file's column.")),
                ('where', models.JSONField(blank=True, default=dict, help_text='Only rows where column = value.')),
                ('consent_source', models.CharField(blank=True, help_text='Where these people said that we may tell them what changed.', max_length=120)),
                ('dry_run', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'Being mapped'), ('queued', 'Waiting'), ('running', 'Under way'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('failed', 'Stopped')], default='draft', max_length=10)),
                ('total_rows', models.IntegerField(null=True)),
                ('done_rows', models.IntegerField(default=0)),
                ('accepted', models.IntegerField(default=0)),
                ('repeated', models.IntegerField(default=0)),
                ('rejected', models.IntegerField(default=0)),
                ('skipped', models.IntegerField(default=0, help_text='Rows that the condition left out.')),
                ('error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('started_at', models.DateTimeField(null=True)),
                ('heartbeat_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('cancel_asked_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='channels.channel')),
            ], {'ordering': ['-created_at']}),
            migrations.CreateModel('Message', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=200)),
                ('direction', models.CharField(choices=[('in', 'From the customer'), ('out', 'To the customer'), ('note', 'Internal note')], default='in', max_length=4)),
                ('audience', models.CharField(choices=[('us', 'To us'), ('about', 'About us'), ('elsewhere', 'Elsewhere')], default='us', max_length=9)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('said_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('quarantined', models.CharField(blank=True, max_length=120)),
                ('data', models.JSONField(default=dict, help_text='Other fields that came with it, and their provenance.')),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='written', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='channels.channel')),
                ('conversation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='channels.conversation')),
                ('customer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='customers.customer')),
                ('identity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='customers.identity')),
                ('import_run', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='channels.importrun')),
            ], {
                'indexes': [
                    models.Index(condition=models.Q(('direction', 'in'), ('quarantined', ''), ('read_at', None)), fields=['id'], name='message_unread'),
                    models.Index(fields=['customer', 'said_at'], name='channels_me_custome_57268a_idx'),
                    models.Index(condition=models.Q(('conversation__isnull', False)), fields=['conversation', 'said_at'], name='message_conversation'),
                    models.Index(condition=models.Q(('identity__isnull', False)), fields=['identity'], name='message_identity'),
                    models.Index(condition=models.Q(('import_run__isnull', False)), fields=['import_run'], name='message_import'),
                    models.Index(condition=models.Q(('author__isnull', False)), fields=['author'], name='message_author'),
                    models.Index(condition=models.Q(('quarantined', ''), _negated=True), fields=['id'], name='message_quarantined'),
                ],
                'constraints': [models.UniqueConstraint(fields=('channel', 'external_id'), name='message_once')],
            }),
            migrations.CreateModel('Delivery', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(help_text='customers.Purpose: consent is asked again when it leaves.', max_length=12)),
                ('address', models.CharField(max_length=250)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('key', models.CharField(max_length=120, unique=True)),
                ('state', models.CharField(choices=[('held', 'Waits for approval'), ('queued', 'Waiting'), ('sending', 'Going out'), ('sent', 'Sent'), ('stopped', 'Stopped before it left'), ('dead', 'Not delivered')], default='queued', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('reference', models.CharField(blank=True, help_text="The other side's name for it.", max_length=200)),
                ('error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='channels.channel')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='customers.customer')),
                ('message', models.OneToOneField(help_text="A reply's words.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delivery', to='channels.message')),
            ], {
                'verbose_name_plural': 'deliveries',
                'indexes': [
                    models.Index(condition=models.Q(('state', 'queued')), fields=['next_attempt_at'], name='delivery_due'),
                    models.Index(fields=['customer', 'purpose', 'sent_at'], name='channels_de_custome_e21e3b_idx'),
                    models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='delivery_sending'),
                    models.Index(condition=models.Q(('state', 'dead')), fields=['id'], name='delivery_dead'),
                ],
            }),
            migrations.CreateModel('Reject', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_number', models.IntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('raw', models.TextField()),
                ('import_run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejects', to='channels.importrun')),
            ], {'constraints': [models.UniqueConstraint(fields=('import_run', 'row_number'), name='reject_once')]}),
        ]),
        migrations.RunPython(make, drop),
    ]
