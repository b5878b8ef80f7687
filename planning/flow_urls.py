"""Addresses of the flows of planning; those of record kinds follow from their descriptions."""

from django.urls import URLPattern, path

from planning.views import goal_flows, goals, guidance, phases, steps

urlpatterns_extra: list[URLPattern] = [
    path("<slug:slug>/phasen/<slug:phase>/", phases.show, name="phase"),
    path("<slug:slug>/phasen/<slug:phase>/hilfe/", guidance.phase_help, name="phase-help"),
    path("<slug:slug>/phasen/<slug:phase>/stand/", steps.take, name="state-take"),
    path("<slug:slug>/schritte/katalog/", steps.add, name="step-add"),
    path("<slug:slug>/schritte/<int:pk>/verschieben/", steps.move, name="step-move"),
    path("<slug:slug>/ziele/baum/", goals.tree, name="goal-tree"),
    path("<slug:slug>/ziele/baum/neu/", goals.add, name="goal-add"),
    path("<slug:slug>/ziele/<int:pk>/umbenennen/", goals.rename, name="goal-rename"),
    path("<slug:slug>/ziele/<int:pk>/verschieben/", goals.move, name="goal-move"),
    path("<slug:slug>/ziele/<int:pk>/massnahme/", goal_flows.measure, name="goal-measure"),
    path("<slug:slug>/bedarfe/<int:pk>/ziel/", goal_flows.goal_for_need, name="need-goal"),
]
