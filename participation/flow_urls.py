"""Addresses of the flows of participation; those of record kinds follow from their descriptions."""

from django.urls import URLPattern, path

from participation.views import (
    cycles,
    flipchart,
    hints,
    public_events,
    public_surveys,
    questionnaires,
    questions,
    sessions,
    sign_ups,
    sorting,
    surveys,
)

EVENT = "oeffentlich/<slug:place>/veranstaltungen/<int:pk>"
urlpatterns_extra: list[URLPattern] = [
    path("oeffentlich/<slug:place>/veranstaltungen/<int:pk>/", public_events.event, name="public-event"),
    path(
        "oeffentlich/<slug:place>/veranstaltungen/<int:pk>/termin.ics", public_events.calendar, name="public-calendar"
    ),
    path("oeffentlich/<slug:place>/befragungen/<int:pk>/", public_surveys.survey, name="public-survey"),
    path("oeffentlich/<slug:place>/befragungen/<int:pk>/danke/", public_surveys.thanks, name="public-thanks"),
    path("anmeldung/<str:secret>/", public_events.sign_up, name="sign-up"),
    path("<slug:slug>/veranstaltungen/<int:pk>/anmeldungen/", sign_ups.sign_up_list, name="sign-up-list"),
    path("<slug:slug>/veranstaltungen/<int:pk>/anmeldungen.csv", sign_ups.sign_up_csv, name="sign-up-csv"),
    path("<slug:slug>/planungszyklen/<int:pk>/fortschreiben/", cycles.carry_on, name="cycle-continue"),
    path("<slug:slug>/erkenntnisse/flipchart/", flipchart.paste, name="flipchart"),
    path("<slug:slug>/erkenntnisse/sortieren/", sorting.sort, name="finding-sort"),
    path("<slug:slug>/hinweise/neu/", hints.hint_create, name="hint-create"),
    path("<slug:slug>/austausch/fragen/", questions.question_list, name="question-list"),
    path("<slug:slug>/austausch/fragen/neu/", questions.question_create, name="question-create"),
    path("<slug:slug>/austausch/fragen/<int:pk>/", questions.question, name="question"),
    path("<slug:slug>/austausch/fragen/<int:pk>/abschliessen/", questions.question_close, name="question-close"),
    path("<slug:slug>/befragungen/<int:pk>/fragebogen/", questionnaires.questionnaire, name="survey-form"),
    path("<slug:slug>/befragungen/<int:pk>/fragebogen/sprache/", questionnaires.words, name="survey-words"),
    path("<slug:slug>/befragungen/<int:pk>/fragebogen/vorschau/", questionnaires.preview, name="survey-preview"),
    path("<slug:slug>/befragungen/<int:pk>/einlesen/", surveys.read_in, name="survey-read"),
    path("<slug:slug>/befragungen/<int:pk>/ergebnisse/", surveys.results, name="survey-results"),
    path("<slug:slug>/befragungen/<int:pk>/ergebnisse.csv", surveys.export, name="survey-tables-csv"),
    path("<slug:slug>/befragungen/<int:pk>/erkenntnis/", surveys.finding, name="survey-finding"),
    path("<slug:slug>/befragungen/<int:pk>/freitext/", surveys.decide, name="survey-text"),
    path("<slug:slug>/sitzungen/nacherfassen/", sessions.catch_up, name="session-catch-up"),
]
