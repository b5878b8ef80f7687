"""An empty database is made at once; one that holds data goes step by step through what this replaces."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import records.fields
import records.models.base
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from records.create_together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('reporting', '0001_reports'),
        ('reporting', '0002_folded_search'),
        ('reporting', '0003_ordered_anew'),
    ]

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateTogether([
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
                ('label', models.CharField(blank=True, default='', editable=False, max_length=400)),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('sort_key', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=200)),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('kind', models.CharField(choices=[('progress', 'Sachbericht'), ('families', 'Familienbericht')], max_length=10, verbose_name='Art')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Jahr')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('proposed', 'liegt zur Freigabe vor'), ('released', 'freigegeben')], default='draft', editable=False, max_length=12, verbose_name='Stand')),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='Ausgabe')),
                ('released_on', records.fields.VagueDateField(blank=True, editable=False, null=True, verbose_name='Freigegeben am')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'Jahresbericht',
                'verbose_name_plural': 'Jahresberichte',
                'ordering': ['-year', 'kind'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalReportText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('section', models.CharField(choices=[('overview', 'Überblick'), ('steering', 'Steuerung und Beteiligung'), ('measures', 'Maßnahmen'), ('results', 'Zielerreichung'), ('resolutions', 'Beschlüsse'), ('hurdles', 'Hürden'), ('outlook', 'Ausblick'), ('situation', 'Lage der Familien'), ('inventory', 'Bestand'), ('needs', 'Bedarf'), ('activities', 'Aktivitäten des Jahres')], max_length=12, verbose_name='Kapitel')),
                ('text', models.TextField(max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('report', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reporting.report', verbose_name='Jahresbericht')),
            ],
            options={
                'verbose_name': 'historical Berichtstext',
                'verbose_name_plural': 'historical Berichtstexte',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='FrozenReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='Ausgabe')),
                ('made_at', models.DateTimeField(verbose_name='Freigegeben am')),
                ('data', models.BinaryField(verbose_name='Daten')),
                ('data_sha256', models.CharField(max_length=64, verbose_name='Prüfnummer der Daten')),
                ('pdf', models.BinaryField(verbose_name='PDF')),
                ('pdf_sha256', models.CharField(max_length=64, verbose_name='Prüfnummer des PDF')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='reporting.report', verbose_name='Jahresbericht')),
            ],
            options={
                'verbose_name': 'Ausgabe eines Jahresberichts',
                'verbose_name_plural': 'Ausgaben von Jahresberichten',
                'ordering': ['report', 'edition'],
            },
        ),
        migrations.CreateModel(
            name='ReportStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='Laufende Nummer')),
                ('action', models.CharField(max_length=24, verbose_name='Schritt')),
                ('from_state', models.CharField(max_length=24, verbose_name='von')),
                ('to_state', models.CharField(max_length=24, verbose_name='nach')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='durch')),
                ('at', models.DateTimeField(verbose_name='am')),
                ('note', models.TextField(blank=True, verbose_name='Text')),
                ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='Einzelheiten')),
                ('previous_sha256', models.CharField(blank=True, max_length=64, verbose_name='Prüfnummer des vorigen Schritts')),
                ('sha256', models.CharField(max_length=64, verbose_name='Prüfnummer')),
                ('actor', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reporting.report', verbose_name='Jahresbericht')),
            ],
            options={
                'verbose_name': 'Schritt eines Jahresberichts',
                'verbose_name_plural': 'Schritte von Jahresberichten',
                'ordering': ['report', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ReportText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
                ('label', models.CharField(blank=True, default='', editable=False, max_length=400)),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('sort_key', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=200)),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('section', models.CharField(choices=[('overview', 'Überblick'), ('steering', 'Steuerung und Beteiligung'), ('measures', 'Maßnahmen'), ('results', 'Zielerreichung'), ('resolutions', 'Beschlüsse'), ('hurdles', 'Hürden'), ('outlook', 'Ausblick'), ('situation', 'Lage der Familien'), ('inventory', 'Bestand'), ('needs', 'Bedarf'), ('activities', 'Aktivitäten des Jahres')], max_length=12, verbose_name='Kapitel')),
                ('text', models.TextField(max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Text')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='reporting.report', verbose_name='Jahresbericht')),
            ],
            options={
                'verbose_name': 'Berichtstext',
                'verbose_name_plural': 'Berichtstexte',
                'ordering': ['report', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalReport',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('kind', models.CharField(choices=[('progress', 'Sachbericht'), ('families', 'Familienbericht')], max_length=10, verbose_name='Art')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Jahr')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('proposed', 'liegt zur Freigabe vor'), ('released', 'freigegeben')], default='draft', editable=False, max_length=12, verbose_name='Stand')),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='Ausgabe')),
                ('released_on', records.fields.VagueDateField(blank=True, editable=False, null=True, verbose_name='Freigegeben am')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'historical Jahresbericht',
                'verbose_name_plural': 'historical Jahresberichte',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='reporting_h_history_1415e1_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('municipality', 'uid'), name='reporting_report_uid'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('municipality', 'kind', 'year'), name='reporting_report_once', violation_error_message='Diesen Bericht gibt es für dieses Jahr schon. Arbeiten Sie in ihm weiter.'),
        ),
        migrations.AddIndex(
            model_name='historicalreporttext',
            index=models.Index(fields=['history_date', 'id'], name='reporting_h_history_da75e4_idx'),
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.UniqueConstraint(fields=('report', 'edition'), name='reporting_frozenreport_edition'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='reporting_reportstep_number'),
        ),
        migrations.AddConstraint(
            model_name='reporttext',
            constraint=models.UniqueConstraint(fields=('municipality', 'uid'), name='reporting_reporttext_uid'),
        ),
        migrations.AddConstraint(
            model_name='reporttext',
            constraint=models.UniqueConstraint(fields=('report', 'section'), name='reporting_reporttext_once', violation_error_message='Zu diesem Kapitel gibt es schon einen Text. Ändern Sie den vorhandenen.'),
        ),
    ])]
