"""„Kosten im Jahr“ become lines of a Finanzplan, one for each year of the cycle, with the source „noch offen“.

Nothing is lost or guessed: the amount stays at its measure or post as „bisherige Angabe“; editions frozen before keep
their bytes. A year of a cycle that has a Finanzplan already is left alone.
"""

import uuid
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import migrations
from django.utils import timezone

from records.text import fold, sort_key


def take_over(apps: Any, schema_editor: Any) -> None:
    """Cycle by cycle."""
    cycles = apps.get_model("planning", "PlanningCycle").objects.order_by("pk")
    for cycle in cycles:
        measures = list(
            apps.get_model("planning", "Measure")
            .objects.filter(cycle=cycle, yearly_cost__isnull=False)
            .exclude(state="dropped")
            .order_by("sort_key", "pk")
        )
        posts = list(
            apps.get_model("planning", "PlannerPost")
            .objects.filter(municipality=cycle.municipality_id, is_lsz_post=True, yearly_cost__isnull=False)
            .order_by("begin", "pk")
        )
        for year in range(cycle.first_year, cycle.last_year + 1):
            subjects = [("planner_post", row) for row in posts if lasts_in(row, year)]
            subjects += [("measure", row) for row in measures if lasts_in(row, year)]
            if subjects:
                make_year(apps, cycle, year, subjects)


def lasts_in(row: Any, year: int) -> bool:
    """Whether it begins and ends so that it runs in the year."""
    begun = row.begin is None or row.begin.first.year <= year
    return begun and (row.end is None or row.end.last.year >= year)


def make_year(apps: Any, cycle: Any, year: int, subjects: list[tuple[str, Any]]) -> None:
    """The Finanzplan of a year with one line for each measure and post."""
    model = apps.get_model("funding", "BudgetYear")
    if model.objects.filter(cycle=cycle, year=year).exists():
        return
    plan = stored(apps, "BudgetYear", f"Finanzplan {year}", cycle, f"{year}", cycle_id=cycle.pk, year=year)
    seen: dict[str, int] = defaultdict(int)
    for place, (relation, subject) in enumerate(subjects, 1):
        seen[subject.title] += 1
        title = subject.title if seen[subject.title] == 1 else f"{subject.title} ({seen[subject.title]})"
        label = f"M {subject.number} {title}" if relation == "measure" and subject.number else title
        values = {
            "budget_year_id": plan.pk,
            "position": place,
            "title": title,
            f"{relation}_id": subject.pk,
            "open": Decimal(subject.yearly_cost).quantize(Decimal("0.01")),
            "is_example": subject.is_example,
        }
        stored(apps, "BudgetLine", label, cycle, title, **values)


def stored(apps: Any, name: str, label: str, cycle: Any, order: str, **values: Any) -> Any:
    """A row with its history row, as saving would have written them."""
    model, history = apps.get_model("funding", name), apps.get_model("funding", f"Historical{name}")
    row = model.objects.create(
        uid=str(uuid.uuid4()),
        municipality_id=cycle.municipality_id,
        label=label[:400],
        search_text=fold(" ".join(dict.fromkeys([label, values.get("title", label)]))),
        sort_key=sort_key(order),
        **values,
    )
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    names = {field.attname for field in history._meta.concrete_fields}
    history.objects.create(
        history_date=timezone.now(),
        history_type="+",
        history_change_reason="Übernahme der bisherigen Kosten im Jahr",
        **{name: value for name, value in kept.items() if name in names},
    )
    return row


class Migration(migrations.Migration):

    dependencies = [
        ("funding", "0007_finanzplan"),
        ("planning", "0018_explain"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True)]
