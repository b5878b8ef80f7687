"""Protection follows the task: forms of flows keep drafts as those of records do, though their views know of none."""

from typing import Any

import pytest

from overview.domain.barriers import report_barrier
from participation.models import Body, Finding, Session
from planning.models import Goal, Need, PlanningCycle
from plans.domain.remarks import write_remark
from plans.enums import ChapterCode
from plans.models import Remark
from records.domain.saving import create_record
from records.models import FormDraft
from tests.factories import make
from tests.html import read_form
from tests.plans.life.released import TO_REVIEW, A, actors_in, go, make_plan, newest, quick_pdf  # noqa: F401  (a fixture)
from tests.records.test_drafts import NOTICE, keep, lost, opened

pytestmark = pytest.mark.usefixtures("quiet", "quick_pdf")

GOAL = {"title": "Getipptes Ziel", "parent": "leitziel"}


def flow(cast: Any, name: str) -> tuple[str, str, dict[str, Any]]:
    """Who types where, and what."""
    home = cast.home
    base = f"/{home.slug}"
    if name == "session":
        body = make(Body, home, full=False)
        typed = {"body": body.pk, "place": "Sondershausen", "method": "Kreis", "agenda": "Eins\nZwei"}
        typed |= {"aufgabe-TOTAL_FORMS": "5", "aufgabe-INITIAL_FORMS": "0", "aufgabe-2-title": "Einladen"}
        return "planner", f"{base}/sitzungen/nacherfassen/", typed | {"title": "3. Sitzung", "phase": "needs"}
    if name == "flipchart":
        return "planner", f"{base}/erkenntnisse/flipchart/", {"text": "Bus fehlt\nArzt fehlt", "origin": "survey"}
    if name == "sorting":
        make(PlanningCycle, home, full=False)
        found = create_record(Finding(municipality=home, text="Bus fehlt", origin="survey"), actor=None)
        typed = {"bedarf-title": "Getippter Bedarf", "bedarf-reason": "Weil", "marke": found.pk}
        return "planner", f"{base}/erkenntnisse/sortieren/", typed | {f"stand-{found.pk}": f"{found.version}/0/"}
    if name == "goal-of-need":
        return (
            "planner",
            f"{base}/bedarfe/{make(Need, home, full=False).pk}/ziel/",
            {"title": "Getipptes Ziel", "parent": "leitziel"},
        )
    if name == "measure-of-goal":
        goal = make(Goal, home, full=False, level="guiding")
        return "planner", f"{base}/ziele/{goal.pk}/massnahme/", {"title": "Getippte Maßnahme"}
    if name == "barrier":
        number = report_barrier(page="/", description="Zu klein", contact="").pk
        return "admin", f"/konto/barrieren/{number}/", {"note": "Wird größer.", "state": "answered"}
    plan, actors = make_plan(home), actors_in(cast, home)
    if name == "step":
        return "lead", f"{base}/plaene/{plan.pk}/schritt/freigeben/", {"note": "Weil die Zeit drängt."}
    go(plan, actors, *TO_REVIEW)
    if name == "remark":
        return "ministry", f"{base}/plaene/{plan.pk}/anmerkungen/neu/", {"chapter": "needs", "text": "Bitte ergänzen"}
    write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text="Worte", actor=cast.ministry)
    go(plan, actors, A.RETURN)
    return "planner", f"{base}/plaene/{plan.pk}/anmerkungen/{Remark.objects.get().pk}/antwort/", {"text": "Ist ergänzt"}


def sent_untouched(page: Any) -> dict[str, Any]:
    """What a browser sends of the form as it was opened."""
    return {name: values[0] for name, values in read_form(page.content).values.items() if values}


FLOWS = (
    *("session", "flipchart", "sorting", "goal-of-need", "measure-of-goal", "barrier"),
    *("step", "remark", "answer"),
)


