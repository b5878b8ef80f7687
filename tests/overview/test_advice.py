"""The start page of advisers and the process support of a year: the own municipalities, nothing of others."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleAssignment
from overview.models import AdviserVisit
from participation.models import SupportRecord
from planning.models import Need, PlanningCycle
from plans.enums import PlanAction
from plans.models import Plan
from records.life.moving import take_step
from records.vague import VagueDate
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import Cast, make_municipality
from tests.factories import make
from tests.reporting.papers.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def support(cast: Cast, place, **given):
    given = {"kind": "advice", "begin": VagueDate.from_iso("2018-05"), "end": None, **given}
    return make(SupportRecord, place, full=False, phase="needs", **given)


def test_the_start_page_tells_what_is_new_what_comes_and_what_is_open(cast: Cast):
    coming = VagueDate(timezone.localdate() + timedelta(days=5))
    support(cast, cast.home, subject="Bedarf", next_on=coming, next_subject="Erkenntnisse sortieren")
    support(cast, cast.home, subject="Vorbei", next_on=VagueDate.from_iso("2018-06"), next_subject="Längst vorbei")
    support(cast, cast.away, subject="Fremd", next_on=coming, next_subject="Nichts für diese Person")
    client = cast.client("adviser")
    assert client.get("/").url == reverse("overview:advice")
    first = client.get(reverse("overview:advice")).content.decode()
    assert "Ihr erster Besuch" in first
    assert "Erkenntnisse sortieren" in first
    assert "in 5 Tagen" in first
    for words in ("Längst vorbei", "Nichts für diese Person", "Altenburger Land"):
        assert words not in first
    AdviserVisit.objects.update(last_at=timezone.now() - timedelta(days=2))
    make(Need, cast.home, actor=cast.planner)
    make(Need, cast.away, actor=cast.foreign_planner)
    cycle = PlanningCycle.objects.get(municipality=cast.home)
    plan = make(Plan, cast.home, full=False, cycle=cycle, year=cycle.first_year)
    take_step(record=plan, action=PlanAction.PROPOSE, actor=cast.planner, version=plan.version)
    for _ in range(2):  # looking twice in one visit tells the same
        page = client.get(reverse("overview:advice")).content.decode()
        assert "1 Bedarf<" in page
        assert f"{plan}: „Zur Freigabe geben“, jetzt liegt zur Freigabe vor, am " in page
    assert reverse("overview:advice") not in cast.client().get("/", follow=True).content.decode()


def test_the_number_of_queries_does_not_grow(cast: Cast):
    client, counts = cast.client("adviser"), []
    AdviserVisit.objects.create(user=cast.adviser, last_at=timezone.now(), before_at=timezone.now() - timedelta(days=2))
    for ags in ("", "16068", "16069", "16070"):
        place = make_municipality(ags, f"Ort {ags}", f"ort-{ags}") if ags else cast.home
        if ags:
            RoleAssignment.objects.create(
                user=cast.adviser, role="adviser", municipality=place, valid_from=date(2016, 1, 1)
            )
        support(cast, place, subject="Bitte", kind="request", is_open=True)
        make(Need, place, actor=cast.planner if place == cast.home else None)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("overview:advice")).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 16


def test_a_year_is_told_as_page_csv_and_pdf(cast: Cast):
    support(cast, cast.home, subject="Bedarf klären", result="Gute Fragen")
    support(cast, cast.home, subject="=1+1", begin=VagueDate.from_iso("2017"), end=VagueDate.from_iso("2019"))
    support(cast, cast.home, subject="Später", begin=VagueDate.from_iso("2019-02"))
    support(cast, cast.away, subject="Fremd")
    client = cast.client("adviser")
    files = [client.get(reverse(f"overview:advice-{name}", args=[2018])) for name in ("year", "csv", "pdf")]
    texts = [files[0].content.decode(), files[1].content.decode("utf-8-sig"), text_of(files[2].content)]
    for text in texts:
        assert "Bedarf klären" in text
        assert "Gute Fragen" in text
        assert "1+1" in text
        assert "Später" not in text
        assert "Fremd" not in text
    assert ";=1+1" not in texts[1]  # no formula
    assert client.get(reverse("overview:advice-year", args=[1999])).status_code == 404
