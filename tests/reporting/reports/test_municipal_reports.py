"""Sachbericht and Familienbericht: complete for their year, silent about others, valid, always as many queries."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.models import Resolution, Session
from planning.models import (
    Hurdle,
    LifePhase,
    Measure,
    Milestone,
    Need,
    Offer,
    PlannerPost,
    PlanningCycle,
    PlanningStep,
    QualityCriterion,
)
from printing.papers import document_html, making
from printing.render import render_pdf
from records.domain.saving import update_record
from reporting.reports import papers
from reporting.reports.families import family_report
from reporting.reports.progress import progress_report
from reporting.reports.year import Year, municipal_year
from tests.plans import records
from tests.plans.printed import tagged_wrongly
from tests.plans.records import add, day
from tests.reporting.papers.conftest import assert_attached, assert_valid, reader_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
TODAY = date(2019, 3, 1)
NAMES = {"progress-report": "sachbericht", "family-report": "familienbericht"}


def url(name, slug="kyffhaeuserkreis", year=2018):
    return f"{reverse(f'reporting:{name}', args=[slug])}?jahr={year}"


def words_of(make, municipality, year=2018):
    """The words of a report without making its PDF."""
    template, context, title = make(municipality, year, TODAY)
    html = document_html(template, context, title=title, created=papers.noon(TODAY))
    return " ".join(html.replace("\u00a0", " ").split())


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("name", ["progress-report", "family-report"])
def test_the_pdf_is_valid_and_has_title_contents_and_bookmarks(cast, plan, name, monkeypatch):
    records.fill(plan, 2)
    drawn = []
    monkeypatch.setattr(making, "render_pdf", lambda html, **rest: drawn.append(html) or render_pdf(html, **rest))
    answer = cast.client().get(url(name))
    assert_attached(answer, f"16065-kyffhaeuserkreis-{NAMES[name]}-2018.pdf", "application/pdf")
    assert_valid(answer.content)
    assert tagged_wrongly(drawn[0], answer.content) == {}
    reader = reader_of(answer.content)
    assert reader.metadata.title == f"{NAMES[name].capitalize()} 2018 – Kyffhäuserkreis"
    assert "Inhalt" in reader.pages[1].extract_text()
    assert any(item["/Title"].startswith("1 ") for item in reader.outline if isinstance(item, dict))


def milestones_and_steps(plan):
    """On time, late and still ahead."""
    own = {"municipality": plan.municipality}
    of = {"measure": Measure.objects.get(), **own}
    add(Milestone, **of, title="Früh fertig", planned_on=day("2018-09"), reached_on=day("2018-08"), state="done")
    add(Milestone, **of, title="Spät fertig", planned_on=day("2018-03"), reached_on=day("2018-11"), state="done")
    add(Milestone, **of, title="Kommt noch", planned_on=day("2019-04"))
    steps = {"cycle": plan.cycle, "phase": "needs", **own}
    done = {"begin": day("2018-05"), "end": day("2018-07"), "state": "done"}
    add(PlanningStep, **steps, title="Daten sammeln", planned_end=day("2018-06"), **done)
    running = {"begin": day("2018-11"), "planned_end": day("2019-02"), "state": "running"}
    add(PlanningStep, **steps, title="Läuft weiter", **running)
    add(PlanningStep, **steps, title="Ohne Termin")
    add(PlanningStep, **steps, title="Lange vorbei", begin=day("2016"), end=day("2016"), state="done")


def test_the_sachbericht_sets_what_was_done_against_what_was_planned(cast, plan):
    records.fill(plan, 1)
    milestones_and_steps(plan)
    report = progress_report(municipal_year(cast.home, 2018, TODAY))
    assert [(row.title, row.is_late) for row in report.reached] == [("Früh fertig", False), ("Spät fertig", True)]
    assert [row.title for row in report.missed] == ["Meilenstein 1"]
    assert [row.title for row in report.steps] == ["Daten sammeln", "Läuft weiter"]
    assert [(row.when, row.title) for row in report.ahead] == [
        ("läuft seit November 2018, geplant bis Februar 2019", "Läuft weiter"),
        ("April 2019", "M 1 Kommt noch"),
    ]
    assert report.undated == 1
    assert [(row.line.target, row.line.actual, row.difference) for row in report.criteria] == [(20, 14, -6)]
    words = words_of(papers.progress_document, cast.home)
    for said in (
        "1. Sitzung",
        "Festlegung 1",
        "Befragung 1",
        "Beratung 1",
        "Hürde 1",
        "Stelle 1",
        "0,8",
        "später erreicht",
        "−6",
    ):
        assert said in words, said
    for silent in ("Konferenz 1", "Beschluss 1", "Lange vorbei", "Erika Geheim"):  # of 2017 and before, and a name
        assert silent not in words, silent


def test_the_familienbericht_shows_stock_needs_and_activities(cast, plan):
    records.fill(plan, 1)
    add(Offer, municipality=cast.home, title="Neues Angebot", begin=day("2018-05"))
    add(Offer, municipality=cast.home, title="Altes Angebot", begin=day("2001"), end=day("2016"))
    report = family_report(municipal_year(cast.home, 2018, TODAY))
    assert [(row.title, row.offers, row.needs) for row in report.regions] == [
        ("Region 1", 1, 0),
        ("ohne Zuordnung zu einer Region", 1, 1),
    ]
    assert [row.cells for row in report.cover] == [((1, 0), (1, 0)), ((1, 0), (1, 0))]
    assert [row.title for row in report.new_offers] == ["Neues Angebot"]
    words = words_of(papers.family_document, cast.home)
    for said in (
        "Angebot 1",
        "Träger 1",
        "Bedarf 1",
        "Bevölkerung",
        "Neues Angebot",
        "M 1 Maßnahme 1",
        "Befragung 1",
        "Quelle 1",
    ):
        assert said in words, said
    assert "Altes Angebot" not in words


def test_a_need_without_an_offer_is_marked_in_the_drawing(cast, plan):
    records.fill(plan, 1)
    Offer.objects.get().delete()
    Need.objects.get().life_phases.add(LifePhase.objects.order_by("number")[0])
    report = family_report(municipal_year(cast.home, 2018, TODAY))
    assert report.drawing is not None
    assert len(report.drawing.gaps) == 1
    assert "In 1 Feld" in report.drawing.description


@pytest.mark.parametrize("name", ["progress-report", "family-report"])
def test_a_year_without_records_gives_sentences(cast, name):
    add(PlanningCycle, municipality=cast.home, title="Zyklus", first_year=2017, last_year=2019)
    pdf = cast.client().get(url(name, year=2014)).content
    assert_valid(pdf)
    text = text_of(pdf)
    assert "In diesem Bericht ohne Angaben." in text
    assert not re.search(r"\b(keine?|nichts|weder|nicht) [^.]*(erfasst|angelegt|festgelegt|abgerufen)", text)


@pytest.mark.parametrize("name", ["progress-report", "family-report"])
@pytest.mark.parametrize("year", ["1900", "abc", "99999999999999999999", "-1", "2018.5"])
def test_years_that_are_not_offered_do_not_exist(cast, plan, name, year):
    assert cast.client().get(reverse(f"reporting:{name}", args=[cast.home.slug]), {"jahr": year}).status_code == 404


def test_a_running_year_has_missed_nothing_that_is_still_to_come(cast, plan):
    """Sessions, resolutions and milestones count where they have come about; what was dropped is expected no longer."""
    records.fill(plan, 1)
    own, at = {"municipality": cast.home}, date(2018, 10, 1)
    Milestone.objects.all().delete()
    for title, when, state in (
        ("Versäumt", "2018-09", "open"),
        ("Kommt noch", "2018-Q4", "open"),
        ("Entfällt", "2018-12", "dropped"),
    ):
        add(Milestone, **own, measure=Measure.objects.get(), title=title, planned_on=day(when), state=state)
    field, cycle = Measure.objects.get().action_field, plan.cycle
    dropped = {"state": "dropped", "not_done_reason": "Kein Träger.", "begin": day("2018"), "action_field": field}
    gone = add(Measure, **own, cycle=cycle, title="Verworfen", **dropped)
    add(Milestone, **own, measure=gone, title="Von niemandem erwartet", planned_on=day("2019-02"))
    add(QualityCriterion, **own, measure=gone, title="Niemand misst", kind="output")
    body = Session.objects.get().body
    add(
        Session,
        **own,
        body=body,
        title="Abgesagte Sitzung",
        held_on=day("2018-09-03"),
        state="cancelled",
        phase="needs",
    )
    for outcome, rest in (("adopted", {}), ("deferred", {"deferred_to": day("2018-12")})):
        voted = {"resolved_on": day("2018-08"), "outcome": outcome, "legitimises": "measure", **rest}
        add(Resolution, **own, body=body, subject=outcome, **voted)
    report = progress_report(municipal_year(cast.home, 2018, at))
    assert [row.title for row in report.missed] == ["Versäumt", "Entfällt"]
    assert [row.title for row in report.ahead] == ["M 1 Kommt noch"]
    assert report.without_value == ()
    facts = {fact.label: fact.value for fact in report.facts}
    assert facts["Beschlüsse"] == "1 Beschluss; 1 vertagt"
    assert facts["Meilensteine"] == "0 erreicht, 2 nicht erreicht"
    assert [row.title for row in progress_report(municipal_year(cast.home, 2018, TODAY)).missed][1:] == [
        "Kommt noch",
        "Entfällt",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("build", "number"), [(progress_report, 38), (family_report, 51)])
def test_the_number_of_queries_does_not_grow(cast, plan, build, number):
    counts = []
    for total in (1, 5):
        records.fill(plan, total)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            build(municipal_year(cast.home, 2018, TODAY))
        counts.append(len(queries))
    assert counts == [number, number]


def test_what_another_source_says_stands_in_the_plan_alone(cast, plan):
    records.fill(plan, 1)
    for model in (PlannerPost, Hurdle, Need, Session):
        model.objects.update(contradiction="eine andere Quelle nennt 2010")
    for make in (papers.progress_document, papers.family_document):
        assert "andere quelle" not in words_of(make, cast.home).lower()


def test_a_year_begins_and_ends_as_vague_dates_do():
    year = Year(2018)
    assert year.holds(day("2018"))
    assert not year.holds(None)
    assert year.touches(day("2016"), None)
    assert not year.touches(None, None)
    assert year.saw(day("2017-12"), day("2018-01"))
    assert not year.saw(day("2017"), None)
    assert not year.saw(None, day("2019"))


def test_what_has_neither_handlungsfeld_nor_milestone_says_no_more_than_that(cast, plan):
    records.fill(plan, 1)
    own = {"municipality": cast.home, "cycle": plan.cycle}
    add(Need, **own, title="Ohne Feld")
    field = Measure.objects.get().action_field
    add(Measure, **own, title="Ohne Meilenstein", action_field=field, begin=day("2018-02"), state="running")
    family = words_of(papers.family_document, cast.home)
    assert "Ohne Handlungsfeld" in family
    assert "handlungsfeld" not in family
    words = words_of(papers.progress_document, cast.home)
    row = words[words.index("Ohne Meilenstein") :].partition("</tr>")[0]
    assert row.endswith('<td class="n">–</td><td class="n">–</td>')


def test_a_state_is_that_of_the_end_of_the_year_where_the_history_knows_it(cast, plan, time_machine):
    time_machine.move_to("2018-12-01T12:00:00+00:00")
    records.fill(plan, 1)
    time_machine.move_to("2019-02-03T12:00:00+00:00")
    measure = Measure.objects.get()
    measure.state = "finished"
    update_record(measure, version=measure.version, actor=None)
    words = words_of(papers.progress_document, cast.home)
    assert "in Umsetzung, seit 03.02.2019 abgeschlossen" in words
    assert "1 Maßnahme: 1 in Umsetzung" in words
    assert "Stände sind die vom 31. Dezember 2018." in words
    field = measure.action_field
    add(Measure, municipality=cast.home, cycle=plan.cycle, title="Nachgetragen", action_field=field, state="idea")
    words = words_of(papers.progress_document, cast.home)
    assert "Idee *" in words
    assert "mit Stern (*) die vom 1. März 2019, weil sie erst später eingetragen wurden." in words
    assert "Stände sind die vom 31. Dezember 2018" in words_of(papers.family_document, cast.home)
    need = Need.objects.get()
    need.state = "covered"
    update_record(need, version=need.version, actor=None)
    family = family_report(municipal_year(cast.home, 2018, TODAY))
    assert {fact.label: fact.value for fact in family.facts}["Bedarfe"] == "1, davon 1 offen"
    assert sum(row.needs for row in family.regions) == 1
    running = progress_report(municipal_year(cast.home, 2019, TODAY))
    assert [line.state for line in running.all_measures if line.title == "Maßnahme 1"] == ["abgeschlossen"]
