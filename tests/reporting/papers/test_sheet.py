"""The Steckbrief of a measure: one page whatever the texts are, complete where there is room."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.models import Resolution
from planning.models import CriterionValue, Measure, Milestone, QualityCriterion
from plans.bodies import CriterionLine, Fact, MeasureSheet, MilestoneLine, ThreadStep
from printing.papers import document_pdf, frame_of
from records.vague import VagueDate
from reporting.papers import sheet as sheets
from tests.factories import make
from tests.plans import records
from tests.reporting.papers.conftest import HOSTILE, assert_attached, assert_valid, reader_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once, pytest.mark.slow]
GERMAN = "Donaudampfschifffahrtsgesellschaft und Kindertagesbetreuung in den Gemeinden, "
STATIONS = ("Beleg", "Bedarf", "Handlungsziel", "Maßnahmenziel")


def url(measure):
    return reverse("reporting:measure-sheet", args=[measure.municipality.slug, measure.pk])


def full(words, count):
    """A sheet of which every part holds ``count`` times these words, as long as the columns are."""
    day = VagueDate(date(2018, 9, 1))
    return MeasureSheet(
        code="M 2.10",
        title=words[:160],
        description=f"{words}\n\n" * count,
        state="in Umsetzung",
        provider="",
        thread=tuple(ThreadStep(name=name, lines=(words[:160],) * count) for name in STATIONS),
        facts=tuple(Fact(label=f"Angabe {n}", value=words[:400]) for n in range(9 + count)),
        milestones=tuple(
            MilestoneLine(planned_on=day, reached_on=day, title=words[:160], state="in Arbeit", example=n % 2 == 0)
            for n in range(count)
        ),
        criteria=tuple(
            CriterionLine(
                measure="M 2.10",
                title=f"{n} {words}"[:200],
                kind="Outcome",
                unit=words[:60],
                year=2018,
                target=None,
                baseline=Decimal("123456789.25"),
                actual=None,
                comment="",
                example=n % 2 == 0,
            )
            for n in range(count)
        ),
        yearly_cost=None,
        example=True,
    )


def printed(place, sheet):
    page = sheets.on_one_page(sheet)
    frame = frame_of(place, "Steckbrief", as_of=date(2018, 12, 31), subject=sheet.title)
    context = {"frame": frame, "cycle": "Planungszyklus", "page": page, "row": page.sheet}
    created = datetime(2018, 12, 31, 12, tzinfo=UTC)
    return document_pdf("reporting/papers/sheet.html", context, title="Steckbrief", created=created)


@pytest.mark.parametrize("count", [2, 40])
@pytest.mark.parametrize(
    "words", ["W" * 400, "il " * 130, GERMAN * 5, "漢字" * 200], ids=["wide", "thin", "long", "foreign"]
)
def test_it_is_one_page_whatever_the_texts_are(cast, words, count):
    pdf = printed(cast.home, full(words, count))
    assert len(reader_of(pdf).pages) == 1
    text = text_of(pdf)
    assert "Für eine Seite gekürzt" in text
    assert "…" in text
    assert "Kriterien" in text
    if count == 40:
        assert "weitere Meilensteine und" in text
        assert "und 39 weitere" in text


def test_without_shortening_the_same_texts_need_more_than_a_page(cast, monkeypatch):
    monkeypatch.setattr(sheets, "BUDGETS", (replace(sheets.BUDGETS[0], items=40, description=400),))
    assert len(reader_of(printed(cast.home, full(GERMAN * 5, 6))).pages) > 1


def test_everything_of_an_ordinary_measure_is_on_it(cast, plan):
    records.fill(plan)
    measure = Measure.objects.get()
    own = {"municipality": cast.home}
    records.add(
        Resolution,
        **own,
        body=make_body(cast),
        subject="Maßnahme",
        resolved_on=records.day("2018-05"),
        legitimises="measure",
        links={"measures": [measure]},
    )
    answer = cast.client().get(url(measure))
    name = f"{cast.home.ags}-{cast.home.slug}-steckbrief-massnahme-1.pdf"
    assert_attached(answer, name, "application/pdf")
    assert_valid(answer.content)
    assert len(reader_of(answer.content).pages) == 1
    text = text_of(answer.content)
    for words in (
        "M 1",
        "Maßnahme 1",
        "Planungszyklus 2017–2019",
        "14 Punkte",
        "B 1 Bedarf 1",
        "Z 2 Handlungsziel 1",
        "Z 3 Maßnahmenziel 1",
        "2 Mobilität",
        "in Umsetzung",
        "1.000,10 Euro im Jahr, geplant",
        "Rat, Mai 2018: beschlossen",
        "September 2018 Meilenstein 1",
        "Output K 1 Fahrten 1, Fahrten 2018",
        "20",
        "14",
    ):
        assert words in text, words
    assert "gekürzt" not in text


def make_body(cast):
    from participation.models import Body

    return records.add(Body, municipality=cast.home, title="Rat", kind="city_council")


def test_what_nobody_said_is_left_out(cast, plan):
    field = records.ActionField.objects.first()
    measure = records.add(Measure, municipality=cast.home, cycle=plan.cycle, title="Idee", action_field=field)
    text = text_of(cast.client().get(url(measure)).content)
    for words in ("noch", "keine", "kein ", "Kosten ", "Träger", "Verantwortlich", "Meilenstein", "Roter Faden", "– –"):
        assert words not in text.replace("Träger, Zeit und Kosten", ""), words
    assert "Laufende Angaben vom" in text


def test_hostile_texts_stay_texts(cast, plan):
    measure = make(Measure, cast.home, text=HOSTILE)
    criterion = make(QualityCriterion, cast.home, text=HOSTILE, measure=measure)
    make(CriterionValue, cast.home, text=HOSTILE, criterion=criterion)
    make(Milestone, cast.home, text=HOSTILE, measure=measure)
    answer = cast.client().get(url(measure))
    assert_valid(answer.content)
    assert len(reader_of(answer.content).pages) == 1
    assert "<script>alert(1)</script>" in text_of(answer.content)


def test_who_reads_it(cast, plan):
    records.fill(plan)
    measure = Measure.objects.get()
    page = cast.client("adviser").get(f"/{cast.home.slug}/massnahmen/{measure.pk}/").content.decode()
    assert f'href="{url(measure)}"' in page
    foreign = make(Measure, cast.away, text="Fremd")
    client = cast.client()
    assert client.get(url(foreign)).status_code == 404
    for pk in (foreign.pk, 10**30):
        assert client.get(reverse("reporting:measure-sheet", args=[cast.home.slug, pk])).status_code == 404


def test_queries_do_not_grow(cast, plan, monkeypatch):
    monkeypatch.setattr("printing.papers.making.render_pdf", lambda *_, **__: b"%PDF")
    records.fill(plan)
    measure, client, counts = Measure.objects.get(), cast.client(), []
    for _ in range(2):
        client.get(url(measure))
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(measure)).content == b"%PDF"
        counts.append(len(found))
        records.thread(plan, 2)
        for number in range(5):
            make(Milestone, cast.home, text=f"Wort {number}", measure=measure)
    assert counts[0] == counts[1]
