"""Addresses of reports and papers."""

from django.urls import path

from records.kind_urls import record_urls
from reporting.views import (
    attendance,
    cases,
    finance,
    grants,
    network,
    papers,
    reports,
    sheets,
    state_grants,
    survey_notice,
    yearly,
)

app_name = "reporting"
urlpatterns = [
    *record_urls("reporting"),
    path("<slug:slug>/jahresberichte/<int:pk>/entwurf.pdf", yearly.draft, name="report-draft"),
    path(
        "<slug:slug>/jahresberichte/<int:pk>/ausgabe-<int:edition>.<slug:form>", yearly.edition, name="report-edition"
    ),
    path("ministerium/landesbericht/", reports.state, name="state-report"),
    path("ministerium/landesbericht.pdf", reports.state_document, name="state-report-pdf"),
    path("programm/netzwerkveranstaltungen/<int:pk>/termin.ics", network.calendar, name="network-calendar"),
    path("<slug:slug>/veranstaltungen/<int:pk>/anwesenheit.pdf", attendance.sheet, name="event-attendance"),
    path("<slug:slug>/befragungen/<int:pk>/aushang.pdf", survey_notice.notice, name="survey-notice"),
    path("<slug:slug>/sitzungen/<int:pk>/einladung.pdf", papers.invitation, name="session-invitation"),
    path("<slug:slug>/sitzungen/<int:pk>/protokoll.pdf", papers.minutes, name="session-minutes"),
    path("<slug:slug>/sitzungen/<int:pk>/termin.ics", papers.calendar, name="session-calendar"),
    path("<slug:slug>/sitzungen/<int:pk>/antragsliste.pdf", cases.board_list, name="board-list"),
    path("<slug:slug>/verwendungsnachweise/<int:pk>/formular.pdf", cases.proof_form, name="proof-form"),
    path("<slug:slug>/verwendungsnachweise/<int:pk>/pruefvermerk.pdf", cases.proof_review, name="proof-review"),
    path("<slug:slug>/sitzungen/<int:pk>/antragsliste.xlsx", cases.board_table, name="board-table"),
    path("<slug:slug>/zahlungen/kassenanordnung.pdf", cases.cash_order, name="cash-order"),
    path("<slug:slug>/antraege/<int:pk>/nachforderung.pdf", cases.inquiry, name="inquiry"),
    path("<slug:slug>/entscheidungen/<int:pk>/vorschau.pdf", cases.notice_preview, name="notice-preview"),
    path("<slug:slug>/massnahmen/<int:pk>/steckbrief.pdf", sheets.sheet, name="measure-sheet"),
    path("<slug:slug>/mittelabrufe/<int:pk>/mittelabruf.pdf", grants.call, name="funds-call"),
    path("<slug:slug>/landeszuwendungen/<int:pk>/antrag.pdf", state_grants.application, name="grant-application"),
    path("<slug:slug>/landesnachweise/<int:pk>/verwendungsnachweis.pdf", state_grants.proof, name="state-proof"),
    path("<slug:slug>/antraege/<int:pk>/eingang.pdf", grants.receipt, name="application-receipt"),
    path("<slug:slug>/berichte/", reports.library, name="library"),
    path("<slug:slug>/berichte/sachbericht.pdf", reports.progress, name="progress-report"),
    path("<slug:slug>/berichte/familienbericht.pdf", reports.families, name="family-report"),
    path("<slug:slug>/finanzplaene/<int:pk>/alle-jahre.pdf", finance.years_document, name="cycle-finance-pdf"),
    path("<slug:slug>/finanzplaene/<int:pk>/alle-jahre.xlsx", finance.years_workbook, name="cycle-finance-xlsx"),
    path("<slug:slug>/plaene/<int:pk>/finanzplan.pdf", finance.document, name="plan-finance-pdf"),
    path("<slug:slug>/plaene/<int:pk>/finanzplan.xlsx", finance.workbook, name="plan-finance-xlsx"),
]
