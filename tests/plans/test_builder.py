"""From records to content: everything is found, nothing foreign, and the queries do not grow."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.models import Goal, Measure, Need, PlannerPost
from plans.builder import build_plan
from plans.builder.mandate import with_vacancies
from plans.content import to_json
from plans.drawing import plan_html
from plans.enums import ChapterCode
from plans.queries.plans import plans_of
from records.registry import kind_of
from records.vague import VagueDate
from tests.plans import records

pytestmark = pytest.mark.django_db

MOST_QUERIES = 90  # about two per kind of record: its chapter and the timeline
SHOWN = (
    "Vorerfahrung 1",
    "Zertifikat 1",
    "Stelle 1",
    "Vertrag 1",
    "Strategie 1",
    "Stufe 3",
    "Hürde 1",
    "Gemeinde 1",
    "Region 1",
    "Träger 1",
    "Angebot 1",
    "Quelle 1",
    "Bevölkerung",
    "Beirat 1",
    "Kirche 1",
    "1. Sitzung",
    "Festlegung 1",
    "Beschluss 1",
    "Konferenz 1",
    "Befragung 1",
    "Beratung 1",
    "Netzwerk 1",
    "Bedarf 1",
    "Kein Bus 1",
    "Stärke 1",
    "Familienbegriff 1",
    "Leitbild 1",
    "Leitziel 1",
    "Handlungsziel 1",
    "Maßnahmenziel 1",
    "Maßnahme 1",
    "Meilenstein 1",
    "Fahrten 1",
    "14 Punkte",
    "31 Ja, 0 Nein",
    "33,3",
    "51.000,35",
    "Eine andere Quelle nennt 2018.",
)


@pytest.fixture
def plan():
    records.make_catalogue()
    return records.make_plan(records.municipality(), as_of=date(2018, 12, 31))


def built(plan, **options):
    return build_plan(plans_of(plan.municipality).get(pk=plan.pk), **options)


def test_every_record_is_in_the_document(plan):
    records.fill(plan)
    html = plan_html(built(plan)).replace("\u00a0", " ")
    assert [text for text in SHOWN if text not in html] == []


def test_names_of_persons_are_not_printed(plan):
    records.fill(plan)
    content = built(plan)
    assert "Geheim" not in plan_html(content)
    assert "Geheim" not in to_json(content).decode()


def test_nothing_of_another_municipality_is_in_the_plan(plan):
    other = records.make_plan(records.municipality("16077", "Altenburger Land", "altenburger-land"))
    records.fill(other)
    content = to_json(built(plan)).decode()
    assert [text for text in SHOWN if text in content and text not in {"Stufe 3", "Bevölkerung"}] == []


def count_queries(plan):
    with CaptureQueriesContext(connection) as queries:
        built(plan)
    return len(queries)


def test_queries_do_not_grow_with_the_records(plan):
    records.fill(plan, 1)
    alone = count_queries(plan)
    records.fill(plan, 3)
    assert count_queries(plan) == alone <= MOST_QUERIES


def test_a_chapter_left_out_is_one_sentence_and_listed_among_the_sources(plan):
    records.fill(plan)
    records.leave_out(plan)
    content = built(plan)
    html = plan_html(content)
    assert content.chapter(ChapterCode.FINANCE).body is None
    assert "Begründung: Der Haushalt ist noch nicht beschlossen." in html
    assert [chapter.number for chapter in content.chapter(ChapterCode.SOURCES).body.left_out] == [7]
    assert "Geplante Kosten im Jahr in Euro" not in html


def test_the_red_thread_leads_from_the_finding_to_the_goal(plan):
    records.fill(plan)
    sheet = built(plan).chapter(ChapterCode.MEASURES).body.all_measures[0]
    assert sheet.code == "M 1"
    assert {step.name: step.lines for step in sheet.thread} == {
        "Beleg": ("Regionalkonferenz Konferenz 1, 11. April 2017: 14 Punkte",),
        "Bedarf": ("B 1 Bedarf 1",),
        "Handlungsziel": ("Z 2 Handlungsziel 1",),
        "Maßnahmenziel": ("Z 3 Maßnahmenziel 1",),
    }


def test_a_sum_is_exact_to_the_cent(plan):
    records.fill(plan, 3)
    assert built(plan).chapter(ChapterCode.FINANCE).body.total == Decimal("153001.05")


def test_a_measure_that_is_not_carried_out_answers_nothing(plan):
    records.fill(plan, 1)
    measure = Measure.objects.get()
    measure.needs.set(Need.objects.all())
    before = build_plan(plan).chapter(ChapterCode.NEEDS).body.all_needs
    Measure.objects.update(state="dropped", not_done_reason="Kein Träger.")
    after = build_plan(plan).chapter(ChapterCode.NEEDS).body.all_needs
    assert {*before[0].answered_by} - {*after[0].answered_by} == {measure.code}
    for model in (Need, Goal):
        gap = next(gap for gap in kind_of(model).gaps if gap.code == "ohne-massnahme")
        assert model.objects.filter(gap.condition).exists(), model
    own = {"cycle": plan.cycle, "municipality": plan.municipality, "action_field": measure.action_field}
    records.add(Measure, **own, title="Verworfen", state="dropped", not_done_reason="Kein Träger.")
    content = build_plan(plan)
    assert content.chapter(ChapterCode.CONTROLLING).body.measures_without == ()


def test_one_chapter_alone_is_the_same_as_in_the_whole(plan):
    records.fill(plan)
    whole = built(plan)
    for code in ChapterCode:
        assert built(plan, only=code).chapters == (whole.chapter(code),)


def test_what_comes_after_the_year_is_left_out_unless_expected(plan):
    body = records.add(records.Body, municipality=plan.municipality, title="Kreistag", kind="district_council")
    for subject, when, outcome in (
        ("Später", "2019-01", "adopted"),
        ("Erwartet", "2019-01", "expected"),
        ("Fern", "2020", "expected"),
    ):
        records.add(
            records.Resolution,
            municipality=plan.municipality,
            body=body,
            subject=subject,
            resolved_on=records.day(when),
            outcome=outcome,
            legitimises="plan",
        )
    content = built(plan)
    assert [r.subject for r in content.chapter(ChapterCode.RESOLUTIONS).body.resolutions] == ["Erwartet"]
    assert [e.title for e in content.chapter(ChapterCode.TIMELINE).body.entries if "Fern" in e.title] == []


def post(begin, end=None):
    return PlannerPost(title="Stelle", begin=VagueDate.from_iso(begin), end=VagueDate.from_iso(end) if end else None)


def test_vacancies_follow_from_the_dates():
    held = [post("2017-10-01", "2018-03-31"), post("2018-06"), post("2019-01-01", "2019-02")]
    found = with_vacancies(held[:2], date(2018, 12, 31))
    assert [(p.vacant, str(p.begin), str(p.end)) for p in found] == [
        (False, "01.10.2017", "31.03.2018"),
        (True, "01.04.2018", "31.05.2018"),
        (False, "Juni 2018", "None"),
    ]
    assert [p.vacant for p in with_vacancies(held[2:], date(2019, 12, 31))] == [False, True]
    assert [p.vacant for p in with_vacancies(held[:1], date(2018, 1, 31))] == [False]
