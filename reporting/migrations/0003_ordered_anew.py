"""Keys of order are made anew where a text holds what nobody sees: the key once had a blank there (accounts.text)."""

from accounts.text import INVISIBLE, sort_key
from django.db import migrations

AT_ONCE = 500


def key_with_blanks(text):
    return sort_key(INVISIBLE.sub(' ', text))


def order_anew(apps, schema_editor):
    for model in apps.get_models():
        if not {'label', 'sort_key'} <= {field.name for field in model._meta.concrete_fields}:
            continue
        changed = []
        for row in model._base_manager.only('label', 'sort_key').iterator(AT_ONCE):
            before, key = key_with_blanks(row.label), sort_key(row.label)
            if before != key and row.sort_key.endswith(before):
                row.sort_key = row.sort_key.removesuffix(before) + key
                changed.append(row)
        model._base_manager.bulk_update(changed, ['sort_key'], batch_size=AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0002_folded_search'),
        ('planning', '0025_statistics_without_file'),
        ('participation', '0011_survey_tables'),
        ('funding', '0012_review_paper'),
        ('plans', '0005_remarks_of_the_leitung'),
        ('overview', '0003_adviser_visit'),
    ]

    operations = [migrations.RunPython(order_anew, migrations.RunPython.noop, elidable=True)]
