"""„Stand am“: the ministry's table of any day, reckoned from what is stored."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from exchange.dated import at_ten, written_on
from overview.queries.ministry import standings
from participation.enums import SupportKind
from participation.models import SupportRecord
from planning.enums import Phase, Progress, StepState
from planning.models import EntryLevel, PhaseState, PlannerPost, PlanningCycle, PlanningStep
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent
from records.domain.saving import create_record, update_record
from records.vague import VagueDate
from reporting.queries.state_report import read_state_year
from reporting.reports.state import state_report
from tests.factories import make

URL = "/ministerium/"
iso = VagueDate.from_iso
# What the report of 2018 says of each day, phase by phase (docs of the model phase): n not begun, l runs, d done.
REPORT = {
    "16065": {
        "2014-07-16": "lnnnnnnn",  # audit since 2013
        "2014-07-17": "lnnlnnnn",  # workshop on the Leitbild
        "2016-11-02": "llllnnnn",  # first Regionalkonferenz
        "2017-08-31": "llllnlnn",  # resolutions on the post in August 2017
        "2017-09-02": "lldlnlnn",  # needs settled on 01.09.2017
        "2017-10-02": "dldlnlnn",  # post filled on 01.10.2017
        "2017-10-13": "dldlllnn",  # goals and measures in one workshop
        "2017-12-15": "dlddllnn",  # resolution and submission
        "2018-01-01": "ddddddln",  # begin of the model phase
        "2018-12-31": "ddddddll",  # Bilanzierungsgespräch in December 2018
    },
    "16077": {
        "2013-09-30": "nnnnnnnn",
        "2013-10-01": "lnnnnnnn",  # Kreistag, October 2013
        "2017-08-31": "lnnnnnnn",
        "2017-10-31": "lnnnnnnn",
        "2017-11-01": "llnnnnnn",  # expert interviews from November 2017
        "2017-12-31": "llnnnnnn",
        "2018-01-01": "dlllnnnn",  # survey and workshops in the first quarter
        "2018-06-30": "dlllnnnn",
        "2018-07-01": "dllllnnn",  # ideas for measures in the second half of 2018
        "2018-12-31": "dllllnnn",
    },
}
LETTERS = {"none": "n", "run": "l", "done": "d", "rest": "r"}


def stored_phases(cast):
    """The cycles and phases of the demonstration, as its dossiers have them."""
    for place in (cast.home, cast.away):
        data = json.loads(Path(f"exchange/dossier/data/{place.slug}.json").read_text())["records"]
        (row,) = data["planning.planningcycle"]
        years = {name: row[name] for name in ("title", "first_year", "last_year")}
        cycle = make(PlanningCycle, place, full=False, **years)
        for phase in data["planning.phasestate"]:
            dates = {name: iso(phase[name]) if name in phase else None for name in ("begin", "end")}
            make(PhaseState, place, full=False, cycle=cycle, phase=phase["phase"], state=phase["state"], **dates)


def row_of(place, day):
    return next(row for row in standings(day) if row.ags == place.ags)


def test_phases_of_the_report_on_ten_dates(cast):
    stored_phases(cast)
    for place in (cast.home, cast.away):
        told = {day: row_of(place, date.fromisoformat(day)).phases for day in REPORT[place.ags]}
        assert {day: "".join(LETTERS[code] for code in codes) for day, codes in told.items()} == REPORT[place.ags]
    page = cast.client("ministry").get(f"{URL}?stand=02.11.2016").content.decode()
    assert "Stand am 02.11.2016" in page
    assert "läuft: 1, 2, 3, 4" in page


def test_what_happened_later_leaves_the_day_as_it_was(cast):
    with written_on(date(2018, 12, 20)):
        stored_phases(cast)
    with written_on(date(2019, 9, 20)):  # closed without an end, as a Fortschreibung does
        for row in PhaseState.objects.exclude(state=Progress.DONE):
            row.state = Progress.DONE
            update_record(row, version=row.version, actor=None)
    needs = PhaseState.objects.get(municipality=cast.home, phase=Phase.NEEDS)
    with written_on(date(2019, 10, 1)):  # and begun once more
        needs.state, needs.begin, needs.end = Progress.RUNNING, iso("2019-10-01"), None
        update_record(needs, version=needs.version, actor=None)
    told = {day: row_of(cast.away, date.fromisoformat(day)).phases for day in REPORT[cast.away.ags]}
    assert {day: "".join(LETTERS[code] for code in codes) for day, codes in told.items()} == REPORT[cast.away.ags]
    days = ("2018-12-31", "2019-09-30", "2019-10-01")
    told = {day: row_of(cast.home, date.fromisoformat(day)).phases for day in days}
    codes = ["".join(LETTERS[code] for code in codes) for codes in told.values()]
    assert codes == ["ddddddll", "dddddddd", "ddlddddd"]


def test_the_landesbericht_of_a_year_says_what_the_table_of_its_last_day_says(cast):
    stored_phases(cast)
    for year in (2017, 2018):
        words = {place.ags: place.words for place in state_report(read_state_year(year)).places}
        assert words == {row.ags: row.words for row in standings(date(year, 12, 31))}


def test_stufe_post_and_plan_of_a_day(cast):
    cycle = make(PlanningCycle, cast.home, full=False, title="Z", first_year=2017, last_year=2019)
    make(EntryLevel, cast.home, full=False, level=2, begin=iso("2017-04"), end=iso("2018-03-31"))
    make(EntryLevel, cast.home, full=False, level=3, begin=iso("2018-04-01"))
    make(
        PlannerPost, cast.home, full=False, title="P", is_lsz_post=True, begin=iso("2017-10-01"), end=iso("2018-06-30")
    )
    with written_on(date(2017, 11, 1)):
        plan = make(Plan, cast.home, full=False, cycle=cycle, year=2018)
    steps = ((PlanAction.RELEASE, PlanState.RELEASED, 4), (PlanAction.SUBMIT, PlanState.SUBMITTED, 15))
    for number, (action, state, day) in enumerate(steps, start=1):
        PlanEvent.objects.create(
            plan=plan,
            number=number,
            edition=1,
            action=action,
            from_state=PlanState.DRAFT,
            to_state=state,
            at=at_ten(date(2017, 12, day)),
        )
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.PUBLISHED)

    def told(day, plan_year=2018):
        row = next(row for row in standings(date.fromisoformat(day), plan_year) if row.ags == cast.home.ags)
        return row.level, row.post_label, row.plan_label

    assert told("2017-03-31") == (None, "ohne Angabe", "noch kein Plan")  # a post of later is no vacancy of then
    assert told("2017-10-31") == (2, "besetzt", "noch kein Plan")
    assert told("2017-12-03") == (2, "besetzt", "Entwurf")
    assert told("2017-12-14") == (2, "besetzt", "freigegeben")
    assert told("2017-12-15") == (2, "besetzt", "eingereicht")
    assert told("2017-12-15", 2017)[2] == "noch kein Plan"
    assert told("2018-07-01") == (3, "unbesetzt", "eingereicht")
    page = cast.client("ministry").get(f"{URL}?stand=15.12.2017&planjahr=2018&plan=submitted").content.decode()
    assert "1 von 2 Kommunen" in page
    assert "Plan 2018" in page


def test_the_history_tells_what_dates_do_not(cast):
    today = timezone.localdate()
    day = today - timedelta(days=20)
    cycle = make(PlanningCycle, cast.home, full=False, title="Z", first_year=day.year, last_year=today.year)
    with written_on(today - timedelta(days=40)):
        rows = {
            phase: create_record(
                PhaseState(municipality=cast.home, cycle=cycle, phase=phase, state=state, begin=begin), actor=None
            )
            for phase, state, begin in (
                (Phase.NEEDS, Progress.RUNNING, VagueDate(today - timedelta(days=60))),
                (Phase.GOALS, Progress.NOT_STARTED, None),
                (Phase.MEASURES, Progress.RUNNING, None),
            )
        }
    with written_on(today - timedelta(days=10)):
        for phase, state in ((Phase.NEEDS, Progress.RESTING), (Phase.GOALS, Progress.RUNNING)):
            rows[phase].state = state
            update_record(rows[phase], version=1, actor=None)
    make(PhaseState, cast.home, full=False, cycle=cycle, phase=Phase.MANDATE, state=Progress.DONE)  # entered later
    make(SupportRecord, cast.home, full=False, kind=SupportKind.REQUEST, is_open=True, begin=VagueDate(day))
    ahead = VagueDate(day + timedelta(days=5))
    step = {"state": StepState.DONE, "planned_end": ahead, "end": ahead, "phase": Phase.NEEDS, "title": "S"}
    make(PlanningStep, cast.home, full=False, cycle=cycle, **step)
    then, now = row_of(cast.home, day), row_of(cast.home, today)
    assert (then.words, now.words) == ("läuft: 3, 5", "läuft: 4, 5; ruht: 3")
    assert (then.phases[0], then.unsure) == ("done", {1})
    assert now.unsure == frozenset()
    assert (then.next_due, now.next_due) == (ahead, None)
    assert then.requests == 1
    page = cast.client("ministry").get(f"{URL}?stand={day:%d.%m.%Y}").content.decode()
    assert "Mit Stern (*)" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31.02.2018", "Diesen Tag versteht das Portal nicht."),
        ("gestern", "Diesen Tag versteht das Portal nicht."),
        ("01.01.1999", "Das Portal kennt Einträge ab 2013."),
        ("01.01.2099", "Der Tag liegt in der Zukunft."),
        ("1" * 300, "Diesen Tag versteht das Portal nicht."),
        ("0001-01-01", "Diesen Tag versteht das Portal nicht."),
    ],
)
def test_a_day_that_is_none_gets_a_sentence_and_keeps_what_was_typed(cast, typed, sentence):
    page = cast.client("ministry").get(URL, {"stand": typed, "name": "kyff"}).content.decode()
    assert sentence in page
    assert f'value="{typed[:80]}"' in page
    assert "1 von 2 Kommunen" in page
    assert "Stand am 0" not in page


def test_a_vague_day_means_its_last_and_the_file_says_the_day(cast):
    client = cast.client("ministry")
    assert "Stand am 30.06.2018" in client.get(f"{URL}?stand=Juni 2018").content.decode()
    assert "Stand am 31.12.2018" in client.get(f"{URL}?jahr=2018").content.decode()
    answer = client.get(f"{URL}export.csv?stand=Juni 2018")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["Stand am"] for row in rows} == {"2018-06-30"}
    assert "kommunen-2018-06-30.csv" in answer.headers["Content-Disposition"]


def test_a_past_day_costs_one_query_more_whatever_there_is(cast, django_assert_num_queries):
    stored_phases(cast)
    with django_assert_num_queries(4):
        standings(date(2018, 5, 1))
    for number in range(40):
        place = Municipality.objects.create(
            ags=f"17{number:03d}",
            name=f"K{number}",
            slug=f"k-{number}",
            kind=MunicipalityKind.CITY,
            state_region=StateRegion.EAST,
        )
        cycle = make(PlanningCycle, place, full=False, title="Z", first_year=2018, last_year=2019)
        make(PhaseState, place, full=False, cycle=cycle, phase=Phase.NEEDS, state=Progress.RUNNING)
    with django_assert_num_queries(4):
        assert len(standings(date(2018, 5, 1))) == 42
