"""What is typed with an application on one page: its costs, its financing, and the criteria that the Träger offers."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from accounts.access import Access
from accounts.models import Municipality, User
from funding.domain.reckoning.steps import euro, total
from funding.enums import ApplicationAction
from funding.models import CostPosition, FinancePosition, FundingApplication, OfferedCriterion
from funding.queries.cost_kinds import kinds_of_cost
from records.domain.saving import create_record
from records.errors import StepRefused
from records.forms.record import CHOOSE, formfield_for, set_up_widget, speak_german
from records.life.moving import take_step

RECEIVE = "_eingang"  # the button that holds the receipt as well
MOST_ROWS = 100
EMPTY = 20  # rows to type into, of costs; half as many of financing, a quarter of criteria
FIELDS: tuple[tuple[str, str, type[models.Model], tuple[str, ...], int], ...] = (
    ("ausgaben", "Ausgaben", CostPosition, ("title", "cost_kind", "basis", "amount", "eligible"), EMPTY),
    ("finanzierung", "Finanzierung", FinancePosition, ("source", "giver", "amount", "promise"), EMPTY // 2),
    ("kriterien", "Kriterien", OfferedCriterion, ("title", "kind", "unit", "baseline", "target"), EMPTY // 4),
)


class EntryRow(forms.Form):
    """A row; one in which nothing was typed does not count, whatever its choices say."""

    def has_changed(self) -> bool:
        typed = [name for name, field in self.fields.items() if isinstance(field.widget, forms.TextInput)]
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in typed)


def row_class(model: Any, names: tuple[str, ...], kinds: list[tuple[Any, str]]) -> type[EntryRow]:
    """The form of a row, with the fields of the model as its own form has them."""
    return type("Row", (EntryRow,), {name: field_of(model, name, kinds) for name in names})


def field_of(model: Any, name: str, kinds: list[tuple[Any, str]]) -> Any:
    """One field; kinds of cost are read once for all rows."""
    column = model._meta.get_field(name)
    if name == "cost_kind":
        field: Any = forms.TypedChoiceField(label="Kostenart", choices=[("", CHOOSE), *kinds], coerce=int)
        field.error_messages["required"] = "Wählen Sie die Kostenart."
    else:
        field = formfield_for(column)
    if isinstance(column, models.BooleanField):
        field.initial = column.get_default()
    speak_german(field)
    set_up_widget(field)
    return field


class EntryRows:
    """The rows of an application that is entered; rows that were not sent are none."""

    def __init__(self, data: QueryDict | None, municipality: Municipality, access: Access) -> None:
        kinds = kinds_of_cost(timezone.localdate())
        self.data, self.sets = data, []
        for prefix, heading, model, names, count in FIELDS:
            row = row_class(model, names, kinds)
            made: Any = forms.formset_factory(row, extra=count, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
            was_sent = data is not None and f"{prefix}-TOTAL_FORMS" in data
            found = made(data if was_sent else None, prefix=prefix)
            found.heading, found.model, found.was_sent = heading, model, was_sent
            self.sets.append(found)

    def is_valid(self) -> bool:
        """Whether every row that was typed can be taken."""
        judged = {found.prefix: found.is_valid() for found in self.sets if found.was_sent}
        return all(judged.values())

    @property
    def wrong(self) -> int:
        """In how many rows something is wrong."""
        return sum(1 for found in self.sets if found.was_sent for row in found.forms if row.errors)

    def typed(self, place: int) -> list[dict[str, Any]]:
        """The values of the rows of one table."""
        found = self.sets[place]
        return [row.cleaned_data for row in found.forms if row.has_changed()] if found.was_sent else []

    def sums(self) -> tuple[Decimal, Decimal]:
        """Costs and financing of the valid rows."""
        costs, finances = (total(row["amount"] for row in self.typed(place)) for place in (0, 1))
        return costs, finances

    def questions(self) -> list[str]:
        """What hardly can be: an application that does not balance."""
        costs, finances = self.sums()
        if costs == finances:
            return []
        return [f"Die Ausgaben sind {euro(costs)}, die Finanzierung {euro(finances)}. Steht es so im Antrag?"]

    def save(self, application: FundingApplication, actor: User) -> str:
        """Store the rows, and hold the receipt where that was asked for; returns what is left to do, or nothing."""
        for place, found in enumerate(self.sets):
            for values in self.typed(place):
                kind = values.pop("cost_kind", None)
                given = values | ({"cost_kind_id": kind} if kind else {})
                marks = {"municipality": application.municipality, "is_example": application.is_example}
                create_record(found.model(application=application, **marks, **given), actor=actor)
        wanted = self.data is not None and RECEIVE in self.data
        return receive(application, actor) if wanted else ""


def receive(application: FundingApplication, actor: User) -> str:
    """The receipt with the day that was typed; a sentence where it needs a reason first."""
    day: date = application.received_on or timezone.localdate()
    step = {"action": ApplicationAction.RECEIVE, "values": {"received_on": day}}
    try:
        take_step(record=application, actor=actor, version=application.version, **step)  # type: ignore[arg-type]
    except StepRefused as error:
        return f"Gespeichert; der Eingang ist noch nicht festgehalten. {error}"
    except ValidationError as error:
        return f"Gespeichert; der Eingang ist noch nicht festgehalten. {' '.join(error.messages)}"
    return ""
