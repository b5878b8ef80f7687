"""From the draft at the desk to the decision: numbers without gaps, conditions, the light procedure, the lock."""

import re
from datetime import date

import pytest
from django.urls import reverse

from funding.domain.cases.advice import mark_decided
from funding.enums import ApplicationAction as A
from funding.enums import ApplicationState as S
from funding.models import (
    CostKind,
    CostPosition,
    Decider,
    FundingApplication,
    FundingDecision,
    LocalFundingRule,
)
from participation.models import Body
from records.domain import saving
from records.errors import RecordLocked, StepRefused
from records.life.moving import take_step
from records.registry import kind_of
from tests.cast import make_cast
from tests.factories import make
from tests.html import read_form
from tests.records.test_interleaving import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def application(place, **given):
    values = {"title": "Ferienspiele", "applicant": "Beispiel-Verein", "year": 2027, "project_class": "project"}
    return make(FundingApplication, place, full=False, **values | given)


def rent(case):
    """Five euro that nobody pays."""
    kind = make(CostKind, None, title="Sachkosten", code="SK")
    return make(
        CostPosition, case.municipality, full=False, application=case, cost_kind=kind, title="Miete", amount="5"
    )


def grant(case):
    """A decision that its second person has released."""
    found = make(FundingDecision, case.municipality, full=False, application=case, outcome="granted")
    FundingDecision.objects.filter(pk=found.pk).update(state="released")
    return found


def move(record, action, actor=None, note="", **values):
    record.refresh_from_db()
    if action == A.RECEIVE:
        values.setdefault("received_on", date(2026, 6, 1))
    take_step(record=record, action=action, actor=actor, version=record.version, note=note, values=values)
    record.refresh_from_db()
    return record


@pytest.mark.django_db(transaction=True)
def test_cases_that_arrive_at_the_same_moment_get_numbers_without_a_gap():
    home = make_cast().home
    cases = [application(home, title=f"Vorhaben {number}") for number in range(12)]
    given = []

    def work(mine):
        given.extend([move(case, A.RECEIVE).case_number for case in mine])

    at_once(*(lambda mine=cases[place::4]: work(mine) for place in range(4)))
    assert sorted(given) == [f"KYF-2027-{number:03}" for number in range(1, 13)]


def test_numbers_count_per_kommune_and_year_and_no_case_with_a_number_is_deleted(cast):
    numbers = [
        move(application(place, year=year), A.RECEIVE).case_number
        for place, year in ((cast.home, 2027), (cast.away, 2027), (cast.home, 2028), (cast.home, 2027))
    ]
    assert numbers == ["KYF-2027-001", "ABG-2027-001", "KYF-2028-001", "KYF-2027-002"]
    case = FundingApplication.objects.get(case_number="KYF-2027-001")
    kind = kind_of(FundingApplication)
    assert cast.client().post(kind.url("delete", cast.home, case.pk), {"version": case.version}).status_code == 403
    case.year = 2030
    with pytest.raises(Exception, match="KYF-2027-001"):
        saving.update_record(case, version=case.version, actor=cast.planner)


def test_the_way_of_a_project_through_its_pages(cast):
    case, client, kind = application(cast.home), cast.client(), kind_of(FundingApplication)

    def step(action, **sent):
        url = reverse(f"funding:fundingapplication-{action}", args=[cast.home.slug, case.pk])
        form = read_form(client.get(url).content)
        answer = client.post(url, dict(form.values) | sent)
        case.refresh_from_db()
        return answer.status_code, case.state

    assert step("receive", received_on="31.12.2199")[1] == S.DRAFT
    assert step("receive", received_on="01.06.2026") == (302, S.RECEIVED)
    assert step("begin_check") == (302, S.CHECKING)
    page = client.get(kind.url("detail", cast.home, case.pk)).content.decode()
    assert "KYF-2027-001" in page
    rent(case)
    answer = client.get(reverse("funding:fundingapplication-finish_check", args=[cast.home.slug, case.pk]))
    assert "5,00" in answer.content.decode()
    assert step("finish_check", note="Träger reicht nach") == (302, S.CHECKED)


