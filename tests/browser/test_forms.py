"""What a person relies on while typing, without JavaScript: nothing is lost, errors stand where they belong."""

import re

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from planning.models import Hurdle, Need, Offer, Provider, TargetGroup
from records.domain.saving import create_record
from records.registry import kind_of
from tests.browser.portal import fill, follow, main_form, save, search
from tests.cast import PASSWORD, make_person
from tests.factories import make

pytestmark = pytest.mark.browser
VAGUE = (
    ("D", {"day": "17.08.2016"}, "17.08.2016"),
    ("M", {"month": "8", "year": "2017"}, "August 2017"),
    ("Q", {"quarter": "1", "year": "2018"}, "1. Quartal 2018"),
    ("H", {"half": "2", "year": "2018"}, "2. Halbjahr 2018"),
    ("Y", {"year": "2019"}, "2019"),
)


def new_form(portal, page, model):
    kind = kind_of(model)
    page.goto(kind.url("create", portal.place(kind)))
    return kind


def test_log_in_and_out_by_the_form(portal):
    page = portal.page("anonymous")
    page.goto("/anmelden/")
    page.fill("[name=username]", portal.cast.planner.username)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("form:has([name=password]) button[type=submit]").first)
    assert page.get_by_text("Funktion planung-kyf").first.is_visible()
    page.locator("details.account > summary").click()
    follow(page.get_by_role("button", name="Abmelden"))
    page.goto(f"/{portal.cast.home.slug}/")
    assert "/anmelden/" in page.url
    page.close()


def test_errors_stand_at_the_field_and_everything_typed_is_kept(portal):
    page = portal.page()
    new_form(portal, page, Hurdle)
    typed = {
        "title": "Viel zu tun, „Übergabe“",
        "category": "workload",
        "phase": "needs",
        "what_helped": "Zwei\nZeilen",
    }
    dates = {"begin_precision": "D", "begin_day": "30.02.2018", "end_precision": "Y", "end_year": "18"}
    fill(page, typed | dates | {"is_shared": "on", "is_example": "on"})
    save(page)

    form = main_form(page)
    for name, value in (typed | {"begin_day": "30.02.2018", "end_year": "18"}).items():
        assert form.locator(f"[name={name}]").input_value() == value
    assert form.locator("[name=end_precision][value=Y]").is_checked()
    assert form.locator("[name=is_shared]").is_checked()
    for name, sentence in (("begin", "Diesen Tag gibt es nicht."), ("end", "Geben Sie das Jahr vierstellig an")):
        described = form.locator(f"#id_{name}").get_attribute("aria-describedby").split()
        assert sentence in page.locator(f"#{described[-1]}").inner_text()
    assert page.get_by_role("alert").get_by_role("link").count() == 2
    assert page.title().startswith("Fehler: ")
    page.close()


def test_required_and_too_long_texts_get_a_sentence_at_the_field(portal):
    page = portal.page()
    new_form(portal, page, Need)
    fill(page, {"description": "x" * 20_001})
    save(page)
    form = main_form(page)
    for name in ("title", "description"):
        control = form.locator(f"[name={name}]")
        assert control.get_attribute("aria-invalid") == "true"
        error = control.get_attribute("aria-describedby").split()[-1]
        assert page.locator(f"#{error}").inner_text().strip()
    assert form.locator("[name=description]").input_value() == "x" * 20_001
    page.close()


@pytest.mark.parametrize(
    ("precision", "parts", "shown"),
    [pytest.param(*row, id=row[0], marks=[] if row[0] == "D" else [pytest.mark.long]) for row in VAGUE],
)
def test_vague_date_is_entered_as_vague_as_it_is_known(portal, precision, parts, shown):
    page = portal.page()
    kind = new_form(portal, page, Hurdle)
    dates = {"begin_precision": precision} | {f"begin_{part}": value for part, value in parts.items()}
    fill(page, {"title": f"Ungenau {precision}", "category": "data", "phase": "needs"} | dates)
    assert [part for part in ("day", "month", "quarter", "half", "year") if visible(page, part)] == list(parts)
    save(page)
    search(page, kind.url("list", portal.cast.home), f"Ungenau {precision}")
    row = page.locator("main tbody tr", has_text=f"Ungenau {precision}")
    assert shown in row.inner_text()
    page.close()


def visible(page, part):
    return page.locator(f"main [name=begin_{part}]").is_visible()


def test_related_record_is_created_on_the_way_and_nothing_is_lost(portal):
    page = portal.page()
    new_form(portal, page, Offer)
    typed = {"title": "Angebot auf Umwegen", "description": "Mit „Anführung“\nund Zeile", "capacity": "12 Plätze"}
    field = str(portal.records["actionfield"].pk)
    fill(page, typed | {"action_fields": [field], "begin_precision": "M", "begin_month": "8", "begin_year": "2017"})
    follow(page.get_by_role("button", name="Träger anlegen"))
    fill(page, {"title": "Träger von unterwegs", "kind": "church"})
    save(page)

    form = main_form(page)
    assert page.locator("h1").inner_text() == "Angebot anlegen"
    for name, value in (typed | {"begin_month": "8", "begin_year": "2017"}).items():
        assert form.locator(f"[name={name}]").input_value() == value
    assert form.locator(f"[name=action_fields][value='{field}']").is_checked()
    assert form.locator("[name=provider] option:checked").inner_text() == "Träger von unterwegs"
    save(page)
    offer = Offer.objects.get(title="Angebot auf Umwegen")
    assert offer.provider == Provider.objects.get(title="Träger von unterwegs")
    assert (offer.description, offer.begin.iso) == ("Mit „Anführung“\nund Zeile", "2017-08")
    page.close()


