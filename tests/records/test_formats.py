"""How something is written, and when it must be given, stands beside the field before the first mistake."""

import re

import pytest

from participation.models import Resolution
from planning.models import Document, Goal, IndicatorValue
from records.registry import all_kinds, kind_of
from records.vague_form import VagueDateFormField
from tests.cast import Cast
from tests.factories import make, post_data, stored_values

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("kind", [kind for kind in all_kinds() if kind.creatable], ids=lambda kind: kind.name)
def test_no_field_hides_its_format(cast: Cast, kind):
    who = "planner" if kind.is_tenant else "ministry"
    answer = cast.client(who).get(kind.url("create", cast.home if kind.is_tenant else None))
    if answer.status_code != 200:
        return
    for name, field in answer.context["form"].fields.items():
        widget = field.widget
        says_a_number = getattr(widget, "attrs", {}).get("inputmode") in ("numeric", "decimal")
        if says_a_number or getattr(widget, "input_type", "") in ("url", "email", "file"):
            assert field.help_text, name
    if any(isinstance(field, VagueDateFormField) for field in answer.context["form"].fields.values()):
        assert "TT.MM.JJJJ, auch „Juni 2019“" in words_of(answer.content.decode())


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Resolution, "Vertagt auf – nötig, wenn vertagt"),
        (Goal, "Übergeordnetes Ziel – nötig, außer bei einem Leitziel"),
        (IndicatorValue, "Wert – Wert oder Zeichen ist nötig"),
        (Document, "PDF, DOCX, ODT, XLSX, JPG und PNG, bis 20 MB."),
    ],
)
def test_what_is_needed_in_some_states_says_so(cast, model, words):
    if model is Goal:
        make(Goal, cast.home)
    assert words in words_of(cast.client().get(kind_of(model).url("create", cast.home)).content.decode())


def test_a_day_may_be_typed_as_a_month(cast):
    resolution = make(Resolution, cast.home, full=False)
    kind = kind_of(Resolution)
    sent = post_data(kind, stored_values(kind, resolution)) | {"resolved_on_precision": "D"}
    sent |= {"resolved_on_day": "Juni 2019", "resolved_on_year": "", "version": str(resolution.version)}
    answer = cast.client().post(kind.url("update", cast.home, resolution.pk), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    resolution.refresh_from_db()
    assert str(resolution.resolved_on) == "Juni 2019"


def test_what_a_constraint_refuses_stands_at_its_field(cast):
    resolution, kind = make(Resolution, cast.home, full=False), kind_of(Resolution)
    sent = post_data(kind, stored_values(kind, resolution)) | {"outcome": "deferred"}
    sent |= {f"deferred_to_{part}": "" for part in ("day", "month", "quarter", "half", "year")}
    answer = cast.client().post(
        kind.url("update", cast.home, resolution.pk), sent | {"version": str(resolution.version)}
    )
    assert answer.status_code == 422
    assert dict(answer.context["form"].errors)["deferred_to"] == ["Geben Sie an, auf wann vertagt wurde."]
    assert '<a href="#id_deferred_to">' in answer.content.decode()
