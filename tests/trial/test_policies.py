"""Who creates, sees, changes and deletes what: by role, own rows, state; and rows that only their author sees."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.enums import Action
from accounts.policies import Grant
from planning.enums import Phase
from plans.builder import build_plan
from plans.content import to_json
from plans.models import Plan
from records.domain import saving
from records.queries.scope import UNSEEN, models_seen_in_part
from tests.cast import PEOPLE, Walker
from tests.factories import make
from tests.html import read_form
from tests.records.test_canary import text_of, walk
from tests.trial.conftest import forget_prepared
from tests.trial.kinds import APPLICATION, KINDS, NOTE
from tests.trial.models import GrantApplication, GrantLine, Note

CANARY = "Kanarienvogel"
OTHERS = ("lead", "adviser", "ministry", "admin")
pytestmark = pytest.mark.usefixtures("trial", "quiet")


def answers(cast, url, method="get") -> dict[str, int]:
    return {who: getattr(cast.client(who), method)(url).status_code for who in PEOPLE}


def everybody(status, **others) -> dict[str, int]:
    return dict.fromkeys(PEOPLE, status) | {"foreign_planner": 404} | others


@pytest.fixture
def note(cast) -> Note:
    """The planner's own note with the canary in every text, linked by an application that all see."""
    found = make(Note, cast.home, text=CANARY, title=f"{CANARY} im Titel", actor=cast.planner)
    application = make(GrantApplication, cast.home, full=False, title="Spielplatz", amount=5, main_note=found)
    saving.update_record(application, version=1, actor=None, links={"notes": [found]})
    return found


# ---------------------------------------------------------------- the matrix
@pytest.mark.slow
def test_a_note_is_a_page_for_its_author_alone(cast, note):
    for page in ("detail", "history", "update", "delete"):
        assert answers(cast, NOTE.url(page, cast.home, note.pk)) == everybody(404, planner=200), page
    for page in ("update", "delete"):
        found = answers(cast, NOTE.url(page, cast.home, note.pk), "post")
        assert found == everybody(404, planner=422 if page == "update" else 409), page
    for page in ("list", "csv", "xlsx", "create"):
        assert answers(cast, NOTE.url(page, cast.home)) == everybody(200), page
    assert Note.objects.get().version == 1


def test_lists_and_counts_hold_own_notes_only(cast, note):
    make(Note, cast.home, title="Mein Zettel", actor=cast.lead)
    for who, titles in {"planner": [note.title], "lead": ["Mein Zettel"], "ministry": []}.items():
        page = cast.client(who).get(NOTE.url("list", cast.home)).context["page"]
        assert ([row.title for row in page.rows], page.total) == (titles, len(titles))
        csv = cast.client(who).get(NOTE.url("csv", cast.home)).content.decode()
        assert csv.count("\r\n") == 1 + len(titles)
    phase = reverse("planning:phase", args=[cast.home.slug, Phase.NEEDS.slug])
    for who, number in {"planner": 1, "lead": 1, "ministry": 0}.items():
        context = cast.client(who).get(phase).context
        assert {line.label: line.count for line in context["kinds"]}["Vermerke"] == number
        counts = {link.label: link.count for part in context["frame"].phases for link in part.items}
        assert counts["Vermerke"] == number


def test_gaps_are_those_of_the_own_rows(cast):
    make(Note, cast.home, full=False, title="Leer", actor=cast.planner)
    page = reverse("planning:phase-help", args=[cast.home.slug, Phase.NEEDS.slug])
    for who in ("planner", "lead"):
        answer = cast.client(who).get(page, headers={"HX-Request": "true"})
        assert ("1 Vermerk ohne Text" in answer.content.decode()) == (who == "planner")


def test_a_page_lists_of_its_parts_those_that_are_seen(cast, monkeypatch):
    monkeypatch.setattr(GrantLine, "policy", replace(GrantLine.policy, see=(Grant(Action.READ, own=True),)))
    models_seen_in_part.cache_clear()
    forget_prepared()
    line = make(GrantLine, cast.home, title=f"{CANARY} der Zeile", actor=cast.planner)
    page = APPLICATION.url("detail", cast.home, line.application_id)
    for who in ("planner", "lead"):
        assert (CANARY in cast.client(who).get(page).content.decode()) == (who == "planner")


