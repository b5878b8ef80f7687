"""Kennzahlen of the statistics in plan and report: those that were chosen, frozen with map, table and meaning."""

import io
from datetime import date
from decimal import Decimal

import docx
import pytest

from planning.models import Indicator, IndicatorValue, OwnIndicator, OwnValue, ReportedIndicator
from plans.builder import build_plan
from plans.content import to_json
from plans.drawing import plan_html
from plans.enums import ChapterCode
from plans.parsing import from_json
from plans.queries.plans import plans_of
from plans.word import plan_docx
from printing.papers import document_html
from reporting.reports.papers import family_document, noon
from tests.insight.published import break_series, publish
from tests.plans import records
from tests.plans.records import add

pytestmark = pytest.mark.django_db
KEYS = {"16065001": 480, "16065003": 9_800, "16065005": 160}


@pytest.fixture
def plan():
    """A plan of 2018 with typed values, and published ones of which one Kennzahl is chosen."""
    records.make_catalogue()
    plan = records.make_plan(records.municipality(), as_of=date(2018, 12, 31))
    records.fill(plan)
    place = plan.municipality
    people = Indicator.objects.get()
    break_series("Bevölkerung ab hier auf der Grundlage des Zensus 2011.", date(2011, 12, 31))
    break_series()
    others = [add(Indicator, title=title, unit="Personen") for title in ("Frauen", "Nicht gewählt")]
    publish(people, {("16065", year): 80_000 - 100 * (year - 2008) for year in range(2008, 2020)})
    publish(people, {("16", year): 2_200_000 - 900 * (year - 2008) for year in range(2008, 2019)})
    publish(people, {(key, 2017): number for key, number in KEYS.items()} | {("16065012", 2017): "."})
    publish(others[0], {("16065", 2017): 40_000, ("16065", 2018): 39_700})
    publish(others[1], {("16065", 2018): 12_345})
    share = Indicator(title="Frauenanteil", unit="Prozent", definition="Frauen je 100.", formula="share")
    records.create_record(share, actor=None, links={"parts": [others[0]], "base": [people]})
    for indicator, meaning in ((people, "Es werden weniger."), (share, "")):
        add(ReportedIndicator, municipality=place, indicator=indicator, meaning=meaning)
    own = add(OwnIndicator, municipality=place, title="Hilfen", unit="Fälle", definition="Laufende am 31.12.")
    add(OwnValue, municipality=place, indicator=own, area="Kyffhäuserkreis", year=2017, value=Decimal(40))
    return plan


def built(plan):
    return build_plan(plans_of(plan.municipality).get(pk=plan.pk))


def test_chosen_figures_are_frozen_with_break_formula_meaning_and_map(plan):
    IndicatorValue.objects.all().delete()
    content = built(plan)
    body = content.chapter(ChapterCode.INVENTORY).body
    known = {(f.indicator, f.area, f.year): f.value for f in body.figures}
    assert known["Bevölkerung", "Kyffhäuserkreis", 2018] == 79_000
    assert known["Bevölkerung", "Thüringen", 2018] == 2_191_000
    assert known["Frauenanteil", "Kyffhäuserkreis", 2018] == Decimal("50.3")
    assert known["Hilfen", "Kyffhäuserkreis", 2017] == 40
    assert not {title for title, _, year in known if year > 2018 or title in ("Nicht gewählt", "Frauen")}
    notes = {note.indicator: note for note in body.figure_notes}
    assert notes["Bevölkerung"].meaning == "Es werden weniger."
    assert {one.year for one in notes["Bevölkerung"].breaks} == {2011}, "the Zensus of 2022 is not yet"
    assert notes["Frauenanteil"].formula == "„Frauen“ ÷ „Bevölkerung“ × 100"
    [communes] = [one for one in body.maps if one.indicator == "Bevölkerung"]
    assert (communes.level, communes.year, len(communes.rows)) == ("commune", 2017, 4)
    data = to_json(content)
    assert to_json(from_json(data)) == data
    html = " ".join(plan_html(content).replace("\u00a0", " ").replace("\u202f", " ").split())
    for words in (
        "Berechnet: „Frauen“ ÷ „Bevölkerung“ × 100.",
        "Karte: Bevölkerung nach Gemeinden, 2017, in Personen. Die Werte nennt die Tabelle.",
        "Kyffhäuserkreis und Thüringen, ab 2011: Bevölkerung ab hier auf der Grundlage des Zensus 2011",
        "2008 = 100, neu 2011 = 100",
    ):
        assert words in html, words
    drawn = html[html.index('id="werte-1-t"') :].split("</svg>")[0]
    fills = {name: f"werte-1-{name}" for name in ("dots", "rows", "diagonal", "cross")}
    assert sum(drawn.count(f'fill="url(#{fill})"') > 1 for fill in fills.values()) == 3, (
        "three numbers, three hatchings"
    )
    assert ">ohne Wert</text>" in drawn
    assert '<td class="n">.</td>' in html, "a secret number stays what it is"


def test_word_and_family_report_hold_the_same(plan):
    document = docx.Document(io.BytesIO(plan_docx(built(plan))))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Abtsbessingen", "480"] in rows
    assert any("Es werden weniger." in row[-1] for row in rows)
    template, context, title = family_document(plan.municipality, 2018, date(2019, 3, 1))
    html = document_html(template, context, title=title, created=noon(date(2019, 3, 1)))
    assert "Es werden weniger." in html
    assert 'id="werte-1-t"' in html


def test_a_plan_without_chosen_figures_says_what_it_said_before(plan):
    ReportedIndicator.objects.all().delete()
    OwnValue.objects.all().delete()
    content = built(plan)
    assert {f.indicator for f in content.chapter(ChapterCode.INVENTORY).body.figures} == {"Bevölkerung"}
    data = to_json(content).decode()
    assert [key for key in ("figure_notes", '"maps"', "uncertain") if key in data] == []
