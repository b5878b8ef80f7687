"""Tables of the trial, which no installation has: made anew whenever its models change."""

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

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
        migrations.CreateModel(
            name='Note',
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
                ('begin', records.fields.VagueDateField(blank=True, db_index=True, null=True, verbose_name='Beginn')),
                ('end', records.fields.VagueDateField(blank=True, null=True, verbose_name='Ende')),
                ('title', models.CharField(max_length=200, verbose_name='Vermerk')),
                ('text', models.TextField(blank=True, max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Text')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'Vermerk',
                'verbose_name_plural': 'Vermerke',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalGrantApplication',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('title', models.CharField(max_length=200, verbose_name='Antrag')),
                ('amount', models.PositiveIntegerField(default=0, verbose_name='Betrag')),
                ('urgent', models.BooleanField(default=False, verbose_name='Eilt')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('filed', 'eingegangen'), ('decided', 'beschieden'), ('paid', 'ausgezahlt')], default='draft', editable=False, max_length=12, verbose_name='Zustand')),
                ('paid_on', records.fields.VagueDateField(blank=True, editable=False, null=True, verbose_name='Ausgezahlt am')),
                ('paid', models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Ausgezahlt (Euro)')),
                ('receipt', models.CharField(blank=True, editable=False, max_length=20, verbose_name='Aktenzeichen der Kasse')),
                ('round', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='Durchgang')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('main_note', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='trial.note', verbose_name='Wichtigster Vermerk')),
                ('pay_note', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='trial.note', verbose_name='Vermerk dazu')),
            ],
            options={
                'verbose_name': 'historical Antrag',
                'verbose_name_plural': 'historical Anträge',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='GrantApplication',
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
                ('title', models.CharField(max_length=200, verbose_name='Antrag')),
                ('amount', models.PositiveIntegerField(default=0, verbose_name='Betrag')),
                ('urgent', models.BooleanField(default=False, verbose_name='Eilt')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('filed', 'eingegangen'), ('decided', 'beschieden'), ('paid', 'ausgezahlt')], default='draft', editable=False, max_length=12, verbose_name='Zustand')),
                ('paid_on', records.fields.VagueDateField(blank=True, editable=False, null=True, verbose_name='Ausgezahlt am')),
                ('paid', models.DecimalField(blank=True, decimal_places=2, editable=False, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Ausgezahlt (Euro)')),
                ('receipt', models.CharField(blank=True, editable=False, max_length=20, verbose_name='Aktenzeichen der Kasse')),
                ('round', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='Durchgang')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('main_note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='main_of', to='trial.note', verbose_name='Wichtigster Vermerk')),
                ('notes', models.ManyToManyField(blank=True, related_name='applications', to='trial.note', verbose_name='Vermerke')),
                ('pay_note', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trial.note', verbose_name='Vermerk dazu')),
            ],
            options={
                'verbose_name': 'Antrag',
                'verbose_name_plural': 'Anträge',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GrantLine',
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
                ('title', models.CharField(max_length=200, verbose_name='Zeile')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='trial.grantapplication', verbose_name='Antrag')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'Zeile',
                'verbose_name_plural': 'Zeilen',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('municipality', 'uid'), name='trial_grantline_uid')],
            },
        ),
        migrations.CreateModel(
            name='GrantStep',
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
                ('actor', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='trial.grantapplication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'number'), name='trial_grantstep_number')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGrantLine',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('title', models.CharField(max_length=200, verbose_name='Zeile')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('application', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='trial.grantapplication', verbose_name='Antrag')),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'historical Zeile',
                'verbose_name_plural': 'historical Zeilen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='trial_histo_history_88f70e_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalNote',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=records.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('begin', records.fields.VagueDateField(blank=True, db_index=True, null=True, verbose_name='Beginn')),
                ('end', records.fields.VagueDateField(blank=True, null=True, verbose_name='Ende')),
                ('title', models.CharField(max_length=200, verbose_name='Vermerk')),
                ('text', models.TextField(blank=True, max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Text')),
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
                'verbose_name': 'historical Vermerk',
                'verbose_name_plural': 'historical Vermerke',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='trial_histo_history_49fab1_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.UniqueConstraint(fields=('municipality', 'uid'), name='trial_note_uid'),
        ),
        migrations.AddIndex(
            model_name='historicalgrantapplication',
            index=models.Index(fields=['history_date', 'id'], name='trial_histo_history_4ae461_idx'),
        ),
        migrations.AddConstraint(
            model_name='grantapplication',
            constraint=models.UniqueConstraint(fields=('municipality', 'uid'), name='trial_grantapplication_uid'),
        ),
        migrations.AddConstraint(
            model_name='grantapplication',
            constraint=models.CheckConstraint(condition=models.Q(('paid__isnull', True), ('paid__lte', models.F('amount')), _connector='OR'), name='trial_paid_most', violation_error_message='Es wird nicht mehr ausgezahlt als beantragt.'),
        ),
        ]),
    ]
