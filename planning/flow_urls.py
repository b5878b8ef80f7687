"""Addresses of the flows of planning; those of record kinds follow from their descriptions."""

from django.urls import URLPattern, path

from planning.views import steps, undo

urlpatterns_extra: list[URLPattern] = [
    path("<slug:slug>/schritte/katalog/", steps.add, name="step-add"),
    path("<slug:slug>/schritte/<int:pk>/verschieben/", steps.move, name="step-move"),
    path("<slug:slug>/rueckgaengig/<int:pk>/", undo.undo, name="undo"),
]
