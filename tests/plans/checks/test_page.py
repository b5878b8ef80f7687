"""The page of the check: who may open it, what it shows, and what the programme's settings change."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funding.models import BudgetYear
from participation.models import Resolution
from planning.enums import RuleCode, Severity
from planning.models import CheckRule, CriterionValue, FundingRule, QualityCriterion
from plans.checks import check_plan, findings_of
from plans.checks.rules import RULES
from plans.models import ChapterText
from records.domain.saving import delete_record, update_record
from records.registry import kind_of
from tests.plans import records
from tests.plans.checks import world
from tests.plans.checks.money_world import all_amiss, granted_case, state_grant
from tests.plans.records import add, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
MONEY = {"overrun_percent": 20, "use_within": 2, "use_unit": "months", "pay_within_days": 60}
MOST_QUERIES = 79  # those of the check, person and session, navigation, plans


def url_of(municipality):
    return reverse("plans:checks", args=[municipality.slug])


def page_of(cast, *, away=False, **query):
    """The page at home; or the one of the other municipality, in which there is nothing."""
    who, place = ("foreign_planner", cast.away) if away else ("planner", cast.home)
    answer = cast.client(who).get(url_of(place), query)
    assert answer.status_code == 200
    return answer.content.decode()


def headings(page, level):
    main = page.split("<main", 1)[1]
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", main, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", text).strip() for text in found]


# ---------------------------------------------------------------- access
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("planner", 200),
        ("lead", 200),
        ("adviser", 200),
        ("ministry", 200),
        ("admin", 200),
        ("foreign_planner", 404),
        ("anonymous", 302),
    ],
)
def test_those_who_may_read_the_municipality_may_open_it(cast, plan, who, status):
    client = cast.client(who)
    assert client.get(url_of(cast.home)).status_code == status
    assert client.post(url_of(cast.home)).status_code == (405 if status == 200 else status)


@pytest.mark.parametrize("wanted", ["foreign", "999999", "x", "²", "1" * 30])
def test_a_plan_that_is_not_here_does_not_exist(cast, plan, wanted):
    foreign = records.make_plan(cast.away)
    number = foreign.pk if wanted == "foreign" else wanted
    assert cast.client().get(url_of(cast.home), {"plan": number}).status_code == 404


def test_nothing_of_another_municipality_is_shown(cast, plan):
    world.need(records.make_plan(cast.away), title="Fremdwort", links={})
    assert "Fremdwort" not in page_of(cast)


@pytest.mark.parametrize("who", ["ministry", "planner"])
@pytest.mark.slow
def test_nobody_is_led_to_a_form_that_does_not_open(cast, plan, who):
    delete_record(Resolution.objects.get(), version=1, actor=None)
    client = cast.client(who)
    for address in (url_of(cast.home), f"/{cast.home.slug}/plaene/{plan.pk}/"):
        main = client.get(address).content.decode().split("<main", 1)[1]
        links = {html.unescape(link) for link in re.findall(r'href="(/[^"]+)"', main)}
        assert {link: 403 for link in links if client.get(link).status_code == 403} == {}
        assert any("/beschluesse/neu/" in link for link in links) == (who == "planner")


# ---------------------------------------------------------------- what it shows
def test_findings_stand_under_their_chapters_in_order(cast, plan):
    world.measure(plan, title="Unbegründet")
    world.need(plan, title="Unbeantwortet")
    page = page_of(cast)
    assert headings(page, 2)[:3] == ["4 Bedarf", "6 Maßnahmen nach Handlungsfeld", "7 Finanzplan"]
    assert headings(page, 3) == [
        "1 Bedarf ohne Ziel",
        "1 Maßnahme ohne Ziel und Bedarf",
        "1 Maßnahme ohne Qualitätskriterium",
        "1 Maßnahme ohne Kosten",
    ]
    for finding in findings_of(plan):
        assert f'href="{finding.url}"' in page.replace("&amp;", "&")
        assert finding.explanation in page
        assert f"Zu tun: {finding.note}." in page


def test_findings_can_be_narrowed_to_what_blocks_and_to_hints(cast, plan):
    world.measure(plan)
    both = ["1 Maßnahme ohne Ziel und Bedarf", "1 Maßnahme ohne Qualitätskriterium"]
    assert headings(page_of(cast, wirkung="freigabe"), 3) == both
    assert headings(page_of(cast, wirkung="hinweis"), 3) == ["1 Maßnahme ohne Kosten"]
    assert headings(page_of(cast, wirkung="unfug"), 3) == [*both, "1 Maßnahme ohne Kosten"]
    page = page_of(cast)
    for chip in ("Alle 3", "Verhindert die Freigabe 2", "Hinweise 1"):
        assert chip in page


def test_a_complete_plan_is_told_so(cast, plan):
    page = page_of(cast)
    assert "Die Prüfung hat nichts gefunden." in page
    assert "Auf jeden Bedarf antwortet ein Ziel" in page
    assert "Für 2018 ist dazu nichts festgelegt." in page
    assert headings(page, 3) == []


def test_where_one_effect_has_no_findings_the_page_says_so(cast, plan):
    world.goal(plan)
    assert "Nichts verhindert die Freigabe." in page_of(cast, wirkung="freigabe")


def test_it_never_judges_by_a_number(cast, plan):
    world.measure(plan)
    page = page_of(cast).split("<main", 1)[1].split("</main", 1)[0]
    for word in ("%", "Punkte", "Score", "Ampel", "von 12"):
        assert word not in page, word


def test_without_plan_and_without_cycle(cast):
    assert "Noch kein Planungszyklus." in page_of(cast, away=True)
    add(records.PlanningCycle, municipality=cast.away, title="Zyklus 2017", first_year=2017, last_year=2019)
    page = page_of(cast, away=True)
    assert "Was im Zyklus 2017 noch fehlt" in page
    assert "Noch kein Plan angelegt." in page
    assert "Beschluss fehlt" in page


def test_another_plan_can_be_chosen(cast, plan):
    later = add(records.Plan, municipality=cast.home, cycle=plan.cycle, year=2019)
    assert "Integrierter Plan 2019</a> noch fehlt" in page_of(cast)
    page = page_of(cast, plan=plan.pk)
    assert "Integrierter Plan 2018</a> noch fehlt" in page
    assert f'<option value="{plan.pk}" selected>' in page
    assert f'<option value="{later.pk}">' in page


def test_it_stands_in_the_navigation(cast, plan):
    page = cast.client().get(reverse("overview:start", args=[cast.home.slug])).content.decode()
    assert f'href="{url_of(cast.home)}"' in page


def test_texts_of_people_are_escaped(cast, plan):
    world.need(plan, title="<script>alert(1)</script>")
    page = page_of(cast)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_queries_of_the_page_are_the_same_for_1_and_30_rows(cast, plan):
    client, counts = cast.client(), []
    for amount in (1, 5):
        for number in range(amount):
            world.need(plan, title=f"Bedarf {amount}.{number}", links={})
            world.measure(plan, title=f"Maßnahme {amount}.{number}")
        client.get(url_of(cast.home))
        with CaptureQueriesContext(connection) as captured:
            client.get(url_of(cast.home))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_the_list_behind_a_finding_stays_narrowed_when_it_is_searched_and_sorted(cast, plan):
    for area in ("Artern", "Roßleben", "Ebeleben"):
        world.figure(plan, 2010, area)
    address = next(one.url for one in findings_of(plan) if one.code == "figures_outdated")
    for area in ("Neu 1", "Neu 2"):
        world.figure(plan, 2010, area)
    answer = cast.client().get(address)
    page = answer.content.decode()
    assert "Auswahl: 3 Einträge" in page
    picked = re.search(r'type="hidden" name="auswahl" value="([\d.]+)"', page)
    assert picked
    assert all(
        f"auswahl={picked[1]}" in column.sort_url for column in answer.context["page"].columns if column.sort_url
    )
    assert len(cast.client().get(f"{address}&q=Artern").context["page"].rows) == 1
    assert len(cast.client().get(f"{address}&auswahl=x.²").context["page"].rows) == 5 + 1  # no number: no selection


def test_a_picked_record_of_another_municipality_is_not_shown(cast, plan):
    foreign = world.figure(records.make_plan(cast.away), 2010, "Fremdwort")
    address = kind_of(type(foreign)).url("list", cast.home)
    answer = cast.client().get(address, {"auswahl": str(foreign.pk)})
    assert answer.context["page"].rows == ()
    assert "Fremdwort" not in answer.content.decode()


# ---------------------------------------------------------------- the panel of the plan
def test_the_plans_page_shows_the_same_findings_and_the_way_to_all(cast, plan):
    world.measure(plan)
    page = cast.client().get(reverse("plans:plan-detail", args=[cast.home.slug, plan.pk])).content.decode()
    panel = page.split('id="h-vor"', 1)[1].split("</section>", 1)[0]
    for finding in findings_of(plan):
        assert finding.text in panel
    assert panel.count("verhindert die Freigabe") == 2
    assert panel.count("Hinweis, verhindert nichts") == 1
    assert f"{url_of(cast.home)}?plan={plan.pk}" in panel


# ---------------------------------------------------------------- the programme's settings
def setting(code, severity, **values):
    """What the ministry sets; where it did so before, it changes that."""
    rule = CheckRule.objects.filter(code=code, valid_from=values.get("valid_from")).first()
    if rule is None:
        return add(CheckRule, code=code, severity=severity, **values)
    rule.severity = severity
    return update_record(rule, version=rule.version, actor=None)


def everything_amiss(cast):
    """A plan in which every rule finds something, but for a missing Finanzplan and targets that were changed."""
    plan = records.make_plan(cast.away)
    world.need(plan, links={})
    world.goal(plan)
    world.measure(plan, provider=None)
    world.measure(plan, title="Läuft seit", state="running", begin=None)
    criterion = add(QualityCriterion, municipality=cast.away, measure=world.measure(plan), title="Zahl", kind="output")
    add(CriterionValue, municipality=cast.away, criterion=criterion, year=2018, target=2, actual=1)
    world.figure(plan, 2009)
    add(records.ActionField, number=9, title="Stumm")
    add(ChapterText, municipality=cast.away, plan=plan, chapter="steering", text="Das ist **wichtig")
    budget = add(BudgetYear, municipality=cast.away, cycle=plan.cycle, year=2018)
    add(FundingRule, year=2018, maximum_grant=1, maximum_share=70, min_municipal_share=30, **MONEY)
    world.budget_line(budget, "Zu viel", land="9.00", open="1.00")
    later = world.measure(plan, title="Später", begin=day("2019"))
    world.budget_line(budget, "Später", measure=later, land="1.00")
    all_amiss(plan, granted_case(plan), state_grant(plan))
    return plan


def effects(plan):
    """For each rule that finds something, whether it hinders the release."""
    found = {}
    for one in findings_of(plan):
        found.setdefault(one.code, set()).add(one.blocking)
    return found


def follow_their_settings(cast, plan, rules):
    """Every rule has its own effect: half of them changes while the other stays, and no two are always together."""
    assert effects(plan) == {each.code: {each.severity == Severity.BLOCKING} for each in rules}
    for bit in range(len(rules).bit_length()):
        changed = {each.code for number, each in enumerate(rules, 1) if number >> bit & 1}
        for each in rules:
            setting(each.code, Severity.BLOCKING if each.code in changed else Severity.HINT)
        assert effects(plan) == {each.code: {each.code in changed} for each in rules}
        for code in changed:
            setting(code, Severity.OFF)
        report = check_plan(plan)
        assert {one.code for one in report.findings} == {each.code for each in rules} - changed
        labels = [str(each.code.label) for each in RULES if each.code in changed]
        assert sorted(report.unchecked) == sorted(labels)
        unchecked = page_of(cast, away=True).split("Wird nicht geprüft", 1)[1]
        assert [label for label in labels if html.escape(label) not in unchecked] == []


@pytest.mark.slow
def test_the_setting_changes_the_effect_of_every_rule(cast):
    """A municipality without anything has most findings; those it lacks are made."""
    left_out = {RuleCode.TARGETS_CHANGED, RuleCode.YEAR_WITHOUT_BUDGET}  # the first: test_controlling.py
    follow_their_settings(cast, everything_amiss(cast), [each for each in RULES if each.code not in left_out])


def test_the_setting_changes_the_effect_of_a_missing_finanzplan(cast):
    plan = records.make_plan(cast.away)
    found = set(effects(plan))
    assert RuleCode.YEAR_WITHOUT_BUDGET in found
    follow_their_settings(cast, plan, [each for each in RULES if each.code in found])


def test_a_setting_holds_in_its_years_only(plan):
    world.goal(plan)
    setting("goals_without_measure", "blocking", valid_from=day("2019-01-01").first)
    setting("goals_without_measure", "off", valid_until=day("2017-12-31").first)
    assert [one.blocking for one in findings_of(plan)] == [False]
    plan.year = 2019
    assert [one.blocking for one in findings_of(plan) if one.code == "goals_without_measure"] == [True]


def test_of_several_settings_the_one_that_began_last_counts(plan):
    world.goal(plan)
    setting("goals_without_measure", "off", valid_until=day("2018-06-30").first)
    setting("goals_without_measure", "blocking", valid_from=day("2018-07-01").first)
    assert [one.blocking for one in findings_of(plan)] == [True]


def test_the_words_of_the_ministry_explain_the_finding(cast, plan):
    world.goal(plan)
    setting("goals_without_measure", "hint", explanation="Bitte bis November ergänzen.")
    assert "Bitte bis November ergänzen." in page_of(cast)


def test_the_ministry_sets_a_rule_on_the_pages_of_the_catalogue(cast, plan):
    world.goal(plan)
    kind = kind_of(CheckRule)
    data = {"code": "goals_without_measure", "severity": "blocking", "explanation": "Zwingend.", "version": 1}
    assert cast.client("planner").post(kind.url("create", None), data).status_code == 403
    assert cast.client("ministry").post(kind.url("create", None), data).status_code == 302
    assert [one.blocking for one in findings_of(plan)] == [True]
    page = cast.client("planner").get(kind.url("list", None)).content.decode()
    assert "Ziele ohne Maßnahme" in page
    assert "verhindert die Freigabe" in page
