"""What the life of a record has locked stays as it is, whichever way somebody writes."""

import pytest
from django.urls import reverse

from records.domain import saving
from records.domain.batches import record_batch
from records.errors import RecordLocked
from records.life.moving import take_step
from tests.factories import make, post_data, values_for
from tests.html import read_form
from tests.records import tables
from tests.trial.kinds import APPLICATION, LINE, NOTE
from tests.trial.models import GrantAction, GrantApplication, GrantLine, Note

SENTENCE = "Der Antrag ist eingegangen und ändert sich nicht mehr."
pytestmark = pytest.mark.usefixtures("trial", "quiet")


@pytest.fixture
def draft(cast) -> GrantApplication:
    """An application with one line."""
    found = make(GrantApplication, cast.home, full=False, title="Spielplatz", amount=5, actor=cast.planner)
    make(GrantLine, cast.home, application=found, title="Rutsche", actor=cast.planner)
    return found


def lock(cast, application) -> GrantApplication:
    application.refresh_from_db()
    action, version = GrantAction.FILE, application.version
    take_step(record=application, action=action, actor=cast.planner, version=version)
    application.refresh_from_db()
    return application


def is_untouched(application) -> bool:
    found = GrantApplication.objects.get(pk=application.pk)
    return (found.title, found.amount, found.urgent, found.version) == ("Spielplatz", 5, False, application.version)


def test_a_form_that_was_open_keeps_what_was_typed_and_stores_nothing(cast, draft):
    client, url = cast.client(), APPLICATION.url("update", cast.home, draft.pk)
    form = read_form(client.get(url).content)
    lock(cast, draft)
    answer = client.post(url, dict(form.values) | {"title": "Kletterwand"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert (SENTENCE in text, "Kletterwand" in text) == (True, True)
    assert is_untouched(draft)
    assert client.get(url, follow=True).redirect_chain == [(APPLICATION.url("detail", cast.home, draft.pk), 302)]


def test_a_bulk_change_stores_nothing_at_all(cast, draft):
    other = make(GrantApplication, cast.home, full=False, title="Zaun", actor=cast.planner)
    lock(cast, draft)
    marks = {"zeile": [f"{row.pk}:{row.version}" for row in (draft, other)]}
    sent = marks | {"aktion": "urgent:setzen", "wert_urgent": "ja"}
    answer = cast.client().post(APPLICATION.url("bulk", cast.home), sent)
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (422, True)
    assert not GrantApplication.objects.filter(urgent=True).exists()


def test_a_table_is_refused_in_the_preview_and_at_its_confirmation(cast, draft):
    table = tables.exported(cast, APPLICATION)
    table[1][table[0].index("Betrag")] = 7
    waiting = tables.read_in(cast, APPLICATION, tables.xlsx(table))
    assert tables.result(waiting) == (0, 1, 0, 0)
    lock(cast, draft)
    late = tables.confirm(cast, APPLICATION, waiting)
    assert (late.status_code, is_untouched(draft)) == (422, True)
    table = tables.exported(cast, APPLICATION)
    table[1][table[0].index("Betrag")] = 7
    preview = tables.read_in(cast, APPLICATION, tables.xlsx(table))
    assert (tables.errors(preview), is_untouched(draft)) == ({(2, ""): SENTENCE}, True)


def test_undoing_leaves_it_as_it_is_and_names_it(cast, draft):
    with record_batch(municipality=cast.home, actor=cast.planner, summary="Betrag geändert") as batch:
        draft.amount = 9
        batch.update(draft, version=draft.version)
    lock(cast, draft)
    answer = cast.client().post(reverse("records:undo", args=[cast.home.slug, batch.batch.pk]), follow=True)
    assert "Spielplatz" in answer.content.decode()
    assert GrantApplication.objects.get().amount == 9


def test_an_assignment_from_the_other_side_leaves_it_as_it_is(cast, draft):
    note = make(Note, cast.home, full=False, title="Anruf", actor=cast.planner)
    lock(cast, draft)
    url = NOTE.url("assign", cast.home, note.pk).replace("<slug:relation>", "applications")
    answer = cast.client().post(url, {"chosen": [draft.pk]}, follow=True)
    assert SENTENCE in answer.content.decode()
    assert not draft.notes.exists()


def test_it_is_not_deleted(cast, draft):
    lock(cast, draft)
    with pytest.raises(RecordLocked):
        saving.delete_record(draft, version=draft.version, actor=None)
    for who in ("planner", "lead"):
        for send in ("get", "post"):
            answer = getattr(cast.client(who), send)(APPLICATION.url("delete", cast.home, draft.pk))
            assert answer.status_code == 403, "the policy lets drafts be deleted only"
    assert is_untouched(draft)


def test_its_parts_are_locked_with_it(cast, draft):
    line, client = draft.lines.get(), cast.client()
    lock(cast, draft)
    new = post_data(LINE, values_for(GrantLine, cast.home, application=draft, title="Sand"))
    answer = client.post(LINE.url("create", cast.home), new)
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (409, True)
    changed = new | {"version": line.version}
    assert client.post(LINE.url("update", cast.home, line.pk), changed).status_code == 409
    gone = client.post(LINE.url("delete", cast.home, line.pk), {"version": line.version}, follow=True)
    assert SENTENCE in gone.content.decode()
    assert [each.title for each in GrantLine.objects.all()] == ["Rutsche"]


def test_nobody_else_writes_the_state(cast, draft):
    draft.state = "decided"
    with pytest.raises(ValueError, match="nur durch einen Schritt"):
        saving.update_record(draft, version=draft.version, actor=cast.planner)
    new = GrantApplication(municipality=cast.home, title="Neu", state="decided")
    with pytest.raises(ValueError, match="nur durch einen Schritt"):
        saving.create_record(new, actor=cast.planner)


def test_a_returned_draft_is_changed_again(cast, draft):
    lock(cast, draft)
    told = {"version": draft.version, "note": "Bitte genauer"}
    take_step(record=draft, action=GrantAction.RETURN, actor=cast.lead, **told)
    draft.refresh_from_db()
    form = read_form(cast.client().get(APPLICATION.url("update", cast.home, draft.pk)).content)
    sent = dict(form.values) | {"title": "Kletterwand"}
    assert cast.client().post(APPLICATION.url("update", cast.home, draft.pk), sent).status_code == 302
    assert GrantApplication.objects.get().title == "Kletterwand"
