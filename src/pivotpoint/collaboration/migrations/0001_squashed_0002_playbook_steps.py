"""All tables of collaboration at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('collaboration', '0001_initial'),
        ('collaboration', '0002_playbook_steps'),
    ]

    dependencies = [
        ('accounts', '0001_initial'),
        ('insights', '0001_initial'),
        ('pivot', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Comment', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('insight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='insights.insight')),
                ('mentions', models.ManyToManyField(blank=True, related_name='mentioned_in', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['at', 'pk']}),
            migrations.CreateModel('Decision', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('insight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='insights.insight')),
            ], {'ordering': ['at', 'pk']}),
            migrations.CreateModel('Invitation', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(help_text='Why this person was proposed.', max_length=300)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('insight', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='insights.insight')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ], {'constraints': [models.UniqueConstraint(fields=('insight', 'user'), name='invited_once')]}),
            migrations.CreateModel('Task', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True)),
                ('due_at', models.DateTimeField()),
                ('handoff_key', models.CharField(max_length=80, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('insight', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='insights.insight')),
                ('loop', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='pivot.loop')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='accounts.team')),
                ('step_key', models.CharField(max_length=40, null=True, unique=True)),
            ], {
                'ordering': ['due_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['due_at'], name='task_open_due')],
            }),
        ]),
    ]
