from django.db import migrations

from records.order import OrderedAnew


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='body',
            options={'ordering': ['sort_key'], 'verbose_name': 'Gremium', 'verbose_name_plural': 'Gremien'},
        ),
        migrations.AlterModelOptions(
            name='bodymembership',
            options={'ordering': ['body', 'kind', 'sort_key'], 'verbose_name': 'Mitglied', 'verbose_name_plural': 'Mitglieder'},
        ),
        migrations.AlterModelOptions(
            name='event',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Veranstaltung', 'verbose_name_plural': 'Veranstaltungen'},
        ),
        migrations.AlterModelOptions(
            name='networkevent',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Netzwerkveranstaltung', 'verbose_name_plural': 'Netzwerkveranstaltungen'},
        ),
        migrations.AlterModelOptions(
            name='supportrecord',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Prozessbegleitung', 'verbose_name_plural': 'Prozessbegleitungen'},
        ),
        migrations.AlterModelOptions(
            name='survey',
            options={'ordering': ['begin', 'sort_key'], 'verbose_name': 'Befragung', 'verbose_name_plural': 'Befragungen'},
        ),
        migrations.RunPython(OrderedAnew("participation"), migrations.RunPython.noop),
    ]
