"""A paper that is reached from a frozen plan is made of what was frozen and names its hash, or it says „laufend“."""

import io

import pytest
from django.db import transaction
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from planning.models import Measure, Office, PlanningCycle
from plans.domain.plans import save_chapter_text
from plans.enums import ChapterCode
from plans.models import PlanVersion
from records.domain.saving import update_record
from tests.factories import make
from tests.plans.life.owner import past_the_guards
from tests.plans.life.released import A, actors_in, go, make_plan, newest
from tests.reporting.papers.conftest import text_of

pytestmark = [pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.once]
DAMAGED = "stimmt nicht mit der Prüfnummer überein"


@pytest.fixture
def plan(cast):
    """A released plan whose measure has become dearer since, and whose cycle has another name."""
    made = make_plan(cast.home)
    measure = Measure.objects.get()
    measure.yearly_cost, measure.title = 623_800, "Elternwerkstatt"
    update_record(measure, version=measure.version, actor=None)
    go(made, actors_in(cast, cast.home), A.RELEASE)
    measure.yearly_cost, measure.title = 638_700, "Umbenannt"
    update_record(measure, version=measure.version, actor=None)
    cycle = PlanningCycle.objects.get()
    cycle.title = "Anderer Zyklus"
    update_record(cycle, version=cycle.version, actor=None)
    return made


def finance(plan, form, query=""):
    return reverse(f"reporting:plan-finance-{form}", args=[plan.municipality.slug, plan.pk]) + query


def sheet(plan, query="&fassung=1"):
    return reverse("reporting:measure-sheet", args=[plan.municipality.slug, Measure.objects.get().pk]) + (
        f"?plan={plan.pk}{query}"
    )


def cells(answer) -> list[str]:
    """All values of the workbook."""
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_finanzplan_of_a_released_plan_is_the_edition(cast, plan):
    client, version = cast.client(), newest(plan)
    hash_begins = " ".join(version.content_sha256[at : at + 4] for at in (0, 4))
    answer = client.get(finance(plan, "pdf"))
    assert "finanzplan-2018-fassung-1.pdf" in answer["Content-Disposition"]
    text = text_of(answer.content)
    for words in ("623.800,00", "Elternwerkstatt", "Fassung 1, freigegeben am", hash_begins):
        assert words in text, words
    for words in ("638.700", "Umbenannt", "Anderer Zyklus", "Laufende Angaben"):
        assert words not in text, words
    values = cells(client.get(finance(plan, "xlsx")))
    assert "623800" in values
    assert any(hash_begins in value for value in values)
    assert not any("638700" in value or "Umbenannt" in value for value in values)


@pytest.mark.slow
def test_a_draft_says_that_it_is_running_and_the_edition_before_stays(cast, plan):
    go(plan, actors_in(cast, cast.home), A.WITHDRAW)
    client = cast.client()
    text = text_of(client.get(finance(plan, "pdf")).content)
    assert ("638.700,00" in text, "Laufende Angaben vom" in text, "Prüfnummer" in text) == (True, True, False)
    assert "623.800,00" in text_of(client.get(finance(plan, "pdf", "?fassung=1")).content)
    for query in ("?fassung=2", "?fassung=", "?fassung=x", f"?fassung={10**30}"):
        assert client.get(finance(plan, "pdf", query)).status_code == 404, query


def test_steckbrief_and_timeline_of_an_edition_are_those_of_the_edition(cast, plan):
    client, slug = cast.client(), cast.home.slug
    answer = client.get(sheet(plan))
    assert "umbenannt-2018-fassung-1.pdf" in answer["Content-Disposition"]
    text = text_of(answer.content)
    for words in ("623.800,00 Euro im Jahr", "Elternwerkstatt", "Fassung 1, freigegeben am"):
        assert words in text, words
    assert "Umbenannt" not in text
    for query in ("&fassung=2", "&fassung=", "", "&fassung=x", f"&fassung={10**30}"):
        assert client.get(sheet(plan, query)).status_code == 404, query
    other = make(Measure, cast.home, full=False, cycle=plan.cycle, title="Später dazu")
    address = reverse("reporting:measure-sheet", args=[slug, other.pk])
    assert client.get(f"{address}?plan={plan.pk}&fassung=1").status_code == 404
    drawing = client.get(reverse("plans:plan-version-timeline-svg", args=[slug, plan.pk, 1])).content.decode()
    assert ("Elternwerkstatt" in drawing, "Umbenannt" in drawing, "Fassung 1, freigegeben am" in drawing) == (
        True,
        False,
        True,
    )
    running = client.get(reverse("insight:timeline-export", args=[slug, "svg"]) + "?umfang=alles").content.decode()
    assert ("Umbenannt" in running, "Laufende Angaben vom" in running) == (True, True)
    assert client.get(reverse("plans:plan-version-timeline-pdf", args=[slug, plan.pk, 2])).status_code == 404


