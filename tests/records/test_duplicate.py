"""A new record that begins as a copy: the form is filled, and nothing is stored before it is saved."""

from urllib.parse import parse_qs, urlsplit

import pytest

from funding.models import StateNotice
from participation.models import Event, Resolution, Session, Survey, Task
from planning.models import Goal, Measure, Milestone, Need, PlanningCycle, PlanningStep
from records.models.agreement import not_of_a_copy
from records.registry import all_kinds, kind_of
from records.vague import VagueDate
from tests.factories import make, make_kind, pdf, post_data, stored_values
from tests.html import read_form
from tests.kinds import each_kind

pytestmark = pytest.mark.usefixtures("quiet")
creatable = each_kind([kind for kind in all_kinds() if kind.creatable], typical=True)


def person(kind) -> str:
    return "planner" if kind.is_tenant else "ministry"


def way(client, kind, place, record) -> str:
    """The address behind „Duplizieren“ on the record's page."""
    links = read_form(client.get(kind.url("detail", place, record.pk)).content).links
    return next(link for link in links if "vorlage=" in link)


def sent_by_browser(page) -> dict:
    skipped = ("csrfmiddlewaretoken", "_create_related", "q", "next")
    return {name: values for name, values in page.values.items() if name not in skipped}


@creatable
def test_every_kind_is_copied_with_values_and_links(cast, kind):
    record, client, place = make_kind(kind, cast.home), cast.client(person(kind)), cast.home if kind.is_tenant else None
    before = kind.model._default_manager.count()
    response = client.get(way(client, kind, place, record))
    assert response.status_code == 200
    copied = sent_by_browser(read_form(response.content))
    copied = {name: values for name, values in copied.items() if "-" not in name}  # rows that are typed beside it
    wanted = sent_by_browser(read_form(client.get(kind.url("update", place, record.pk)).content))
    is_chosen = bool(kind.title_field in copied and kind.model._meta.get_field(kind.title_field).choices)
    if kind.title_field in copied and isinstance(getattr(record, kind.title_field), str) and not is_chosen:
        wanted[kind.title_field] = [f"{getattr(record, kind.title_field)} (Kopie)"]
    own = {"version", "form_key", "predecessor", *not_of_a_copy(record)}
    own |= {name for name, limit in kind.model.only_in.items() if limit.field in own}
    own |= {f"{name}_{part}" for name in own for part in ("precision", "day", "month", "quarter", "half", "year")}
    assert {n: v for n, v in copied.items() if n not in own} == {n: v for n, v in wanted.items() if n not in own}
    assert kind.model._default_manager.count() == before


@pytest.mark.parametrize(
    ("model", "given", "left_out"),
    [
        (Session, {"state": "held", "summary": "Einig."}, {"held_on": "", "state": "planned", "summary": ""}),
        (Measure, {"state": "finished", "end": VagueDate.from_iso("2018-12")}, {"end": "", "state": "idea"}),
        (
            Milestone,
            {"state": "done", "reached_on": VagueDate.from_iso("2018-12")},
            {"reached_on": "", "state": "open"},
        ),
        (Measure, {"state": "resolved", "source": "Bericht"}, {"state": "idea", "source": ""}),
        (PlanningStep, {"state": "done", "result": "Steht."}, {"state": "open", "result": ""}),
        (Need, {"state": "covered", "priority_set_by": "Steuerungsgruppe"}, {"state": "found", "priority_set_by": ""}),
        (
            Resolution,
            {
                "outcome": "adopted",
                "number": "12/2018",
                "link": "https://rat.example/12",
                "contradiction": "Protokoll: 3.9.",
            },
            {"resolved_on": "", "votes_for": "", "number": "", "link": "", "contradiction": ""},
        ),
        (Task, {"state": "done", "result": "Erledigt."}, {"state": "open", "result": ""}),
        (Survey, {"sent": 500, "returned": 120, "summary": "Viele."}, {"sent": "", "returned": "", "summary": ""}),
        (Event, {"state": "planned", "is_announced": True}, {"is_announced": ""}),
        (StateNotice, {"number": "AZ 7"}, {"number": ""}),
    ],
)
def test_what_has_happened_has_not_happened_with_the_copy(cast, model, given, left_out):
    kind, record = kind_of(model), make(model, cast.home, full=False, **given)
    page = cast.client().get(f"{kind.url('create', cast.home)}?vorlage={record.pk}")
    values = {name: str(page.context["form"][name].value() or "") for name in left_out}
    assert values == left_out
    said = page.content.decode().partition("Gespeichert wird")[0]
    named = [str(model._meta.get_field(name).verbose_name) for name in left_out if name not in model.only_in]
    assert [name for name in named if name not in said] == []


