import django.core.validators
import django.db.models.deletion
import planning.models.base
import simple_history.models
from planning.create_together import CreateTogether
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('participation', '0001_initial'),
    ]

    operations = [CreateTogether([
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=planning.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
                ('label', models.CharField(blank=True, default='', editable=False, max_length=400)),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('sort_key', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=200)),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Planungsjahr')),
                ('as_of', models.DateField(blank=True, help_text='Der Tag, bis zu dem die Angaben gelten. Ohne Angabe ist es der Tag, an dem das PDF entsteht.', null=True, verbose_name='Stand der Angaben')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='planning.planningcycle', verbose_name='Planungszyklus')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'Plan',
                'verbose_name_plural': 'Pläne',
                'ordering': ['-year'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('municipality', 'uid'), name='reporting_plan_uid'), models.UniqueConstraint(fields=('municipality', 'year'), name='reporting_plan_once', violation_error_message='Für dieses Jahr gibt es schon einen Plan.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalChapterText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=planning.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('chapter', models.CharField(choices=[('mandate', 'Auftrag und Ausgangslage'), ('steering', 'Steuerung und Beteiligung'), ('inventory', 'Bestand'), ('needs', 'Bedarf'), ('goals', 'Leitbild und Ziele'), ('measures', 'Maßnahmen nach Handlungsfeld'), ('finance', 'Finanzplan'), ('controlling', 'Controlling'), ('resolutions', 'Beschlüsse'), ('timeline', 'Zeitstrahl'), ('sources', 'Quellen')], max_length=12, verbose_name='Kapitel')),
                ('text', models.TextField(blank=True, help_text='Eine leere Zeile beginnt einen neuen Absatz. Zeilen mit „- “ werden zur Liste.', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Eigener Text')),
                ('left_out', models.BooleanField(default=False, verbose_name='Kapitel auslassen')),
                ('left_out_reason', models.TextField(blank=True, help_text='Steht im Plan an der Stelle des Kapitels.', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Begründung')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reporting.plan', verbose_name='Plan')),
            ],
            options={
                'verbose_name': 'historical Kapiteltext',
                'verbose_name_plural': 'historical Kapiteltexte',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='reporting_h_history_80c0d7_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ChapterText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=planning.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
                ('label', models.CharField(blank=True, default='', editable=False, max_length=400)),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('sort_key', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=200)),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('chapter', models.CharField(choices=[('mandate', 'Auftrag und Ausgangslage'), ('steering', 'Steuerung und Beteiligung'), ('inventory', 'Bestand'), ('needs', 'Bedarf'), ('goals', 'Leitbild und Ziele'), ('measures', 'Maßnahmen nach Handlungsfeld'), ('finance', 'Finanzplan'), ('controlling', 'Controlling'), ('resolutions', 'Beschlüsse'), ('timeline', 'Zeitstrahl'), ('sources', 'Quellen')], max_length=12, verbose_name='Kapitel')),
                ('text', models.TextField(blank=True, help_text='Eine leere Zeile beginnt einen neuen Absatz. Zeilen mit „- “ werden zur Liste.', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Eigener Text')),
                ('left_out', models.BooleanField(default=False, verbose_name='Kapitel auslassen')),
                ('left_out_reason', models.TextField(blank=True, help_text='Steht im Plan an der Stelle des Kapitels.', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='Begründung')),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chapter_texts', to='reporting.plan', verbose_name='Plan')),
            ],
            options={
                'verbose_name': 'Kapiteltext',
                'verbose_name_plural': 'Kapiteltexte',
                'ordering': ['plan', 'chapter'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('municipality', 'uid'), name='reporting_chaptertext_uid'), models.UniqueConstraint(fields=('plan', 'chapter'), name='reporting_chaptertext_once', violation_error_message='Zu diesem Kapitel gibt es schon einen Text.'), models.CheckConstraint(condition=models.Q(('left_out', False), models.Q(('left_out_reason', ''), _negated=True), _connector='OR'), name='reporting_chaptertext_reason', violation_error_message='Begründen Sie, warum das Kapitel ausgelassen wird.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalPlan',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('links', models.JSONField(default=dict, editable=False)),
                ('uid', models.CharField(default=planning.models.base.new_uid, editable=False, max_length=80)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='angelegt am')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('is_example', models.BooleanField(default=False, help_text='Erfundener Eintrag zur Vorführung; so wird er überall gekennzeichnet.', verbose_name='Beispiel')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Planungsjahr')),
                ('as_of', models.DateField(blank=True, help_text='Der Tag, bis zu dem die Angaben gelten. Ohne Angabe ist es der Tag, an dem das PDF entsteht.', null=True, verbose_name='Stand der Angaben')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('changed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geändert von')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('cycle', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='planning.planningcycle', verbose_name='Planungszyklus')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'historical Plan',
                'verbose_name_plural': 'historical Pläne',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='reporting_h_history_7bacf1_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ])]
