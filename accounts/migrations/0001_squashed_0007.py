"""An empty database is made at once; one that holds data goes step by step through what this replaces."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_invitation_and_order'),
        ('accounts', '0003_attempts'),
        ('accounts', '0004_versions'),
        ('accounts', '0005_words_of_columns'),
        ('accounts', '0006_readings'),
        ('accounts', '0007_history_without_names'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(help_text='So erscheint die Person im Portal, zum Beispiel „Planung Kyffhäuserkreis“.', max_length=120, verbose_name='Funktion')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'Person',
                'verbose_name_plural': 'Personen',
                'ordering': ['username'],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Attempts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=40, verbose_name='Zählung')),
                ('key', models.CharField(max_length=64, verbose_name='Schlüssel')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='Versuche')),
                ('last_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='zuletzt am')),
                ('blocked_until', models.DateTimeField(null=True, verbose_name='gesperrt bis')),
            ],
            options={
                'verbose_name': 'Zählung von Versuchen',
                'verbose_name_plural': 'Zählungen von Versuchen',
                'constraints': [models.UniqueConstraint(fields=('scope', 'key'), name='accounts_attempts_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='eingeladen am')),
                ('expires_at', models.DateTimeField(verbose_name='gilt bis')),
                ('accepted_at', models.DateTimeField(null=True, verbose_name='angenommen am')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='zurückgezogen am')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='eingeladen von')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Einladung',
                'verbose_name_plural': 'Einladungen',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ags', models.CharField(max_length=5, unique=True, verbose_name='Amtlicher Schlüssel')),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='Adresse')),
                ('kind', models.CharField(choices=[('district', 'Landkreis'), ('city', 'Kreisfreie Stadt')], max_length=10, verbose_name='Art')),
                ('state_region', models.CharField(choices=[('north', 'Nordthüringen'), ('centre', 'Mittelthüringen'), ('east', 'Ostthüringen'), ('south_west', 'Südwestthüringen')], max_length=12, verbose_name='Region')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='Einwohner')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Jahr der Einwohnerzahl')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='besteht seit')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='besteht bis')),
                ('sort_key', models.CharField(blank=True, default='', editable=False, max_length=200)),
            ],
            options={
                'verbose_name': 'Kommune',
                'verbose_name_plural': 'Kommunen',
                'ordering': ['sort_key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='accounts_municipality_valid_period', violation_error_message='Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(help_text='So erscheint die Person im Portal, zum Beispiel „Planung Kyffhäuserkreis“.', max_length=120, verbose_name='Funktion')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Person',
                'verbose_name_plural': 'historical Personen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='accounts_hi_history_95900b_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoleAssignment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('planner', 'Sozialplanung'), ('lead', 'Leitung'), ('adviser', 'Prozessbegleitung'), ('ministry', 'Ministerium'), ('admin', 'Administration')], max_length=10, verbose_name='Rolle')),
                ('valid_from', models.DateField(default=django.utils.timezone.localdate, verbose_name='gilt ab')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='gilt bis')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ('municipality', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.municipality', verbose_name='Kommune')),
            ],
            options={
                'verbose_name': 'historical Rolle',
                'verbose_name_plural': 'historical Rollen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['history_date', 'id'], name='accounts_hi_history_a6534d_idx')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.SlugField(max_length=60, verbose_name='Kommune')),
                ('page', models.CharField(max_length=100, verbose_name='Seite')),
                ('record', models.BigIntegerField(default=0, verbose_name='Nummer')),
                ('hour', models.DateTimeField(db_index=True, verbose_name='Stunde')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Lesezugriff',
                'verbose_name_plural': 'Lesezugriffe',
                'constraints': [models.UniqueConstraint(fields=('user', 'place', 'page', 'record', 'hour'), name='accounts_reading_once')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('planner', 'Sozialplanung'), ('lead', 'Leitung'), ('adviser', 'Prozessbegleitung'), ('ministry', 'Ministerium'), ('admin', 'Administration')], max_length=10, verbose_name='Rolle')),
                ('valid_from', models.DateField(default=django.utils.timezone.localdate, verbose_name='gilt ab')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='gilt bis')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='accounts.municipality', verbose_name='Kommune')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Rolle',
                'verbose_name_plural': 'Rollen',
                'ordering': ['user', 'role', 'municipality'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('role__in', frozenset(['admin', 'ministry']))), models.Q(models.Q(('role__in', frozenset(['admin', 'ministry'])), _negated=True), ('municipality__isnull', False)), _connector='OR'), name='accounts_roleassignment_place', violation_error_message='Sozialplanung, Leitung und Prozessbegleitung gelten in einer Kommune, Ministerium und Administration im ganzen Portal.'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='accounts_roleassignment_period', violation_error_message='Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', False), ('valid_until__isnull', True)), fields=('user', 'role', 'municipality'), name='accounts_roleassignment_open_place', violation_error_message='Diese Rolle hat die Person dort in dieser Zeit schon. Ändern Sie den Eintrag.'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', True), ('valid_until__isnull', True)), fields=('user', 'role'), name='accounts_roleassignment_open_portal', violation_error_message='Diese Rolle hat die Person dort in dieser Zeit schon. Ändern Sie den Eintrag.')],
            },
        ),
    ]
