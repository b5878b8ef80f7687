"""The Finanzplan over all years of a cycle as PDF and XLSX: years side by side by source, Handlungsfeld and line.

Every year is read as its own paper reads it, so both say the same. In the workbook each year has its sheet, and the
overview reckons with live formulas from these sheets.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import Municipality
from funding.domain.reckoning.steps import known_total
from planning.models import PlanningCycle
from plans.bodies import CostGroup, CostLine, FinanceBody
from plans.bodies.action import SOURCES
from plans.models import Plan
from printing.papers.frame import frame_of
from printing.papers.making import document_pdf
from reporting.papers.finance import (
    BEFORE,
    BOLD,
    KIND,
    LINE,
    SOFT,
    Costs,
    Formula,
    running_costs,
    saved,
    set_up,
    source_columns,
    write,
    write_budget,
)

OVERVIEW = "Alle Jahre"
CHECK = "Probe: Quellen minus Handlungsfelder (muss 0,00 sein)"
FIRST = 5  # row below the head
MANY = 5  # years from which columns get narrower


@dataclass(frozen=True, kw_only=True)
class YearsRow:
    """A name with one amount for each year, None where nothing is said, and their sum."""

    title: str
    amounts: tuple[Decimal | None, ...]
    about: str = ""
    example: bool = False

    @property
    def total(self) -> Decimal | None:
        """Over all years; None where no year says anything."""
        return known_total(self.amounts)


@dataclass(frozen=True, kw_only=True)
class CycleCosts:
    """The Finanzpläne of a cycle, in the order of their years; ``missing`` are years without one."""

    place: Municipality
    cycle: PlanningCycle
    years: tuple[Costs, ...]
    missing: tuple[int, ...]

    @property
    def title(self) -> str:
        """„Finanzplan 2018–2020“."""
        return f"{KIND} {self.cycle.years}"

    @property
    def width(self) -> str:
        """How wide a column of a year is."""
        return "b24" if len(self.years) < MANY else "b20"

    @property
    def sources(self) -> tuple[YearsRow, ...]:
        """By source, each that any year names, in the order of the Finanzplan."""
        named = {source for each in self.years for source in each.body.sources}
        return tuple(
            YearsRow(title=source, amounts=tuple(sum_of_source(each.body, source) for each in self.years))
            for source in SOURCES
            if source in named
        )

    @property
    def groups(self) -> tuple[tuple[YearsRow, tuple[YearsRow, ...]], ...]:
        """Planerstellen and Handlungsfelder with their sums, each with its lines."""
        titles = dict.fromkeys(group.title for each in self.years for group in each.body.groups)
        found = []
        for title in titles:
            groups = [next((row for row in each.body.groups if row.title == title), None) for each in self.years]
            sums = tuple(group.total if group and group.known else None for group in groups)
            found.append((YearsRow(title=title, amounts=sums), lines_of(groups)))
        return tuple(found)

    @property
    def whole(self) -> YearsRow:
        """Everything together."""
        sums = tuple(each.body.total if each.body.known else None for each in self.years)
        return YearsRow(title="Insgesamt", amounts=sums)

    @property
    def all_lines(self) -> tuple[YearsRow, ...]:
        """The lines of all groups."""
        return tuple(line for _, lines in self.groups for line in lines)


def sum_of_source(body: FinanceBody, source: str) -> Decimal | None:
    """What a source gives in a year; None where no line speaks of it."""
    return body.sum_of(source) if source in body.sources else None


def lines_of(groups: list[CostGroup | None]) -> tuple[YearsRow, ...]:
    """The lines of a group over the years; the same name and Kostenart is the same line."""
    found: dict[tuple[str, str], list[list[CostLine]]] = {}
    for place, group in enumerate(groups):
        for line in group.lines if group else ():
            found.setdefault((line.title, line.kind), [[] for _ in groups])[place].append(line)
    return tuple(
        YearsRow(
            title=title,
            amounts=tuple(known_total(line.amount for line in each) for each in by_year),
            about=kind,
            example=any(line.example for each in by_year for line in each),
        )
        for (title, kind), by_year in found.items()
    )


def cycle_costs(place: Municipality, cycle: PlanningCycle, years: list[int], today: date) -> CycleCosts:
    """The Finanzpläne of these years of the cycle as they are now (a fixed number of queries for each year)."""
    whole = range(cycle.first_year, cycle.last_year + 1)
    plans = [Plan(municipality=place, cycle=cycle, year=year) for year in sorted(years)]
    found = tuple(running_costs(plan, today) for plan in plans)
    return CycleCosts(
        place=place, cycle=cycle, years=found, missing=tuple(year for year in whole if year not in set(years))
    )


# ---------------------------------------------------------------- as PDF
def years_pdf(costs: CycleCosts, created: datetime) -> bytes:
    """The years side by side. Raises RenderError."""
    last = costs.years[-1]
    frame = frame_of(
        costs.place,
        KIND,
        as_of=timezone.localdate(created),
        subject=f"{costs.place.name} {costs.cycle.years}",
        note=costs.cycle.title,
        example=any(line.example for line in costs.all_lines),
        office=last.office,
    )
    context = {"frame": frame, "costs": costs, "origin": last.origin}
    title = f"{costs.title} – {costs.place.name}"
    return document_pdf("reporting/papers/finance_years.html", context, title=title, created=created)


# ---------------------------------------------------------------- as XLSX
def years_xlsx(costs: CycleCosts, created: datetime) -> bytes:
    """An overview that reckons from one sheet for each year."""
    book = Workbook()
    overview: Any = book.active
    overview.title = OVERVIEW
    sums = {}
    for each in costs.years:
        sheet: Any = book.create_sheet(str(each.year))
        set_up(sheet, each, f"{KIND} {each.year}", each.origin)
        sums[each.year] = write_budget(sheet, each.body) if each.body.sources else 0
    set_up(overview, costs.years[-1], costs.title, costs.years[-1].origin)
    write_overview(overview, costs, sums)
    return saved(book, costs.place, costs.title, created)


def write_overview(sheet: Worksheet, costs: CycleCosts, sums: dict[int, int]) -> None:
    """Sources and Handlungsfelder over the years, each as a sum of its sheet, and both against each other."""
    columns = [get_column_letter(place) for place in range(2, len(costs.years) + 2)]
    all_of = get_column_letter(len(costs.years) + 2)
    for name in (*columns, all_of):
        sheet.column_dimensions[name].width = 18
    write(sheet, 4, ["Quelle", *(str(each.year) for each in costs.years), "Alle Jahre"], font=BOLD)

    def block(row: int, titles: list[str], cell: Any) -> int:
        """Rows of formulas and below them their sum; returns the row of the sum."""
        for place, title in enumerate(titles, row):
            cells = [cell(each, title, place) for each in costs.years]
            write(sheet, place, [title, *cells, Formula(f"=SUM({columns[0]}{place}:{columns[-1]}{place})")])
        end = row + len(titles)
        below = [Formula(f"=SUM({name}{row}:{name}{end - 1})") for name in (*columns, all_of)]
        write(sheet, end, ["Summe", *below], font=BOLD, border=LINE)
        return end

    def of_source(each: Costs, title: str, place: int) -> Formula | None:
        letters = dict(zip(each.body.sources, source_columns(each.body), strict=True))
        return Formula(f"='{each.year}'!{letters[title]}{sums[each.year]}") if title in letters else None

    def of_group(each: Costs, title: str, place: int) -> Formula | None:
        if not sums[each.year]:
            return None
        last, letter = sums[each.year] - 1, get_column_letter(len(BEFORE) + len(each.body.sources) + 1)
        names, amounts = f"'{each.year}'!$B${FIRST}:$B${last}", f"'{each.year}'!${letter}${FIRST}:${letter}${last}"
        return Formula(f"=SUMIF({names},$A{place},{amounts})")

    by_source = block(FIRST, [row.title for row in costs.sources], of_source)
    write(sheet, by_source + 2, ["Handlungsfeld"], font=BOLD)
    by_group = block(by_source + 3, [row.title for row, _ in costs.groups], of_group)
    checks = [Formula(f"={name}{by_source}-{name}{by_group}") for name in (*columns, all_of)]
    write(sheet, by_group + 2, [CHECK, *checks], font=SOFT)
    for row, each in enumerate(costs.years, by_group + 4):
        limits = "; ".join(f"{fact.label}: {fact.value}" for fact in each.body.limits)
        write(sheet, row, [f"{each.year}, Stand {each.body.state}. {limits}"])
    for row, year in enumerate(costs.missing, by_group + 4 + len(costs.years)):
        write(sheet, row, [f"{year}: noch kein Finanzplan"])
