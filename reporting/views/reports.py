"""Yearly reports as PDF, and the page on which a municipality finds every document that the portal makes of it."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Access, access_of, in_municipality, in_portal
from accounts.enums import Action
from accounts.models import Municipality
from funding.queries.budget import budget_of
from funding.queries.grants import read_grant
from insight.downloads import file_name, pdf_answer
from insight.timeline.queries import without_repetition
from planning.enums import FIRST_YEAR
from plans.errors import DamagedVersion
from plans.pages.papers import EDITION
from plans.queries.plans import cycles_of, plans_of
from plans.queries.versions import edition_of_year
from records.parts import Link, Option
from records.places import home_link, overview_link
from records.registry import kind_of
from records.text import whole_number
from reporting.enums import ReportKind
from reporting.models import Report
from reporting.queries.frozen import reports_of_year
from reporting.queries.library import measures_in, sessions_in
from reporting.queries.state_report import read_state_year
from reporting.reports.papers import FAMILIES, PROGRESS, family_pdf, progress_pdf
from reporting.reports.state import state_report
from reporting.reports.state_paper import STATE, state_pdf
from reporting.reports.state_words import all_words
from reporting.reports.year import cycle_of_year, report_years, usual_year

FORM = re.compile(r"\((PDF|XLSX)\)$")
NO_REPORT = "Für dieses Jahr gibt es keinen Bericht."
YEAR = "jahr"


@dataclass(frozen=True)
class Paper:
    """A document, what it is for, its forms with their addresses; ``missing`` says why there are none."""

    title: str
    purpose: str
    forms: tuple[Link, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class PaperRow:
    """A record of which there are documents."""

    title: str
    note: str
    url: str
    forms: tuple[Link, ...]


def year_of(request: HttpRequest, years: list[int], usual: int) -> int | None:
    """The year of the address; the usual one where none is named, None where the named one is not offered."""
    text = request.GET.get(YEAR, "")
    year = whole_number(text)
    return usual if not text else year if year in years else None


def report_year(request: HttpRequest, municipality: Municipality) -> int:
    """The year of a report. Raises Http404."""
    years = report_years(municipality, timezone.localdate())
    year = year_of(request, years, usual_year(municipality, years))
    if year is None:
        raise Http404(NO_REPORT)
    return year


# ---------------------------------------------------------------- reports of a municipality
def library_url(municipality: Municipality, year: int) -> str:
    """The page of all documents."""
    return f"{reverse('reporting:library', args=[municipality.slug])}?{YEAR}={year}"


@in_municipality(Action.READ)
@require_safe
def progress(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The Sachbericht of a year as PDF."""
    year, today = report_year(request, municipality), timezone.localdate()
    name = file_name(municipality, PROGRESS, year, ending="pdf")
    make, back, called = partial(progress_pdf, municipality, year, today), library_url(municipality, year), PROGRESS
    return pdf_answer(request, make, name=name, back=back, called=f"{called} {year}", fails=(DamagedVersion,))


