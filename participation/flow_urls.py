"""Addresses of the flows of participation; those of record kinds follow from their descriptions."""

from django.urls import URLPattern, path

from participation.views import cycles, flipchart, hints, questions, sessions, sorting

urlpatterns_extra: list[URLPattern] = [
    path("<slug:slug>/planungszyklen/<int:pk>/fortschreiben/", cycles.carry_on, name="cycle-continue"),
    path("<slug:slug>/erkenntnisse/flipchart/", flipchart.paste, name="flipchart"),
    path("<slug:slug>/erkenntnisse/sortieren/", sorting.sort, name="finding-sort"),
    path("<slug:slug>/hinweise/neu/", hints.hint_create, name="hint-create"),
    path("<slug:slug>/austausch/fragen/", questions.question_list, name="question-list"),
    path("<slug:slug>/austausch/fragen/neu/", questions.question_create, name="question-create"),
    path("<slug:slug>/austausch/fragen/<int:pk>/", questions.question, name="question"),
    path("<slug:slug>/austausch/fragen/<int:pk>/abschliessen/", questions.question_close, name="question-close"),
    path("<slug:slug>/sitzungen/nacherfassen/", sessions.catch_up, name="session-catch-up"),
]