@pytest.mark.slow
def test_an_application_is_written_by_role_own_rows_and_state(cast):
    own = {
        who: make(GrantApplication, cast.home, full=False, actor=getattr(cast, who)) for who in ("planner", "adviser")
    }
    assert answers(cast, APPLICATION.url("create", cast.home)) == everybody(403, planner=200, lead=200, adviser=200)
    update = APPLICATION.url("update", cast.home, own["planner"].pk)
    assert answers(cast, update) == everybody(403, planner=200, lead=200)
    update = APPLICATION.url("update", cast.home, own["adviser"].pk)
    assert answers(cast, update) == everybody(403, planner=200, lead=200, adviser=200)
    delete = APPLICATION.url("delete", cast.home, own["adviser"].pk)
    assert answers(cast, delete) == everybody(403, planner=200, lead=200)
    GrantApplication.objects.update(state="decided")
    assert answers(cast, delete) == everybody(403)


def test_saving_asks_again_what_the_page_has_asked(cast, note):
    own = make(GrantApplication, cast.home, full=False, actor=cast.adviser)
    other = make(GrantApplication, cast.home, full=False, actor=cast.planner)
    refused = [
        (saving.create_record, GrantApplication(municipality=cast.home, title="x"), cast.ministry, {}),
        (saving.create_record, GrantApplication(municipality=cast.home, title="x"), cast.foreign_planner, {}),
        (saving.update_record, other, cast.adviser, {"version": 1}),
        (saving.update_record, other, cast.ministry, {"version": 1}),
        (saving.update_record, note, cast.lead, {"version": 1}),
        (saving.delete_record, own, cast.adviser, {"version": 1}),
        (saving.delete_record, note, cast.lead, {"version": 1}),
    ]
    for save, record, person, options in refused:
        with pytest.raises(PermissionDenied):
            save(record, actor=person, **options)
    own.amount, own.created_by = 7, cast.planner  # what stands in memory is not asked
    saving.update_record(own, version=1, actor=cast.adviser)
    GrantApplication.objects.filter(pk=other.pk).update(state="filed")
    other.state = "draft"
    with pytest.raises(PermissionDenied, match="So, wie der Eintrag jetzt steht"):
        saving.delete_record(other, version=1, actor=cast.planner)


# ---------------------------------------------------------------- the canary
def pages(cast, note) -> list[str]:
    """Where the note could be seen: pages of its kind, those of what links to it, and those of many kinds."""
    slug, application = cast.home.slug, GrantApplication.objects.get()
    found = [kind.url(page, cast.home) for kind in KINDS for page in ("list", "csv", "xlsx", "create", "import")]
    for page in ("detail", "history", "update", "delete"):
        found += [NOTE.url(page, cast.home, note.pk), APPLICATION.url(page, cast.home, application.pk)]
    found += [f"{APPLICATION.url('create', cast.home)}?vorlage={application.pk}"]
    found += [f"{NOTE.url('create', cast.home)}?vorlage={note.pk}"]
    found += [f"{kind.url('list', cast.home)}?q={CANARY.lower()[:6]}" for kind in KINDS]
    found += [f"{NOTE.url('detail', cast.home, note.pk)}zuordnen/applications/"]
    found += [f"{reverse('records:search', args=[slug])}?q={words}" for words in ("titel", "spielplatz", "")]
    found += [reverse("planning:phase", args=[slug, phase.slug]) for phase in Phase]
    found += [reverse("planning:phase-help", args=[slug, Phase.NEEDS.slug])]
    found += [reverse(f"{room}", args=[slug]) for room in ("overview:start", "insight:timeline", "plans:checks")]
    found += [reverse("insight:timeline-export", args=[slug, ending]) for ending in ("csv", "xlsx", "svg")]
    return ["/", *found]


def shown_at(cast, who, note) -> list[str]:
    found = list(walk(cast.client(who, Walker), pages(cast, note), follow=False))
    assert {status for _, status, _ in found} <= {200, 302, 403, 404}
    return [url for url, _, text in found if CANARY.encode() in text]


@pytest.mark.slow
def test_nobody_but_the_author_reads_a_word_of_it(cast, note):
    for who in OTHERS:
        assert shown_at(cast, who, note) == [], who
    seen = shown_at(cast, "planner", note)
    assert {NOTE.url("list", cast.home), reverse("insight:timeline-export", args=[cast.home.slug, "csv"])} <= set(seen)


