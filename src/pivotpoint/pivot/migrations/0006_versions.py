import django.db.models.deletion
import pivotpoint.lib.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pivot", "0005_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PivotVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('difference', models.JSONField(default=list)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('actor_name', models.CharField(max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pivot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='pivot.pivot')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='loop',
            name='version',
            field=models.ForeignKey(help_text='The pivot as it was when the loop opened, or was moved to: its targets count.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loops', to='pivot.pivotversion'),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('actor_name', models.CharField(max_length=200)),
                ('verdict', models.CharField(blank=True, choices=[('approved', 'Approved'), ('rejected', 'Rejected')], max_length=8)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decider_name', models.CharField(blank=True, max_length=200)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('difference', models.JSONField(default=list)),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pivot.pivotversion')),
                ('pivot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposed', to='pivot.pivot')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='pivot.proposal')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='pivotversion',
            constraint=models.UniqueConstraint(fields=('pivot', 'number'), name='version_once'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['at'], name='proposal_open'),
        ),
    ]
