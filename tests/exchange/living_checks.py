"""The demonstration that lives: states, dates and work around the day on which it is loaded, and nothing said twice."""

from datetime import date

from accounts.access import Access
from accounts.models import Municipality, User
from exchange.dated import BERLIN
from exchange.dossier.demo import ABG, KYF
from participation.enums import Occurrence, TaskState
from participation.models import Body, Resolution, Session, SupportRecord, Task
from planning.models import CriterionValue, Goal, Measure, PlanningCycle
from planning.queries.cycles import current_cycle
from planning.queries.office import office_lines
from plans.enums import PlanState
from plans.models import Plan, PlanVersion, Remark
from plans.queries.resolutions import legitimation_of
from records.registry import all_kinds
from records.vague import VagueDate
from records.waiting import read_here, read_portal
from reporting.models import FrozenReport, Report
from tests.exchange.dossier.facts import FACTS
from tests.exchange.statements import missing, stored_statements

DAY = date(2026, 11, 29)
OTHERS = 3  # besides the model municipalities; the whole loads the same way
S = PlanState


def check_living():
    """Everybody finds work, and states stand around the day."""
    filled = Municipality.objects.filter(pk__in=PlanningCycle.objects.values("municipality"))
    assert filled.count() == 2 + OTHERS
    check_rows()
    check_plans()
    for municipality in filled:
        check_dates(municipality)
        check_sender_and_consultations(municipality)
    check_years_between()
    check_histories()
    check_model_facts()
    for name, ags, code in (
        ("planung-kyf", KYF, "task"),
        ("planung-kyf", KYF, "application-check"),
        ("leitung-kyf", KYF, "plan-proposed"),
        ("leitung-kyf", KYF, "decision-to-release"),
        ("planung-abg", ABG, "plan-returned"),
        ("leitung-abg", ABG, "plan-approved"),
        ("ministerium", "16051", "plan-submitted"),
    ):
        waiting = read_here(Access(User.objects.get(username=name)), Municipality.objects.get(ags=ags), DAY)
        assert code in {found.code for found in waiting.mine}, name
        assert not [found for found in waiting.mine if since(found) < DAY.year - 1], "the model phase is settled"
    owed = read_portal(Access(User.objects.get(username="ministerium")), DAY).mine
    assert {found.title for found in owed if found.code == "plans-owed"} == {"2026", "2027"}


def since(found):
    """The year in which something began to wait."""
    when = found.when
    return DAY.year if when is None else when.year if isinstance(when, VagueDate) else when.astimezone(BERLIN).year


def check_rows():
    """Invented rows are marked as examples and name nobody; those of one municipality are valid, for all."""
    count = 0
    for kind in all_kinds():
        if not kind.is_tenant:
            continue
        invented = kind.model.objects.filter(uid__startswith="vorfuehrung-")
        assert not invented.filter(is_example=False).exists()
        for row in invented.filter(municipality__ags="16051"):
            row.full_clean()
            assert row.history.exists()
            assert row.created_by
            assert not getattr(row, "person_name", "")
            count += 1
    assert count > 200
    assert set(PlanningCycle.objects.filter(first_year__gt=2019).values_list("is_example", flat=True)) == {True}


def check_plans():
    """All plans of the last two years are decided; the next year's stand at many places, each with its resolution."""
    states = dict(Plan.objects.filter(year=2027).values_list("municipality__ags", "state"))
    assert states == {KYF: S.PROPOSED, ABG: S.RETURNED, "16051": S.SUBMITTED, "16052": S.DRAFT, "16053": S.IN_REVIEW}
    assert set(Plan.objects.filter(year__range=(2018, 2025)).values_list("state", flat=True)) == {S.PUBLISHED}
    assert Plan.objects.filter(year=2026, state__in=(S.APPROVED, S.PUBLISHED)).count() == 2 + OTHERS
    for plan in Plan.objects.filter(year__gt=2019).exclude(state=S.DRAFT).select_related("municipality", "cycle"):
        assert legitimation_of(plan, DAY).found, plan
    returned = Plan.objects.get(year=2027, state=S.RETURNED)
    assert Remark.objects.filter(plan_version__plan=returned, answer=None).count() == 2
    for version in PlanVersion.objects.all():
        assert version.frozen_at.date() < DAY