def test_what_is_checked_is_locked_with_its_parts(cast):
    case = application(cast.home)
    cost = rent(case)
    move(case, A.RECEIVE)
    move(case, A.BEGIN_CHECK)
    cost.title = "Raummiete"
    saving.update_record(cost, version=cost.version, actor=cast.planner)
    move(case, A.FINISH_CHECK, note="Finanzierung folgt")
    for row in (cost, case):
        row.title = "Anders"
        with pytest.raises(RecordLocked):
            saving.update_record(row, version=row.version, actor=cast.planner)
    move(case, A.CHECK_AGAIN, note="Neue Zahlen")
    case.title = "Anders"
    saving.update_record(case, version=case.version, actor=cast.planner)


def test_no_board_is_passed_over(cast):
    rule = make(LocalFundingRule, cast.home, full=False, project_class="project")
    LocalFundingRule.objects.update(valid_from=date(2020, 1, 1), valid_until=None)
    body = make(Body, cast.home, full=False, title="Kreisausschuss")
    make(Decider, cast.home, full=False, rule=rule, body=body, office="")
    case = application(cast.home)
    for action in (A.RECEIVE, A.BEGIN_CHECK, A.FINISH_CHECK):
        move(case, action)
    with pytest.raises(StepRefused, match="Kreisausschuss"):
        move(case, A.SKIP_ADVICE, note="eilt")
    decision = make(FundingDecision, cast.home, full=False, application=case, outcome="granted")
    with pytest.raises(StepRefused):
        mark_decided(case, decision, None)
    FundingDecision.objects.update(state="released")
    with pytest.raises(StepRefused, match="noch nicht beraten"):
        mark_decided(case, decision, None)
    Decider.objects.update(body=None, office="Amtsleitung")
    move(case, A.SKIP_ADVICE, note="Kleinbetrag")
    mark_decided(case, decision, None)
    case.refresh_from_db()
    assert case.state == S.DECIDED


def test_a_micro_project_has_five_states(cast):
    case = application(cast.home, project_class="micro")
    states = [case.state, *(move(case, action).state for action in (A.RECEIVE, A.FINISH_CHECK))]
    mark_decided(case, grant(case), None)
    case.refresh_from_db()
    states.append(case.state)
    states.append(move(case, A.CLOSE).state)
    assert states == [S.DRAFT, S.RECEIVED, S.CHECKED, S.DECIDED, S.CLOSED]


def row_of_states(client, case):
    """The states that the page shows in a row, done or not."""
    page = client.get(kind_of(FundingApplication).url("detail", case.municipality, case.pk)).content.decode()
    row = page.split('<ol class="steps">')[1].split("</ol>")[0]
    return [re.sub(r"<[^>]+>", "", each).strip() for each in row.split("<li")[1:] if each], page


def test_the_row_of_states_names_only_what_was_done(cast, client):
    withdrawn = move(move(application(cast.home), A.RECEIVE), A.WITHDRAW, note="Schreiben vom 2. Juni")
    client.force_login(cast.planner)
    row, page = row_of_states(client, withdrawn)
    assert [text for text in row if "geprüft" in text or "beraten" in text or "beschieden" in text] == []
    assert len(row) == 3, row
    assert str(withdrawn.steps.get(action=A.WITHDRAW).at.year) in row[-1], "the end has its day too"
    assert "folgt mit der Bewilligung" not in page
    assert "folgt mit der Bewilligung" in row_of_states(client, move(application(cast.home), A.RECEIVE))[1]
    granted = application(cast.home)
    FundingApplication.objects.filter(pk=granted.pk).update(state="decided")
    granted.refresh_from_db()
    _, page = row_of_states(client, granted)
    assert ("folgt mit der Bewilligung" in page, "noch nicht zugeordnet" in page) == (False, True)


def test_a_board_that_was_left_out_did_not_advise(cast, client):
    rule = make(LocalFundingRule, cast.home, full=False, project_class="project")
    make(Decider, cast.home, full=False, rule=rule, up_to=None, office="Fachdienst")
    case = application(cast.home)
    for action in (A.RECEIVE, A.BEGIN_CHECK, A.FINISH_CHECK):
        move(case, action)
    move(case, A.SKIP_ADVICE, note="Der Fachdienst entscheidet")
    grant(case)
    move(case, A.DECIDE)
    client.force_login(cast.planner)
    row, _ = row_of_states(client, case)
    assert [text for text in row if "beraten" in text] == []
    assert [text for text in row if "geprüft" in text] != []
