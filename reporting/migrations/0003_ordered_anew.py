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
        ('reporting', '0001_squashed_0002'),
        ('planning', '0001_squashed_0025'),
        ('participation', '0001_squashed_0011'),
        ('funding', '0001_squashed_0012'),
        ('plans', '0001_squashed_0005'),
        ('overview', '0001_squashed_0003'),
    ]

    operations = [migrations.RunPython(order_anew, migrations.RunPython.noop, elidable=True)]
