"""manage.py verify_plans: a line for each problem, exit code 1, JSON, comparison with an earlier output."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import Municipality
from planning.models import Need
from plans.models import Plan, PlanEvent, PlanVersion
from records.errors import StepRefused
from records.life.moving import take_step
from tests.plans.life.owner import SQLITE, execute, found_after, guards_again, past_the_guards, problems, rewrite
from tests.plans.life.released import A

pytestmark = [pytest.mark.usefixtures("quick_pdf"), pytest.mark.slow]


def run(*arguments: str) -> tuple[int, str, str]:
    out = StringIO()
    try:
        call_command("verify_plans", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


def test_the_command_prints_a_line_for_each_problem_and_ends_with_one(world):
    version = PlanVersion.objects.filter(municipality=world.home).earliest("number")
    with past_the_guards():
        PlanVersion.objects.filter(pk=version.pk).update(pdf=b"%PDF-1.7")
        guards_again()
        assert run() == (
            1,
            "16065 Kyffhäuserkreis: Plan 2018, Fassung 1: Die PDF-Datei passt nicht zu ihrer Prüfnummer.\n",
            "Geprüft: 4 Fassungen und 12 Schritte. Abweichungen: 1.",
        )
        code, out, _ = run("--json")
        assert (code, json.loads(out)["problems"][0]["ags"]) == (1, "16065")
        assert run("--municipality", "16077")[0] == 0
    assert run("--municipality", "99999")[2] == "Eine Kommune mit dem Schlüssel 99999 gibt es nicht."


def test_the_command_compares_with_an_earlier_output(world, tmp_path):
    earlier = tmp_path / "frueher.json"
    earlier.write_text(run("--json")[1])
    assert run("--against", str(earlier))[0] == 0
    with past_the_guards():
        rewrite(Plan.objects.get(municipality=world.home, year=2018))
        guards_again()
        assert run()[0] == 0
        code, out, _ = run("--against", str(earlier))
        assert (code, len(out.splitlines())) == (1, 2)
    earlier.write_text("{}")
    assert "keine Ausgabe" in run("--against", str(earlier))[2]


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL keeps no broken values")
def test_a_column_that_cannot_be_read_is_told_and_the_check_goes_on(world):
    event = PlanEvent.objects.filter(plan__municipality=world.home).first()
    broken = f"UPDATE plans_planevent SET at = '2018-13-45 25:00:00' WHERE id = {event.pk}"
    found = found_after(lambda: execute(broken))
    assert any(f"Zeile {event.pk} ist nicht lesbar." in text for text in found)


def test_a_change_of_the_official_key_is_found(world):
    assert found_after(lambda: Municipality.objects.filter(pk=world.home.pk).update(ags="16099"))


def test_records_may_change_while_the_check_stays_clean(world):
    Need.objects.update(title="Ganz anders")
    with pytest.raises(StepRefused), transaction.atomic():
        take_step(record=Plan.objects.first(), action=A.RETURN, actor=None, version=1)
    assert problems() == []
