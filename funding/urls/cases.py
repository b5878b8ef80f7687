"""Addresses of calls and applications besides those of their kinds."""

from django.urls import URLPattern, path

from funding.views import calls, cases, workbook

case_urls: list[URLPattern] = [
    path("<slug:slug>/aufrufe/<int:pk>/naechstes-jahr/", calls.next_year, name="call-next"),
    path("<slug:slug>/aufrufe/<int:pk>/zurueckziehen/", calls.withdraw, name="call-withdraw"),
    path("<slug:slug>/aufrufe/<int:pk>/neue-adresse/", calls.new_link, name="call-new-link"),
    path("<slug:slug>/aufrufe/<int:pk>/adresse.<str:ending>", calls.qr_code, name="call-qr"),
    path("<slug:slug>/aufrufe/<int:pk>/antragsformular.xlsx", workbook.empty, name="call-form"),
    path("<slug:slug>/aufrufe/<int:pk>/antrag-einlesen/", workbook.read_in, name="call-read-form"),
    path("<slug:slug>/antraege/<int:pk>/antrag.xlsx", workbook.filled, name="application-form"),
    path("<slug:slug>/antraege/<int:pk>/massnahme-anlegen/", cases.become_measure, name="application-measure"),
]
