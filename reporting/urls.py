"""Addresses of reporting: the portal's own words first, then those below a municipality."""

from django.urls import path

from reporting.views import (
    barriers,
    chapters,
    coverage,
    design,
    figures,
    ministry,
    participation,
    plans,
    site,
    start,
    thread,
    timeline,
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
    path("<slug:slug>/", start.start, name="start"),
    path("<slug:slug>/zeitstrahl/", timeline.timeline, name="timeline"),
    path("<slug:slug>/zeitstrahl/export.<slug:form>", timeline.export, name="timeline-export"),
    path("<slug:slug>/roter-faden/", thread.thread, name="thread"),
    path("<slug:slug>/abgleich/", coverage.coverage, name="coverage"),
    path("<slug:slug>/abgleich/export.<slug:form>", coverage.export, name="coverage-export"),
    path("<slug:slug>/beteiligung/", participation.participation, name="participation"),
    path("<slug:slug>/kennzahlen-verlauf/", figures.figures, name="figures"),
    path("<slug:slug>/kennzahlen-verlauf/export.<slug:form>", figures.export, name="figures-export"),
    path("<slug:slug>/plaene/", plans.plan_list, name="plan-list"),
    path("<slug:slug>/plaene/neu/", plans.plan_create, name="plan-create"),
    path("<slug:slug>/plaene/<int:pk>/", plans.plan_detail, name="plan-detail"),
    path("<slug:slug>/plaene/<int:pk>/bearbeiten/", plans.plan_update, name="plan-update"),
    path("<slug:slug>/plaene/<int:pk>/kapitel/<slug:chapter>/", chapters.plan_chapter, name="plan-chapter"),
    path("<slug:slug>/plaene/<int:pk>/pdf/", plans.plan_document, name="plan-pdf"),
]
