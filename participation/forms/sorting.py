"""What is sent when findings are sorted: a Handlungsfeld and a weight for each, marks, a choice for all marked ones."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from participation.domain.findings import Sorting
from participation.domain.lines import HEAVIEST
from participation.models import Finding
from planning.enums import Priority
from planning.models import ActionField, LifePhase, Need
from records.forms.long_text import LongText, ReadsTexts
from records.models.columns import LONG_TEXT
from records.templatetags.german import number
from records.text import whole_number

NONE = "0"  # in a select: take the Handlungsfeld or the Lebensphasen away
WEIGHT = f"Geben Sie die Punkte als ganze Zahl bis {number(HEAVIEST)} ein, zum Beispiel 12."
CHOOSE = "Wählen Sie einen Eintrag aus der Liste."


@dataclass(frozen=True)
class Typed:
    """What stands in the controls of one finding."""

    action_field: str
    weight: str
    error: str = ""


@dataclass
class SortInput:
    """What was sent: marked findings, what changes, what is shown again when something is wrong."""

    marked: list[Finding] = field(default_factory=list)
    sortings: list[Sorting] = field(default_factory=list)
    typed: dict[int, Typed] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)


def seen_state(finding: Finding) -> str:
    """„version/Handlungsfeld/weight“ as the page shows a finding; comes back with what was changed there."""
    weight = "" if finding.weight is None else finding.weight
    return f"{finding.version}/{finding.action_field_id or NONE}/{weight}"


def read_sorting(
    post: QueryDict, findings: Iterable[Finding], fields: Sequence[ActionField], phases: Sequence[LifePhase]
) -> SortInput:
    """Compare what was sent with what the person saw; only findings that were on their page count."""
    found = SortInput()
    by_key = {str(one.pk): one for one in fields}
    marks, bulk = set(post.getlist("marke")), post.get("handlungsfeld", "")
    for finding in findings:
        marked = str(finding.pk) in marks
        if marked:
            found.marked.append(finding)
        if f"stand-{finding.pk}" not in post:
            continue
        version, seen_field, seen_weight = [*str(post[f"stand-{finding.pk}"]).split("/"), "", "", ""][:3]
        typed_field = post.get(f"feld-{finding.pk}", seen_field)
        if marked and (bulk in by_key or bulk == NONE):
            typed_field = bulk
        typed_weight = post.get(f"gewicht-{finding.pk}", seen_weight).strip()
        error = problem(typed_field, typed_weight, by_key)
        if error:
            found.errors[finding.pk] = error
        found.typed[finding.pk] = Typed(typed_field, typed_weight, error)
        links = bulk_phases(finding, post.get("lebensphase", ""), phases) if marked else None
        if not error and ((typed_field, typed_weight) != (seen_field, seen_weight) or links is not None):
            found.sortings.append(
                Sorting(
                    finding=finding,
                    version=whole_number(version) or 0,
                    action_field=by_key.get(typed_field),
                    weight=int(typed_weight) if typed_weight else None,
                    life_phases=links,
                )
            )
    return found


def problem(typed_field: str, typed_weight: str, fields: dict[str, ActionField]) -> str:
    """What is wrong with a line, or an empty text."""
    if typed_field != NONE and typed_field not in fields:
        return CHOOSE
    weight = whole_number(typed_weight)
    return WEIGHT if typed_weight and (weight is None or weight > HEAVIEST) else ""


def bulk_phases(finding: Finding, chosen: str, phases: Sequence[LifePhase]) -> tuple[LifePhase, ...] | None:
    """The Lebensphasen of a marked finding after the choice for all: one more, or none; None leaves them."""
    if chosen == NONE:
        return ()
    added = next((phase for phase in phases if str(phase.pk) == chosen), None)
    return (*finding.life_phases.all(), added) if added else None


class NeedForm(ReadsTexts, forms.Form):
    """The need that marked findings support: a new one, or one of the current cycle (``existing``)."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    title = forms.CharField(
        label="Titel des Bedarfs",
        max_length=160,
        required=False,
        error_messages={"max_length": "Kürzen Sie den Titel auf höchstens %(limit_value)d Zeichen."},
    )
    action_field = forms.ChoiceField(label="Handlungsfeld", required=False, error_messages={"invalid_choice": CHOOSE})
    priority = forms.ChoiceField(
        label="Priorität",
        required=False,
        choices=[("", "noch offen"), *Priority.choices],
        error_messages={"invalid_choice": CHOOSE},
    )
    reason = forms.CharField(label="Grund der Priorität", required=False, max_length=400)
    description = forms.CharField(
        label="Beschreibung", required=False, max_length=LONG_TEXT, widget=LongText(attrs={"rows": 2})
    )
    existing = forms.ChoiceField(
        label="Zu vorhandenem Bedarf", required=False, error_messages={"invalid_choice": CHOOSE}
    )

    def __init__(self, data: Any = None, *, fields: Sequence[ActionField], needs: Sequence[Need]) -> None:
        super().__init__(data, initial={"form_key": str(uuid.uuid4())}, prefix="bedarf")
        self.action_fields = {str(one.pk): one for one in fields}
        self.needs = {str(need.pk): need for need in needs}
        for name, empty, rows in (
            ("action_field", "wie die meisten markierten", self.action_fields),
            ("existing", "Bitte wählen", self.needs),
        ):
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [("", empty), *[(key, str(row)) for key, row in rows.items()]]
        for name in ("reason", "description"):
            self.fields[name].optional_note = True  # type: ignore[attr-defined]

    def new_need(self) -> Need:
        """The need of the valid form, without municipality and cycle."""
        data = self.cleaned_data
        return Need(
            title=data["title"].strip(),
            description=data["description"],
            priority=data["priority"],
            priority_reason=data["reason"],
        )
