"""The demonstration, loaded once for all who look at it: its people, the facts of the reports, its plans and money."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.access import Access
from accounts.models import Municipality, RoleAssignment, User
from exchange.dossier.catalogue import DATA
from exchange.dossier.demo import ABG, DOSSIERS, KYF, PEOPLE
from exchange.dossier.writing import as_text, dossier_of
from exchange.living import load
from participation.models import Session
from planning.models import Measure, Need, OfficialValue, PlanningCycle
from plans.domain.verifying import verify_plans
from plans.models import Plan, PlanEvent, PlanVersion
from records.domain.saving import update_record
from tests.exchange.dossier.facts import FACTS, UNDATED
from tests.exchange.living_checks import DAY, OTHERS, check_living
from tests.exchange.statements import missing, stored_statements
from tests.funding.demo_decisions import check_decisions
from tests.plans.life import demo_life
from tests.plans.life.released import small_pdf
from tests.reporting.reports.model_year import no_fact_is_missing

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def records(kept_rows):
    """Catalogue, people and both model municipalities, as they stand in the repository."""
    call_command("load_demo", verbosity=0, records_only=True)


@pytest.fixture
def quick(monkeypatch):
    """PDFs cost milliseconds, and few municipalities are founded."""
    monkeypatch.setattr("plans.domain.freezing.plan_pdf", small_pdf)
    monkeypatch.setattr("reporting.domain.freezing.document_pdf", lambda *said, **named: b"%PDF-1.7")
    monkeypatch.setattr(load, "MOST", OTHERS)


def test_demo_brings_people_and_both_model_municipalities_and_may_run_again(records):
    planner = User.objects.get(username="planung-kyf")
    assert planner.check_password(settings.DEMO_PASSWORD)
    assert [m.ags for m in Access(planner).municipalities()] == [KYF]
    assert [m.ags for m in Access(User.objects.get(username="begleitung")).municipalities()] == [ABG, KYF]
    for ags, (name, username) in DOSSIERS.items():
        municipality = Municipality.objects.get(ags=ags)
        assert as_text(dossier_of(municipality)) == (DATA / name).read_text(encoding="utf-8"), f"{name}: export again"
        needs = Need.objects.filter(municipality=municipality)
        assert set(needs.values_list("created_by__username", flat=True)) == {username}
    changed = Measure.objects.filter(municipality__ags=KYF).first()
    changed.title = "In der Vorführung geändert"
    update_record(changed, version=1, actor=planner)
    published = OfficialValue.objects.order_by("area__code", "begin").values_list(
        "area__code", "series__indicator__title", "begin__year", "value"
    )
    assert [(*row[:3], int(row[3])) for row in published] == [
        (KYF, "Familien mit Kindern", 2019, 10),
        (KYF, "Bevölkerung am Jahresende", 2024, 71_738),
        (ABG, "Familien mit Kindern", 2019, 9),
        (ABG, "Bevölkerung am Jahresende", 2024, 87_508),
    ]
    counts = RoleAssignment.objects.count(), Need.history.count(), OfficialValue.objects.count()
    call_command("load_demo", verbosity=0, records_only=True)
    assert (RoleAssignment.objects.count(), Need.history.count(), OfficialValue.objects.count()) == counts
    assert Measure.objects.get(pk=changed.pk).title == "In der Vorführung geändert"
    assert User.objects.count() == len(PEOPLE)
    assert set(PlanningCycle.objects.values_list("municipality__ags", flat=True)) == {KYF, ABG}


def test_every_fact_of_the_report_is_a_record(records):
    for ags in DOSSIERS:
        statements = list(stored_statements(ags))
        assert missing([fact for fact in FACTS if fact.ags == ags], statements) == []
        text = "\n".join(text for _, text in statements)
        assert [words for key, words in UNDATED if key == ags and words not in text] == []


def test_no_fact_of_the_model_year_is_missing_in_the_reports(records):
    for slug in ("kyffhaeuserkreis", "altenburger-land"):
        no_fact_is_missing(Municipality.objects.get(slug=slug))


def test_the_plans_live_and_years_around_today_follow(records, quick, monkeypatch):
    call_command("load_demo", verbosity=0)
    demo_life.check_plans()
    check_decisions()
    monkeypatch.setattr("funding.domain.papers.document_pdf", lambda *said, **named: b"%PDF-1.7")  # those were drawn
    call_command("load_demo", alive=True, day=DAY, verbosity=0)
    check_living()
    counts = loaded()
    call_command("load_demo", alive=True, day=date(2027, 2, 1), verbosity=0)
    assert loaded() == counts
    assert verify_plans().problems == []


def loaded():
    """What loading again could make a second time."""
    return [model.objects.count() for model in (Plan, PlanVersion, PlanEvent, User, Session, Session.history.model)]
