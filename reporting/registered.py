"""What reports and papers add to the portal: the library, papers of records, the Finanzplan of a plan."""

from dataclasses import replace

from accounts.enums import Action
from funding.domain.public.answers import ANSWERABLE
from funding.models import (
    BudgetYear,
    FundingApplication,
    FundingDecision,
    FundsCall,
    Payment,
    ProofOfUse,
    StateGrant,
    StateProof,
)
from funding.queries.case_money import AWAITED
from insight.controlling.ways import register_year_way
from participation.models import Event, Session, Survey
from participation.queries.open_surveys import opened_of
from planning.models import Measure
from plans.pages.known_files import register_known_file
from plans.pages.papers import PlanPaper, register_paper
from records.kind import Way
from records.life.registry import register_life
from records.places import Menu, Page, register_pages
from records.registry import add_ways
from records.waiting import register_waiting
from reporting.domain.report_life import LIFE as REPORT_LIFE
from reporting.papers.cases import open_inquiries
from reporting.queries.frozen import known_report
from reporting.views.reports import report_way
from reporting.waiting import SOURCES


def paper_way(label: str, name: str, *, icon: str = "download") -> Way:
    """From a record to one of its documents; the address ``name`` takes the record's key."""
    return Way(label, f"reporting:{name}", on="detail", icon=icon, action=Action.READ)


def case_way(label: str, name: str) -> Way:
    """From a record to a paper about a case, which planner and Leitung alone see."""
    return replace(paper_way(label, name), action=Action.WRITE)


add_ways(Measure, paper_way("Steckbrief (PDF)", "measure-sheet"))
receipt = paper_way("Eingangsbestätigung (PDF)", "application-receipt")
add_ways(FundingApplication, replace(receipt, action=Action.WRITE, fits=lambda case: bool(case.received_on)))
add_ways(
    BudgetYear,
    paper_way("Alle Jahre (PDF)", "cycle-finance-pdf"),
    paper_way("Alle Jahre (XLSX)", "cycle-finance-xlsx"),
)
add_ways(FundsCall, paper_way("Mittelabruf (PDF)", "funds-call"))
add_ways(StateGrant, paper_way("Antrag an das Land (PDF)", "grant-application"))
add_ways(StateProof, replace(paper_way("Verwendungsnachweis (PDF)", "state-proof"), action=Action.WRITE))
add_ways(
    Session,
    paper_way("Einladung (PDF)", "session-invitation"),
    paper_way("Protokoll (PDF)", "session-minutes"),
    paper_way("In den Kalender", "session-calendar", icon="calendar"),
)
add_ways(Session, case_way("Antragsliste (PDF)", "board-list"), case_way("Antragsliste (XLSX)", "board-table"))
attendance = case_way("Anwesenheitsliste (PDF)", "event-attendance")
add_ways(Event, replace(attendance, fits=lambda event: event.is_announced))
add_ways(
    Survey,
    replace(
        case_way("Aushang (PDF)", "survey-notice"),
        fits=lambda survey: bool(survey.questionnaire) and opened_of(survey) is not None,
    ),
)
inquiry = case_way("Nachforderung (PDF)", "inquiry")
add_ways(
    FundingApplication, replace(inquiry, fits=lambda case: case.state in ANSWERABLE and bool(open_inquiries(case)))
)
add_ways(
    ProofOfUse,
    replace(case_way("VN-Formular (PDF)", "proof-form"), fits=lambda proof: proof.state in AWAITED),
    replace(case_way("Prüfvermerk (PDF)", "proof-review"), fits=lambda proof: proof.state not in AWAITED),
)
add_ways(FundingDecision, case_way("Bescheid (PDF)", "notice-preview"))
add_ways(Payment, Way("Kassenanordnung (PDF)", "reporting:cash-order", icon="download"))
register_pages(Page("Berichte", "reporting:library", Menu.TOP, 4))
register_paper(
    PlanPaper(
        "Finanzplan",
        "des Finanzplans",
        (("PDF", "reporting:plan-finance-pdf"), ("XLSX", "reporting:plan-finance-xlsx")),
    )
)
register_life(REPORT_LIFE)
register_waiting(*SOURCES)
register_year_way(report_way)
register_known_file(known_report)
