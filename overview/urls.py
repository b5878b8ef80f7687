"""Addresses of the overview."""

from django.urls import path, register_converter

from accounts.converters import PlaceConverter
from overview.views import (
    activity,
    advice,
    barriers,
    deliveries,
    exchange,
    figures,
    ministry,
    money,
    review,
    site,
    start,
    waiting,
)

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
    path("posteingang/meldung/<str:key>/", waiting.opened, name="opened"),
    path("konto/aktivitaeten/", activity.activity, name="activity"),
    path("konto/e-mails/", waiting.mail_setting, name="mail-setting"),
    path("ministerium/", ministry.ministry, name="ministry"),
    path("ministerium/export.<slug:form>", ministry.export, name="ministry-export"),
    path("ministerium/plaene/", review.review, name="review"),
    path("ministerium/lieferungen/", deliveries.delivery_list, name="deliveries"),
    path("ministerium/zahlen/", figures.figure_page, name="figures"),
    path("ministerium/zahlen.csv", figures.figure_csv, name="figures-csv"),
    path("ministerium/kommunen/<slug:place>/", deliveries.place, name="place"),
    path("ministerium/landeszuwendungen/", money.state_money, name="state-money"),
    path("ministerium/landeszuwendungen.csv", money.state_money_csv, name="state-money-csv"),
    path("begleitung/", advice.advice, name="advice"),
    path("begleitung/<int:year>/", advice.advice_year, name="advice-year"),
    path("begleitung/<int:year>/uebersicht.pdf", advice.advice_year_pdf, name="advice-pdf"),
    path("begleitung/<int:year>/uebersicht.csv", advice.advice_year_csv, name="advice-csv"),
    path("austausch/", exchange.exchange, name="exchange"),
    path("austausch/<int:pk>/", exchange.experience, name="experience"),
    path("austausch/dauer/", exchange.durations, name="durations"),
    path("austausch/netzwerk/", exchange.network, name="network"),
    path("<slug:slug>/austausch/", exchange.exchange_here, name="exchange-here"),
    path("<slug:slug>/austausch/<int:pk>/", exchange.experience_here, name="experience-here"),
    path("<slug:slug>/austausch/dauer/", exchange.durations_here, name="durations-here"),
    path("<slug:slug>/austausch/netzwerk/", exchange.network_here, name="network-here"),
    path("<slug:slug>/geld-offen/", money.open_money, name="open-money"),
    path("<place:slug>/", start.start, name="start"),
]
