from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
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
    ]
