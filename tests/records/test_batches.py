"""An action on several records is stored as a whole and undone as a whole, without touching what others did since."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from planning.models import Need, Offer, PlanningRegion, Provider
from records.domain.batches import record_batch, undo_batch
from records.domain.saving import update_record
from records.errors import AlreadyUndone, DuplicateSubmission, StaleRecord
from records.models import Batch
from tests.factories import make

pytestmark = pytest.mark.usefixtures("quiet")


def rename_and_add(cast, need, actor=None, **options):
    """A batch that changes a need and creates a region which the need then names."""
    actor = actor or cast.planner
    with record_batch(municipality=cast.home, actor=actor, summary="Umbenannt", **options) as batch:
        region = batch.create(PlanningRegion(title="Neue Region"))
        need.title = "Neuer Titel"
        batch.update(need, version=need.version, links={"regions": [region]})
    return batch.batch


def undo(client, cast, batch, **data):
    return client.post(reverse("records:undo", args=[cast.home.slug, batch.pk]), data, follow=True)


def test_an_action_is_offered_for_undoing_and_undone(cast):
    need = make(Need, cast.home, title="Alter Titel")
    links = {name: sorted(getattr(need, name).values_list("pk", flat=True)) for name in ("regions", "life_phases")}
    batch = rename_and_add(cast, need)
    client, address = cast.client("planner"), f"/{cast.home.slug}/bedarfe/"
    offered = client.get(f"{address}?q=titel&stapel={batch.pk}").content.decode()
    assert "Umbenannt." in offered
    assert f'name="next" value="{address}?q=titel"' in offered

    page = undo(client, cast, batch, next=address)
    assert page.redirect_chain == [(address, 302)]
    assert "Rückgängig gemacht: Umbenannt." in page.content.decode()
    need.refresh_from_db()
    assert (need.title, need.version) == ("Alter Titel", 3)
    assert {name: sorted(getattr(need, name).values_list("pk", flat=True)) for name in links} == links
    assert not PlanningRegion.objects.filter(title="Neue Region").exists()
    assert need.history.first().history_change_reason == "Rückgängig: Umbenannt"
    assert "Rückgängig machen" not in client.get(f"{address}?stapel={batch.pk}").content.decode()

    again = undo(client, cast, batch, next=address)
    assert "ist schon rückgängig gemacht" in again.content.decode()
    need.refresh_from_db()
    assert need.version == 3


def test_what_stood_so_already_is_no_change_and_offers_no_way_back(cast):
    need = make(Need, cast.home, title="Bus")
    with record_batch(municipality=cast.home, actor=cast.planner, summary="Besprochen") as batch:
        batch.update(need, version=need.version)
    assert batch.batch.entries == []
    page = cast.client().get(f"/{cast.home.slug}/bedarfe/?stapel={batch.batch.pk}").content.decode()
    assert "Nichts geändert: Alles steht so schon im Portal." in page
    assert ("Besprochen" in page, "Rückgängig machen" in page) == (False, False)


def test_every_field_comes_back_as_it_was(cast):
    offer = make(Offer, cast.home)
    before = {f.attname: getattr(offer, f.attname) for f in Offer._meta.concrete_fields if f.editable}
    with record_batch(municipality=cast.home, actor=cast.planner, summary="Geleert") as batch:
        for field in Offer._meta.concrete_fields:
            if field.editable and not field.primary_key and field.name != "title":
                setattr(offer, field.attname, None if field.null else field.get_default())
        batch.update(offer, version=1)
    undo(cast.client("planner"), cast, batch.batch)
    offer.refresh_from_db()
    assert {name: getattr(offer, name) for name in before} == before


def test_what_somebody_changed_or_used_since_stays_and_is_named(cast):
    need = make(Need, cast.home, title="Alter Titel")
    with record_batch(municipality=cast.home, actor=cast.planner, summary="Träger angelegt") as batch:
        provider = batch.create(Provider(title="Neuer Träger", kind="church"))
        need.title = "Aus der Sammelaktion"
        batch.update(need, version=1)
    make(Offer, cast.home, provider=provider)
    need.title = "Von der Leitung"
    update_record(need, version=2, actor=cast.lead)

    page = undo(cast.client("planner"), cast, batch.batch).content.decode()
    assert "„B 1 Von der Leitung“; „Neuer Träger“" in page
    need.refresh_from_db()
    assert need.title == "Von der Leitung"
    assert Provider.objects.filter(pk=provider.pk).exists()


def create_and_save(cast, need):
    with record_batch(municipality=cast.home, actor=cast.planner, summary="Bricht ab") as batch:
        batch.create(PlanningRegion(title="Verschwindet"))
        batch.update(need, version=need.version)


def test_nothing_is_stored_when_one_record_fails(cast):
    need = make(Need, cast.home, title="Alter Titel")
    stale = Need.objects.get(pk=need.pk)
    need.description = "Inzwischen"
    update_record(need, version=1, actor=cast.lead)
    for broken, error in ((stale, StaleRecord), (Need.objects.get(pk=need.pk), ValidationError)):
        broken.title = "" if error is ValidationError else "Überschrieben"
        with pytest.raises(error):
            create_and_save(cast, broken)
    assert not PlanningRegion.objects.filter(title="Verschwindet").exists()
    assert not Batch.objects.exists()
    need.refresh_from_db()
    assert (need.title, need.version) == ("Alter Titel", 2)


def test_a_form_sent_twice_acts_once(cast):
    need = make(Need, cast.home)
    first = rename_and_add(cast, need, form_key="einmal")
    with pytest.raises(DuplicateSubmission) as caught:
        rename_and_add(cast, need, form_key="einmal")
    assert caught.value.pk == first.pk
    assert PlanningRegion.objects.filter(title="Neue Region").count() == 1


def test_rights_are_asked_in_batches_and_in_undoing(cast):
    need = make(Need, cast.home)
    with pytest.raises(PermissionDenied):
        rename_and_add(cast, need, actor=cast.adviser)
    batch = rename_and_add(cast, Need.objects.get(pk=need.pk))
    assert undo(cast.client("lead"), cast, batch).status_code == 404
    assert undo(cast.client("foreign_planner"), cast, batch).status_code == 404
    with pytest.raises(AlreadyUndone):  # it is asked again behind the page
        undo_batch(batch=batch, actor=cast.lead)
    assert "Rückgängig machen" not in cast.client("lead").get(f"/{cast.home.slug}/?stapel={batch.pk}").content.decode()
    batch.refresh_from_db()
    assert batch.undone_at is None


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", "", "x"])
def test_undoing_leads_nowhere_else(cast, target):
    batch = rename_and_add(cast, make(Need, cast.home))
    page = undo(cast.client("planner"), cast, batch, next=target)
    assert page.redirect_chain == [(f"/{cast.home.slug}/", 302)]
