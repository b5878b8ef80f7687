"""Entries for drawing tests: dates as vague as the report gives them."""

from dataclasses import replace

from insight.timeline import TimelineEntry
from records.vague import VagueDate


def entry(title, begin=None, end=None, lane=1, shape="milestone", **options):
    dates = [VagueDate.from_iso(text) if text else None for text in (begin, end)]
    return TimelineEntry(title, *dates, lane=lane, shape=shape, url=f"/kommune/eintraege/{title}/", **options)


def many(count):
    """Entries of every precision and shape over seven years and all lanes, the same in every run."""
    forms = ("{y}-{m:02d}-11", "{y}-{m:02d}", "{y}-Q{q}", "{y}-H{h}", "{y}")
    shapes = ("session", "participation", "resolution", "milestone", "period")
    found = []
    for index in range(count):
        month = index * 7 % 12 + 1
        form = forms[index % 5].format(y=2016 + index * 3 % 7, m=month, q=(month + 2) // 3, h=1 if month < 7 else 2)
        title = f"Eintrag {index} mit einem Titel, wie ihn Menschen schreiben {'und noch länger ' * (index % 3)}"
        made = entry(title, form, lane=index % 9, shape=shapes[index % 5])
        found.append(replace(made, url=f"/kommune/eintraege/{index}/", uid=str(index)))
    return found