def test_the_search_neither_names_nor_counts_it(cast, note):
    url = f"{reverse('records:search', args=[cast.home.slug])}?q=titel"
    for who, number in {"planner": 1, "lead": 0}.items():
        for short in ({}, {"HX-Request": "true"}):
            page = cast.client(who).get(url, headers=short)
            assert (page.context["page"].total, CANARY in text_of(page).decode()) == (number, bool(number)), short


def test_a_kind_that_is_seen_by_all_is_found(cast, note, monkeypatch):
    monkeypatch.setattr(Note, "policy", replace(Note.policy, see=(Grant(Action.READ),)))
    models_seen_in_part.cache_clear()
    forget_prepared()
    found = set(shown_at(cast, "lead", note))
    application, slug = GrantApplication.objects.get().pk, cast.home.slug
    expected = [NOTE.url(page, cast.home, note.pk) for page in ("detail", "history")]
    expected += [NOTE.url(page, cast.home) for page in ("list", "csv", "xlsx")]
    expected += [APPLICATION.url(page, cast.home) for page in ("list", "csv", "xlsx")]
    expected += [APPLICATION.url(page, cast.home, application) for page in ("detail", "history", "update")]
    expected += [f"{reverse('records:search', args=[slug])}?q=titel", reverse("overview:start", args=[slug])]
    expected += [reverse("insight:timeline-export", args=[slug, "csv"])]
    assert set(expected) <= found


# ---------------------------------------------------------------- links to what is not seen
def test_a_link_to_what_is_not_seen_stays_when_somebody_else_saves(cast, note):
    application = GrantApplication.objects.get()
    url, lead = APPLICATION.url("update", cast.home, application.pk), cast.client("lead")
    page = lead.get(url)
    assert UNSEEN in page.content.decode()
    sent = dict(read_form(page.content).values) | {"title": "Kletterwand"}
    assert lead.post(url, sent).status_code == 302
    application.refresh_from_db()
    assert (application.title, application.main_note, list(application.notes.all())) == ("Kletterwand", note, [note])


def test_two_versions_side_by_side_and_the_plan_do_not_name_it(cast, note):
    application, lead = GrantApplication.objects.get(), cast.client("lead")
    url = APPLICATION.url("update", cast.home, application.pk)
    sent = dict(read_form(lead.get(url).content).values) | {"title": "Kletterwand"}
    saving.update_record(application, version=application.version, actor=cast.planner)
    application.title, application.amount = "Wippe", 6
    saving.update_record(application, version=application.version, actor=cast.planner)
    beside = lead.post(url, sent)
    assert (beside.status_code, CANARY in beside.content.decode()) == (409, False)
    plan = make(Plan, cast.home, full=False, year=2018)
    data = to_json(build_plan(plan)).decode()
    assert ("Wippe" in data, CANARY in data) == (True, False)


def test_what_is_not_seen_hinders_deletion_without_its_name(cast, note):
    application = GrantApplication.objects.get()
    for name in ("main_note", "notes"):
        assert getattr(application, name)
    answer = cast.client().post(NOTE.url("delete", cast.home, note.pk), {"version": note.version})
    assert (answer.status_code, "Spielplatz" in answer.content.decode()) == (409, True)
    text = text_of(cast.client("lead").get(APPLICATION.url("history", cast.home, application.pk)))
    assert (UNSEEN.encode() in text, CANARY.encode() in text) == (True, False)


def test_a_foreign_key_of_what_is_not_seen_is_no_choice(cast, note):
    lead, url = cast.client("lead"), APPLICATION.url("create", cast.home)
    answer = lead.post(url, {"title": "Neu", "amount": "3", "main_note": note.pk, "notes": [note.pk]})
    assert answer.status_code == 422
    assert {"main_note", "notes"} <= set(answer.context["form"].errors)
    marks = {"zeile": [f"{row.pk}:{row.version}" for row in GrantApplication.objects.all()]}
    sent = marks | {"aktion": "notes:hinzufuegen", "wert_notes": [note.pk]}
    assert lead.post(APPLICATION.url("bulk", cast.home), sent).status_code == 422


def test_replacing_the_links_of_marked_rows_keeps_those_that_are_not_seen(cast, note):
    application, lead = GrantApplication.objects.get(), cast.client("lead")
    own = make(Note, cast.home, title="Mein Zettel", actor=cast.lead)
    mark = {"zeile": [f"{application.pk}:{application.version}"], "aktion": "notes:ersetzen", "wert_notes": [own.pk]}
    assert lead.post(APPLICATION.url("bulk", cast.home), mark).status_code == 302
    assert set(application.notes.all()) == {own, note}
