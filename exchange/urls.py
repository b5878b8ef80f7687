"""Addresses of the exchange."""

from django.urls import path

from exchange.feed import views

app_name = "exchange"
urlpatterns = [
    path("konto/kalender/", views.calendar_page, name="calendar"),
    path("konto/kalender/<str:secret>/termine.ics", views.calendar_feed, name="calendar-feed"),
]
