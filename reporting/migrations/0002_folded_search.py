"""What is searched is folded anew: dashes, quotes and blanks alike, without what nobody sees (accounts.text)."""

from accounts.text import fold
from django.db import migrations


def fold_anew(apps, schema_editor):
    for model in apps.get_models():
        if not any(field.name == 'search_text' for field in model._meta.concrete_fields):
            continue
        changed = []
        for row in model.objects.only('search_text').iterator():
            folded = fold(row.search_text)
            if folded != row.search_text:
                row.search_text = folded
                changed.append(row)
        model.objects.bulk_update(changed, ['search_text'], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0001_reports'),
        ('planning', '0023_controlling'),
        ('participation', '0008_exchange_of_experience'),
        ('funding', '0012_review_paper'),
        ('plans', '0005_remarks_of_the_leitung'),
        ('overview', '0003_adviser_visit'),
    ]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop, elidable=True)]
