"""Addresses of funding."""

from django.urls import path

from funding.urls.cases import case_urls
from funding.urls.proofs import proof_urls
from funding.views import budget, checking, comparison, decisions, maxima, papers, public, state_grant
from records.kind_urls import record_urls

app_name = "funding"
urlpatterns = [
    path("antrag/<str:token>/", public.start, name="public-call"),
    path("antrag/<str:token>/<str:secret>/", public.home, name="public-draft"),
    path("antrag/<str:token>/<str:secret>/pruefen/", public.check, name="public-check"),
    path("antrag/<str:token>/<str:secret>/bestaetigen/", public.confirmation, name="public-confirm"),
    path("antrag/<str:token>/<str:secret>/eingangsbestaetigung.pdf", public.receipt, name="public-receipt"),
    path("antrag/<str:token>/<str:secret>/<slug:step>/", public.step, name="public-step"),
    path("<slug:slug>/landeszuwendung/", state_grant.state_grant, name="state-grant"),
    path("<slug:slug>/antraege/<int:pk>/entscheidung/", decisions.decision, name="decision"),
    path("<slug:slug>/antraege/<int:pk>/pruefung/", checking.check, name="check"),
    path("<slug:slug>/sitzungen/<int:pk>/voten/", checking.votes, name="votes"),
    path("<slug:slug>/schreiben/<int:pk>/", papers.paper, name="paper"),
    path("programm/hoechstbetraege/", maxima.maxima, name="maxima"),
    path("<slug:slug>/finanzplan/", budget.overview, name="budget"),
    path("<slug:slug>/finanzplan/neu/", budget.new_year, name="budget-new"),
    path("<slug:slug>/finanzplan/vergleich/", comparison.comparison, name="comparison"),
    *case_urls,
    *proof_urls,
    *record_urls("funding"),
]