@in_municipality(Action.READ)
@require_safe
def families(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The Familienbericht of a year as PDF."""
    year, today = report_year(request, municipality), timezone.localdate()
    name = file_name(municipality, FAMILIES, year, ending="pdf")
    make, back, called = partial(family_pdf, municipality, year, today), library_url(municipality, year), FAMILIES
    return pdf_answer(request, make, name=name, back=back, called=f"{called} {year}", fails=(DamagedVersion,))


# ---------------------------------------------------------------- all documents of a municipality
@in_municipality(Action.READ)
@require_safe
def library(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Every document of a year, with one line what it is for."""
    years = report_years(municipality, timezone.localdate())
    usual = usual_year(municipality, years)
    year = year_of(request, years, usual) or usual
    cycle = cycle_of_year(list(cycles_of(municipality)), year)
    context = {
        "crumbs": [home_link(municipality), Link("Berichte", "")],
        "year": year,
        "years": [Option(str(number), str(number), number == year) for number in years],
        "groups": [
            ("Plan des Jahres", plan_papers(municipality, year)),
            ("Berichte", report_papers(municipality, year, access_of(request))),
            ("Geld und Land", money_papers(municipality, year, access_of(request))),
            ("Zeitstrahl", [timeline_paper(municipality)]),
        ],
        "sessions": session_rows(municipality, year),
        "measures": measure_rows(municipality, cycle, year),
    }
    return TemplateResponse(request, "reporting/library.html", context)


def plan_papers(municipality: Municipality, year: int) -> list[Paper]:
    """Plan and Finanzplan."""
    plan = plans_of(municipality).filter(year=year).first()
    missing = f"Für {year} ist noch kein Plan angelegt. Das geht unter „Pläne“."
    whole = ("Integrierter Plan", "Der ganze Plan des Jahres mit allen Kapiteln, für Beschluss und Einreichung.")
    money = ("Finanzplan", "Geplante Kosten der Stellen und Maßnahmen, für Haushalt und Beratung.")
    if plan is None:
        return [Paper(*whole, missing=missing), Paper(*money, missing=missing)]
    pdf = reverse("plans:plan-pdf", args=[municipality.slug, plan.pk])
    finance = [
        Link(form.upper(), reverse(f"reporting:plan-finance-{form}", args=[municipality.slug, plan.pk]))
        for form in ("pdf", "xlsx")
    ]
    return [Paper(*whole, forms=(Link("PDF", pdf),)), Paper(*money, forms=tuple(finance))]


def money_papers(municipality: Municipality, year: int, access: Access) -> list[Paper]:
    """Finanzplan over the years, and what goes to the Land; a proof speaks of cases, which not everybody sees."""
    budget, read = budget_of(municipality, year), read_grant(municipality, year)
    whole = (
        "Finanzplan aller Jahre",
        "Die Jahre des Zyklus nebeneinander, nach Quelle, Handlungsfeld und Posten.",
    )
    papers = [
        Paper(
            *whole,
            forms=way_links(budget, access),
            missing=f"Für {year} ist kein Finanzplan angelegt. Das geht unter „Finanzplan“.",
        )
    ]
    applied = ("Antrag an das Land", "Antrag auf Landeszuwendung mit dem Finanzplan des Jahres als Anlage.")
    no_grant = f"Für {year} ist keine Landeszuwendung angelegt. Das geht unter „Landeszuwendung“."
    papers.append(Paper(*applied, forms=way_links(read.grant, access), missing=no_grant))
    for call in read.calls:
        purpose = "Abruf bewilligter Mittel beim Land, zum Unterschreiben."
        papers.append(Paper(str(call), purpose, forms=way_links(call, access)))
    proof = ("Verwendungsnachweis an das Land", "Nachweis des Jahres mit den Nachweisen der Träger als Anlage.")
    if access.allows(Action.WRITE, municipality):
        missing = f"Für {year} ist kein Landesnachweis angelegt. Das geht auf der Seite der Landeszuwendung."
        papers.append(Paper(*proof, forms=way_links(read.proof, access), missing=missing))
    return papers


def way_links(record: Any, access: Access) -> tuple[Link, ...]:
    """The documents of a record, named by their form: „PDF“."""
    if record is None:
        return ()
    found = kind_of(type(record)).buttons("detail", record.municipality, access, record)
    named = ((FORM.search(button.label), button.url) for button in found)
    return tuple(Link(form.group(1), url) for form, url in named if form)


def report_papers(municipality: Municipality, year: int, access: Access) -> list[Paper]:
    """Sachbericht and Familienbericht, and where each is written; who may write begins one that there is not yet."""
    written = {kind: written_form(municipality, row) for kind, row in reports_of_year(municipality, year).items()}

    def pdf(name: str) -> tuple[Link, ...]:
        return (Link("PDF", f"{reverse(f'reporting:{name}', args=[municipality.slug])}?{YEAR}={year}"),)

    def own(kind: ReportKind) -> tuple[Link, ...]:
        if kind in written or not access.allows(Action.WRITE, municipality):
            return written.get(kind, ())
        return (Link("Bericht schreiben", f"{kind_of(Report).url('create', municipality)}?kind={kind}&year={year}"),)

    return [
        Paper(
            PROGRESS,
            "Was geplant war und was getan wurde, für den Verwendungsnachweis.",
            pdf("progress-report") + own(ReportKind.PROGRESS),
        ),
        Paper(
            FAMILIES,
            "Lage, Bestand, Bedarf und Aktivitäten des Jahres, für Politik und Audit.",
            pdf("family-report") + own(ReportKind.FAMILIES),
        ),
    ]


def written_form(municipality: Municipality, report: Report) -> tuple[Link, ...]:
    """The report with its own texts and editions, as it stands."""
    return (Link(f"Bericht ({report.get_state_display()})", kind_of(Report).url("detail", municipality, report.pk)),)


def report_way(municipality: Municipality, year: int) -> Link:
    """From the controlling of a year to its reports."""
    return Link(f"Sachbericht und Familienbericht {year}", library_url(municipality, year))


def timeline_paper(municipality: Municipality) -> Paper:
    """The timeline over all years."""
    forms = tuple(
        Link(form.upper(), reverse("insight:timeline-export", args=[municipality.slug, form]))
        for form in ("pdf", "svg", "xlsx", "csv")
    )
    return Paper(
        "Zeitstrahl",
        "Alle datierten Einträge aller Jahre als Zeichnung und Liste, wie sie jetzt sind (laufend).",
        forms,
    )


def session_rows(municipality: Municipality, year: int) -> list[PaperRow]:
    """Invitation and minutes of the year's sessions."""
    rows = []
    for session in sessions_in(municipality, year):
        key = [municipality.slug, session.pk]
        forms = (
            Link("Einladung", reverse("reporting:session-invitation", args=key)),
            Link("Protokoll", reverse("reporting:session-minutes", args=key)),
        )
        url = reverse("participation:session-detail", args=key)
        rows.append(PaperRow(without_repetition(f"{session.body}: {session.title}"), str(session.held_on), url, forms))
    return rows


def measure_rows(municipality: Municipality, cycle: Any, year: int) -> list[PaperRow]:
    """The Steckbrief of each measure of the year: as the plan of the year says it, and as it is recorded now."""
    rows, version = [], edition_of_year(municipality, year)
    query = f"?plan={version.plan_id}&{EDITION}={version.edition}" if version else ""
    for measure in measures_in(municipality, cycle, year):
        key = [municipality.slug, measure.pk]
        sheet = reverse("reporting:measure-sheet", args=key)
        forms = [Link("Steckbrief", sheet)]
        if version and measure.created_at <= version.frozen_at:
            forms.insert(0, Link(f"Steckbrief in Fassung {version.edition}", sheet + query))
        url = reverse("planning:measure-detail", args=key)
        rows.append(PaperRow(measure.title, str(measure.action_field), url, tuple(forms)))
    return rows


# ---------------------------------------------------------------- the ministry
def state_years() -> list[int]:
    """From the first year of which the portal knows records to this one, the newest first."""
    return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))


@in_portal(Action.OVERVIEW)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The year's facts and the way to the PDF."""
    years = state_years()
    year = year_of(request, years, years[0]) or years[0]
    report = state_report(read_state_year(year))
    context = {
        "crumbs": [overview_link(), Link(STATE, "")],
        "year": year,
        "years": [Option(str(number), str(number), number == year) for number in years],
        "report": report,
        "words": [text for text in all_words(report).values() if text],
        "pdf_url": f"{reverse('reporting:state-report-pdf')}?{YEAR}={year}",
        "overview_url": f"{overview_link().url}?{YEAR}={year}",
    }
    return TemplateResponse(request, "reporting/state_report.html", context)


@in_portal(Action.OVERVIEW)
@require_safe
def state_document(request: HttpRequest) -> HttpResponse:
    """The Landesbericht of a year as PDF."""
    years = state_years()
    year = year_of(request, years, years[0])
    if year is None:
        raise Http404(NO_REPORT)
    back = f"{reverse('reporting:state-report')}?{YEAR}={year}"
    make = partial(state_pdf, year, timezone.localdate())
    return pdf_answer(request, make, name=f"{STATE.lower()}-{year}.pdf", back=back, called=f"{STATE} {year}")
