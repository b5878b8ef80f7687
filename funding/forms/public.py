"""The public form: five short pages of fields; what is typed is judged when a page is left and before it is sent."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db import models
from django.db.models import QuerySet

from funding.enums import MoneySource
from funding.models import CostPosition, FinancePosition, FundingApplication, OfferedCriterion
from records.forms.formats import say_format
from records.forms.long_text import ReadsTexts
from records.forms.record import formfield_for, set_up_widget, speak_german

Offers = Mapping[str, QuerySet[Any]]
SOURCES = (
    ("", "Bitte wählen"),
    (MoneySource.LAND, "Zuwendung, die Sie hier beantragen"),
    (MoneySource.MUNICIPAL, "weitere Mittel der Kommune"),
    (MoneySource.OWN, "Eigenmittel"),
    (MoneySource.THIRD, "Mittel Dritter"),
    (MoneySource.FEES, "Teilnahmebeiträge"),
)


def column(model: type[models.Model], name: str, *, required: bool = False, **options: Any) -> Any:
    """The field of a column as the office has it too: same limits, same sentences."""
    return formfield_for(cast(Any, model._meta.get_field(name)), required=required, **options)


class PublicForm(ReadsTexts, forms.Form):
    """A page, or a row of one. ``offers`` are the rows that may be chosen, by the name of the field."""

    def __init__(self, *args: Any, offers: Offers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})
        self.offers = offers
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = offers[name]
            speak_german(field)
            say_format(name, field)
            set_up_widget(field)


class ApplicantForm(PublicForm):
    """Who applies and how to reach it."""

    applicant = column(FundingApplication, "applicant", required=True, help_text="Voller Name des Trägers.")
    legal_form = column(FundingApplication, "legal_form", help_text="Zum Beispiel eingetragener Verein.")
    address = column(FundingApplication, "address", required=True)
    contact = column(FundingApplication, "contact", required=True)
    email = column(
        FundingApplication,
        "email",
        required=True,
        help_text="Dorthin kommt der Code, mit dem Sie den Antrag bestätigen. Zum Beispiel verein@beispiel.de.",
    )
    phone = column(FundingApplication, "phone")
    nonprofit_until = column(FundingApplication, "nonprofit_until")


class ProjectForm(PublicForm):
    """What is to be done, for whom and why."""

    title = column(FundingApplication, "title", required=True)
    starts_on = column(FundingApplication, "starts_on", required=True)
    ends_on = column(FundingApplication, "ends_on", required=True)
    action_field: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(None, label="Handlungsfeld", required=False)
    goals: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        None, label="Ziele des Plans, zu denen es beiträgt", required=False, widget=forms.CheckboxSelectMultiple
    )
    life_phases: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        None, label="Lebensphasen, um die es geht", required=False, widget=forms.CheckboxSelectMultiple
    )
    description = column(FundingApplication, "description", required=True)
    need_text = column(FundingApplication, "need_text", required=True)
    approach = column(FundingApplication, "approach")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("goals", "life_phases"):
            if not self.offers[name].exists():
                del self.fields[name]

    def clean(self) -> None:
        """An end follows a beginning."""
        begin, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", "Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an.")


class CostsForm(PublicForm):
    """What stands beside the rows of costs."""

    deducts_vat = column(FundingApplication, "deducts_vat")


class MoneyForm(PublicForm):
    """What stands beside the rows of financing."""

    other_applications = column(FundingApplication, "other_applications")
    iban = column(FundingApplication, "iban", help_text="Wohin eine Zuwendung gezahlt wird. 22 Stellen.")
    account_holder = column(FundingApplication, "account_holder")


class ResultForm(PublicForm):
    """What stands beside the rows of criteria."""

    cooperation = column(FundingApplication, "cooperation")
    sustainability = column(FundingApplication, "sustainability")
    early_begin = column(
        FundingApplication,
        "early_begin",
        label="Das Vorhaben soll vor dem Bescheid beginnen; dazu wird die Zustimmung beantragt.",
    )


class Row(PublicForm):
    """A row may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)
        for field in self.fields.values():
            field.help_text = ""


class CostRow(Row):
    """A cost."""

    cost_kind: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(None, label="Kostenart")
    title = column(CostPosition, "title", required=True)
    basis = column(CostPosition, "basis")
    amount = column(CostPosition, "amount", required=True)


class FinanceRow(Row):
    """A source that pays."""

    source = forms.ChoiceField(label="Quelle der Mittel", choices=SOURCES)
    giver = column(FinancePosition, "giver")
    amount = column(FinancePosition, "amount", required=True)
    promise = column(FinancePosition, "promise", required=True)


class CriterionRow(Row):
    """How the result is recognised."""

    title = column(OfferedCriterion, "title", required=True, label="Woran wird der Erfolg erkannt?")
    kind = column(OfferedCriterion, "kind", required=True)
    unit = column(OfferedCriterion, "unit")
    target = column(OfferedCriterion, "target")
