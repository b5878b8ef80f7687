"""The controlling of a year: through all measures, with every target that was ever agreed, and nothing lost."""

from html import unescape

import pytest
from django.urls import reverse

from planning.achieved import achieved, over_years
from planning.models import (
    ActionField,
    CarryOver,
    CriterionReport,
    CriterionValue,
    Goal,
    GoalResult,
    Measure,
    MeasureReview,
    PlanningCycle,
    QualityCriterion,
    TargetRevision,
)
from records.domain import saving
from records.models import Batch
from records.vague import VagueDate

pytestmark = pytest.mark.django_db


def save(record, **links):
    return saving.create_record(record, actor=None, links=links)


class World:
    """Three measures of a cycle, one with a count, one with a share; a goal over the first."""

    def __init__(self, place):
        self.place = place
        own = {"municipality": place}
        self.cycle = save(PlanningCycle(title="2017–2019", first_year=2017, last_year=2019, **own))
        field = save(ActionField(number=2, title="Mobilität"))
        of_cycle = {"cycle": self.cycle, **own}
        self.goal = save(Goal(title="Mobil sein", level="guiding", **of_cycle))
        names = ("Rufbus", "Kurse", "Treff")
        self.bus, self.course, self.meeting = (
            save(Measure(title=name, state="running", action_field=field, **of_cycle), goals=[self.goal])
            for name in names
        )
        save(Measure(title="Später", begin=VagueDate.from_iso("2019"), action_field=field, **of_cycle))
        self.count = save(
            QualityCriterion(
                measure=self.bus, title="Fahrgäste", kind="output", unit="Personen", counting="count", **own
            )
        )
        self.share = save(
            QualityCriterion(
                measure=self.course, title="Zufrieden", kind="outcome", unit="Prozent", counting="share", **own
            )
        )
        self.value = save(CriterionValue(criterion=self.count, year=2018, target=250, **own))

    def url(self, measure=None, year=2018):
        name, keys = ("controlling-measure", [measure.pk]) if measure else ("controlling-year", [])
        return reverse(f"insight:{name}", args=[self.place.slug, year, *keys])


@pytest.fixture
def world(cast):
    return World(cast.home)


def sent(page, **typed):
    """What the form holds, with what is typed."""
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in data.items()} | typed


def told(page):
    return " ".join(unescape(page.content.decode()).split())


def test_the_year_leads_from_measure_to_measure(cast, world):
    client = cast.client()
    latest = client.get(reverse("insight:controlling", args=[cast.home.slug]))
    assert latest["Location"] == world.url(year=2019)  # the last year of the cycle
    page = client.get(world.url())
    assert "0 von 3 besprochen" in told(page)  # what begins later is not among them
    assert page.context["next_url"] == world.url(world.bus)
    form = client.get(world.url(world.bus))
    answer = client.post(world.url(world.bus), sent(form, bedeutung="Fährt gut.", **{f"ist-{world.count.pk}": "190"}))
    assert answer["Location"].startswith(world.url(world.course))
    assert "1 von 3 besprochen" in told(client.get(world.url()))
    assert "Fährt gut." in told(cast.client("ministry").get(world.url()))
    assert "Stand Ende 2018" in told(client.get(world.url()))
    assert f'<a href="/{cast.home.slug}/controlling/" aria-current="page">' in told(client.get(world.url(world.bus)))
    assert "in Umsetzung (heute)" in told(client.get(world.url())), "entered after the year: nobody knows how it stood"
    own = reverse("planning:measure-detail", args=[cast.home.slug, world.bus.pk])
    summary = told(cast.client("ministry").get(own)).split("h-controlling", 2)[-1].split("</section>")[0]
    assert ("Fährt gut." in summary, "1 von 1 mit Ist-Wert" in summary, world.url() in summary) == (True, True, True)
    assert "h-controlling" not in told(client.get(own.replace(f"/{world.bus.pk}/", f"/{world.course.pk}/")))
    assert MeasureReview.objects.get().created_by == cast.planner


def test_a_target_revised_twice_keeps_all_values_with_their_reasons(cast, world):
    client, url, pk = cast.client(), world.url(world.bus), world.count.pk
    refused = client.post(url, sent(client.get(url), **{f"ziel-{pk}": "220"}, bedeutung="Zu hoch gegriffen."))
    assert refused.status_code == 422
    assert "Nennen Sie den Grund" in told(refused)
    assert "Zu hoch gegriffen." in refused.content.decode()
    for target, reason in (("220", "Später begonnen"), ("200", "Zwei Haltestellen weniger")):
        typed = {f"ziel-{pk}": target, f"grund-{pk}": reason}
        assert client.post(url, sent(client.get(url), **typed)).status_code == 302
    world.value.refresh_from_db()
    assert world.value.target == 200
    assert list(TargetRevision.objects.order_by("pk").values_list("old", "new", "reason")) == [
        (250, 220, "Später begonnen"),
        (220, 200, "Zwei Haltestellen weniger"),
    ]
    page = told(client.get(url))
    for said in ("250 Personen", "220 Personen", "200 Personen", "Später begonnen", "Zwei Haltestellen weniger"):
        assert said in page, said
    assert client.post(url, sent(client.get(url), **{f"ziel-{pk}": ""})).status_code == 422  # never simply gone