def check_dates(municipality):
    """The running cycle holds today; something is overdue or due soon; nothing that has happened lies ahead."""
    cycle = current_cycle(municipality, DAY.year)
    assert cycle.first_year <= DAY.year <= cycle.last_year
    ahead = read_here(Access(User.objects.get(username="ministerium")), municipality, DAY).dates
    assert any(0 <= (found.when.last - DAY).days < 40 for found in ahead)
    assert Task.objects.filter(municipality=municipality, state=TaskState.OPEN).exists()
    for session in Session.objects.filter(municipality=municipality):
        assert (session.state == Occurrence.HELD) == (session.held_on.first < DAY), session
    assert not [
        row
        for row in SupportRecord.objects.filter(municipality=municipality)
        if row.begin and row.result == "" and row.begin.last < DAY and not row.is_open
    ]


def check_sender_and_consultations(municipality):
    """Papers have an office, and the plan of the next year goes through two committees to the council."""
    office, *_ = office_lines(municipality)
    assert office.endswith("(Beispiel)"), "no address of the demonstration is known from the report"
    plan = Resolution.objects.filter(municipality=municipality, first_year__gt=2019, legitimises="plan").latest("pk")
    chain = [step.body.kind for step in plan.consultations.select_related("body").order_by("consulted_on")]
    assert chain == ["youth_committee", "social_committee" if municipality.kind == "city" else "district_committee"]
    kinds = list(Body.objects.filter(municipality=municipality, kind__in=chain).values_list("kind", flat=True))
    assert sorted(kinds) == sorted(chain), "no committee is there twice"


def check_years_between():
    """No year of a model municipality is without plan, sessions and values; the last two have a Sachbericht.

    A deferral has its follow-up.
    """
    for ags in (KYF, ABG):
        own = {"municipality": Municipality.objects.get(ags=ags)}
        met = {row.held_on.year for row in Session.objects.filter(state=Occurrence.HELD, **own)}
        assert set(range(2020, 2027)) <= met
        assert [plan.year for plan in Plan.objects.filter(**own).order_by("year")] == list(range(2018, 2028))
        reports = Report.objects.filter(year__gte=2020, **own).order_by("year")
        told = [(row.year, row.state, row.is_example) for row in reports]
        assert told == [(year, "released", True) for year in (2024, 2025)]
        assert FrozenReport.objects.filter(report__in=reports).count() == len(told)
        values = CriterionValue.objects.filter(year__range=(2020, 2025), target__isnull=False, **own)
        assert set(values.values_list("year", flat=True)) == set(range(2020, 2026))
        assert not values.filter(actual=None).exists(), "what Sachberichte tell of is there"
    deferred = Resolution.objects.get(outcome="deferred")
    assert (deferred.is_example, deferred.followed_by.get().outcome) == (True, "adopted")


def check_histories():
    """The portal was not filled today: who changed what when follows the story."""
    days = set()
    for kind in all_kinds():
        if kind.is_tenant:
            written = kind.model.history.values_list("history_date", flat=True)
            assert not written.filter(history_date__date__gte=DAY).exists(), kind.name
            assert not kind.model.objects.filter(changed_at__date__gte=DAY).exists(), kind.name
            days |= {moment.date() for moment in written}
    assert {2018, 2019, 2024, 2025, 2026} <= {day.year for day in days}
    assert {date(2026, 11, 28), date(2026, 11, 24)} <= days, "the last changes are of these days, not all of one"


def check_model_facts():
    """Every dated fact of the report is still a record."""
    for ags in (KYF, ABG):
        gone = missing([fact for fact in FACTS if fact.ags == ags], list(stored_statements(ags)))
        assert [fact for fact in gone if "erwartet" not in fact.words] == []
        cycle = current_cycle(Municipality.objects.get(ags=ags), DAY.year)
        goals = Goal.objects.filter(cycle=cycle).exclude(title__startswith="Ab ")  # „Ab Sommer 2019 fährt …“ stays true
        assert not goals.filter(target_date__lt=VagueDate(date(cycle.first_year, 1, 1))).exists()
        assert not Measure.objects.filter(cycle=cycle, end__lt=VagueDate(date(cycle.first_year, 1, 1))).exists()
    assert not Body.objects.filter(municipality__ags=ABG, state="forming").exists()
