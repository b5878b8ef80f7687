"""The Landesbericht: all municipalities, alphabetical, nothing that ranks them, only for those who see them all."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from funding.models import BudgetLine, BudgetYear, CostKind
from participation.models import Event, EventAttendance, Experience
from planning.models import (
    ActionField,
    EntryLevel,
    Hurdle,
    LifePhase,
    Need,
    PhaseState,
    PlannerPost,
    PlanningCycle,
    PlanningStep,
    StepTemplate,
)
from plans.enums import PlanState
from plans.models import Plan
from printing.drawings.thueringen import outlines
from printing.papers import document_html
from records.life.moving import take_step
from reporting.queries.state_report import read_state_year
from reporting.reports.papers import noon
from reporting.reports.state import state_report
from reporting.reports.state_paper import state_document
from reporting.reports.state_words import all_words
from tests.factories import make
from tests.plans import records
from tests.plans.records import add, day
from tests.reporting.papers.conftest import assert_attached, assert_valid, reader_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
PAGE, PDF = "/ministerium/landesbericht/", "/ministerium/landesbericht.pdf"


def report(year=2018):
    return state_report(read_state_year(year))


def place_of(name, year=2018):
    return next(place for place in report(year).places if place.name == name)


def all_places():
    """The 22 of the map and Eisenach."""
    known = set(Municipality.objects.values_list("ags", flat=True))
    for item in outlines()["districts"]:
        if item["ags"] not in known:
            make_place(item["ags"], f"Kommune {item['short']}")
    make_place("16056", "Eisenach", valid_until=date(2021, 6, 30))


def make_place(ags, name, **given):
    return Municipality.objects.create(
        ags=ags,
        name=name,
        slug=f"k-{ags}",
        kind=MunicipalityKind.DISTRICT,
        state_region=StateRegion.EAST,
        valid_from=date(1994, 7, 1),
        **given,
    )


@pytest.mark.slow
def test_the_pdf_is_valid_and_has_a_page_for_each_municipality(cast, plan):
    records.fill(plan, 2)
    records.fill(records.make_plan(cast.away), 1)
    answer = cast.client("ministry").get(f"{PDF}?jahr=2018")
    assert_attached(answer, "landesbericht-2018.pdf", "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    for words in ("Landesbericht", "Stufe am Jahresende", "2 Landkreise und kreisfreie Städte", "GeoBasis-DE / BKG"):
        assert words in text, words
    marks = [item["/Title"] for group in reader_of(answer.content).outline if isinstance(group, list) for item in group]
    assert marks[-2:] == ["5.1 Altenburger Land", "5.2 Kyffhäuserkreis"]


@pytest.mark.parametrize("address", [PAGE, PDF])
@pytest.mark.parametrize("who", ["planner", "lead", "adviser"])
def test_municipalities_may_not_open_it(cast, who, address):
    assert cast.client(who).get(address).status_code == 403


def test_the_page_shows_the_year_that_was_chosen(cast, plan):
    records.fill(plan, 1)
    client = cast.client("ministry")
    page = client.get(f"{PAGE}?jahr=2018").content.decode()
    assert '<option value="2018" selected>' in page
    assert "/ministerium/landesbericht.pdf?jahr=2018" in page
    assert client.get(f"{PAGE}?jahr=1800").status_code == 200
    for year in ("1800", "abc", "9" * 30):
        assert client.get(f"{PDF}?jahr={year}").status_code == 404


def test_municipalities_come_by_name_whatever_their_numbers(cast, plan):
    make_place("16068", "Sömmerda")
    make_place("16072", "Sonneberg")
    records.fill(plan, 3)
    names = ["Altenburger Land", "Kyffhäuserkreis", "Sömmerda", "Sonneberg"]
    assert [place.name for place in report().places] == names
    template, context, _ = state_document(2018, date(2019, 3, 1))
    assert [place.name for place in context["report"].places] == names
    words = document_html(template, context, title="", created=noon(date(2019, 3, 1)))
    assert re.findall(r"Rang\b|Platz \d|Durchschnitt|Punktzahl|Ampel", words) == []


def test_numbers_count_each_record_once_in_the_sum(cast, plan):
    records.fill(plan, 2)
    records.fill(records.make_plan(cast.away), 1)
    records.fill(records.make_plan(make_place("16068", "Sömmerda")), 1)
    found = report()
    assert (found.totals.offers, found.totals.needs, found.totals.measures) == (4, 4, 4)
    assert [(line.offers, line.needs, line.measures) for line in found.by_field] == [(4, 0, 0), (4, 4, 4)]
    own = place_of("Kyffhäuserkreis").numbers
    assert [(line.title, line.offers) for line in own][-1] == ("Verschiedene insgesamt", 2)


def test_state_of_plan_post_and_level(cast):
    make_place("16068", "Sömmerda")
    cycle = add(PlanningCycle, municipality=cast.home, title="Zyklus", first_year=2017, last_year=2019)
    plan = add(Plan, municipality=cast.home, cycle=cycle, year=2018)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.APPROVED, edition=2)
    add(EntryLevel, municipality=cast.home, level=2, begin=day("2017"), end=day("2018-06"))
    add(EntryLevel, municipality=cast.home, level=3, begin=day("2018-07"))
    add(PlannerPost, municipality=cast.home, title="A", begin=day("2017"), end=day("2018-06"), full_time_equivalent=1)
    add(PlannerPost, municipality=cast.home, title="B", begin=day("2018-09"), full_time_equivalent="0.8")
    add(PlannerPost, municipality=cast.away, title="C", begin=day("2017"), end=day("2018-06"), full_time_equivalent=1)
    home, away, third = (place_of(name) for name in ("Kyffhäuserkreis", "Altenburger Land", "Sömmerda"))
    assert (home.plan, home.plan_words, home.level, home.post, str(home.extent)) == (
        "bewilligt",
        "Fassung 2",
        3,
        "besetzt",
        "0.80",
    )
    assert (away.plan, away.post, away.extent) == ("ohne Plan im Portal", "unbesetzt", None)
    assert (third.post, third.is_silent, home.is_silent, away.is_silent) == ("ohne Angabe", True, False, False)


def test_eisenach_belongs_to_the_years_up_to_2021(cast):
    all_places()
    for year, there in ((2018, True), (2021, True), (2022, False)):
        assert ("Eisenach" in [place.name for place in report(year).places]) is there, year
    assert place_of("Eisenach", 2021).until == "30.06.2021"
    assert place_of("Eisenach", 2018).until == ""


def test_only_shared_hurdles_are_told_with_what_helped(cast):
    for title, shared in (("Geteilt", True), ("Für sich", False)):
        hurdle = add(
            Hurdle,
            municipality=cast.home,
            title=title,
            category="data",
            phase="needs",
            begin=day("2018"),
            what_helped="Nur für uns",
            is_shared=True,  # meant to be shared is not released
        )
        experience = add(
            Experience,
            municipality=cast.home,
            topic="hurdle",
            title=title,
            description="Worum es ging",
            helped=f"Hilfe {title}",
            hurdle=hurdle,
        )
        if shared:
            take_step(record=experience, action="release", actor=cast.lead, version=1)
    add(Hurdle, municipality=cast.away, title="Alt", category="data", phase="needs", begin=day("2016"), end=day("2016"))
    found = report()
    assert [(row.place, row.title, row.helped) for row in found.shared] == [
        ("Kyffhäuserkreis", "Geteilt", "Hilfe Geteilt")
    ]
    assert (found.hurdle_counts, found.few_hurdles) == ((), 1)  # of one municipality alone
    for number in range(2):
        place = make_place(f"1606{number}", f"Ort {number}")
        add(Hurdle, municipality=place, title="Auch", category="data", phase="needs", begin=day("2018"))
    found = report()
    assert [(row.category, row.hurdles, row.places) for row in found.hurdle_counts] == [("Datenlage", 4, 3)]
    assert all_words(found)["hurdles"] == "Genannt wurden: Datenlage (in 3 Kommunen)."


def test_steps_are_told_by_median_and_range(cast):
    template = add(StepTemplate, phase="needs", title="Daten sammeln")
    for place, begin, end in (
        (cast.home, "2018-01-01", "2018-01-15"),
        (cast.away, "2018-01-01", "2018-03-01"),
        (make_place("16068", "Sömmerda"), "2018-02-01", "2018-02-08"),
        (cast.home, "2019-01-01", "2019-12-31"),
    ):
        cycle = PlanningCycle.objects.filter(municipality=place).first() or add(
            PlanningCycle, municipality=place, title="Z", first_year=2017, last_year=2019
        )
        add(
            PlanningStep,
            municipality=place,
            cycle=cycle,
            phase="needs",
            title="Daten",
            template=template,
            state="done",
            begin=day(begin),
            end=day(end),
        )
    assert [(row.title, row.number, row.middle, row.shortest, row.longest) for row in report().durations] == [
        ("Daten sammeln", 3, 2, 1, 8)
    ]
    PlanningStep.objects.filter(municipality=cast.away).update(municipality=cast.home)
    found = report()
    assert (found.durations, found.few_durations) == ((), 1)
    assert (
        "1 Schritt steht hier nicht, weil sonst zu erkennen wäre, was weniger als 3 Kommunen"
        in all_words(found)["durations"]
    )


def test_sentences_say_what_the_tables_show(cast):
    for place, state in ((cast.home, PlanState.APPROVED), (cast.away, PlanState.DRAFT)):
        cycle = add(PlanningCycle, municipality=place, title="Z", first_year=2017, last_year=2019)
        add(Plan, municipality=place, cycle=cycle, year=2018)
        Plan.objects.filter(municipality=place).update(state=state)
        add(PhaseState, municipality=place, cycle=cycle, phase="needs", state="running", begin=day("2018"))
    add(PlannerPost, municipality=cast.home, title="P", is_lsz_post=True, begin=day("2017"), full_time_equivalent="0.8")
    field = add(ActionField, number=1, title="Steuerung")
    need = add(Need, municipality=cast.home, cycle=PlanningCycle.objects.get(municipality=cast.home), title="Bedarf")
    need.action_fields.set([field])
    words = all_words(report())
    assert words["places"] == (
        "Der Bericht zählt 2 Kommunen. Einen Planungszyklus haben 2 davon. "
        "Einen Plan 2018 gibt es im Portal von 2: Entwurf 1, bewilligt 1."
    )
    assert words["phases"] == "Es laufen: Bedarfsanalyse (in 2 Kommunen)."
    assert words["posts"] == "Die Planerstelle ist in 1 Kommune besetzt. 1 Kommune hat nichts angegeben."
    assert words["fields"] == "Eingetragen sind 0 Angebote und 0 Maßnahmen."
    for number, place in enumerate((cast.away, make_place("16068", "Sömmerda"))):
        cycle = PlanningCycle.objects.filter(municipality=place).first()
        cycle = cycle or add(PlanningCycle, municipality=place, title="Z", first_year=2017, last_year=2019)
        more = {"municipality": place, "is_lsz_post": True, "begin": day("2017"), "full_time_equivalent": "0.5"}
        add(PlannerPost, title=f"P{number}", **more)
        add(Need, municipality=place, cycle=cycle, title="Bedarf").action_fields.set([field])
    told = all_words(report())
    assert told["posts"].endswith("Zusammen sind es 1,8 VzÄ, soweit der Umfang angegeben ist.")
    assert told["fields"] == (
        "Eingetragen sind 0 Angebote, 3 Bedarfe und 0 Maßnahmen. "
        "Bedarfe, aber noch keine Maßnahme gibt es in 1 Steuerung."
    )
    phase = add(LifePhase, number=1, title="Kinder und Jugendliche")
    for each in Need.objects.all():
        each.life_phases.set([phase])
    assert all_words(report())["life_phases"] == (
        "Eingetragen sind für Kinder und Jugendliche 0 Angebote, 3 Bedarfe und 0 Maßnahmen. "
        "Bedarfe, aber noch keine Maßnahme gibt es für Kinder und Jugendliche."
    )
    page = cast.client("ministry").get(f"{PAGE}?jahr=2018").content.decode()
    assert told["fields"] in page


def test_a_year_without_records_has_no_empty_sections(cast):
    pdf = cast.client("admin").get(f"{PDF}?jahr=2013").content
    assert_valid(pdf)
    text = text_of(pdf)
    sections = ("Hürden", "Beteiligung", "Veranstaltungen nach Art", "Geld nach", "Für dieses Jahr")
    assert [word for word in sections if word in text] == []
    assert "nichts im Portal erfasst" in text


def test_a_municipality_without_a_cycle_has_a_page_without_a_word_on_phases(cast):
    add(Event, municipality=cast.home, title="E", kind="regional_conference", state="held", begin=day("2013-05-01"))
    template, context, _ = state_document(2013, date(2014, 3, 1))
    words = document_html(template, context, title="", created=noon(date(2014, 3, 1)))
    page = words.split("Angaben </b>zum Stand")[1].split("</article>")[0]
    assert "Phasen </b>" not in page
    assert 'class="leer"' not in page


def test_sums_tell_of_three_municipalities_or_of_none(cast):
    """Of two the report says in words that it does not tell; a total must not say what a line keeps back."""

    def fill(place, number):
        cycle = add(PlanningCycle, municipality=place, title="Z", first_year=2018, last_year=2018)
        event = add(
            Event, municipality=place, title="E", kind="regional_conference", state="held", begin=day("2018-05-01")
        )
        Event.objects.filter(pk=event.pk).update(participants=1110 * number)
        add(EventAttendance, municipality=place, event=event, group="families", count=7 * number)
        year = add(BudgetYear, municipality=place, cycle=cycle, year=2018)
        own = {"municipality": place, "budget_year": year, "cost_kind": cost, "land": Decimal(1300 * number)}
        add(BudgetLine, title="Kosten", action_field=field, **own)
        return year

    field, cost = add(ActionField, number=1, title="Steuerung"), make(CostKind, None, full=False)
    for number, place in enumerate((cast.home, cast.away), 1):
        fill(place, number)
    found = report()
    assert (found.events, found.few_events, found.groups, found.few_groups) == ((), 1, (), 1)
    assert (found.money, found.few_money, found.money_total) == ((), 1, None)
    words = " ".join(all_words(found).values())
    assert "1 Gruppe von Beteiligten steht hier nicht" in words
    assert "Eine Summe steht hier nicht, weil sie von weniger als 3 Kommunen erzählte." in words
    template, context, _ = state_document(2018, date(2019, 3, 1))
    printed = document_html(template, context, title="", created=noon(date(2019, 3, 1)))
    assert [
        sum_ for sum_ in ("3.330", "3 330", "3.900", "kein Finanzplan", "keine Veranstaltung") if sum_ in printed
    ] == []
    year = fill(make_place("16068", "Sömmerda"), 3)
    found = report()
    assert [(line.events, line.people) for line in found.events] == [(1 + 1 + 1, 6660)]
    assert [group.count for group in found.groups] == [42]
    assert (found.money[0].land, found.money_total.land) == (Decimal(7800), Decimal(7800))
    alone = add(ActionField, number=2, title="Mobilität")
    BudgetLine.objects.filter(budget_year=year).update(action_field=alone)
    found = report()
    assert (found.money, found.few_money, found.money_total.land) == ((), 2, Decimal(7800)), (
        "of three, and of none alone"
    )


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow_with_municipalities(cast, plan):
    counts = []
    for number in (2, 23):
        if number > 2:
            all_places()
        for place in Municipality.objects.exclude(pk__in=Plan.objects.values("municipality")):
            records.make_plan(place)
        for filled in Plan.objects.exclude(municipality__in=Hurdle.objects.values("municipality")):
            records.fill(filled, 1)
        with CaptureQueriesContext(connection) as queries:
            assert len(report().places) == number
        counts.append(len(queries))
    assert counts == [30, 30]
