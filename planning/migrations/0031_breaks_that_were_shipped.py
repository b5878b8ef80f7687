"""Breaks of series that stood in a file of the program until now."""

from datetime import date

from django.db import migrations

from records.text import fold, sort_key

# What stood in a file of the program before; a new portal gets them with its catalogue, under the same identifiers.
SHIPPED = (
    (
        "bruch-zensus-2011",
        date(2011, 12, 31),
        "12411",
        "",
        "Bevölkerung ab hier auf der Grundlage des Zensus 2011, davor früherer Zählungen.",
    ),
    (
        "bruch-zensus-2022",
        date(2022, 12, 31),
        "12411",
        "",
        "Bevölkerung ab hier auf der Grundlage des Zensus 2022, davor des Zensus 2011.",
    ),
    ("bruch-eisenach", date(2021, 7, 1), "", "16063", "Eisenach gehört seit dem 01.07.2021 zum Wartburgkreis."),
)


def keep_what_was_shipped(apps, schema_editor):
    """Only in a portal that has a catalogue already."""
    if not apps.get_model("planning", "Indicator").objects.exists():
        return
    model, history = (apps.get_model("planning", name) for name in ("IndicatorBreak", "HistoricalIndicatorBreak"))
    for uid, day, statistic, area, words in SHIPPED:
        said = {"uid": uid, "day": day, "statistic": statistic, "area_code": area, "words": words}
        row = model.objects.create(**said, label=words, search_text=fold(words), sort_key=sort_key(words))
        history.objects.create(
            **said,
            id=row.pk,
            version=row.version,
            created_at=row.created_at,
            changed_at=row.changed_at,
            history_date=row.created_at,
            history_type="+",
            history_change_reason="Aus dem Programm übernommen",
        )


class Migration(migrations.Migration):
    dependencies = [("planning", "0030_breaks_of_figures")]

    operations = [migrations.RunPython(keep_what_was_shipped, migrations.RunPython.noop, elidable=True)]
