"""Addresses of reporting: the portal's own words first, then those below a municipality."""

from django.urls import path

from reporting.enums import PlanAction
from reporting.views import (
    barriers,
    coverage,
    design,
    figures,
    finance,
    ministry,
    papers,
    participation,
    plan_page,
    plans,
    remarks,
    reports,
    review,
    sheets,
    site,
    start,
    steps,
    thread,
    timeline,
    versions,
)

app_name = "reporting"
urlpatterns = [
    path("gesundheit/", site.health, name="health"),
    path("barrierefreiheit/", site.accessibility, name="accessibility"),
    path("barrierefreiheit/melden/", barriers.barrier_report, name="barrier-report"),
    path("barrierefreiheit/melden/danke/", barriers.barrier_thanks, name="barrier-thanks"),
    path("konto/barrieren/", barriers.barrier_list, name="barrier-list"),
    path("konto/barrieren/<int:pk>/", barriers.barrier_answer, name="barrier-answer"),
    path("gestaltung/", design.design, name="design"),
    path("datenschutz/", site.privacy, name="privacy"),
    path("impressum/", site.imprint, name="imprint"),
    path("", start.home, name="home"),
    path("ministerium/", ministry.ministry, name="ministry"),
    path("ministerium/export.<slug:form>", ministry.export, name="ministry-export"),
    path("ministerium/plaene/", review.review, name="review"),
    path("ministerium/landesbericht/", reports.state, name="state-report"),
    path("ministerium/landesbericht.pdf", reports.state_document, name="state-report-pdf"),
    path("<slug:slug>/", start.start, name="start"),
    path("<slug:slug>/zeitstrahl/", timeline.timeline, name="timeline"),
    path("<slug:slug>/zeitstrahl/export.<slug:form>", timeline.export, name="timeline-export"),
    path("<slug:slug>/roter-faden/", thread.thread, name="thread"),
    path("<slug:slug>/abgleich/", coverage.coverage, name="coverage"),
    path("<slug:slug>/abgleich/export.<slug:form>", coverage.export, name="coverage-export"),
    path("<slug:slug>/beteiligung/", participation.participation, name="participation"),
    path("<slug:slug>/kennzahlen-verlauf/", figures.figures, name="figures"),
    path("<slug:slug>/kennzahlen-verlauf/export.<slug:form>", figures.export, name="figures-export"),
    path("<slug:slug>/sitzungen/<int:pk>/einladung.pdf", papers.invitation, name="session-invitation"),
    path("<slug:slug>/sitzungen/<int:pk>/protokoll.pdf", papers.minutes, name="session-minutes"),
    path("<slug:slug>/sitzungen/<int:pk>/termin.ics", papers.calendar, name="session-calendar"),
    path("<slug:slug>/massnahmen/<int:pk>/steckbrief.pdf", sheets.sheet, name="measure-sheet"),
    path("<slug:slug>/berichte/", reports.library, name="library"),
    path("<slug:slug>/berichte/sachbericht.pdf", reports.progress, name="progress-report"),
    path("<slug:slug>/berichte/familienbericht.pdf", reports.families, name="family-report"),
    path("<slug:slug>/plaene/", plans.plan_list, name="plan-list"),
    path("<slug:slug>/plaene/neu/", plans.plan_create, name="plan-create"),
    path("<slug:slug>/plaene/<int:pk>/", plan_page.plan_detail, name="plan-detail"),
    path("<slug:slug>/plaene/<int:pk>/bearbeiten/", plans.plan_update, name="plan-update"),
    path("<slug:slug>/plaene/<int:pk>/kapitel/<slug:chapter>/", plans.plan_chapter, name="plan-chapter"),
    path("<slug:slug>/plaene/<int:pk>/pdf/", plans.plan_document, name="plan-pdf"),
    *(
        path(
            f"<slug:slug>/plaene/<int:pk>/schritt/{action.slug}/",
            steps.step_view(action),
            name=f"plan-{action.value.replace('_', '-')}",
        )
        for action in PlanAction
    ),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/neu/", remarks.remark_create, name="remark-create"),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/<int:number>/", remarks.remark_update, name="remark-update"),
    path("<slug:slug>/plaene/<int:pk>/anmerkungen/<int:number>/antwort/", remarks.remark_answer, name="remark-answer"),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/", versions.plan_version, name="plan-version"),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/pdf/", versions.version_pdf, name="plan-version-pdf"),
    path(
        "<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/plan.json", versions.version_json, name="plan-version-json"
    ),
    path("<slug:slug>/plaene/<int:pk>/fassungen/<int:edition>/eingang/", versions.plan_receipt, name="plan-receipt"),
    path("<slug:slug>/plaene/<int:pk>/finanzplan.pdf", finance.document, name="plan-finance-pdf"),
    path("<slug:slug>/plaene/<int:pk>/finanzplan.xlsx", finance.workbook, name="plan-finance-xlsx"),
]
