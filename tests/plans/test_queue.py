"""Documents, previews and releases by the queue: no request waits for the work, and nobody sees another's."""

import re
import uuid

import pytest
from django.urls import reverse

from accounts.enums import Role
from planning.models import Measure, Need
from plans.domain import freezing
from plans.enums import PlanAction
from plans.models import ChapterText, PlanEvent, PlanVersion
from plans.pages.life import step_url
from printing import render
from printing.pdf import worker
from records.queue import answers, claims, jobs, replay
from records.queue.order import note_turn, standing
from records.registry import kind_of
from records.views import beside
from tests.cast import make_cast, make_person
from tests.factories import make
from tests.html import read_form
from tests.plans.life.released import actors_in, go, make_plan, small_pdf
from tests.records.test_interleaving import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.slow]
A = PlanAction
HTMX = {"headers": {"HX-Request": "true"}}
DRAWN = b"%PDF-1.7 drawn"


@pytest.fixture
def queue(settings, tmp_path, monkeypatch):
    """A queue on which nobody works but ``work``; the process of the request may not draw. Gives what was drawn."""
    settings.QUEUE, settings.VAR_DIR = "asleep", tmp_path
    drawn = []

    def ask(job, *limits):
        assert working, "a request waits for heavy work"
        drawn.append(job)
        return worker.MADE, b'{"pages": [[794, 1123, ""]], "is_cut": false}' if b'"pages"' in job[:20] else DRAWN

    monkeypatch.setattr(render.SERVICE, "ask", ask)
    working.clear()
    return drawn


working = []


def work():
    """What the process does, here and now."""
    working.append(True)
    while waiting := standing()[0]:
        jobs.end(waiting[0].name, replay.outcome_of_view(waiting[0]))
    working.clear()


def files_of(plan):
    """The address of every document of which somebody waits for the drawing."""
    slug = plan.municipality.slug
    measure = Measure.objects.filter(municipality=plan.municipality).first()
    year = f"?jahr={plan.year}"
    return {
        reverse("plans:plan-pdf", args=[slug, plan.pk]): 404,
        reverse("plans:plan-word", args=[slug, plan.pk]): 404,
        reverse("plans:plan-compare-pdf", args=[slug]): 404,
        reverse("plans:plan-version-word", args=[slug, plan.pk, 1]): 404,
        reverse("plans:plan-version-timeline-pdf", args=[slug, plan.pk, 1]): 404,
        reverse("insight:timeline-export", args=[slug, "pdf"]): 404,
        reverse("reporting:plan-finance-pdf", args=[slug, plan.pk]): 404,
        reverse("reporting:measure-sheet", args=[slug, measure.pk]): 404,
        reverse("reporting:progress-report", args=[slug]) + year: 404,
        reverse("reporting:family-report", args=[slug]) + year: 404,
        reverse("reporting:state-report-pdf") + year: 403,
    }


def test_no_document_is_drawn_while_its_address_is_asked(cast, queue):
    """Every one answers „wird erzeugt“, then itself; twelve wishes of one person are not before the one of another."""
    plan = make_plan(cast.home)
    actors = actors_in(cast, cast.home)
    go(plan, actors, A.RELEASE, A.WITHDRAW)
    ministry, other = cast.client("ministry"), cast.client()
    for url, foreign in files_of(plan).items():
        answer = ministry.get(url)
        assert (answer.status_code, answer["Cache-Control"]) == (202, "private, no-store")
        assert answer["Retry-After"] in ("2", "5")
        assert cast.client("foreign_planner").get(url).status_code == foreign, url
    assert len(jobs.unfinished()) == len(files_of(plan))
    note_turn(cast.ministry.pk)
    url = next(iter(files_of(plan)))
    page = other.get(url).content.decode()
    assert "<h1>Integrierter Plan 2018 (Entwurf) wird erzeugt</h1>" in page
    assert f'<noscript><meta http-equiv="refresh" content="2; url={url}?wird-erzeugt=1"></noscript>' in page
    assert "Es ist als Nächstes an der Reihe." in page
    assert standing()[0][0].person == cast.planner.pk, "the other's one document comes first"
    assert other.get(f"/{cast.home.slug}/bedarfe/").status_code == 200
    work()
    for each in files_of(plan):
        answer = ministry.get(each)
        assert (answer.status_code, answer["Content-Disposition"][:11]) == (200, "attachment;"), each
    assert other.get(url).content == DRAWN


