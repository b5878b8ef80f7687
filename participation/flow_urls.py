"""Addresses of the flows of participation; those of record kinds follow from their descriptions."""

from django.urls import URLPattern, path

from participation.views import cycles, flipchart, sessions, sorting

urlpatterns_extra: list[URLPattern] = [
    path("<slug:slug>/planungszyklen/<int:pk>/fortschreiben/", cycles.carry_on, name="cycle-continue"),
    path("<slug:slug>/erkenntnisse/flipchart/", flipchart.paste, name="flipchart"),
    path("<slug:slug>/erkenntnisse/sortieren/", sorting.sort, name="finding-sort"),
    path("<slug:slug>/sitzungen/nacherfassen/", sessions.catch_up, name="session-catch-up"),
]
