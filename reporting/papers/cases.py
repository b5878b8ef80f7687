"""Papers about applications of Träger that are not frozen: request for papers, list for a board, cash order."""

import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from accounts.models import Municipality
from funding.domain.cases.conditions import ASKED_OF_US
from funding.domain.letters import section, table, words
from funding.domain.papers import letter, paper_pdf, to_json
from funding.domain.payments.cash_orders import cash_orders
from funding.domain.reckoning.steps import total
from funding.models import BoardVote, FundingApplication
from funding.queries.deciding import applications_of
from participation.models import Session
from planning.queries.office import office_lines
from printing.papers.frame import frame_of, running_origin
from printing.papers.making import document_pdf
from records.tables.writing import FORBIDDEN

INQUIRY, LIST, ORDER = "Nachforderung von Unterlagen", "Liste der Anträge", "Kassenanordnung"
REQUEST = "Zu Ihrem Antrag fehlen noch diese Unterlagen oder Angaben. Bitte reichen Sie sie bis zum genannten Tag ein."


def open_inquiries(case: FundingApplication) -> list[Any]:
    """What is asked for and not answered (one query)."""
    return list(case.inquiries.filter(answered_on__isnull=True))


def inquiry_pdf(case: FundingApplication, at: datetime) -> bytes:
    """The letter that asks for what is missing. Raises RenderError."""
    rows = [[words(each.title), words(f"{each.until:%d.%m.%Y}")] for each in open_inquiries(case)]
    asked = table("Fehlende Unterlagen und Angaben", [("Unterlage", False), ("Bis", False)], rows, [])
    content = {"sections": [section("", ["Sehr geehrte Damen und Herren,", REQUEST], [asked])], "figures": {}}
    return paper_pdf(to_json(letter(case, INQUIRY, case.case_number, at, content)), at)


@dataclass(frozen=True)
class BoardLine:
    """An application on the list of a board; votes are None where they are still to come."""

    case: FundingApplication
    asked: Decimal
    vote: BoardVote | None
    example: bool


def board_lines(session: Session) -> list[BoardLine]:
    """The applications of the session with their votes (a constant number of queries)."""
    given = {vote.application_id: vote for vote in session.votes.all()}
    return [
        BoardLine(
            case,
            total(row.amount for row in case.finances.all() if row.source in ASKED_OF_US),
            given.get(case.pk),
            case.is_example,
        )
        for case in applications_of(session)
    ]


def board_pdf(session: Session, at: datetime) -> bytes:
    """The list for the board with room for the votes, or with the votes. Raises RenderError."""
    lines = board_lines(session)
    frame = frame_of(
        session.municipality,
        LIST,
        as_of=timezone.localtime(at).date(),
        subject=session.title,
        note="Nur für die Mitglieder des Gremiums.",
        example=session.is_example,
        office=office_lines(session.municipality),
    )
    context = {"frame": frame, "lines": lines, "sum": total(line.asked for line in lines)}
    return document_pdf("reporting/papers/board_list.html", context, title=f"{LIST}: {session.title}", created=at)


BOARD_HEADS = (
    "Aktenzeichen",
    "Vorhaben",
    "Antragsteller",
    "beantragt in Euro",
    "empfohlen in Euro",
    "Votum",
    "Ja",
    "Nein",
    "Enthaltungen",
    "befangen",
    "Anmerkung",
    "Beispiel",
)
EURO = "#,##0.00"


def board_xlsx(session: Session, at: datetime) -> bytes:
    """The same list as a table to write the votes into; amounts are numbers, texts are never formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Anträge")
    sheet.freeze_panes = "B2"
    for column, width in zip("ABCDEFGHIJKL", (16, 40, 32, 18, 18, 22, 8, 8, 14, 10, 40, 10), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append([cell_of(sheet, head, bold=True) for head in BOARD_HEADS])
    for line in board_lines(session):
        case, vote = line.case, line.vote or BoardVote()
        said = vote.get_recommendation_display() if line.vote else ""
        values = [case.case_number, case.title, case.applicant, line.asked, vote.amount, said]
        values += [vote.votes_for, vote.votes_against, vote.abstentions, vote.biased, vote.remark]
        sheet.append([cell_of(sheet, value) for value in (*values, "ja" if line.example else "")])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cell_of(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """A number, an amount in euro, or a text that no program takes for a formula."""
    is_text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, value.translate(FORBIDDEN) if is_text else value)
    if is_text:
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        cell.number_format = EURO
    cell.font = Font(bold=bold)
    return cell


def cash_order_pdf(municipality: Municipality, at: datetime) -> bytes:
    """What is released and not paid yet, for the cash office. Raises RenderError."""
    orders, today = cash_orders(municipality), timezone.localtime(at).date()
    frame = frame_of(
        municipality,
        ORDER,
        as_of=today,
        subject="Freigegebene Auszahlungen an Träger",
        note="Nur für die Kasse: mit vollständigen Bankverbindungen.",
        example=any(order.payment.is_example for order in orders),
        office=office_lines(municipality),
    )
    context = {"frame": frame, "orders": orders, "sum": total(order.payment.amount for order in orders)}
    context["origin"] = running_origin(today)
    return document_pdf("reporting/papers/cash_order.html", context, title=f"{ORDER}: {frame.place}", created=at)
