from django.db import migrations

from records.order import OrderedAnew


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0002_indicator_value_once'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='actionfield',
            options={'ordering': ['number', 'sort_key'], 'verbose_name': 'Handlungsfeld', 'verbose_name_plural': 'Handlungsfelder'},
        ),
        migrations.AlterModelOptions(
            name='agreement',
            options={'ordering': ['signed_on', 'sort_key'], 'verbose_name': 'Vereinbarung', 'verbose_name_plural': 'Vereinbarungen'},
        ),
        migrations.AlterModelOptions(
            name='certificate',
            options={'ordering': ['awarded_on', 'sort_key'], 'verbose_name': 'Zertifikat', 'verbose_name_plural': 'Zertifikate'},
        ),
        migrations.AlterModelOptions(
            name='commune',
            options={'ordering': ['sort_key'], 'verbose_name': 'Gemeinde', 'verbose_name_plural': 'Gemeinden'},
        ),
        migrations.AlterModelOptions(
            name='datasource',
            options={'ordering': ['sort_key'], 'verbose_name': 'Datenquelle', 'verbose_name_plural': 'Datenquellen'},
        ),
        migrations.AlterModelOptions(
            name='deadline',
            options={'ordering': ['due', 'sort_key'], 'verbose_name': 'Frist', 'verbose_name_plural': 'Fristen'},
        ),
        migrations.AlterModelOptions(
            name='document',
            options={'ordering': ['sort_key'], 'verbose_name': 'Dokument', 'verbose_name_plural': 'Dokumente'},
        ),
        migrations.AlterModelOptions(
            name='familyconcept',
            options={'ordering': ['adopted_on', 'sort_key'], 'verbose_name': 'Familienbegriff', 'verbose_name_plural': 'Familienbegriffe'},
        ),
        migrations.AlterModelOptions(
            name='hurdle',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Hürde', 'verbose_name_plural': 'Hürden'},
        ),
        migrations.AlterModelOptions(
            name='indicator',
            options={'ordering': ['sort_key'], 'verbose_name': 'Kennzahl', 'verbose_name_plural': 'Kennzahlen'},
        ),
        migrations.AlterModelOptions(
            name='indicatorvalue',
            options={'ordering': ['indicator', 'sort_key'], 'verbose_name': 'Kennzahlenwert', 'verbose_name_plural': 'Kennzahlenwerte'},
        ),
        migrations.AlterModelOptions(
            name='lifephase',
            options={'ordering': ['number', 'sort_key'], 'verbose_name': 'Lebensphase', 'verbose_name_plural': 'Lebensphasen'},
        ),
        migrations.AlterModelOptions(
            name='linkedstrategy',
            options={'ordering': ['sort_key'], 'verbose_name': 'Verknüpfte Strategie', 'verbose_name_plural': 'Verknüpfte Strategien'},
        ),
        migrations.AlterModelOptions(
            name='measure',
            options={'ordering': ['sort_key'], 'verbose_name': 'Maßnahme', 'verbose_name_plural': 'Maßnahmen'},
        ),
        migrations.AlterModelOptions(
            name='missionstatement',
            options={'ordering': ['adopted_on', 'sort_key'], 'verbose_name': 'Leitbild', 'verbose_name_plural': 'Leitbilder'},
        ),
        migrations.AlterModelOptions(
            name='need',
            options={'ordering': ['sort_key'], 'verbose_name': 'Bedarf', 'verbose_name_plural': 'Bedarfe'},
        ),
        migrations.AlterModelOptions(
            name='offer',
            options={'ordering': ['sort_key'], 'verbose_name': 'Angebot', 'verbose_name_plural': 'Angebote'},
        ),
        migrations.AlterModelOptions(
            name='plannerpost',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Planerstelle', 'verbose_name_plural': 'Planerstellen'},
        ),
        migrations.AlterModelOptions(
            name='planningregion',
            options={'ordering': ['sort_key'], 'verbose_name': 'Planungsregion', 'verbose_name_plural': 'Planungsregionen'},
        ),
        migrations.AlterModelOptions(
            name='priorprogramme',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Vorerfahrung', 'verbose_name_plural': 'Vorerfahrungen'},
        ),
        migrations.AlterModelOptions(
            name='provider',
            options={'ordering': ['sort_key'], 'verbose_name': 'Träger', 'verbose_name_plural': 'Träger'},
        ),
        migrations.AlterModelOptions(
            name='steptemplate',
            options={'ordering': ['phase', 'position', 'sort_key'], 'verbose_name': 'Schritt im Katalog', 'verbose_name_plural': 'Schritte im Katalog'},
        ),
        migrations.AlterModelOptions(
            name='targetgroup',
            options={'ordering': ['sort_key'], 'verbose_name': 'Zielgruppe', 'verbose_name_plural': 'Zielgruppen'},
        ),
        migrations.RunPython(OrderedAnew("planning"), migrations.RunPython.noop),
    ]
