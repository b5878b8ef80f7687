"""The plan as a book: nothing said is no statement, nothing is empty, and what is said has its place."""

import dataclasses
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest

from planning.models import Office
from plans import bodies
from plans.abbreviations import abbreviations_in
from plans.builder import build_plan
from plans.content import Chapter, plain
from plans.domain.remarks import write_remark
from plans.drawing import draw_chapter, draw_parts, plan_html, preview_chapter
from plans.enums import ChapterCode
from plans.figures import figure_table
from plans.parsing import hints, is_optional
from plans.queries.plans import plans_of
from plans.reading import reading_page
from plans.summary import summary_of
from printing.render import render_pdf
from records.vague import VagueDate
from tests.plans import records
from tests.plans.life.released import TO_PUBLISHED, TO_REVIEW, A, actors_in, go, make_plan, newest
from tests.plans.printed import nearly_empty, open_pdf
from tests.plans.sample import sample_plan

STATEMENTS = re.compile(
    r"\b(keine?[rnms]?|nein|erfasst|noch nicht|noch ohne|noch kein\w*|nicht entschieden|fehlt|fehlen|None|0,00)\b",
    re.IGNORECASE,
)
KEPT = (
    *("title", "indicator", "organisation", "subject", "body", "code", "measure", "name"),
    *("label", "kind", "state", "value", "area", "reason", "contradiction"),
)
NOTHING_SAID = "In dieser Fassung ohne Angaben."
TAG = re.compile(r"<[^>]*>")


def words(html):
    return " ".join(unescape(TAG.sub(" ", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))).split())


def blanked(value):
    """The same entries with nothing said but what names them."""
    if isinstance(value, tuple):
        return tuple(blanked(item) for item in value if not isinstance(item, str))
    if not dataclasses.is_dataclass(value) or isinstance(value, VagueDate):
        return value
    of = hints(type(value))
    found = {}
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        if is_optional(of[field.name]):
            held = None
        elif isinstance(held, str) and field.name not in KEPT:
            held = ""
        found[field.name] = blanked(held)
    return dataclasses.replace(value, **found)


