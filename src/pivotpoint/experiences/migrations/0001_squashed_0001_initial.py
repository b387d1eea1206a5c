"""All tables of experiences at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('experiences', '0001_initial'),
    ]

    dependencies = [
        ('channels', '0001_initial'),
        ('customers', '0001_initial'),
        ('pivot', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Change', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('what', models.TextField(help_text='In words that a customer understands.')),
                ('hypothesis', models.CharField(blank=True, help_text='What we expect to get better.', max_length=300)),
                ('process', models.CharField(blank=True, max_length=120)),
                ('for_whom', models.CharField(blank=True, max_length=200)),
                ('live_since', models.DateField()),
                ('public', models.BooleanField(default=True)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changes', to=settings.AUTH_USER_MODEL)),
                ('loops', models.ManyToManyField(related_name='changes', to='pivot.loop')),
            ], {'ordering': ['-live_since', '-pk']}),
            migrations.CreateModel('Notice', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('draft', 'To be approved'), ('approved', 'Approved'), ('queued', 'On its way'), ('told', 'Told'), ('skipped', 'Not written to'), ('failed', 'Not delivered')], default='draft', max_length=8)),
                ('why_not', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('approved_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('change', models.ForeignKey(help_text='None: declined.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='experiences.change')),
                ('channel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.channel')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='customers.customer')),
                ('delivery', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notice', to='channels.delivery')),
                ('loop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='pivot.loop')),
            ], {
                'indexes': [
                    models.Index(fields=['state', 'created_at'], name='experiences_state_b441e5_idx'),
                    models.Index(fields=['customer', '-created_at'], name='experiences_custome_2a21e8_idx'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('loop', 'change', 'customer'), name='told_once'),
                    models.UniqueConstraint(condition=models.Q(('change', None)), fields=('loop', 'customer'), name='declined_told_once'),
                ],
            }),
            migrations.CreateModel('Telling', [
                ('loop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='telling', serialize=False, to='pivot.loop')),
                ('drafted_at', models.DateTimeField(null=True)),
                ('people', models.IntegerField(default=0)),
                ('round', models.PositiveSmallIntegerField(default=0, help_text='How often the loop had been reopened.')),
                ('change', models.ForeignKey(help_text='None: declined.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.change')),
            ]),
            migrations.CreateModel('Verdict', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('helped', 'It helped'), ('partly', 'It helped in part'), ('not', 'It did not help')], max_length=6)),
                ('comment', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='experiences.notice')),
            ], {'ordering': ['at', 'pk']}),
            migrations.CreateModel('Wording', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('changed', 'Something changed'), ('declined', 'Declined with a reason')], max_length=8)),
                ('language', models.CharField(max_length=8)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['-at', '-pk']}),
        ]),
    ]
