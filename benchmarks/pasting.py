"""A pasted Finanzplan: how long the preview of 500 rows takes, from the text to what the page shows."""

import statistics
import time
from decimal import Decimal

from accounts.access import Access
from accounts.models import Municipality, User
from benchmarks.printing import flag
from funding.models import BudgetLine, BudgetYear
from planning.models import PlanningCycle
from records.domain.saving import create_record
from records.registry import kind_of
from records.tables.assigning import Said, lay_out
from records.tables.files import TypedCell, TypedRow, TypedSheet
from records.tables.preview import Seen, TableCheck
from records.tables.values import Values

ROWS, ROUNDS, MOST = 500, 5, 2.0  # seconds by the clock
HEADS = ("Finanzplan", "Posten", "Land", "Kommune", "Eigenmittel", "Dritte")


def pasted(year: BudgetYear) -> TypedSheet:
    """500 lines with four amounts each, as they come out of a clipboard."""

    def cells(number: int) -> tuple[TypedCell, ...]:
        amounts = [f"{Decimal(number * part + 7).scaleb(-2):.2f}".replace(".", ",") for part in (13_577, 4_211, 97, 3)]
        return tuple(TypedCell(text) for text in (str(year), f"Posten {number}", *amounts))

    heads = TypedRow(1, tuple(map(TypedCell, HEADS)))
    return TypedSheet("", [heads, *(TypedRow(number + 2, cells(number)) for number in range(ROWS))])


def table(place: Municipality, planner: int) -> list[list[str]]:
    """Seconds by the clock and of the processor, the middle of some rounds; „!“ where it takes too long."""
    cycle = PlanningCycle.objects.filter(municipality=place).latest("first_year")
    year = BudgetYear.objects.filter(municipality=place, cycle=cycle).first()
    year = year or create_record(BudgetYear(municipality=place, cycle=cycle, year=cycle.last_year), actor=None)
    kind, access, typed = kind_of(BudgetLine), Access(User.objects.get(pk=planner)), pasted(year)
    clock, processor, errors = [], [], 0
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        values = Values(kind, place, access)
        laid = lay_out(values, [typed], Said(sheet=0, head=0, columns={}))
        seen = Seen.of(TableCheck(kind, place, access, values).run(laid.rows))
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
        errors = seen.errors
    took = statistics.median(clock)
    return [
        ["Tabelle", "Uhr", "CPU", "Fehler"],
        [f"{ROWS} Posten", f"{took:.2f}{flag(took, MOST)}", f"{statistics.median(processor):.2f}", str(errors)],
    ]
