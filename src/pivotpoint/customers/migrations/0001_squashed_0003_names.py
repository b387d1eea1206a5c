"""All tables of customers at once, for an empty database; one of before goes through the files that it replaces.

The index of names is made with them: see 0003_names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pivotpoint.lib.clock
from pivotpoint.customers.search import postgres, sqlite
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
        ('customers', '0001_initial'),
        ('customers', '0002_share'),
        ('customers', '0003_names'),
    ]

    dependencies = [
        # Another's tables first: whatever refers to a user is dear to render once ours are there.
        ('mfa', '0003_authenticator_type_uniq'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel('Organisation', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, unique=True)),
                ('domain', models.CharField(blank=True, max_length=120)),
            ]),
            migrations.CreateModel('SuggestionMark', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.BigIntegerField(default=0)),
                ('customer', models.BigIntegerField(default=0)),
            ]),
            migrations.CreateModel('Customer', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=160)),
                ('segment', models.CharField(blank=True, db_index=True, max_length=60)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('fields', models.JSONField(blank=True, default=dict, help_text="The organisation's own fields.")),
                ('since', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='customers.customer')),
                ('organisation', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='customers', to='customers.organisation')),
            ], {
                'indexes': [
                    models.Index(condition=models.Q(('organisation__isnull', False)), fields=['organisation', 'name'], name='customer_in_organisation'),
                    models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customer_merged_into'),
                ],
            }),
            migrations.CreateModel('Merge', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merged_by', to='customers.customer')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='customers.customer')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ]),
            migrations.CreateModel('Consent', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('reply', 'Answer what they wrote'), ('notice', 'Tell them what changed'), ('research', 'Ask them for more'), ('share', 'Note it in our other systems')], max_length=12)),
                ('channel_kind', models.CharField(blank=True, max_length=20)),
                ('granted', models.BooleanField()),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('source', models.CharField(help_text='Where they said so.', max_length=120)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='customers.customer')),
            ], {'indexes': [models.Index(fields=['customer', 'purpose', '-at'], name='customers_c_custome_285bb8_idx')]}),
            migrations.CreateModel('Identity', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('handle', models.CharField(max_length=200)),
                ('stem', models.CharField(blank=True, help_text='What may show the same person elsewhere.', max_length=200)),
                ('name', models.CharField(blank=True, max_length=160)),
                ('since', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='customers.customer')),
            ], {
                'verbose_name_plural': 'identities',
                'indexes': [models.Index(condition=models.Q(('stem', ''), _negated=True), fields=['stem'], name='identity_stem')],
                'constraints': [models.UniqueConstraint(fields=('handle', 'kind'), name='handle_once')],
            }),
            migrations.CreateModel('MergeSuggestion', [
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=pivotpoint.lib.clock.now)),
                ('decided_at', models.DateTimeField(null=True)),
                ('accepted', models.BooleanField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggested_as_one', to='customers.customer')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggested_as_other', to='customers.customer')),
            ], {'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='suggested_once')]}),
        ]),
        migrations.RunPython(make, drop),
    ]
