"""What a plan leaves unsaid is counted, and hinders nothing."""

import pytest

from planning.enums import RuleCode
from planning.models import CriterionValue, Measure, Offer, PlannerPost, QualityCriterion
from plans.checks import findings_of
from plans.models import ChapterText
from tests.plans.checks import world
from tests.plans.checks.test_rules import named, titles_behind
from tests.plans.records import add, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

OPEN = {
    "1 Bedarf ohne Angabe der Priorität": lambda plan: world.need(plan, "Offen", priority=""),
    "1 Maßnahme ohne Angabe des Trägers": lambda plan: world.measure(plan, "Offen", provider=None),
    "1 Maßnahme ohne Angabe des Zeitraums": lambda plan: world.measure(plan, "Offen", begin=None),
    "1 Angebot ohne Angabe zur Wirksamkeit": lambda plan: add(Offer, municipality=plan.municipality, title="Offen"),
    "1 Stelle ohne Angabe des Umfangs": lambda plan: add(
        PlannerPost, municipality=plan.municipality, title="Offen", yearly_cost=1
    ),
    "1 Planerstelle ohne Angabe der Kosten": lambda plan: add(
        PlannerPost, municipality=plan.municipality, title="Offen", full_time_equivalent=1
    ),
}


# What the plan of 2018 does not print, or prints without these fields.
NOT_ASKED = {
    "a post that ended": lambda plan: add(
        PlannerPost, municipality=plan.municipality, title="Früher", full_time_equivalent=1, end=day("2017-12-31")
    ),
    "a post of later": lambda plan: add(
        PlannerPost, municipality=plan.municipality, title="Später", begin=day("2019-01")
    ),
    "an offer of later": lambda plan: add(Offer, municipality=plan.municipality, title="Später", begin=day("2019")),
    "a measure that is not carried out": lambda plan: world.measure(
        plan, "Entfällt", provider=None, begin=None, state="dropped", not_done_reason="Kein Träger"
    ),
}


def open_ones(plan):
    return [one for one in findings_of(plan) if one.code == RuleCode.STATEMENTS_OPEN]


@pytest.mark.parametrize("text", OPEN)
def test_what_is_left_unsaid_is_counted_and_hinders_nothing(cast, plan, text):
    assert open_ones(plan) == []
    OPEN[text](plan)
    (finding,) = open_ones(plan)
    assert (finding.text, finding.blocking, named(finding), titles_behind(cast, finding)) == (
        text,
        False,
        ["Offen"],
        ["Offen"],
    )


@pytest.mark.parametrize("case", NOT_ASKED)
def test_what_the_plan_does_not_print_is_not_open(plan, case):
    NOT_ASKED[case](plan)
    assert open_ones(plan) == []


@pytest.mark.parametrize(
    ("values", "is_found"),
    [
        ({"target": 5, "actual": 4}, True),
        ({"target": 5, "actual": 4, "comment": "Fachkraft fehlte"}, False),
        ({"target": 5, "actual": 5}, False),
        ({"target": 5}, False),
        ({"target": 4, "actual": 5, "baseline": 6}, True),
        ({"target": 4, "actual": 3, "baseline": 6}, False),
    ],
)
def test_a_missed_target_asks_for_a_comment(plan, values, is_found):
    baseline = values.pop("baseline", None)
    measure = Measure.objects.get(municipality=plan.municipality)
    own = {"municipality": plan.municipality}
    criterion = add(QualityCriterion, **own, measure=measure, title="Wartezeit", kind="output", baseline=baseline)
    add(CriterionValue, **own, criterion=criterion, year=2018, **values)
    assert ("targets_missed" in world.codes(plan)) is is_found


def test_a_text_with_broken_marks_is_found_in_its_chapter_and_said_on_its_page(cast, plan):
    text = ChapterText.objects.filter(plan=plan, chapter="needs").first()
    if text is None:
        text = add(ChapterText, municipality=plan.municipality, plan=plan, chapter="needs", text="x")
    ChapterText.objects.filter(pk=text.pk).update(text="Siehe [Bericht](https://example.de und **wichtig")
    found = [one for one in findings_of(plan) if one.code == RuleCode.TEXT_MARKS]
    assert [(one.count, one.chapter.number) for one in found] == [(2, 4)]
    assert found[0].text == "2 Stellen eines Textes werden anders gedruckt als gemeint"
    words = "Der Verweis ist nicht geschlossen. Nach der Adresse fehlt „)“."
    assert words in found[0].items[0][0]
    client = cast.client()
    form = client.get(found[0].url)
    assert form.status_code == 200
    for page in (f"/{cast.home.slug}/plaene/{plan.pk}/?kapitel=bedarf", f"/{cast.home.slug}/plausibilitaet/"):
        assert words in client.get(page).content.decode()
