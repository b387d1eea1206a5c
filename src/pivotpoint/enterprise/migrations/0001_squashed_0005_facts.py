"""All tables of enterprise at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('enterprise', '0001_initial'),
        ('enterprise', '0002_place'),
        ('enterprise', '0003_mailbox'),
        ('enterprise', '0004_community_rooms'),
        ('enterprise', '0005_facts'),
    ]

    dependencies = [
        ('customers', '0001_initial'),
        ('insights', '0002_shares'),
        ('pivot', '0008_standing_answers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Counterpart', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.CharField(max_length=120)),
                ('state', models.CharField(blank=True, max_length=60)),
                ('outcome', models.CharField(blank=True, max_length=9)),
                ('changes', models.PositiveIntegerField(default=0, help_text='How often the outcome has changed.')),
                ('heard_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('handoff', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='counterpart', to='pivot.handoff')),
            ]),
            migrations.CreateModel('Cursor', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.BigIntegerField(default=0)),
                ('due_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('destination', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='heard_up_to', to='pivot.destination')),
                ('place', models.TextField(blank=True, help_text='Where people talk: so far we have read.')),
            ]),
            migrations.CreateModel('CustomerRecord', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.CharField(max_length=120)),
                ('agreed', models.JSONField(default=dict)),
                ('due_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('error', models.TextField(blank=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records_elsewhere', to='customers.customer')),
                ('destination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pivot.destination')),
            ], {
                'indexes': [models.Index(fields=['due_at'], name='customer_record_due')],
                'constraints': [models.UniqueConstraint(fields=('destination', 'record'), name='customer_record_once')],
            }),
            migrations.CreateModel('Conflict', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=60)),
                ('ours', models.TextField(blank=True)),
                ('theirs', models.TextField(blank=True)),
                ('seen_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('settled_at', models.DateTimeField(null=True)),
                ('kept', models.CharField(blank=True, choices=[('ours', 'Ours'), ('theirs', 'Theirs'), ('agreed', 'They agree by now')], max_length=6)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='enterprise.customerrecord')),
            ], {
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('link', 'field'), name='conflict_open_once')],
            }),
            migrations.CreateModel('Mailbox', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, unique=True)),
                ('validity', models.BigIntegerField(default=0)),
                ('last', models.BigIntegerField(default=0)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
            ]),
            migrations.CreateModel('CommunityRoom', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=255)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('opened_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('closed_at', models.DateTimeField(help_text='Nobody writes there any more: every loop has ended.', null=True)),
                ('heard', models.TextField(blank=True)),
                ('due_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('destination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pivot.destination')),
                ('insight', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='community_room', to='insights.insight')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {'indexes': [models.Index(fields=['due_at'], name='community_room_due')]}),
            migrations.CreateModel('RoomGuest', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='enterprise.communityroom')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {'constraints': [models.UniqueConstraint(fields=('room', 'user'), name='room_guest_once')]}),
            migrations.CreateModel('RoomName', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='room_name', to=settings.AUTH_USER_MODEL)),
            ]),
            migrations.CreateModel('RoomPost', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('event', models.CharField(max_length=255)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='enterprise.communityroom')),
            ], {
                'constraints': [
                    models.UniqueConstraint(fields=('room', 'key'), name='room_post_once'),
                    models.UniqueConstraint(fields=('room', 'event'), name='room_event_once'),
                ],
            }),
            migrations.CreateModel('Retraction', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.CharField(max_length=120)),
                ('fields', models.JSONField(default=list)),
                ('due_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('error', models.TextField(blank=True)),
                ('destination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pivot.destination')),
            ]),
        ]),
    ]