def test_a_copy_is_saved_as_a_record_of_its_own(cast):
    need, client = make(Need, cast.home, title="Kita am Abend"), cast.client()
    address = way(client, kind_of(Need), cast.home, need)
    page = read_form(client.get(address).content)
    assert client.post(address, sent_by_browser(page)).status_code == 302
    copy = Need.objects.get(title="Kita am Abend (Kopie)")
    assert (copy.version, copy.created_by, copy.predecessor) == (1, cast.planner, None)
    assert copy.uid != need.uid
    for link in Need.link_fields():
        assert set(getattr(copy, link.name).all()) == set(getattr(need, link.name).all())
    need.refresh_from_db()
    assert (need.title, need.version) == ("Kita am Abend", 1)


def test_long_titles_leave_room_for_the_addition(cast):
    need = make(Need, cast.home, title="x" * 160)
    page = read_form(cast.client().get(f"/{cast.home.slug}/bedarfe/neu/?vorlage={need.pk}").content)
    assert page.values["title"] == ["x" * 152 + " (Kopie)"]


def test_sub_records_and_predecessors_are_not_copied(cast):
    measure = make(Measure, cast.home, full=False)
    make(Milestone, cast.home, measure=measure)
    url = f"/{cast.home.slug}/massnahmen/neu/?vorlage={measure.pk}"
    content = cast.client().get(url).content.decode()
    assert (
        "ohne Meilensteine, Qualitätskriterien und Besprechungen. Gespeichert wird erst, wenn Sie es sagen." in content
    )
    page = read_form(content.encode())
    assert cast.client().post(url, sent_by_browser(page)).status_code == 302
    assert Milestone.objects.count() == 1
    cycle = make(PlanningCycle, cast.home, predecessor=make(PlanningCycle, cast.home))
    page = read_form(cast.client().get(f"/{cast.home.slug}/planungszyklen/neu/?vorlage={cycle.pk}").content)
    assert page.values["predecessor"] in ([], [""])


def test_files_are_not_copied(cast):
    kind = next(kind for kind in all_kinds() if "file" in kind.field_names())
    record = make_kind(kind, cast.home, file=pdf("geheim.pdf"))
    url = f"{kind.url('create', cast.home)}?vorlage={record.pk}"
    content = cast.client().get(url).content
    assert "ohne Datei." in content.decode()
    assert cast.client().post(url, sent_by_browser(read_form(content))).status_code == 422
    assert kind.model._default_manager.count() == 1


@pytest.mark.parametrize("key", ["987654", "9" * 30, "abc", "", "fremd"])
def test_unknown_and_foreign_records_are_not_copied(cast, key):
    key = str(make(Need, cast.away).pk) if key == "fremd" else key
    assert cast.client().get(f"/{cast.home.slug}/bedarfe/neu/?vorlage={key}").status_code == 404


def test_what_was_typed_stays_when_the_original_is_gone(cast):
    goal = make(Goal, cast.home, level="guiding")
    data = post_data(kind_of(Goal), stored_values(kind_of(Goal), goal)) | {"title": "Neues Ziel", "level": ""}
    response = cast.client().post(f"/{cast.home.slug}/ziele/neu/?vorlage=987654", data)
    assert response.status_code == 422
    assert read_form(response.content).values["title"] == ["Neues Ziel"]


def test_who_may_not_write_is_not_offered_a_copy(cast):
    need = make(Need, cast.home)
    page = read_form(cast.client("ministry").get(kind_of(Need).url("detail", cast.home, need.pk)).content)
    assert not [link for link in page.links if "vorlage" in parse_qs(urlsplit(link).query)]
    assert cast.client("ministry").get(f"/{cast.home.slug}/bedarfe/neu/?vorlage={need.pk}").status_code == 403
