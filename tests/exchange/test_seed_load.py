"""The synthetic municipalities: valid as if people had entered them, with complete history, the same every time."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Municipality
from exchange.dossier.writing import as_text, dossier_of
from exchange.seed import load
from planning.models import PlanningCycle
from plans.models import Plan
from records.domain.saving import current_links
from records.models import MunicipalRecord
from records.registry import all_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEARS = 4  # so that a second cycle begins


def seed(municipalities, years=YEARS):
    call_command("seed_load", municipalities=municipalities, years=years, verbosity=0)


def tenant_models():
    return [kind.model for kind in all_kinds() if kind.is_tenant] + [Plan]


def seeded():
    return Municipality.objects.filter(pk__in=PlanningCycle.objects.values("municipality_id")).order_by("ags")


def test_every_row_is_valid_and_has_its_history_row():
    seed(1)
    filled = set()
    for model in tenant_models():
        columns = [f.attname for f in model.history.model._meta.concrete_fields if hasattr(model, f.attname)]
        for record in model.objects.all():
            record.full_clean()
            entry = record.history.get()
            assert {name: getattr(entry, name) for name in columns} == {n: getattr(record, n) for n in columns}
            assert entry.links == {name: keys for name, keys in current_links(record).items() if keys}
            filled.add(model.__name__)
    assert len(filled) >= 42  # all kinds of today but documents, which need files; a new kind may stay empty


def test_rows_are_found_and_ordered_like_saved_ones():
    seed(1)
    for model in tenant_models():
        record: MunicipalRecord | None = model.objects.first()
        if record:
            stored = (record.label, record.search_text, record.sort_key)
            record.index_text()
            assert (record.label, record.search_text, record.sort_key) == stored


@pytest.mark.once
def test_same_numbers_give_same_rows():
    seed(2)
    first, second = seeded()
    texts = [as_text(dossier_of(place) | {"municipality": ""}).replace(place.name, "") for place in (first, second)]
    assert texts[0] == texts[1]


def test_missing_municipalities_are_added_and_filled_ones_stay(settings):
    seed(2, years=1)
    settings.DEMO = True
    before = {m.ags: PlanningCycle.objects.filter(municipality=m).count() for m in seeded()}
    seed(3, years=2)
    assert len(seeded()) == 3
    assert {m.ags: PlanningCycle.objects.filter(municipality=m).count() for m in seeded() if m.ags in before} == before


def test_invented_municipalities_follow_the_real_ones():
    load.load_catalogue()
    real = Municipality.objects.current().count()
    assert [m.ags for m in load.choose(real + 2)][real:] == ["90001", "90002"]
    assert load.choose(0) == []


def test_refused_where_people_plan(settings, cast):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        seed(1)
    PlanningCycle.objects.create(municipality=cast.home, title="Echt", first_year=2017, last_year=2019)
    with pytest.raises(CommandError, match="noch niemand plant"):
        call_command("seed_load", municipalities=1, years=1, empty_database=True)
