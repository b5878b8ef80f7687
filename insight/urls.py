"""Addresses of insight, all below a municipality."""

from django.urls import path

from insight.controlling import views as controlling
from insight.coverage import views as coverage
from insight.figures import choosing
from insight.figures import views as figures
from insight.participation import views as participation
from insight.thread import views as thread
from insight.timeline import views as timeline

app_name = "insight"
urlpatterns = [
    path("<slug:slug>/zeitstrahl/", timeline.timeline, name="timeline"),
    path("<slug:slug>/zeitstrahl/export.<slug:form>", timeline.export, name="timeline-export"),
    path("<slug:slug>/roter-faden/", thread.thread, name="thread"),
    path("<slug:slug>/abgleich/", coverage.coverage, name="coverage"),
    path("<slug:slug>/abgleich/export.<slug:form>", coverage.export, name="coverage-export"),
    path("<slug:slug>/beteiligung/", participation.participation, name="participation"),
    path("<slug:slug>/controlling/", controlling.latest, name="controlling"),
    path("<slug:slug>/controlling/<int:year>/", controlling.overview, name="controlling-year"),
    path("<slug:slug>/controlling/<int:year>/massnahmen/<int:pk>/", controlling.measure, name="controlling-measure"),
    path("<slug:slug>/controlling/<int:year>/ziele/", controlling.goals, name="controlling-goals"),
    path("<slug:slug>/controlling/<int:year>/bedarfe/", controlling.needs, name="controlling-needs"),
    path("<slug:slug>/kennzahlen-verlauf/", figures.figures, name="figures"),
    path("<slug:slug>/kennzahlen-verlauf/in-den-plan/", choosing.choose, name="figures-choose"),
    path("<slug:slug>/kennzahlen-verlauf/export.<slug:form>", figures.export, name="figures-export"),
]
