"""The life of a plan through its pages: conditions before the button, refusals after it, remarks, receipts, review."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from participation.models import Resolution
from planning.enums import Severity
from planning.models import CheckRule, Deadline
from plans import checks
from plans.checks import CheckFinding
from plans.domain import lifecycle
from plans.enums import ChapterCode, PlanAction, PlanState
from plans.models import ChapterText, PlanEvent, PlanVersion, Remark, RemarkAnswer
from plans.pages.life import step_url
from plans.queries.stored import stored_pages
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.plans.life.owner import past_the_guards
from tests.plans.life.released import TO_PUBLISHED, TO_REVIEW, actors_in, go, make_plan, newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.once]
A = PlanAction


@pytest.fixture
def plan(cast):
    return make_plan(cast.home)


@pytest.fixture
def no_findings(monkeypatch):
    monkeypatch.setattr(lifecycle, "blocking_of", lambda plan: [])


def url(name, plan, *parts):
    return reverse(f"plans:{name}", args=[plan.municipality.slug, plan.pk, *parts])


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def fields(response):
    """The hidden fields of the form, as a browser sends them."""
    html = response.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(version|form_key)" value="([^"]*)"', html))
    assert set(found) == {"version", "form_key"}, html
    return found


def press(client, plan, action, **typed):
    """Open the page of a step and press its button."""
    address = step_url(plan, action)
    return client.post(address, fields(client.get(address)) | typed)


@pytest.mark.slow
def test_the_whole_way_from_draft_to_the_public_by_hand(cast, plan, no_findings):
    planner, lead, ministry = (cast.client(who) for who in ("planner", "lead", "ministry"))
    assert press(planner, plan, A.PROPOSE, note="Bitte ansehen").status_code == 302
    assert press(lead, plan, A.RELEASE).status_code == 302
    answer = press(planner, plan, A.SUBMIT)
    assert answer.url == url("plan-receipt", plan, 1)
    version = newest(plan)
    receipt = text_of(planner.get(answer.url))
    assert version.pdf_sha256 in receipt
    assert version.content_sha256 in receipt
    assert "keine Frist hinterlegt" in receipt
    assert press(ministry, plan, A.BEGIN_REVIEW).status_code == 302
    assert press(ministry, plan, A.APPROVE, note="Werte nachreichen").status_code == 302
    assert press(lead, plan, A.PUBLISH).status_code == 302
    page = text_of(planner.get(url("plan-detail", plan)))
    assert "Fassung 1, veröffentlicht" in page
    assert "Werte nachreichen" in page
    plan.refresh_from_db()
    assert (plan.state, plan.edition) == (PlanState.PUBLISHED, 1)
    assert [e.action for e in PlanEvent.objects.filter(plan=plan)] == [
        "propose",
        "release",
        "submit",
        "begin_review",
        "approve",
        "publish",
    ]


def test_who_wrote_the_draft_is_told_before_and_after_the_button(cast, plan, no_findings):
    lead = cast.client("lead")
    address = reverse("plans:plan-chapter", args=[cast.home.slug, plan.pk, "bestand"])
    assert lead.post(address, {"text": "Wort", "version": 0}).status_code == 302
    page = lead.get(step_url(plan, A.RELEASE))
    assert "Eine zweite Person gibt sie frei" in text_of(page)
    assert "steht hier die Schaltfläche „Freigeben“" in text_of(page)
    answer = lead.post(step_url(plan, A.RELEASE), fields(page))
    assert answer.status_code == 422
    assert "Eine zweite Person gibt sie frei" in text_of(answer)
    assert not PlanVersion.objects.exists()


def test_without_a_resolution_no_reason_helps(cast, plan, no_findings):
    five_years = Resolution.objects.get()
    Resolution.objects.update(first_year=2019, last_year=2023)
    lead = cast.client("lead")
    answer = press(lead, plan, A.RELEASE, note="Trotzdem")
    assert answer.status_code == 422
    assert "Ein Beschluss über den Plan 2018 ist nicht erfasst" in text_of(answer)
    assert "?legitimises=plan&amp;first_year=2018" in answer.content.decode()
    assert "Trotzdem" in answer.content.decode()
    Resolution.objects.update(outcome="deferred", deferred_to=VagueDate.from_iso("2019-06"), first_year=2018)
    page = lead.get(step_url(plan, A.RELEASE))
    assert f"„{five_years}“ ist vertagt auf Juni 2019" in text_of(page)
    assert kind_of(Resolution).url("update", cast.home, five_years.pk) in page.content.decode()
    assert not PlanVersion.objects.exists()


def test_the_page_and_the_step_name_the_resolution_that_counts(cast, plan, no_findings):
    Resolution.objects.update(resolved_on=VagueDate.from_iso("2012"), first_year=2016, last_year=2020)
    lead, words = cast.client("lead"), "Wort Kreistag title, 2012: Wort subject (gilt für: Pläne 2016–2020)"
    assert words in text_of(lead.get(step_url(plan, A.RELEASE)))
    assert press(lead, plan, A.RELEASE).status_code == 302
    assert words in PlanEvent.objects.get(plan=plan).details["resolution"]


@pytest.mark.slow
def test_where_the_programme_allows_it_a_reason_stands_in_for_the_resolution(cast, plan, no_findings):
    Resolution.objects.all().delete()
    rule = {"code": "resolution", "severity": "blocking", "exception_by_reason": True}
    make(CheckRule, None, full=False, **rule, valid_from=date(2019, 1, 1))
    lead = cast.client("lead")
    assert press(lead, plan, A.RELEASE, note="Wahl").status_code == 422  # not in the year of this plan
    make(CheckRule, None, full=False, **rule, valid_until=date(2018, 12, 31))
    assert press(lead, plan, A.RELEASE).status_code == 422
    assert press(lead, plan, A.RELEASE, note="Der Kreistag ist noch nicht gewählt.").status_code == 302
    event = PlanEvent.objects.get(plan=plan)
    assert event.note == "Der Kreistag ist noch nicht gewählt."
    assert (event.details["resolution"], event.details["outweighed"]) == (
        "",
        ["Ein Beschluss über den Plan 2018 ist nicht erfasst."],
    )


def finding():
    shape = dict.fromkeys(CheckFinding.__dataclass_fields__, "") | {"excusable": True, "count": 3, "blocking": True}
    return CheckFinding(**shape | {"code": "needs_without_goal", "text": "3 Bedarfe ohne Ziel"})


@pytest.mark.slow
def test_a_blocking_finding_asks_for_a_reason_that_stays_with_the_edition(cast, plan, monkeypatch):
    monkeypatch.setattr(lifecycle, "blocking_of", lambda plan: [finding()])
    lead = cast.client("lead")
    page = text_of(lead.get(step_url(plan, A.RELEASE)))
    assert "Diese Punkte sind noch offen. Sie können trotzdem freigeben, wenn Sie unten den Grund aufschreiben." in page
    assert "3 Bedarfe ohne Ziel" in page
    assert "trotzdem freigegeben wird – optional" not in page
    refused = press(lead, plan, A.RELEASE)
    assert refused.status_code == 422
    assert '<a href="#id_note">Grund, warum der Plan trotzdem freigegeben wird: Schreiben Sie den Grund auf.</a>' in (
        refused.content.decode()
    )
    assert refused.content.decode().count("3 Bedarfe ohne Ziel") == 1  # once, among the open points
    assert press(lead, plan, A.RELEASE, note="Wird 2019 ergänzt").status_code == 302
    event = PlanEvent.objects.get(plan=plan)
    assert event.note == "Wird 2019 ergänzt"
    assert event.details["outweighed"] == ["3 Bedarfe ohne Ziel"]
    assert "Wird 2019 ergänzt" in text_of(lead.get(url("plan-detail", plan)))


def test_a_hint_does_not_hinder(cast, plan):
    for code in {each.code for each in checks.blocking_of(plan)}:
        make(CheckRule, None, full=False, code=code, severity=Severity.HINT)
    assert checks.findings_of(plan)
    assert press(cast.client("lead"), plan, A.RELEASE).status_code == 302


def test_the_real_check_is_asked(cast, plan):
    assert lifecycle.blocking_of is checks.blocking_of
    assert checks.blocking_of(plan) == [each for each in checks.findings_of(plan) if each.blocking] != []
    assert press(cast.client("lead"), plan, A.RELEASE).status_code == 422


def test_what_is_not_a_draft_cannot_be_written(cast, plan):
    go(plan, actors_in(cast, cast.home), A.RELEASE)
    planner = cast.client()
    stored = ChapterText.objects.get()
    address = reverse("plans:plan-chapter", args=[cast.home.slug, plan.pk, "bedarf"])
    answer = planner.post(address, {"text": "Anders", "version": stored.version})
    assert answer.status_code == 422
    assert "Muss noch etwas anders werden, bitten Sie die Leitung, die Freigabe zurückzunehmen" in text_of(answer)
    assert "Anders" in answer.content.decode()
    answer = planner.post(url("plan-update", plan), {"as_of": "31.12.2018", "version": plan.version})
    assert answer.status_code == 422
    stored.refresh_from_db()
    assert stored.text == "Wort text"


def test_a_frozen_edition_is_shown_and_handed_out_as_it_was_stored(cast, plan):
    go(plan, actors_in(cast, cast.home), A.RELEASE)
    version = newest(plan)
    ChapterText.objects.update(text="Später geändert")
    planner = cast.client()
    for address in (url("plan-detail", plan), url("plan-version", plan, 1)):
        page = planner.get(f"{address}?kapitel=bedarf").content.decode()
        assert stored_pages(version)[ChapterCode.NEEDS] in page
        assert "Später geändert" not in page
    assert planner.get(url("plan-version-pdf", plan, 1)).content == bytes(version.pdf)
    assert planner.get(url("plan-version-json", plan, 1)).content == bytes(version.content)
    assert planner.get(url("plan-pdf", plan)).url == url("plan-version-pdf", plan, 1)
    assert planner.get(url("plan-version", plan, 2)).status_code == 404
    assert planner.get(url("plan-receipt", plan, 1)).status_code == 404


def write_remark(cast, plan, text="Bitte ergänzen", chapter="needs"):
    ministry = cast.client("ministry")
    address = url("remark-create", plan)
    return ministry.post(address, fields(ministry.get(address)) | {"chapter": chapter, "text": text})


@pytest.mark.slow
def test_remarks_are_read_when_they_are_sent_and_answered_once(cast, plan):
    actors = actors_in(cast, cast.home)
    go(plan, actors, *TO_REVIEW)
    assert write_remark(cast, plan).status_code == 302
    remark = Remark.objects.get()
    planner, ministry = cast.client(), cast.client("ministry")
    page = f"{url('plan-detail', plan)}?kapitel=bedarf"
    assert "Bitte ergänzen" not in text_of(planner.get(page))
    assert "Bitte ergänzen" in text_of(ministry.get(page))
    assert planner.get(url("remark-answer", plan, remark.pk)).status_code == 404
    go(plan, actors, A.RETURN)
    assert "Bitte ergänzen" in text_of(planner.get(page))
    go(plan, actors, A.REVISE)
    form = planner.get(url("remark-answer", plan, remark.pk))
    typed = fields(form) | {"text": "Ist ergänzt", "settled": "on"}
    assert planner.post(url("remark-answer", plan, remark.pk), typed).status_code == 302
    assert "Ist ergänzt" in text_of(planner.get(page))
    again = planner.post(url("remark-answer", plan, remark.pk), typed | {"text": "Zweimal"})
    assert again.status_code == 409
    assert "Zweimal" in again.content.decode()
    assert RemarkAnswer.objects.get().text == "Ist ergänzt"
    go(plan, actors, A.RELEASE)
    late = planner.post(url("remark-answer", plan, remark.pk), typed | {"text": "Später", "version": "1"})
    assert late.status_code == 422
    assert RemarkAnswer.objects.get().text == "Ist ergänzt"


def test_a_remark_is_changed_and_dropped_only_in_review(cast, plan):
    actors = actors_in(cast, cast.home)
    go(plan, actors, *TO_REVIEW)
    write_remark(cast, plan)
    remark, ministry = Remark.objects.get(), cast.client("ministry")
    address = url("remark-update", plan, remark.pk)
    typed = fields(ministry.get(address)) | {"chapter": "goals", "text": "Anders"}
    assert ministry.post(address, typed).status_code == 302
    remark.refresh_from_db()
    assert (remark.chapter, remark.text) == ("goals", "Anders")
    assert remark.history.count() == 2
    assert ministry.post(address, typed | {"text": ""}).status_code == 422
    assert ministry.post(address, typed).status_code == 302, "the same form, sent once more"
    assert remark.history.count() == 2
    assert ministry.post(address, typed | {"text": "Wieder anders"}).status_code == 409
    write_remark(cast, plan, "Bleibt")
    typed = fields(ministry.get(address)) | {"chapter": "goals", "text": "Anders", "loeschen": "1"}
    assert ministry.post(address, typed).status_code == 302
    assert [each.text for each in Remark.objects.all()] == ["Bleibt"]
    address = url("remark-update", plan, Remark.objects.get().pk)
    opened = fields(ministry.get(address))
    go(plan, actors, A.RETURN)
    assert ministry.get(address).status_code == 302  # there is no form that cannot be sent
    answer = ministry.post(address, opened | {"chapter": "goals", "text": "Zu spät"})
    assert answer.status_code == 422
    assert Remark.objects.get().text == "Bleibt"


def test_a_plan_is_not_returned_without_a_remark(cast, plan):
    go(plan, actors_in(cast, cast.home), *TO_REVIEW)
    answer = press(cast.client("ministry"), plan, A.RETURN)
    assert answer.status_code == 422
    assert "mindestens eine Anmerkung" in text_of(answer)


def test_a_late_submission_is_possible_and_marked(cast, plan):
    make(Deadline, None, full=False, year=2018, for_plan=True, due=VagueDate.from_iso("2018-11-15"), phase="resolution")
    actors = actors_in(cast, cast.home)
    go(plan, actors, A.RELEASE)
    page = text_of(cast.client().get(step_url(plan, A.SUBMIT)))
    assert "Frist: 15.11.2018" in page
    go(plan, actors, A.SUBMIT, at=datetime(2018, 11, 15, 23, 0, tzinfo=UTC))
    assert "verspätet eingereicht" in text_of(cast.client().get(url("plan-receipt", plan, 1)))
    assert "verspätet" in text_of(cast.client("ministry").get(f"{reverse('overview:review')}?jahr=2018"))


def test_a_step_that_does_not_exist_now_leads_back(cast, plan):
    lead = cast.client("lead")
    answer = lead.get(step_url(plan, A.PUBLISH), follow=True)
    assert "ist jetzt nicht möglich. Der Plan ist noch ein Entwurf. Zuerst gibt ihn die Leitung frei." in text_of(
        answer
    )
    answer = lead.post(step_url(plan, A.PUBLISH), {"version": plan.version})
    assert answer.status_code == 422
    assert not PlanEvent.objects.exists()


def test_a_step_of_a_plan_that_has_changed_meanwhile_is_refused_with_the_text_kept(cast, plan):
    planner = cast.client()
    typed = fields(planner.get(step_url(plan, A.PROPOSE)))
    planner.post(url("plan-update", plan), {"as_of": "31.12.2018", "version": plan.version})
    answer = planner.post(step_url(plan, A.PROPOSE), typed | {"note": "Mein Hinweis"})
    assert answer.status_code == 422
    assert "Mein Hinweis" in answer.content.decode()
    assert not PlanEvent.objects.exists()


@pytest.mark.parametrize("broken", [{}, {"version": "x"}, {"version": "1", "note": "x" * 20_001}])
def test_a_broken_form_is_a_sentence(cast, plan, broken):
    answer = cast.client().post(step_url(plan, A.PROPOSE), broken)
    assert answer.status_code == 422
    assert not PlanEvent.objects.exists()


def test_the_ministry_sees_all_plans_by_name_with_the_same_queries(cast, plan):
    go(plan, actors_in(cast, cast.home), *TO_PUBLISHED)
    ministry = cast.client("ministry")
    counts = []
    for number in range(2):
        for place in range(number * 20):
            Municipality.objects.create(
                ags=f"16{900 + place}",
                name=f"Ort {place:02}",
                slug=f"ort-{place}",
                kind=MunicipalityKind.DISTRICT,
                state_region=StateRegion.NORTH,
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = ministry.get(f"{reverse('overview:review')}?jahr=2018")
        counts.append(len(queries))
    names = re.findall(r'<a class="rec"[^>]*>([^<]+)<', page.content.decode())
    assert names == sorted(names)
    assert len(names) == 22
    assert "veröffentlicht" in text_of(page)
    assert counts[0] == counts[1]
    waiting = ministry.get(f"{reverse('overview:review')}?jahr=2018&nur=pruefung")
    assert "Kein Plan wartet auf das Ministerium" in text_of(waiting)


def test_the_receipt_is_a_document(cast, plan):
    go(plan, actors_in(cast, cast.home), A.RELEASE, A.SUBMIT)
    version = newest(plan)
    answer = cast.client().get(url("plan-receipt-pdf", plan, 1))
    assert answer["Content-Type"] == "application/pdf"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert words.startswith("Zuständiges Ministerium des Freistaats Thüringen")
    assert "Eingangsbestätigung" in words
    assert version.pdf_sha256 in re.sub(r"\s", "", words)
    assert cast.client("foreign_planner").get(url("plan-receipt-pdf", plan, 1)).status_code == 404


def test_chapters_carry_the_sign_of_what_they_lack(cast, plan):
    page = cast.client().get(url("plan-detail", plan)).content.decode()
    by_chapter = {each.chapter: each.blocking for each in checks.findings_of(plan)}
    assert by_chapter
    for code in by_chapter:
        link = re.search(rf'<a href="[^"]*kapitel={code.slug}"[^>]*>.*?</a>', page, re.DOTALL)[0]
        assert "verhindert die Freigabe" in link or "Hinweis" in link


def test_a_damaged_edition_is_neither_shown_nor_handed_out(cast, plan):
    go(plan, actors_in(cast, cast.home), A.RELEASE)
    planner = cast.client()
    with past_the_guards():
        PlanVersion.objects.update(pages=b"{}", pdf=b"%PDF-other")
        assert "Diese Fassung wird nicht gezeigt" in text_of(planner.get(url("plan-version", plan, 1)))
        assert planner.get(url("plan-version-pdf", plan, 1)).url == url("plan-version", plan, 1)
    assert planner.get(url("plan-version-pdf", plan, 1)).status_code == 200