def test_the_page_goes_on_by_itself_and_says_when_the_file_is_there(cast, queue):
    plan, client = make_plan(cast.home), cast.client()
    url = reverse("plans:plan-pdf", args=[cast.home.slug, plan.pk])
    assert client.get(url).status_code == client.get(f"{url}?{answers.MARK}=1").status_code == 202
    part = client.get(f"{url}?{answers.MARK}=1", **HTMX)
    assert (part.status_code, "<html" in part.content.decode()) == (200, False)
    assert 'data-hx-trigger="load delay:2s"' in part.content.decode()
    work()
    assert len(queue) == 1, "the same document asked again joins"
    assert client.get(f"{url}?{answers.MARK}=1", **HTMX)["HX-Redirect"] == f"{url}?{answers.MARK}=1"
    ready = client.get(f"{url}?{answers.MARK}=1").content.decode()
    assert "ist fertig</h1>" in ready
    assert f'<meta http-equiv="refresh" content="0; url={url}">' in ready
    assert client.get(url).content == DRAWN
    assert cast.client("lead").get(url).status_code == 202, "it is this person's alone"


def test_too_many_wishes_and_failures_are_told_in_german(cast, queue, monkeypatch):
    plan, client = make_plan(cast.home), cast.client()
    url = reverse("plans:plan-pdf", args=[cast.home.slug, plan.pk])
    client.get(url)
    monkeypatch.setattr(render.SERVICE, "ask", lambda *job: None)
    work()
    answer = client.get(url, follow=True)
    assert "Das Dokument ist zu groß geworden." in answer.content.decode()
    assert answer.redirect_chain == [(reverse("plans:plan-detail", args=[cast.home.slug, plan.pk]), 302)]
    monkeypatch.setattr(jobs, "PER_PERSON", 0)
    answer = client.get(url)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Sie haben schon 0 Dokumente angefordert" in answer.content.decode()


def test_a_preview_waits_without_the_request_and_only_the_newest(cast, queue):
    plan, client = make_plan(cast.home), cast.client()
    url = reverse("plans:plan-chapter", args=[cast.home.slug, plan.pk, "bedarf"])
    sent = {"version": 0, "text": "Erst", "left_out_reason": "", "vorschau": "1"}
    answer = client.post(url, sent, **HTMX)
    assert (answer["HX-Retarget"], answer["HX-Trigger"]) == ("#seiten-stand", "seiten-folgen")
    assert "Die Seiten werden gezeichnet." in answer.content.decode()
    sent["text"] = "Dann"
    page = client.post(url, sent).content.decode()
    assert "Drücken Sie gleich noch einmal „Vorschau“." in page
    assert "Dann</textarea>" in page
    assert len(jobs.unfinished()) == 1
    work()
    assert b"Dann" in queue[0]
    answer = client.post(url, sent, **HTMX).content.decode()
    assert "Gedruckte Seite 1" in answer
    assert '<p id="seiten-stand" data-hx-swap-oob="innerHTML"></p>' in answer
    assert not ChapterText.objects.filter(text="Dann").exists()


# ---------------------------------------------------------------- releases
@pytest.mark.django_db(transaction=True)
def test_twenty_equal_releases_freeze_once_and_end_at_the_same_page(queue, monkeypatch):
    cast = make_cast()
    frozen, plan = [], make_plan(cast.home)
    monkeypatch.setattr(freezing, "plan_pdf", lambda content: frozen.append(1) or small_pdf(content))
    url, back = step_url(plan, A.RELEASE), reverse("plans:plan-detail", args=[cast.home.slug, plan.pk])
    lead, second = cast.client("lead"), make_person("leitung-2", Role.LEAD, cast.home)
    opened, other_window = (read_form(lead.get(url).content).values | {"note": "Ein Grund"} for _ in range(2))
    told = []

    def send():
        answer = lead.post(url, opened)
        told.append((answer.status_code, answer.headers.get("Location") or answer.content.decode()))

    at_once(*[send] * 20)
    assert set(told) == {(302, f"{url}?{answers.MARK}=1")}
    assert (len(jobs.unfinished()), frozen) == (1, [])
    page = lead.get(url)
    assert page.status_code == 202
    assert "Integrierter Plan 2018, Fassung 1, wird freigegeben</h1>" in page.content.decode()
    lead_2 = cast.client("anonymous")
    lead_2.force_login(second)
    held = lead_2.post(url, read_form(lead.get(back).content).values | opened | {"form_key": "andere"})
    assert held.status_code == 422
    assert re.search(r"wird freigegeben, begonnen von Funktion leitung-kyf um \d\d:\d\d Uhr", held.content.decode())
    assert lead_2.get(url).status_code == 302
    for who, leads_on in ((lead, True), (lead_2, False), (cast.client(), False)):
        told = who.get(back).content.decode()
        assert re.search(r"wird freigegeben, begonnen von Funktion leitung-kyf um \d\d:\d\d Uhr", told)
        assert (f'href="{url}?{answers.MARK}=1"' in told, f'href="{url}"' in told) == (leads_on, False)
    work()
    assert lead.get(f"{url}?{answers.MARK}=1", **HTMX)["HX-Redirect"] == url
    done = lead.get(url, follow=True)
    assert (done.redirect_chain, "Fassung 1 freigegeben" in done.content.decode()) == ([(back, 302)], True)
    for again in (opened, other_window):
        answer = lead.post(url, again)
        assert (answer.status_code, answer.url) == (302, back), "later, and from another window"
    assert (len(frozen), PlanVersion.objects.count(), PlanEvent.objects.count()) == (1, 1, 1)
    assert jobs.unfinished() == []


