"""Breaks that were shipped are found by their statistic and area, as those that somebody enters."""

from django.db import migrations
from django.db.models import Q

from records.text import fold


def find_by_number(apps, schema_editor):
    """Only where nobody has written the break anew."""
    model = apps.get_model("planning", "IndicatorBreak")
    for row in model.objects.filter(Q(uid="bruch-eisenach") | Q(uid__startswith="bruch-zensus-"), version=1):
        said = " ".join(filter(None, (row.words, row.statistic, row.area_code)))
        model.objects.filter(pk=row.pk).update(search_text=fold(said))


class Migration(migrations.Migration):
    dependencies = [("planning", "0033_numbers_as_evidence")]

    operations = [migrations.RunPython(find_by_number, migrations.RunPython.noop, elidable=True)]
