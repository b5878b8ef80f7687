"""Addresses of the exchange."""

from django.urls import path

from exchange.feed import views
from exchange.statistics import views as statistics

app_name = "exchange"
urlpatterns = [
    path("konto/kalender/", views.calendar_page, name="calendar"),
    path("konto/kalender/<str:secret>/termine.ics", views.calendar_feed, name="calendar-feed"),
    path("programm/kennzahlen/einlesen/", statistics.read_in_programme, name="statistics-programme"),
    path("<slug:slug>/kennzahlen/einlesen/", statistics.read_in, name="statistics"),
]
