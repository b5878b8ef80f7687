"""The pages of plans: who may open them, what they show, how a text is saved, what happens with two versions."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from planning.models import PlanningCycle
from plans.enums import ChapterCode
from plans.models import ChapterText, Plan
from printing.errors import RenderUnavailable
from records.registry import kind_of
from tests.plans import records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]

READERS = ("planner", "lead", "adviser", "ministry", "admin")
WRITERS = ("planner", "lead")


@pytest.fixture
def plan(cast):
    records.make_catalogue()
    return records.make_plan(cast.home)


def url(name, plan, *parts):
    return reverse(f"plans:{name}", args=[plan.municipality.slug, *parts])


def pages(plan):
    """Address, people who may open it, whether it takes a POST."""
    return (
        (url("plan-list", plan), READERS, False),
        (url("plan-detail", plan, plan.pk), READERS, False),
        (url("plan-create", plan), WRITERS, True),
        (url("plan-update", plan, plan.pk), WRITERS, True),
        (url("plan-chapter", plan, plan.pk, "bedarf"), WRITERS, True),
    )


@pytest.mark.parametrize("who", ["planner", "lead", "foreign_planner", "adviser", "ministry", "admin", "anonymous"])
def test_each_page_opens_for_those_who_may(cast, plan, who):
    client = cast.client(who)
    for address, allowed, takes_post in pages(plan):
        answers = {"anonymous": 302, "foreign_planner": 404}
        get = answers.get(who, 200 if who in allowed else 403)
        assert client.get(address).status_code == get, address
        post = answers.get(who, (422 if takes_post else 405) if who in allowed else 403)
        assert client.post(address).status_code == post, address
    assert ChapterText.objects.count() == 0
    assert Plan.objects.count() == 1


def test_a_foreign_plan_does_not_exist_below_the_own_municipality(cast, plan):
    foreign = records.make_plan(cast.away)
    client = cast.client()
    for name, parts in (
        ("plan-detail", ()),
        ("plan-update", ()),
        ("plan-chapter", ("bedarf",)),
        ("plan-pdf", ()),
    ):
        for pk in (foreign.pk, 10**30):
            assert client.get(url(name, plan, pk, *parts)).status_code == 404, name
    assert client.get(url("plan-chapter", plan, plan.pk, "unfug")).status_code == 404


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("code", list(ChapterCode))
def test_every_chapter_has_a_preview(cast, plan, code):
    records.fill(plan)
    page = cast.client().get(url("plan-detail", plan, plan.pk), {"kapitel": code.slug}).content.decode()
    assert f"{code.number} {code.label}" in page
    assert f"{code.number}.1" in page or code in (ChapterCode.MEASURES, ChapterCode.FINANCE, ChapterCode.RESOLUTIONS)
    assert " style=" not in page


@pytest.mark.slow
def test_queries_of_the_pages_do_not_grow(cast, plan):
    client = cast.client()
    counts = []
    for amount in (1, 3):
        records.fill(plan, amount)
        counts.append([])
        for code in ChapterCode:
            with CaptureQueriesContext(connection) as queries:
                client.get(url("plan-detail", plan, plan.pk), {"kapitel": code.slug})
            counts[-1].append(len(queries))
    assert counts[0][1:] == counts[1][1:]
    assert counts[1][0] <= counts[0][0], "the first view judges every kind, a later one those that a change concerns"
    slow = {ChapterCode.TIMELINE, ChapterCode.SOURCES}  # one query per kind that has dates
    most = 45 + 52  # those of a chapter, its hints among them, and of the check that reads every kind that must agree
    assert max(n for n, code in zip(counts[0], ChapterCode, strict=True) if code not in slow) <= most
    with CaptureQueriesContext(connection) as queries:
        client.get(url("plan-list", plan))
    assert len(queries) <= 10


def test_a_text_is_saved_with_person_and_history(cast, plan):
    client = cast.client()
    address = url("plan-chapter", plan, plan.pk, "bedarf")
    answer = client.post(address, {"version": 0, "text": "Eins\n\n- zwei", "left_out_reason": ""})
    assert answer.status_code == 302
    text = ChapterText.objects.get()
    assert (text.chapter, text.text.replace("\r", ""), text.version) == ("needs", "Eins\n\n- zwei", 1)
    assert text.changed_by == cast.planner
    assert text.history.count() == 1
    page = client.get(answer.url).content.decode()
    assert "<p>Eins</p>" in page
    assert "<li>zwei</li>" in page
    client.post(address, {"version": 1, "text": "Neu", "left_out_reason": ""})
    text.refresh_from_db()
    assert (text.text, text.version, text.history.count()) == ("Neu", 2, 2)


@pytest.mark.parametrize("version", [0, 1])
def test_the_second_of_two_people_sees_both_versions(cast, plan, version):
    address = url("plan-chapter", plan, plan.pk, "bedarf")
    first, second = cast.client("planner"), cast.client("lead")
    first.post(address, {"version": 0, "text": "Anfang"})
    if version:
        first.post(address, {"version": 1, "text": "Fassung der Planung"})
    answer = second.post(address, {"version": version, "text": "Fassung der Leitung"})
    page = answer.content.decode()
    assert answer.status_code == 409
    (field,) = answer.context["conflict"].fields
    assert (field.mine, field.theirs) == ("Fassung der Leitung", "Fassung der Planung" if version else "Anfang")
    assert f'name="version" value="{version + 1}"' in page
    assert second.post(address, {"version": version + 1, "text": "Fassung der Leitung"}).status_code == 302
    assert ChapterText.objects.get().text == "Fassung der Leitung"


def test_a_text_without_version_is_refused(cast, plan):
    answer = cast.client().post(url("plan-chapter", plan, plan.pk, "bedarf"), {"text": "x"})
    assert answer.status_code == 422
    assert "Öffnen Sie es neu" in answer.content.decode()
    assert not ChapterText.objects.exists()


def test_leaving_out_needs_a_reason_and_loses_nothing_typed(cast, plan):
    address = url("plan-chapter", plan, plan.pk, "finanzplan")
    answer = cast.client().post(address, {"version": 0, "text": "Mein Text", "left_out": "on", "left_out_reason": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Begründen Sie, warum das Kapitel ausgelassen wird." in page
    assert "Mein Text" in page
    data = {"version": 0, "text": "Mein Text", "left_out": "on", "left_out_reason": "Haushalt offen."}
    assert cast.client().post(address, data).status_code == 302
    page = cast.client().get(url("plan-detail", plan, plan.pk), {"kapitel": "finanzplan"}).content.decode()
    assert "Dieses Kapitel ist ausgelassen." in page
    assert "Haushalt offen." in page
    assert "Mein Text" not in page


def test_a_text_of_a_hundred_thousand_characters_is_refused_in_german(cast, plan):
    answer = cast.client().post(
        url("plan-chapter", plan, plan.pk, "bedarf"), {"version": 0, "text": "x" * 100_000, "left_out_reason": ""}
    )
    assert answer.status_code == 422
    assert "20000" in answer.content.decode().replace("\u202f", "").replace(".", "").replace("\u00a0", "")
    assert not ChapterText.objects.exists()


def test_a_plan_is_made_for_a_free_year_only(cast, plan):
    client = cast.client()
    form = client.get(url("plan-create", plan))
    assert [value for value, _ in form.context["form"].fields["year"].choices] == [2019, 2017]
    assert (
        f'Pläne ab 2020: <a href="/kyffhaeuserkreis/planungszyklen/{plan.cycle_id}/fortschreiben/"'
        in form.content.decode()
    )
    data = {"version": 0, "form_key": "k1", "year": "2019", "as_of": "31.12.2019"}
    answer = client.post(url("plan-create", plan), data)
    made = Plan.objects.get(year=2019)
    assert answer.url == url("plan-detail", plan, made.pk)
    assert (str(made.as_of), made.cycle, made.created_by) == ("2019-12-31", plan.cycle, cast.planner)
    assert client.post(url("plan-create", plan), data).status_code == 422, "the year is taken now"
    assert client.post(url("plan-create", plan), data | {"year": "2017"}).status_code == 409, "this form was saved"
    assert client.post(url("plan-create", plan), data | {"form_key": "k2", "year": "2030"}).status_code == 422
    bad_day = client.post(url("plan-create", plan), data | {"form_key": "k3", "year": "2017", "as_of": "30.02.2017"})
    assert bad_day.status_code == 422
    assert "30.02.2017" in bad_day.content.decode()
    assert Plan.objects.count() == 2


def test_without_a_cycle_the_way_leads_to_the_cycle(cast):
    answer = cast.client().get(reverse("plans:plan-create", args=[cast.home.slug]))
    assert answer.status_code == 302
    assert not PlanningCycle.objects.exists()


@pytest.mark.slow
def test_the_pdf_is_a_download_of_the_whole_plan(cast, plan):
    records.fill(plan)
    answer = cast.client("adviser").get(url("plan-pdf", plan, plan.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="16065-kyffhaeuserkreis-plan-2018.pdf"'
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Maßnahmenziel 1" in text.replace("\u00a0", " ")


def test_without_the_library_the_page_says_what_is_missing(cast, plan, monkeypatch):
    def unavailable(content):
        raise RenderUnavailable("Die PDF-Ausgabe ist auf diesem Server nicht eingerichtet.")

    monkeypatch.setattr("plans.views.plans.plan_pdf", unavailable)
    answer = cast.client().get(url("plan-pdf", plan, plan.pk), follow=True)
    assert answer.status_code == 200
    assert "Die PDF-Ausgabe ist auf diesem Server nicht eingerichtet." in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pdf_is_only_read(cast, plan, method):
    assert getattr(cast.client(), method)(url("plan-pdf", plan, plan.pk)).status_code == 405


def test_what_hinders_the_plan_is_named_with_a_way_to_mend_it(cast, plan):
    client = cast.client()
    page = client.get(url("plan-detail", plan, plan.pk)).content.decode()
    assert "Beschluss fehlt" in page
    records.fill(plan)
    need = records.add(records.Need, municipality=cast.home, cycle=plan.cycle, title="Ohne alles")
    page = client.get(url("plan-detail", plan, plan.pk)).content.decode()
    assert "Beschluss fehlt" not in page
    assert kind_of(records.Need).url("detail", cast.home, need.pk) in page
    assert "1 Bedarf ohne Ziel" in page
    assert f"{reverse('plans:checks', args=[cast.home.slug])}?plan={plan.pk}" in page
