"""An empty database is made at once; one that holds data goes step by step through what this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from records.create_together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('records', '0001_initial'),
        ('records', '0002_table_import_state'),
        ('records', '0003_number_series'),
        ('records', '0004_sent_once'),
        ('records', '0005_stored_files'),
        ('records', '0006_discarded_drafts'),
        ('records', '0007_tables_that_are_checked'),
        ('records', '0008_tables_of_others'),
        ('records', '0009_files_that_wait_to_be_read'),
    ]

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateTogether([
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, unique=True)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('stored_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'gespeicherte Datei',
                'verbose_name_plural': 'gespeicherte Dateien',
            },
        ),
        migrations.CreateModel(
            name='SubmissionKey',
            fields=[
                ('key', models.CharField(max_length=36, primary_key=True, serialize=False)),
                ('record_pk', models.PositiveBigIntegerField()),
                ('sent', models.CharField(db_index=True, default='', max_length=64)),
                ('target', models.CharField(default='', max_length=500)),
                ('used_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'verbrauchter Formularschlüssel',
                'verbose_name_plural': 'verbrauchte Formularschlüssel',
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('summary', models.CharField(max_length=200)),
                ('entries', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Sammelaktion',
                'verbose_name_plural': 'Sammelaktionen',
            },
        ),
        migrations.CreateModel(
            name='TableImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80)),
                ('rows', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('reading', 'wird gelesen'), ('checking', 'wird geprüft'), ('seen', 'wartet auf Bestätigung'), ('queued', 'wartet'), ('running', 'läuft'), ('done', 'übernommen'), ('refused', 'nicht übernommen')], default='seen', max_length=8)),
                ('problems', models.JSONField(default=list)),
                ('upload', models.BinaryField(null=True)),
                ('is_pasted', models.BooleanField(default=False)),
                ('source', models.JSONField(default=list)),
                ('said', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.batch')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Einlesevorgang',
                'verbose_name_plural': 'Einlesevorgänge',
            },
        ),
        migrations.CreateModel(
            name='ColumnChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80)),
                ('heads', models.CharField(max_length=64)),
                ('columns', models.JSONField(default=dict)),
                ('used_at', models.DateTimeField(auto_now=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Zuordnung von Spalten',
                'verbose_name_plural': 'Zuordnungen von Spalten',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'heads'), name='records_columnchoice_once_per_heads')],
            },
        ),
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=500)),
                ('key', models.CharField(blank=True, max_length=36)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('data', models.JSONField(default=dict)),
                ('field', models.CharField(blank=True, max_length=80)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('discarded_at', models.DateTimeField(null=True)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Formularentwurf',
                'verbose_name_plural': 'Formularentwürfe',
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('user', 'key'), name='records_formdraft_once_per_form')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80)),
                ('last', models.PositiveIntegerField(default=0)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality')),
            ],
            options={
                'verbose_name': 'Nummernkreis',
                'verbose_name_plural': 'Nummernkreise',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'kind'), name='records_numberseries_once')],
            },
        ),
    ])]
