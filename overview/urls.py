"""Addresses of the overview."""

from django.urls import path, register_converter

from accounts.converters import PlaceConverter
from overview.views import barriers, ministry, money, review, site, start, waiting

register_converter(PlaceConverter, "place")

app_name = "overview"
urlpatterns = [
    path("gesundheit/", site.health, name="health"),
    path("barrierefreiheit/", site.accessibility, name="accessibility"),
    path("datenschutz/", site.privacy, name="privacy"),
    path("impressum/", site.imprint, name="imprint"),
    path("barrierefreiheit/melden/", barriers.barrier_report, name="barrier-report"),
    path("barrierefreiheit/melden/danke/", barriers.barrier_thanks, name="barrier-thanks"),
    path("konto/barrieren/", barriers.barrier_list, name="barrier-list"),
    path("konto/barrieren/<int:pk>/", barriers.barrier_answer, name="barrier-answer"),
    path("", start.home, name="home"),
    path("posteingang/", waiting.waiting, name="waiting"),
    path("posteingang/gelesen/", waiting.read, name="read"),
    path("konto/e-mails/", waiting.mail_setting, name="mail-setting"),
    path("ministerium/", ministry.ministry, name="ministry"),
    path("ministerium/export.<slug:form>", ministry.export, name="ministry-export"),
    path("ministerium/plaene/", review.review, name="review"),
    path("ministerium/landeszuwendungen/", money.state_money, name="state-money"),
    path("ministerium/landeszuwendungen.csv", money.state_money_csv, name="state-money-csv"),
    path("<slug:slug>/geld-offen/", money.open_money, name="open-money"),
    path("<place:slug>/", start.start, name="start"),
]
