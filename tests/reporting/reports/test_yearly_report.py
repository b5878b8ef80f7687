"""A report of a year: own texts, released by a second person, frozen, checked like plans, and a second edition."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from plans.models import PlanVersion
from records.domain.saving import create_record, update_record
from records.errors import RecordLocked, StepRefused
from records.life.moving import take_step
from records.triggers import drop_triggers
from records.vague import VagueDate
from reporting.domain import freezing
from reporting.enums import ReportAction as A
from reporting.models import FrozenReport, Report, ReportText
from tests.factories import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_pdf(monkeypatch):
    """Only what is written matters here; the real PDF is made for the demonstration."""
    made = []

    def document_pdf(template, context, *, title, created, data=None):
        made.append((template, context))
        return b"%PDF " + (data or b"")

    monkeypatch.setattr(freezing, "document_pdf", document_pdf)
    return made


@pytest.fixture
def report(cast):
    found = make(Report, cast.home, kind="progress", year=2018, actor=cast.planner)
    own = {"municipality": cast.home, "report": found}
    create_record(ReportText(section="overview", text="Unser erstes Jahr.", **own), actor=cast.planner)
    return found


def go(report, action, actor, note="", **values):
    report.refresh_from_db()
    return take_step(record=report, action=action, actor=actor, version=report.version, note=note, values=values)


def day(iso="2019-04-01"):

    return VagueDate.from_iso(iso)


def test_a_second_person_releases_and_the_edition_stands_for_ever(cast, report):
    lead = cast.lead
    go(report, A.PROPOSE, cast.planner)
    text = ReportText.objects.get()
    text.text = "Anders."
    with pytest.raises(RecordLocked):
        update_record(text, version=text.version, actor=cast.planner)
    go(report, A.RELEASE, lead, released_on=day())
    frozen = FrozenReport.objects.get()
    assert frozen.is_intact()
    told = json.loads(bytes(frozen.data))
    assert (told["kind"], told["year"], told["edition"]) == ("progress", 2018, 1)
    assert told["texts"] == {"overview": "Unser erstes Jahr."}
    url = reverse("reporting:report-edition", args=[cast.home.slug, report.pk, 1, "pdf"])
    assert cast.client("ministry").get(url).content == bytes(frozen.pdf)
    page = cast.client("anonymous").post(reverse("plans:verification"), {"sha256": frozen.pdf_sha256}).content.decode()
    assert "Unverändert" in page
    assert "Sachbericht 2018, Ausgabe 1" in page
    go(report, A.REVISE, cast.planner, note="Ein Wert kam nach.")
    text.refresh_from_db()
    text.text = "Unser erstes Jahr, ergänzt."
    update_record(text, version=text.version, actor=cast.planner)
    go(report, A.PROPOSE, cast.planner)
    go(report, A.RELEASE, lead, released_on=day("2019-06-01"))
    first, second = FrozenReport.objects.order_by("edition")
    assert bytes(first.data) == bytes(frozen.data)
    assert json.loads(bytes(second.data))["texts"]["overview"].endswith("ergänzt.")
    page = cast.client("anonymous").post(reverse("plans:verification"), {"sha256": frozen.pdf_sha256}).content.decode()
    assert "Es gibt eine neuere Ausgabe" in page
    assert not PlanVersion.objects.exists()
    call_command("verify_reports", stdout=StringIO())
    drop_triggers()  # somebody reaches past the portal
    FrozenReport.objects.filter(edition=1).update(data=b"{}")
    with pytest.raises(CommandError, match="Abweichungen: 1"):
        call_command("verify_reports", stdout=StringIO())


def test_who_put_it_forward_does_not_release_it(cast, report):
    lead = cast.lead
    go(report, A.PROPOSE, lead)
    with pytest.raises(StepRefused):
        go(report, A.RELEASE, lead, released_on=day())
    assert not FrozenReport.objects.exists()


def test_a_chapter_that_the_report_does_not_have_is_refused(cast, report):
    url = reverse("reporting:reporttext-create", args=[cast.home.slug])
    answer = cast.client().post(url, {"report": report.pk, "section": "situation", "text": "Lage"})
    assert answer.status_code == 422
    assert "Dieser Bericht hat das Kapitel nicht" in answer.content.decode()


def test_the_page_offers_draft_and_editions(cast, report):
    page = cast.client().get(reverse("reporting:report-detail", args=[cast.home.slug, report.pk])).content.decode()
    assert "Entwurf als PDF ansehen" in page
    assert "Noch keine Ausgabe freigegeben" in page
    other = cast.client("ministry").get(reverse("reporting:report-detail", args=[cast.home.slug, report.pk]))
    assert "Entwurf als PDF" not in other.content.decode()


def test_the_page_leads_to_the_chapters_without_text_and_only_to_those_of_its_kind(cast, report):
    url = f"/kyffhaeuserkreis/jahresberichte/{report.pk}/"
    ways = re.findall(r"berichtstexte/neu/\?report=\d+&amp;section=(\w+)", cast.client().get(url).content.decode())
    assert ways == ["steering", "measures", "results", "resolutions", "hurdles", "outlook"]
    form = cast.client().get(f"/kyffhaeuserkreis/berichtstexte/neu/?report={report.pk}&section=outlook")
    assert 'value="outlook" selected' in form.content.decode()
    assert "section=outlook" not in cast.client("ministry").get(url).content.decode()
    go(report, A.PROPOSE, cast.planner)
    assert "section=outlook" not in cast.client().get(url).content.decode()