def test_a_release_that_fails_in_the_queue_shows_the_form_again_with_what_was_typed(cast, queue, monkeypatch):
    plan, lead = make_plan(cast.home), cast.client("lead")

    def changed(content):
        make(Need, cast.home, text="Währenddessen")
        return small_pdf(content)

    monkeypatch.setattr(freezing, "plan_pdf", changed)
    url = step_url(plan, A.RELEASE)
    sent = read_form(lead.get(url).content).values | {"note": "Ein Grund"}
    assert lead.post(url, sent).status_code == 302
    work()
    assert lead.post(url, sent).status_code == 422, "the same form is not drawn once more for the same refusal"
    assert lead.post(url, sent).status_code == 302
    work()
    other = sent | {"form_key": "andere", "note": "Ein anderer Grund"}
    assert lead.post(url, other).status_code == 302, "another form is another try"
    work()
    page = lead.get(url)
    assert page.status_code == 422
    assert "wurden Einträge geändert" in page.content.decode()
    assert "Ein anderer Grund</textarea>" in page.content.decode()
    monkeypatch.setattr(freezing, "plan_pdf", small_pdf)
    lead.post(url, read_form(page.content).values)
    work()
    assert "Fassung 1 freigegeben" in lead.get(url, follow=True).content.decode()


def test_steps_and_texts_sent_again_by_their_person_are_the_same(cast, queue):
    """Also from another window, and for a step whose work is not slow; what another person does is told as such."""
    plan, client = make_plan(cast.home), cast.client()
    url, back = step_url(plan, A.PROPOSE), reverse("plans:plan-detail", args=[cast.home.slug, plan.pk])
    one, other = (read_form(client.get(url).content).values | {"note": "Bitte lesen"} for _ in range(2))
    for sent in (one, one, other):
        answer = client.post(url, sent)
        assert (answer.status_code, answer.url) == (302, back)
    assert PlanEvent.objects.count() == 1
    assert cast.client("lead").post(url, other | {"form_key": "dritte"}).status_code == 422
    go(plan, actors_in(cast, cast.home), A.TAKE_BACK)
    chapter = reverse("plans:plan-chapter", args=[cast.home.slug, plan.pk, "ziele"])
    sent = read_form(client.get(chapter).content).values | {"text": "Eigene Worte"}
    assert [client.post(chapter, sent).status_code for _ in range(2)] == [302, 302]
    assert cast.client("lead").post(chapter, sent | {"text": "Andere"}).status_code == 409


def test_what_the_queue_prevents_is_found(cast, queue, settings, monkeypatch):
    """Negative controls: without the queue the request draws, without the claim every form is a job of its own."""
    plan, lead = make_plan(cast.home), cast.client("lead")
    url = step_url(plan, A.RELEASE)
    sent = read_form(lead.get(url).content).values | {"note": "Ein Grund"}
    monkeypatch.setattr(claims, "claim_name", lambda record: jobs.name_of(str(uuid.uuid4())))
    assert {lead.post(url, sent).status_code for _ in range(3)} == {302}
    assert len(jobs.unfinished()) == 3
    settings.QUEUE = "inline"
    with pytest.raises(AssertionError, match="a request waits for heavy work"):
        lead.get(reverse("plans:plan-pdf", args=[cast.home.slug, plan.pk]))


def test_a_long_list_as_file_is_made_by_the_queue(cast, queue, monkeypatch):
    monkeypatch.setattr(beside, "LONG_LIST", 1)
    for title in ("Kita am Abend", "Bus am Abend"):
        make(Need, cast.home, full=False, title=title)
    url = kind_of(Need).url("csv", cast.home)
    answer = cast.client().get(url)
    assert answer.status_code == 202
    assert "<h1>Bedarfe als CSV wird erzeugt</h1>" in answer.content.decode()
    work()
    assert "Kita am Abend" in cast.client().get(url).content.decode()
    monkeypatch.setattr(beside, "LONG_LIST", 2)
    assert cast.client("lead").get(url).status_code == 200, "a short one comes directly"