def test_the_page_of_a_frozen_plan_without_a_day_of_its_own_says_no_running_state(cast, plan):
    assert plan.as_of is None
    client = cast.client()
    page = client.get(reverse("plans:plan-detail", args=[plan.municipality.slug, plan.pk])).content.decode()
    assert f"Angaben vom {newest(plan).frozen_at:%d.%m.%Y}" in page
    listed = client.get(reverse("plans:plan-list", args=[plan.municipality.slug])).content.decode()
    assert ("Tag der Freigabe" in listed, ">laufend<" in listed) == (True, False)


def test_the_page_of_the_plan_leads_to_the_papers_of_the_edition(cast, plan):
    page = reverse("plans:plan-detail", args=[cast.home.slug, plan.pk])
    client = cast.client()
    assert f'href="{finance(plan, "pdf", "?fassung=1")}"' in client.get(page).content.decode()
    go(plan, actors_in(cast, cast.home), A.WITHDRAW)
    assert f'href="{finance(plan, "pdf")}"' in client.get(page).content.decode()


@pytest.mark.slow
def test_the_word_document_of_a_released_plan_is_the_edition(cast, plan):
    answer = cast.client().get(reverse("plans:plan-word", args=[cast.home.slug, plan.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("plans:plan-version-word", args=[cast.home.slug, plan.pk, 1]), 302)]
    document = Document(io.BytesIO(answer.content))
    text = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert ("Elternwerkstatt" in text, "Umbenannt" in text) == (True, False)


@pytest.mark.slow
def test_a_chapter_that_was_left_out_is_left_out(cast):
    plan = make_plan(cast.home)
    save_chapter_text(
        plan=plan,
        code=ChapterCode.FINANCE,
        text="",
        left_out=True,
        left_out_reason="Die Mittel stehen im Haushalt.",
        version=0,
        actor=None,
    )
    go(plan, actors_in(cast, cast.home), A.RELEASE)
    text = text_of(cast.client().get(finance(plan, "pdf")).content)
    assert "in dieser Fassung ausgelassen. Begründung: Die Mittel stehen im Haushalt." in text
    assert any("Die Mittel stehen im Haushalt." in value for value in cells(cast.client().get(finance(plan, "xlsx"))))


def test_page_and_papers_of_an_edition_name_who_issued_it(cast):
    """Office and municipality as they were called then, in every paper that is made of it."""
    made = make_plan(cast.home)
    office = make(
        Office, cast.home, full=False, title="Stabsstelle Sozialplanung", address="Markt 8, 99706 Beispielort"
    )
    go(made, actors_in(cast, cast.home), A.RELEASE)
    office.title = "Anderes Amt"
    update_record(office, version=office.version, actor=None)
    type(cast.home).objects.filter(pk=cast.home.pk).update(name="Neukreis")
    client, slug = cast.client(), cast.home.slug
    timeline = reverse("plans:plan-version-timeline-pdf", args=[slug, made.pk, 1])
    for address in (finance(made, "pdf"), sheet(made), timeline):
        text = text_of(client.get(address).content)
        assert "Landratsamt Kyffhäuserkreis" in text, address
        assert ("Stabsstelle Sozialplanung" in text, "Neukreis" in text, "Anderes Amt" in text) == (True, False, False)
    page = cast.client().get(reverse("plans:plan-version", args=[cast.home.slug, made.pk, 1])).content.decode()
    assert "Landratsamt Kyffhäuserkreis" in page
    assert "Stabsstelle Sozialplanung" in page
    assert "Markt 8, 99706 Beispielort" in page
    assert "Anderes Amt" not in page


@pytest.mark.slow
def test_what_is_damaged_is_not_handed_out(cast, plan):
    """Whatever is made of stored data: nothing is, where a byte of them has changed."""
    client, slug = cast.client(), cast.home.slug
    with past_the_guards():
        PlanVersion.objects.update(content=bytes(newest(plan).content).replace(b"623800", b"123800"))
        papers = [finance(plan, "pdf"), finance(plan, "xlsx")]
        papers += [reverse(f"plans:plan-version-{form}", args=[slug, plan.pk, 1]) for form in ("word", "json")]
        papers += [reverse(f"plans:plan-version-timeline-{form}", args=[slug, plan.pk, 1]) for form in ("pdf", "svg")]
        papers += [sheet(plan), reverse("reporting:progress-report", args=[slug]) + "?jahr=2018"]
        papers += [reverse("reporting:family-report", args=[slug]) + "?jahr=2018"]
        papers += [f"{reverse('plans:plan-compare', args=[slug])}?alt=v{newest(plan).pk}&neu=e{plan.pk}"]
        for address in papers:
            with transaction.atomic():
                page = client.get(address, follow=True).content.decode()
            assert DAMAGED in page, address
            assert "123.800" not in page
