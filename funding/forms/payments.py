"""What is told of a payment in the list: whether it is marked, and what the Träger needs it for."""

from typing import Any

from django import forms

from funding.forms.proof import day, text
from funding.models import Payment


class NeedForm(forms.Form):
    """One row of the list; judged where the row is marked."""

    mark = forms.BooleanField(label="markiert", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, payment: Payment) -> None:
        self.payment = payment
        self.refused: list[str] = []
        stored = {
            "version": payment.version,
            "requested_on": payment.requested_on,
            "need": payment.need,
            "until": payment.needed_until,
        }
        super().__init__(data, prefix=f"z{payment.pk}", initial=stored)
        self.fields["requested_on"] = day("Abgerufen am")
        self.fields["need"] = text("Bedarf", 1000)
        self.fields["until"] = day("Verwendet bis")
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = f"{field.label}: {payment}"
        self.fields["mark"].widget.attrs["class"] = "ck"

    @property
    def is_marked(self) -> bool:
        """Whether the step is meant for this payment."""
        return bool(self.data) and bool(self["mark"].value())