def without_headings_alone(html):
    """No heading follows a heading of its own level or a higher one, and none ends a chapter."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    between = re.split(r"<h[1-6][^>]*>.*?</h[1-6]>", html, flags=re.DOTALL)[1:]
    return [
        text
        for at, text in enumerate(between)
        if not words(text) and not (at + 1 < len(levels) and levels[at + 1] > levels[at])
    ]


@pytest.mark.parametrize("code", list(ChapterCode))
def test_nothing_said_becomes_no_statement(code):
    """Every optional field empty: no „keine“, „nein“, „fehlt“, „0,00“ and no workshop sentence stands in the plan."""
    plan = sample_plan()
    body = blanked(plan.chapter(code).body)
    if isinstance(body, bodies.FinanceBody):
        body = dataclasses.replace(
            body,
            without_amount=len(body.all_lines),
            total=Decimal(0),
            groups=tuple(dataclasses.replace(group, total=Decimal(0)) for group in body.groups),
        )
    chapter = Chapter(code=code, body=body)
    plan = dataclasses.replace(plan, chapters=(chapter,), changes=None)
    html, _ = draw_chapter(plan, chapter, with_drawings=False)
    assert STATEMENTS.findall(words(html)) == []
    assert without_headings_alone(html) == []
    assert "<td></td>" not in html
    assert not summary_of(plan) or STATEMENTS.findall(summary_of(plan)[0].text) == []


@pytest.mark.parametrize("code", list(ChapterCode))
def test_whatever_is_missing_leaves_no_empty_heading(code):
    """Of everything that a chapter lists one thing alone, and all but one: a municipality that has entered a part."""
    plan = sample_plan()
    body = plan.chapter(code).body
    lists = [field.name for field in dataclasses.fields(body) if isinstance(getattr(body, field.name), tuple)]
    parts = [{other: () for other in lists if other != name} for name in lists] + [{name: ()} for name in lists]
    for empty in parts:
        chapter = Chapter(code=code, body=dataclasses.replace(body, **empty))
        html, _ = draw_chapter(plan, chapter)
        assert without_headings_alone(html) == [], empty
        assert "<tbody>\n</tbody>" not in html
        assert words(html) != ""


@pytest.mark.parametrize("sections", [34, 39, 40, 60])
def test_no_page_is_made_for_the_last_lines_of_the_contents(sections):
    """One page as long as closer lines help; more are spread over pages that are at least a third full."""
    plan = sample_plan(1)
    body = plan.chapter(ChapterCode.NEEDS).body
    others = sum(len(entry.headings) for _, entry in draw_parts(plan, with_drawings=False)) - len(body.fields)
    fields = tuple(dataclasses.replace(body.fields[0], action_field=f"Feld {n}") for n in range(sections - others))
    needs = Chapter(code=ChapterCode.NEEDS, body=dataclasses.replace(body, fields=fields))
    chapters = tuple(needs if each.code == needs.code else each for each in plan.chapters)
    before, rest = plan_html(dataclasses.replace(plan, chapters=chapters)).split("<nav", 1)
    contents = f"{before.split('<body>')[0]}<body><nav{rest.split('</nav>')[0]}</nav></body></html>"
    document = open_pdf(render_pdf(contents, attachment_json=None, created=datetime(2018, 12, 31, tzinfo=UTC)))
    assert (len(document), nearly_empty(document, frame=0)) == (1 if sections < 40 else 2, [])


@pytest.mark.django_db
def test_an_empty_municipality_reads_well():
    """Chapters without anything are one sentence about the plan; no heading stands alone, nothing is counted."""
    records.make_catalogue()
    plan = records.make_plan(records.municipality(), as_of=date(2018, 12, 31))
    content = build_plan(plans_of(plan.municipality).get(pk=plan.pk))
    for chapter in content.chapters:
        html, entry = draw_chapter(content, chapter)
        said = words(html).removeprefix(f"{entry.number} {entry.title}").strip()
        if chapter.code == ChapterCode.MANDATE:
            assert "Zeitraum" in said
        else:
            assert said == NOTHING_SAID, chapter.code
            assert words(preview_chapter(content, chapter)) == NOTHING_SAID
            assert entry.headings == ()
        assert without_headings_alone(html) == []
    assert [topic.title for topic in summary_of(content)] == ["Auftrag"]


def test_another_source_speaks_in_the_chapter_of_sources_alone():
    """Whatever kind of entry names a contradiction; the same words are said once."""
    plan = sample_plan()
    other = "Ein anderer Bericht sagt etwas anderes."

    def contradicted(value):
        if isinstance(value, tuple):
            return tuple(contradicted(item) for item in value)
        if not dataclasses.is_dataclass(value) or isinstance(value, VagueDate):
            return value
        found = {f.name: contradicted(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **(found | ({"contradiction": other} if "contradiction" in found else {})))

    chapters = tuple(
        dataclasses.replace(chapter, body=contradicted(chapter.body))
        for chapter in plan.chapters
        if chapter.code != ChapterCode.SOURCES
    )
    plan = dataclasses.replace(plan, chapters=chapters)
    for html, _ in draw_parts(plan, with_drawings=False):
        assert other not in html
        assert "Andere Quelle" not in html


def test_a_chapter_counts_its_sections_once_wherever_it_is_read():
    plan = sample_plan()
    for chapter in plan.chapters:
        printed, entry = draw_chapter(plan, chapter, with_drawings=False)
        for html in (printed, reading_page(plan, chapter)):
            for number in (heading.number for heading in entry.headings):
                assert html.count(f'<span class="nr">{number}</span>') == 1, (chapter.code, number)


def test_the_drawing_of_the_timeline_bears_no_internal_marks():
    plan = sample_plan()
    html, _ = draw_chapter(plan, plan.chapter(ChapterCode.TIMELINE))
    assert any(entry.contradiction for entry in plan.chapter(ChapterCode.TIMELINE).body.entries)
    assert "andere Quelle" not in html


@pytest.mark.django_db
def test_a_contradiction_without_a_date_stands_among_the_sources():
    records.make_catalogue()
    plan = records.make_plan(records.municipality(), as_of=date(2018, 12, 31))
    records.fill(plan)
    offer = records.Offer.objects.first()
    offer.contradiction = "Der Jahresbericht nennt 30 Plätze."
    offer.save()
    content = build_plan(plans_of(plan.municipality).get(pk=plan.pk))
    found = content.chapter(ChapterCode.SOURCES).body.contradictions
    assert [(row.subject, row.contradiction) for row in found if row.subject == offer.title] == [
        (offer.title, "Der Jahresbericht nennt 30 Plätze.")
    ]
    assert len({row.contradiction for row in found}) == len(found)


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_pdf", "quiet")
def test_the_printed_comparison_is_with_the_last_approved_edition(cast):
    plan = make_plan(cast.home, 2018)
    actors = actors_in(cast, cast.home)
    go(plan, actors, *TO_REVIEW)
    write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text="Bitte ergänzen", actor=cast.ministry)
    go(plan, actors, A.RETURN, A.REVISE)
    assert build_plan(plan).changes is None, "an edition that was returned binds nobody"
    go(plan, actors, *TO_PUBLISHED)
    approved = newest(plan)
    after = make_plan(cast.home, 2020, cycle=plan.cycle)
    go(make_plan(cast.home, 2019, cycle=plan.cycle), actors, A.RELEASE)
    assert build_plan(after).changes.old_sha256 == approved.content_sha256


def criterion(**values):
    said = {"measure": "M 1.1", "title": "Wartezeit", "kind": "Output", "unit": "Wochen", "year": 2018}
    numbers = {name: None if n is None else Decimal(n) for name, n in values.items() if name != "comment"}
    return bodies.CriterionLine(
        **said, **({"baseline": None, "target": None, "actual": None} | numbers), comment=values.get("comment", "")
    )


@pytest.mark.parametrize(
    ("values", "misses"),
    [
        ({"target": 4, "actual": 3}, True),
        ({"target": 4, "actual": 4}, False),
        ({"baseline": 6, "target": 4, "actual": "4.5"}, True),
        ({"baseline": 6, "target": 4, "actual": 3}, False),
        ({"baseline": 0, "target": 4, "actual": 3}, True),
        ({"target": 4}, False),
        ({"actual": 4}, False),
    ],
)
def test_a_missed_target_has_its_comment_beside_it(values, misses):
    row = criterion(**values)
    assert row.misses is misses
    plan = sample_plan()
    for comment, said in (("Fachkraft fehlte.", "Fachkraft fehlte."), ("", "ohne Angabe")):
        body = bodies.ControllingBody(criteria=(dataclasses.replace(row, comment=comment),), measures_without=())
        html, _ = draw_chapter(plan, Chapter(code=ChapterCode.CONTROLLING, body=body))
        assert (f"Soll nicht erreicht. Anmerkung: {said}" in html) is misses


def test_figures_are_a_matrix_of_years_and_lose_no_value():
    def figure(year, value, area="Kreis", sign=""):
        number = None if value is None else Decimal(value)
        return bodies.Figure(
            indicator="Quote",
            unit="Prozent",
            area=area,
            year=year,
            value=number,
            sign=sign,
            sign_meaning="",
            data_source="",
        )

    rows = (*(figure(year, year - 2000) for year in range(2010, 2019)), figure(2018, None, "Land", "/"))
    table = figure_table(rows)
    assert table.years == (2014, 2015, 2016, 2017, 2018)
    assert [(row.area, row.cells) for row in table.rows] == [
        ("Kreis", ("14", "15", "16", "17", "18")),
        ("Land", ("–", "–", "–", "–", "/")),
    ]
    assert table.rows[0].earlier.split("\n") == ["2010: 10", "2011: 11", "2012: 12", "2013: 13"]
    assert not figure_table(rows, {("Quote", "Prozent")}).has_earlier, "a chart shows them"
    assert figure_table(()) is None


def test_the_summary_counts_what_is_there():
    said = {topic.title: topic.text for topic in summary_of(sample_plan())}
    assert re.search(r"\d+ von \d+ Bedarfen|alle \d+ Bedarfe|der Bedarf", said["Bedarf"])
    assert "Euro im Jahr" in said["Geld"]
    html = plan_html(sample_plan())
    assert html.index("Zusammenfassung</h1>") < html.index('id="k1"')


def test_abbreviations_are_those_that_are_used():
    found = dict(abbreviations_in(["<p>Das LSZ und 0,8\u00a0VzÄ; ARMUT</p>", "<b>TMASGFF</b>"]))
    assert list(found) == ["LSZ", "TMASGFF", "VzÄ"]


@pytest.mark.django_db
def test_the_office_is_named_in_the_imprint_and_left_out_where_nobody_said_it():
    records.make_catalogue()
    plan = records.make_plan(records.municipality(), as_of=date(2018, 12, 31))
    stored = plans_of(plan.municipality).get(pk=plan.pk)
    content = build_plan(stored)
    assert "office" not in plain(content)
    assert "Anschrift und Kontakt" not in plan_html(content)
    own = {
        "municipality": plan.municipality,
        "title": "Stabsstelle Sozialplanung",
        "address": "Markt 8, 99706 Beispielort",
    }
    records.add(Office, **own, contact="Leitung der Stabsstelle")
    content = build_plan(stored)
    assert plain(content)["office"] == [own["title"], own["address"], "Leitung der Stabsstelle"]
    assert own["address"] in words(plan_html(content)).replace("\u00a0", " ")


def test_every_page_of_a_draft_says_so_and_none_of_an_edition():
    plan = sample_plan()
    for state, said in (("Entwurf", True), ("freigegeben am 12.02.2019", False)):
        html = plan_html(dataclasses.replace(plan, state=state))
        foot = html.partition('data-stand="')[2].partition('"')[0]
        assert ("· Entwurf" in foot, "Fassung" in foot) == (said, True)
