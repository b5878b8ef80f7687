"""Addresses of funding."""

from django.urls import path

from funding.views import papers, state_grant
from records.kind_urls import record_urls

app_name = "funding"
urlpatterns = [
    path("<slug:slug>/landeszuwendung/", state_grant.state_grant, name="state-grant"),
    path("<slug:slug>/schreiben/<int:pk>/", papers.paper, name="paper"),
    *record_urls("funding"),
]