def test_one_click_takes_a_page_back(cast, world):
    client, url, pk = cast.client(), world.url(world.bus), world.count.pk
    client.post(url, sent(client.get(url), **{f"ziel-{pk}": "220", f"grund-{pk}": "Darum"}, bedeutung="So."))
    client.post(reverse("records:undo", args=[cast.home.slug, Batch.objects.get().pk]))
    world.value.refresh_from_db()
    assert world.value.target == 250
    assert not TargetRevision.objects.exists()
    assert not MeasureReview.objects.exists()


def test_a_page_saved_unchanged_offers_nothing_to_take_back(cast, world):
    client, url = cast.client(), world.url(world.bus)
    client.post(url, sent(client.get(url), bedeutung="Fährt gut."))
    again = client.post(url, sent(client.get(url)), follow=True)
    assert "Nichts geändert: Alles steht so schon im Portal." in told(again)
    assert "Rückgängig machen" not in told(again)
    once_more = client.post(url, sent(client.get(url)), follow=True)
    assert once_more.status_code == 200, "who walks through once more without a change is not asked"
    assert "Nichts geändert" in told(once_more)
    assert [review.version for review in MeasureReview.objects.all()] == [1]


def test_a_share_is_reckoned_of_its_parts_and_only_counts_are_added(cast, world):
    client, url, pk = cast.client(), world.url(world.course), world.share.pk
    form = client.get(url)
    assert f"ist-{pk}" not in form.context["form"].fields
    wrong = client.post(url, sent(form, **{f"zaehler-{pk}": "40", f"nenner-{pk}": "30"}))
    assert "Zahl von 0 bis zum Nenner" in told(wrong)
    client.post(url, sent(form, **{f"zaehler-{pk}": "38", f"nenner-{pk}": "120"}))
    assert str(CriterionValue.objects.get(criterion=world.share).actual) == "31.67"
    own = {"municipality": cast.home, "criterion": world.share}
    rows = [
        CriterionReport(period=VagueDate.from_iso(period), numerator=part, denominator=whole, **own)
        for period, part, whole in (("2018-H1", 1, 2), ("2018-H2", 10, 100))
    ]
    assert str(achieved(world.share, rows)) == "10.78"  # 11 of 102, never the mean of 50 and 10
    values = [CriterionValue(actual=number) for number in (30, 40)]
    assert over_years(world.count, values) == 70
    assert over_years(world.share, values) is None


def test_goals_have_words_figures_and_a_decision(cast, world):
    client = cast.client()
    url = reverse("insight:controlling-goals", args=[cast.home.slug, 2018])
    page = client.get(url)
    assert "250 Personen" in told(page)
    pk = world.goal.pk
    refused = client.post(url, sent(page, **{f"wird-{pk}": "end"}))
    assert "Nennen Sie den Grund" in told(refused)
    typed = {f"text-{pk}": "Halb erreicht.", f"wird-{pk}": "change", f"warum-{pk}": "Anders zuschneiden"}
    assert client.post(url, sent(page, **typed)).status_code == 302
    assert GoalResult.objects.get().text == "Halb erreicht."
    assert CarryOver.objects.get().goal == world.goal


def test_what_somebody_else_stored_meanwhile_is_not_overwritten(cast, world):
    url = world.url(world.bus)
    mine = cast.client().get(url)
    other = cast.client("lead")
    other.post(url, sent(other.get(url), bedeutung="Von der Leitung."))
    again = cast.client().post(url, sent(mine, bedeutung="Von mir."))
    assert again.status_code == 422
    assert "Inzwischen hat hier jemand gespeichert" in told(again)
    assert "Von mir." in again.content.decode()


def test_queries_do_not_grow_with_the_measures(cast, world, django_assert_max_num_queries):
    client = cast.client()
    client.get(world.url())
    with django_assert_max_num_queries(60) as few:
        client.get(world.url())
    for number in range(8):
        field = ActionField.objects.get()
        row = Measure(
            title=f"Mehr {number}", state="running", action_field=field, municipality=cast.home, cycle=world.cycle
        )
        save(row, goals=[world.goal])
        save(QualityCriterion(measure=row, title="Zahl", kind="output", unit="Stück", municipality=cast.home))
    with django_assert_max_num_queries(len(few)):
        client.get(world.url())
