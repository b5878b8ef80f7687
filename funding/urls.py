"""Addresses of funding."""

from django.urls import path

from funding.views import budget, checking, comparison, decisions, maxima, papers, state_grant
from records.kind_urls import record_urls

app_name = "funding"
urlpatterns = [
    path("<slug:slug>/landeszuwendung/", state_grant.state_grant, name="state-grant"),
    path("<slug:slug>/antraege/<int:pk>/entscheidung/", decisions.decision, name="decision"),
    path("<slug:slug>/antraege/<int:pk>/pruefung/", checking.check, name="check"),
    path("<slug:slug>/sitzungen/<int:pk>/voten/", checking.votes, name="votes"),
    path("<slug:slug>/schreiben/<int:pk>/", papers.paper, name="paper"),
    path("programm/hoechstbetraege/", maxima.maxima, name="maxima"),
    path("<slug:slug>/finanzplan/", budget.overview, name="budget"),
    path("<slug:slug>/finanzplan/neu/", budget.new_year, name="budget-new"),
    path("<slug:slug>/finanzplan/vergleich/", comparison.comparison, name="comparison"),
    *record_urls("funding"),
]
