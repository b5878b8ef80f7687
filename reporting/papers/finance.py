"""The Finanzplan of a plan's year as PDF and XLSX: lines with their sources and sums, or yearly costs without them."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from planning.queries.office import office_lines
from plans.bodies import CostGroup, CostLine, Fact, FinanceBody
from plans.builder.action import finance_body
from plans.builder.past import basis_of
from plans.enums import ChapterCode
from plans.models import Plan, PlanVersion
from plans.queries.stored import origin_of, publisher_of, stored_content
from printing.papers.frame import Publisher, frame_of, running_origin
from printing.papers.making import document_pdf
from records.tables.writing import FORBIDDEN

KIND = "Finanzplan"
EURO = '#,##0.00\\ "€"'
HEADS = ("Stelle oder Maßnahme", "geplant im Jahr", "Hinweis")
WIDTHS = (70, 18, 30)
AMOUNTS = "B"  # column of the amounts
SUBTOTAL = 9  # sum that leaves out other subtotals, so that the total counts nothing twice
UNSAID = "ohne Angabe"
NO_COSTS = FinanceBody(groups=(), total=Decimal(0), without_amount=0)
BEFORE = ("Posten", "Handlungsfeld", "Kostenart", "Träger")
CHECK = "Probe: Quellen minus Posten (muss 0,00 sein)"
BOLD, SOFT = Font(bold=True), Font(color="50565A")
LINE = Border(top=Side(style="thin"))


@dataclass(frozen=True)
class Costs:
    """The Finanzplan of a plan. ``origin`` says what it is made of: a frozen edition with its hash, or the records.

    ``left_out`` is the reason why the edition has none; then ``body`` is empty. ``publisher`` and ``office`` issue it.
    """

    publisher: Publisher
    year: int
    body: FinanceBody
    cycle: str
    as_of: date
    origin: str
    left_out: str = ""
    office: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The document's title."""
        return f"{KIND} {self.year} – {self.publisher.name}"


def running_costs(plan: Plan, today: date) -> Costs:
    """From the records as they are now; ``plan`` comes with municipality and cycle."""
    place, body = plan.municipality, finance_body(basis_of(plan))
    return Costs(place, plan.year, body, plan.cycle.title, today, running_origin(today), office=office_lines(place))


def frozen_costs(plan: Plan, version: PlanVersion) -> Costs:
    """From what a released edition says, never from the records. Raises DamagedVersion."""
    content = stored_content(version)
    chapter = content.chapter(ChapterCode.FINANCE)
    body = chapter.body if isinstance(chapter.body, FinanceBody) else NO_COSTS
    names, origin = publisher_of(content), origin_of(version)
    reason, office = chapter.left_out_reason, content.office
    return Costs(names, plan.year, body, content.cycle, content.day, origin, reason, office)


def finance_pdf(costs: Costs, created: datetime) -> bytes:
    """The Finanzplan as PDF. Raises RenderError."""
    body = costs.body
    frame = frame_of(
        costs.publisher,
        KIND,
        as_of=costs.as_of,
        subject=f"{costs.publisher.name} {costs.year}",
        note=costs.cycle,
        example=any(line.example for line in body.all_lines),
        office=costs.office,
    )
    context = {
        "frame": frame,
        "body": body,
        "costs": costs,
        "sums": [(group, planned(group)) for group in body.groups],
    }
    return document_pdf("reporting/papers/finance.html", context, title=costs.title, created=created)


def planned(group: CostGroup) -> Decimal | None:
    """The sum of a group, or None where no line has an amount: that is not the same as nothing."""
    return group.total if group.known else None


def finance_xlsx(costs: Costs, created: datetime) -> bytes:
    """The same as a workbook: amounts are numbers, sums are our own formulas, every text stays a text."""
    body, book = costs.body, Workbook()
    sheet: Any = book.active
    sheet.title = f"{KIND} {costs.year}"
    reason = f"Kapitel ausgelassen: {costs.left_out}" if costs.left_out else costs.origin
    set_up(sheet, costs, f"{KIND} {costs.year}", reason)
    if body.sources:
        write_budget(sheet, body)
    else:
        write_costs(sheet, body)
    return saved(book, costs.publisher, f"{KIND} {costs.year}", created)


