"""An empty database is made at once; one that holds data goes step by step through what this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from records.create_together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('overview', '0001_initial'),
        ('overview', '0002_messages'),
        ('overview', '0003_adviser_visit'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateTogether([
        migrations.CreateModel(
            name='BarrierReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(blank=True, max_length=500, verbose_name='Seite')),
                ('description', models.TextField(max_length=5000, verbose_name='Was hindert Sie?')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='Antwort an')),
                ('state', models.CharField(choices=[('open', 'offen'), ('answered', 'beantwortet')], default='open', max_length=8, verbose_name='Stand')),
                ('note', models.TextField(blank=True, max_length=5000, verbose_name='Vermerk')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='gemeldet am')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
            ],
            options={
                'verbose_name': 'Gemeldete Barriere',
                'verbose_name_plural': 'Gemeldete Barrieren',
                'ordering': ['-state', '-created_at'],
            },
        ),
        migrations.CreateModel(
            name='AdviserVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_at', models.DateTimeField(verbose_name='zuletzt gesehen am')),
                ('before_at', models.DateTimeField(null=True, verbose_name='davor gesehen am')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Besuch der Prozessbegleitung',
                'verbose_name_plural': 'Besuche der Prozessbegleitung',
            },
        ),
        migrations.CreateModel(
            name='MailSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frequency', models.CharField(choices=[('at_once', 'sofort'), ('daily', 'täglich'), ('weekly', 'wöchentlich'), ('never', 'nie')], default='daily', max_length=8, verbose_name='E-Mails')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='zuletzt gesendet am')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_setting', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Einstellung zu E-Mails',
                'verbose_name_plural': 'Einstellungen zu E-Mails',
            },
        ),
        migrations.CreateModel(
            name='MessageMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, verbose_name='Sache')),
                ('read_at', models.DateTimeField(null=True, verbose_name='gelesen am')),
                ('mailed_at', models.DateTimeField(null=True, verbose_name='gemailt am')),
                ('made_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='gemerkt am')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Gelesene Meldung',
                'verbose_name_plural': 'Gelesene Meldungen',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='overview_messagemark_once')],
            },
        ),
    ])]
