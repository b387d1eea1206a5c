"""All tables of accounts at once, for an empty database; one of before goes through the files that it replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.lib.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_reads_mood'),
        ('accounts', '0003_two_pairs_of_eyes'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Installation', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('brand_names', models.JSONField(default=list, help_text='Names and handles that mean us.')),
                ('rival_names', models.JSONField(default=list, help_text='Names and handles that mean a rival.')),
                ('set_up_at', models.DateTimeField(null=True)),
                ('demo_asked_at', models.DateTimeField(help_text='Somebody wants the demo story played into it.', null=True)),
                ('demo_wish', models.JSONField(blank=True, default=dict, help_text='Seed and size of the story; empty: usual.')),
                ('demo_day', models.PositiveSmallIntegerField(default=0, help_text='Days of the story that have been played.')),
                ('demo_beat_at', models.DateTimeField(help_text='When the worker that plays it was last alive.', null=True)),
                ('demo_played_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('pattern_from', models.PositiveSmallIntegerField(default=2)),
                ('trend_from', models.PositiveSmallIntegerField(default=3)),
                ('reads_mood', models.BooleanField(default=True, help_text='Show how people feel, and let rules use it.')),
                ('two_pairs_of_eyes', models.BooleanField(default=False, help_text='A change of the switchyard counts once another person has approved it.')),
            ]),
            migrations.CreateModel('User', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(choices=[('administrator', 'Administrator'), ('lead', 'Listening lead'), ('agent', 'Agent'), ('owner', 'Owner'), ('expert', 'Expert'), ('partner', 'Partner'), ('viewer', 'Viewer')], default='viewer', max_length=16)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.team')),
            ], {'ordering': ['name']}),
            migrations.CreateModel('Team', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('mark', models.CharField(help_text="Two letters on the function's colour.", max_length=2)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['position', 'name']}),
            migrations.CreateModel('Token', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('hint', models.CharField(help_text='The first characters, to tell tokens apart.', max_length=12)),
                ('scopes', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ], {'ordering': ['-created_at']}),
        ]),
    ]