def saved(book: Workbook, publisher: Publisher, title: str, created: datetime) -> bytes:
    """The file, with what it says of itself."""
    book.properties.creator = publisher.authority
    book.properties.title = title
    book.properties.created = book.properties.modified = created.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_costs(sheet: Worksheet, body: FinanceBody) -> None:
    """Yearly costs without sources, with their sums."""
    write(sheet, 4, HEADS, font=BOLD)
    row = 5
    for group in body.groups:
        row = write_group(sheet, row, group)
    if body.known:
        write(sheet, row, [body.sum_label, subtotal(5, row - 1)], font=BOLD, border=LINE)


def write_budget(sheet: Worksheet, body: FinanceBody) -> int:
    """A row for each line with one column for each source; sums of rows and columns, and both against each other.

    Returns the row of the sums.
    """
    heads = (*BEFORE, *body.sources, "Summe", "Hinweis")
    write(sheet, 4, heads, font=BOLD)
    first, names = len(BEFORE) + 1, source_columns(body)
    all_of, row = get_column_letter(first + len(names)), 5
    for group in body.groups:
        for line in group.lines:
            total = Formula(f"=SUM({names[0]}{row}:{names[-1]}{row})") if line.amounts else None
            parts = [line.of(source) for source in body.sources]
            write(sheet, row, [line.title, group.title, line.kind, line.provider, *parts, total, note_of(line)])
            row += 1
    last = row - 1
    sums = [Formula(f"=SUM({name}5:{name}{last})") for name in (*names, all_of)]
    write(sheet, row, ["Summe", "", "", "", *sums], font=BOLD, border=LINE)
    check = Formula(f"=SUM({names[0]}{row}:{names[-1]}{row})-{all_of}{row}")
    write(sheet, row + 1, [CHECK, "", "", "", *[None] * len(names), check], font=SOFT)
    for place in range(first, first + len(names) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 16
    for place, fact in enumerate((Fact(label="Stand", value=body.state), *body.limits), row + 3):
        write(sheet, place, [fact.label, fact.value])
    return row


def source_columns(body: FinanceBody) -> list[str]:
    """The letters of the columns in which sources stand; that of their sum follows."""
    return [get_column_letter(len(BEFORE) + 1 + place) for place in range(len(body.sources))]


def set_up(sheet: Worksheet, costs: Costs, title: str, origin: str) -> None:
    """Three lines of head, widths, a fixed head, and A4 across one page when printed."""
    write(sheet, 1, [f"{title} – {costs.publisher.full_name}"], font=Font(bold=True, size=14))
    facts = f"{costs.cycle} · Angaben vom {costs.as_of:%d.%m.%Y} · Beträge in Euro im Jahr"
    write(sheet, 2, [facts], font=SOFT)
    write(sheet, 3, [origin], font=SOFT)
    sheet.print_title_rows = "4:4"
    for letter, width in zip("ABC", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A5"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_group(sheet: Worksheet, row: int, group: CostGroup) -> int:
    """A heading, the lines and their sum; returns the next free row."""
    write(sheet, row, [group.title], font=BOLD)
    first = row + 1
    for row, line in enumerate(group.lines, first):
        write(sheet, row, [line.title, line.amount, note_of(line)])
    row += 1
    if not group.known:
        return row
    write(sheet, row, ["Zwischensumme", subtotal(first, row - 1)], font=BOLD, border=LINE)
    return row + 1


def note_of(line: CostLine) -> str:
    """What a number alone does not say: invented, not said, or the cost of a year to come."""
    notes = (
        "Beispiel" * line.example,
        UNSAID if line.amount is None else "",
        f"ab {line.begins}" if line.begins else "",
    )
    return ", ".join(note for note in notes if note)


class Formula(str):
    """A formula of ours; texts of people never become one."""


def subtotal(first: int, last: int) -> Formula:
    """The sum of some rows."""
    return Formula(f"=SUBTOTAL({SUBTOTAL},{AMOUNTS}{first}:{AMOUNTS}{last})")


def write(sheet: Worksheet, row: int, values: Any, *, font: Font | None = None, border: Border | None = None) -> None:
    """Cells of one row: formulas of ours, amounts in euro, everything else as text whatever it begins with."""
    for column, value in enumerate(values, 1):
        cell: Cell = sheet.cell(row=row, column=column)
        if isinstance(value, str) and not isinstance(value, Formula):
            cell.value = value.translate(FORBIDDEN)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=row > 4, vertical="top")
        else:
            cell.value = str(value) if isinstance(value, Formula) else value
            cell.number_format = EURO
        if font:
            cell.font = font
        if border:
            cell.border = border
