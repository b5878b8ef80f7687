"""The Leitung remarks on chapters before a release: read and answered by the planner, by nobody outside."""

import pytest
from django.urls import reverse

from plans.enums import ChapterCode
from plans.models import Plan, Remark
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import Cast
from tests.factories import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
TEXT = "Der Bedarf braucht eine Zahl"


def url(name: str, plan: Plan, *more) -> str:
    return reverse(f"plans:{name}", args=[plan.municipality.slug, plan.pk, *more])


def pages(cast: Cast, plan: Plan, who: str) -> bool:
    """Whether the chapter shows it, on the page of the plan; the planner sees it while writing as well."""
    shown = TEXT in cast.client(who).get(f"{url('plan-detail', plan)}?kapitel=bedarf").content.decode()
    if who == "planner":
        assert shown == (TEXT in cast.client(who).get(url("plan-chapter", plan, "bedarf")).content.decode())
    return shown


def waits(cast: Cast, who: str) -> bool:
    return "der Leitung offen" in cast.client(who).get(reverse("overview:waiting")).content.decode()


def test_the_leitung_remarks_the_planner_answers(cast: Cast):
    plan = make(Plan, cast.home, full=False, year=2018)
    sent = {"chapter": ChapterCode.NEEDS, "text": TEXT, "version": 0, "form_key": "eins"}
    refused = [
        cast.client(who).post(url("lead-remark-create", plan), sent).status_code for who in ("planner", "ministry")
    ]
    assert refused == [403, 403]
    for _ in range(2):  # sent twice
        assert cast.client("lead").post(url("lead-remark-create", plan), sent).status_code == 302
    remark = Remark.objects.get()
    everybody = ("planner", "lead", "adviser", "ministry", "admin")
    assert [who for who in everybody if pages(cast, plan, who)] == ["planner", "lead"]
    assert [who for who in everybody if waits(cast, who)] == ["planner"]
    lead = cast.client("lead")
    assert (
        lead.post(url("lead-remark-update", plan, remark.pk), sent | {"version": 1, "form_key": ""}).status_code == 302
    )
    release, asked = url("plan-release", plan), "Eine Anmerkung der Leitung (Kapitel 4) hat noch keine Antwort."
    assert asked in lead.get(release).content.decode(), "the release asks about what nobody has answered"
    outside = cast.client("ministry")
    assert outside.get(url("remark-update", plan, remark.pk)).status_code == 404
    handed_back = outside.post(url("remark-update", plan, remark.pk), sent | {"text": "Anders"}).content.decode()
    assert TEXT not in handed_back
    assert Remark.objects.get().text == TEXT
    answer = {"text": "Ist ergänzt", "version": 0}
    assert cast.client().post(url("remark-answer", plan, remark.pk), answer | {"settled": "on"}).status_code == 302
    assert "Ist ergänzt" in lead.get(f"{url('plan-detail', plan)}?kapitel=bedarf").content.decode()
    assert not waits(cast, "planner")
    assert asked not in lead.get(release).content.decode()


def test_they_end_with_the_release(cast: Cast):
    plan = make(Plan, cast.home, full=False, year=2018)
    sent = {"chapter": ChapterCode.NEEDS, "text": TEXT, "version": 0, "form_key": "eins"}
    Plan.objects.filter(pk=plan.pk).update(state="released")
    assert cast.client("lead").get(url("lead-remark-create", plan)).status_code == 302
    assert cast.client("lead").post(url("lead-remark-create", plan), sent).status_code == 422
    assert not Remark.objects.exists()
