"""Addresses of the flows of participation; those of record kinds follow from their descriptions."""

from django.urls import URLPattern, path

from participation.views import cycles, phases

urlpatterns_extra: list[URLPattern] = [
    path("<slug:slug>/phasen/<slug:phase>/", phases.show, name="phase"),
    path("<slug:slug>/planungszyklen/<int:pk>/fortschreiben/", cycles.carry_on, name="cycle-continue"),
]
