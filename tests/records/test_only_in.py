"""A field that belongs to some states is shown, printed, exported, found and compared in those states alone."""

import re

import pytest
from django.urls import reverse

from participation.models import Body, Consultation, Event, Resolution, Session, SupportRecord
from planning.models import Measure
from plans.builder import build_plan
from plans.content import to_json
from plans.models import Plan
from records.domain.saving import update_record
from records.kind import RecordKind
from records.models import MunicipalRecord
from records.registry import all_kinds, kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.records.test_canary import text_of

pytestmark = pytest.mark.usefixtures("quiet")
REASON, LATER = "Traegerinsolvenz", VagueDate.from_iso("2033-06")
# What was typed, the words by which it is known, the state in which it says nothing, and the one in which it does.
FIELDS = {
    Resolution: (
        {"deferred_to": VagueDate.from_iso("2033-06")},
        ("Juni 2033", "2033-06"),
        "outcome",
        "adopted",
        "deferred",
    ),
    Session: ({"attending_count": 971}, ("971",), "state", "planned", "held"),
    Event: ({"participants": 971, "begin": VagueDate.from_iso("2018-05")}, ("971",), "state", "planned", "held"),
    Consultation: ({"votes_for": 971}, ("971",), "outcome", "expected", "recommended"),
    Measure: ({"not_done_reason": REASON}, (REASON,), "state", "running", "dropped"),
    Body: (
        {"dissolved_on": VagueDate.from_iso("2018-11")},
        ("November 2018", "2018-11"),
        "state",
        "working",
        "dissolved",
    ),
    SupportRecord: ({"is_open": True}, ("Bitte noch offen",), "kind", "advice", "request"),
}
each = pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)


def pattern_of(word: str) -> str:
    """A number stands alone: inside a key or a checksum it would be found by chance."""
    return rf"(?<![0-9a-f-]){word}(?![0-9a-f-])" if word.isdigit() else re.escape(word)


def told_in(cast, model, record) -> set[str]:
    """Where the words stand: page, list as file, search, plan, Sachbericht."""
    kind, words, client, slug = kind_of(model), FIELDS[model][1], cast.client(), cast.home.slug
    asked = {
        "page": client.get(kind.url("detail", cast.home, record.pk)),
        "csv": client.get(kind.url("csv", cast.home)),
        "search": client.get(reverse("records:search", args=[slug]), {"q": words[0]}),
    }
    texts = {name: text_of(answer).decode(errors="replace").split("<main")[-1] for name, answer in asked.items()}
    texts["page"] = texts["page"].split('aria-label="Verlauf"')[0]  # what was changed is told as it was changed
    texts["search"] = texts["search"] if kind.url("detail", cast.home, record.pk) in texts["search"] else ""
    texts["plan"] = to_json(build_plan(Plan.objects.get())).decode()
    found = {name for name, text in texts.items() if any(re.search(pattern_of(word), text) for word in words)}
    if model is SupportRecord and ";ja" not in texts["csv"]:  # the head names the field in any state
        found.discard("csv")
    return found


@each
def test_it_says_nothing_in_another_state_and_everything_in_its_own(cast, model):
    typed, _, name, other, own = FIELDS[model]
    plan = make(Plan, cast.home, full=False, year=2018)
    cycle = {"cycle": plan.cycle} if model is Measure else {}
    day = {"resolved_on": VagueDate.from_iso("2018-05")} if model is Resolution else {}
    record = make(model, cast.home, full=False, **typed, **cycle, **day, **{name: other})
    assert told_in(cast, model, record) == set()
    setattr(record, name, own)
    update_record(record, version=1, actor=cast.planner)
    told = told_in(cast, model, record)
    assert {"page", "csv"} <= told
    assert ("plan" in told) == (model is not SupportRecord)


@each
def test_its_form_says_in_which_states_it_counts(cast, model):
    typed, _, name, _, own = FIELDS[model]
    page = cast.client().get(kind_of(model).url("create", cast.home)).content.decode()
    label = dict(model._meta.get_field(name).flatchoices)[own]
    field = next(iter(set(typed) & set(model.only_in)))
    place = page.split(f'data-only="{name}"')
    assert page.count("data-only=") == len(model.only_in)
    told = next(part for part in place[1:] if f'name="{field}' in part.split("data-only")[0])
    assert own in told.split('data-values="')[1].split('"')[0].split()
    assert f"„{label}“" in told or "Nicht bei „" in told
    assert "js/states.js" in page


def test_every_field_of_that_kind_names_a_state_that_exists():
    def limits(kind: RecordKind):
        return [(kind.model, name, limit) for name, limit in kind.model.only_in.items()]

    found = [limit for kind in all_kinds() for limit in limits(kind)]
    assert {model for model, _, _ in found if issubclass(model, MunicipalRecord)} == set(FIELDS)
    for model, name, limit in found:
        assert model._meta.get_field(name)
        assert limit.values <= set(dict(model._meta.get_field(limit.field).flatchoices))
