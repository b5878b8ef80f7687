"""Offers, needs and measures of all municipalities by Handlungsfeld, Lebensphase and year, and the money planned.

All years speak of the catalogue of one year: what another edition of the Richtlinie called otherwise counts under what
replaced it (records.models.stand_ins); what neither follows nor precedes an entry stands under its own name. A measure
counts in each year of its period, a need in each year of its cycle, an offer in each year in which it existed. What
fewer than three municipalities have entered is TOO_FEW (planning.few).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField
from django.db.models.functions import Cast, Substr

from accounts.models import Municipality
from funding.models import BudgetLine, BudgetYear
from overview.enums import FigureKind
from planning.few import too_few, total_tells
from planning.models import ActionField, LifePhase, Measure, Need, Offer
from records.models import stand_ins
from reporting.queries.state_money import places_of, sums_of

Counted = dict[int, set[tuple[int, int]]]  # municipality and record, by entry
Sized = dict[int, tuple[set[int], Any]]  # municipalities and value, by entry
NOTHING = 0  # stands for what names no entry of the catalogue
TOO_FEW = "zu wenige Kommunen"
FORMER = "{} (gilt {} nicht mehr)"


@dataclass(frozen=True)
class Line:
    """An entry of the catalogue with each year and its value; None where nobody has said anything, else TOO_FEW."""

    title: str
    cells: tuple[tuple[int, int | Decimal | str | None], ...]


@dataclass(frozen=True)
class Figures:
    """A table: lines in the order of the catalogue. ``total`` counts what stands in several lines once."""

    years: tuple[int, ...]
    lines: tuple[Line, ...]
    total: Line
    mapped: tuple[str, ...]


def figures(kind: FigureKind, by_phase: bool, years: Iterable[int], named_in: int) -> Figures:
    """The table of one kind, in the words of the year ``named_in`` (five queries at most).

    The same records stand by Handlungsfeld and by Lebensphase: the total tells of neither what it keeps back.
    """
    years = tuple(years)
    model, other = (LifePhase, ActionField) if by_phase else (ActionField, LifePhase)
    span = (date(named_in, 1, 1), date(named_in, 12, 31))
    entries, names = named(model, span)
    if is_money := kind == FigureKind.MONEY:
        cells, total = money_cells(years, names)
    else:
        rows, beside = (
            counted(kind, axis, years, found) for axis, found in ((model, names), (other, named(other, span)[1]))
        )
        cells, total = told([sized(cell) for cell in rows], every_of(rows), [sized(cell) for cell in beside])
    shown = {entry.pk: entry for entry in names.values() if entry.holds(span) or any(entry.pk in c for c in cells)}
    order = sorted(shown.values(), key=lambda entry: (not entry.holds(span), entry.number, entry.sort_key))
    lines = [line_of(title_of(entry, span), years, [cell.get(entry.pk) for cell in cells]) for entry in order]
    if any(NOTHING in cell for cell in cells):
        lines.append(line_of("Ohne Zuordnung", years, [cell.get(NOTHING) for cell in cells]))
    mapped = [f"„{entry}“ zählt unter „{names[entry.pk]}“" for entry in entries if names[entry.pk].pk != entry.pk]
    summed = "Zusammen" if is_money else "Verschiedene insgesamt"
    return Figures(years, tuple(lines), line_of(summed, years, total), tuple(mapped))


def named(model: type[Any], span: tuple[date, date]) -> tuple[list[Any], dict[int, Any]]:
    """The entries of a catalogue, and under what the year knows each (one query)."""
    entries: list[Any] = list(model._default_manager.all())
    return entries, stand_ins(entries, span)


def line_of(title: str, years: tuple[int, ...], values: Iterable[Any]) -> Line:
    """A line with its years."""
    return Line(title, tuple(zip(years, values, strict=True)))


def title_of(entry: Any, span: tuple[date, date]) -> str:
    """An entry that does not hold in the year says so."""
    return str(entry) if entry.holds(span) else FORMER.format(entry, span[0].year)


def counted(kind: FigureKind, axis: type[Any], years: tuple[int, ...], names: dict[int, Any]) -> list[Counted]:
    """The records of each year by entry of the catalogue ``axis`` (one query)."""
    one = "action_field" if kind == FigureKind.MEASURES else "action_fields"
    linked = "life_phases" if axis is LifePhase else one
    cells: list[Counted] = [defaultdict(set) for _ in years]
    for pk, place, key, first, last in periods(kind, linked):
        for cell, year in zip(cells, years, strict=True):
            if (first is None or first <= year) and (last is None or last >= year):
                cell[names[key].pk if key else NOTHING].add((place, pk))
    return cells


def sized(cell: Counted) -> Sized:
    """The municipalities behind each entry and the number of its records."""
    return {key: (places_in(rows), len(rows)) for key, rows in cell.items()}


def every_of(cells: list[Counted]) -> list[tuple[set[int], int]]:
    """The municipalities and the different records of each year."""
    found = [{row for rows in cell.values() for row in rows} for cell in cells]
    return [(places_in(rows), len(rows)) for rows in found]


def places_in(rows: Iterable[tuple[int, int]]) -> set[int]:
    """The municipalities of records."""
    return {place for place, _ in rows}


def told(
    cells: list[Sized], totals: list[tuple[set[int], Any]], beside: list[Sized]
) -> tuple[list[dict[int, Any]], tuple[Any, ...]]:
    """Values and totals, those of too few municipalities left out; each comes with the municipalities behind it.

    ``beside`` are the parts of the same total on another page.
    """
    values = [{key: TOO_FEW if too_few(places) else n for key, (places, n) in cell.items()} for cell in cells]
    sums = [
        (number if all(total_tells(places, parts_of(each)) for each in parts) else TOO_FEW) if places else None
        for (places, number), *parts in zip(totals, cells, beside, strict=True)
    ]
    return values, tuple(sums)


def parts_of(cell: Sized) -> list[set[int]]:
    """The municipalities behind each part."""
    return [places for places, _ in cell.values()]


def periods(kind: FigureKind, linked: str) -> Iterable[tuple[int, int, int | None, int | None, int | None]]:
    """Key, municipality, entry, first and last year of every record of the kind (one query)."""
    own = ["pk", "municipality_id", linked]
    if kind == FigureKind.NEEDS:
        yield from Need.objects.order_by().values_list(*own, "cycle__first_year", "cycle__last_year")
        return
    model: Any = Offer if kind == FigureKind.OFFERS else Measure
    columns: list[Any] = [*own, year_in("begin"), year_in("end")]
    if model is Measure:
        columns += ["cycle__first_year", "cycle__last_year"]
    for pk, place, key, first, last, *cycle in model.objects.order_by().values_list(*columns):
        if cycle:  # a measure without dates lasts as long as its cycle, one that was carried on counts there alone
            first, last = max(first or cycle[0], cycle[0]), min(last or cycle[1], cycle[1])
        yield pk, place, key, first, last


def year_in(column: str) -> Cast:
    """The year of a vague date, which never crosses one; read as a number, many times quicker than as a date."""
    return Cast(Substr(column, 1, 4), IntegerField())


def money_cells(years: tuple[int, ...], names: dict[int, Any]) -> tuple[list[dict[int, Any]], tuple[Any, ...]]:
    """What the newest Finanzplan of each municipality and year plans, by Handlungsfeld (two queries)."""
    plans = BudgetYear.objects.filter(year__in=years, municipality__in=Municipality.objects.all())
    newest = {
        (place, year): pk
        for place, year, pk in plans.order_by("cycle__first_year", "pk").values_list("municipality_id", "year", "pk")
    }
    rows = BudgetLine.objects.filter(budget_year_id__in=newest.values()).select_related("measure", "budget_year")
    found: dict[int, dict[int, list[BudgetLine]]] = defaultdict(lambda: defaultdict(list))
    for line in rows:
        if line.is_planned and line.has_amount:
            key = line.measure.action_field_id if line.measure else line.action_field_id
            found[line.budget_year.year][names[key].pk if key else NOTHING].append(line)
    cells = [{key: (set(places_of(lines)), whole(lines)) for key, lines in found[year].items()} for year in years]
    every = [[line for lines in found[year].values() for line in lines] for year in years]
    return told(cells, [(set(places_of(lines)), whole(lines)) for lines in every], cells)


def whole(lines: list[BudgetLine]) -> Decimal:
    """The sum over all sources."""
    return sum(sums_of(lines).values(), Decimal("0.00"))