@pytest.mark.long
def test_two_planners_collide_and_see_both_versions(portal):
    need = make(Need, portal.cast.home, text="Gemeinsam", title="Gemeinsamer Bedarf")
    kind = kind_of(Need)
    address = kind.url("update", portal.cast.home, need.pk)
    first, second = portal.page("planner"), portal.page("lead")
    for page in (first, second):
        page.goto(address)
    fill(first, {"title": "Fassung der Planung", "priority_set_by": "Planung", "description": "Neu beschrieben"})
    save(first)
    fill(second, {"title": "Fassung der Leitung", "priority_set_by": "Leitung"})
    save(second)

    table = second.get_by_role("alert").get_by_role("table")
    row = table.get_by_role("row", name="Bedarf").first
    assert "Fassung der Planung" in row.inner_text()
    assert "Fassung der Leitung" in row.inner_text()
    assert str(portal.cast.planner) in second.get_by_role("alert").inner_text()
    assert Need.objects.get(pk=need.pk).title == "Fassung der Planung"
    assert main_form(second).locator("[name=title]").input_value() == "Fassung der Leitung"

    assert table.get_by_label("Gespeicherte Fassung übernehmen: Beschreibung").is_checked()
    table.get_by_text("Gespeicherte Fassung übernehmen: Priorität gesetzt von").click()
    save(second)
    stored = Need.objects.get(pk=need.pk)
    assert (stored.title, stored.version) == ("Fassung der Leitung", need.version + 2)
    assert (stored.priority_set_by, stored.description) == ("Planung", "Neu beschrieben")
    second.goto(kind.url("history", portal.cast.home, need.pk))
    history = second.locator("main").inner_text()
    assert "Fassung der Planung" in history
    assert "Fassung der Leitung" in history
    first.close()
    second.close()


def test_record_others_depend_on_is_not_deleted_and_the_reason_is_shown(portal):
    kind = kind_of(Provider)
    provider = make(Provider, portal.cast.home, text="Wird gebraucht")
    create_record(Offer(municipality=portal.cast.home, title="Hängt daran", provider=provider), actor=None)
    page = portal.page()
    page.goto(kind.url("detail", portal.cast.home, provider.pk))
    follow(page.get_by_role("link", name="Löschen"))
    assert page.get_by_role("link", name="Hängt daran").is_visible()
    assert page.get_by_role("button", name="Träger löschen").count() == 0
    page.close()


def test_double_click_on_save_stores_one_record(portal):
    page = portal.page()
    kind = new_form(portal, page, Hurdle)
    fill(page, {"title": "Doppelt gesendet", "category": "data", "phase": "needs"})
    detail = re.compile(re.escape(kind.url("list", portal.cast.home)) + r"\d+/$")
    main_form(page).locator(".actions .kern-btn--primary").dblclick()
    expect(page).to_have_url(detail)  # the second sending breaks off the first, which no waiting for one of them bears
    search(page, kind.url("list", portal.cast.home), "Doppelt gesendet")
    assert page.locator("main tbody tr").count() == 1
    page.close()


@pytest.mark.long
def test_list_is_filtered_sorted_and_paged_by_its_address(portal):
    for number in range(31):
        make(Hurdle, portal.cast.home, full=False, text="Seite", title=f"Blatt {number:02d}", category="holidays")
    kind, page = kind_of(Hurdle), portal.page()
    page.goto(kind.url("list", portal.cast.home) + "?category=holidays&q=Blatt&sortierung=-title")
    assert page.locator("main tbody a.rec").first.inner_text() == "Blatt 30"
    follow(page.get_by_role("link", name="Seite 2").first)
    assert page.locator("main tbody a.rec").all_inner_texts() == ["Blatt 00"]
    page.close()


def test_person_whose_role_has_ended_is_out(portal):
    leaver = make_person("ehemals", Role.PLANNER, portal.cast.home, valid_until="2020-12-31")
    context = portal.browser.new_context(base_url=portal.url)
    page = context.new_page()
    page.goto("/anmelden/")
    page.fill("[name=username]", leaver.username)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("form:has([name=password]) button[type=submit]").first)
    assert page.goto(f"/{portal.cast.home.slug}/").status == 404
    context.close()


def test_going_back_and_saving_a_correction_changes_the_same_record(portal):
    kind, page = kind_of(TargetGroup), portal.page(script=True)
    before = TargetGroup.objects.count()
    page.goto(kind.url("create", portal.cast.home))
    fill(page, {"title": "Alleinerzihende"})
    save(page)
    page.go_back()
    fill(page, {"title": "Alleinerziehende"})
    save(page)
    assert "bearbeiten" in page.locator("h1").inner_text()
    save(page)
    assert TargetGroup.objects.count() == before + 1
    assert TargetGroup.objects.latest("pk").title == "Alleinerziehende"
    page.close()