@pytest.mark.parametrize("name", FLOWS)
def test_what_is_typed_in_a_flow_is_kept_offered_and_shown_again(cast, name):
    who, path, typed = flow(cast, name)
    client = cast.client(who)
    page = client.get(path)
    assert 'data-keep="' in page.content.decode()
    as_opened, place = sent_untouched(page), "programm" if name == "barrier" else None
    keys = {name: value for name, value in as_opened.items() if name.endswith("form_key")}
    assert keep(client, cast, path, as_opened, place) == ""
    for _ in range(2):
        assert keep(client, cast, path, as_opened | typed, place)
    draft = FormDraft.objects.get()
    assert "einen Entwurf begonnen" in client.get(path).content.decode()
    shown = read_form(client.get(f"{path}?entwurf={draft.pk}").content)
    assert lost(shown, {name: str(value) for name, value in typed.items()}) == {}
    assert {key: shown.values[key] for key in keys} == {key: [value] for key, value in keys.items()}
    assert client.get("/konto/entwuerfe/").status_code == 200


@pytest.mark.parametrize("name", ["session", "flipchart", "goal-of-need", "barrier", "remark"])
def test_saving_a_flow_forgets_its_draft(cast, name):
    who, path, typed = flow(cast, name)
    client, place = cast.client(who), "programm" if name == "barrier" else None
    data = sent_untouched(client.get(path)) | typed
    if name == "session":
        data["held_on_day"] = "17.08.2016"
    assert keep(client, cast, path, data, place)
    if name == "flipchart":  # shows first what it stores
        data |= {"seen": read_form(client.post(path, data).content).values["seen"][0]}
    assert client.post(path, data).status_code == 302
    assert not FormDraft.objects.exists()
    if name == "session":
        assert Session.objects.get().method == "Kreis"


def test_an_answer_and_a_deletion_sent_once_more_end_where_they_ended(cast):
    """Nobody is told that somebody else has saved, or that there is no such page, for having pressed twice."""
    _, path, typed = flow(cast, "answer")
    client = cast.client()
    sent = sent_untouched(client.get(path)) | typed
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert client.post(path, sent | {"text": "Andere Worte"}).status_code in (409, 422)
    assert cast.client("lead").post(path, sent).status_code in (409, 422), "another person is told"


def test_a_remark_is_deleted_once_and_nobody_is_told_that_it_never_was(cast):
    plan, actors = make_plan(cast.home), actors_in(cast, cast.home)
    go(plan, actors, *TO_REVIEW)
    write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text="Worte", actor=cast.ministry)
    path, client = f"/{cast.home.slug}/plaene/{plan.pk}/anmerkungen/{Remark.objects.get().pk}/", cast.client("ministry")
    sent = sent_untouched(client.get(path)) | {"loeschen": "1"}
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert not Remark.objects.exists()


def test_only_who_may_do_it_keeps_a_draft_of_a_flow(cast):
    _, path, typed = flow(cast, "goal-of-need")
    found = {who: keep(cast.client(who), cast, path, typed) for who in ("ministry", "foreign_planner", "anonymous")}
    assert found == {"ministry": 403, "foreign_planner": 404, "anonymous": 401}
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("back", ["", "/konto/entwuerfe/"])
def test_a_discarded_draft_is_gone_and_can_be_taken_back(cast, back):
    client, path = cast.client(), f"/{cast.home.slug}/zielgruppen/neu/"
    assert keep(client, cast, path, {"title": "Getippt", "form_key": "k"})
    draft, back = FormDraft.objects.get(), back or path
    answer = client.post(f"/konto/entwuerfe/{draft.pk}/verwerfen/", {"next": back})
    assert (answer.status_code, answer.url) == (302, f"{back}?verworfen={draft.pk}")
    take_back = f"/konto/entwuerfe/{draft.pk}/zurueckholen/"
    page = client.get(answer.url).content.decode()
    assert "Entwurf verworfen." in page
    assert f'action="{take_back}"' in page
    assert take_back not in cast.client("lead").get(f"{path}?verworfen={draft.pk}").content.decode()
    for gone in (
        client.get(path),
        client.get(f"{path}?entwurf={draft.pk}"),
        client.get("/konto/entwuerfe/"),
        client.get("/posteingang/"),
    ):
        assert "Getippt" not in gone.content.decode()
        assert NOTICE not in gone.content.decode()
    assert cast.client("lead").post(take_back).status_code == 404
    shown = opened(client, client.post(take_back).url)
    assert shown.values["title"] == ["Getippt"]
    assert client.post(take_back).status_code == 404
