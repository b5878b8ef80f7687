"""The office's part of a proof: consent, what is not recognised and why, and its note."""

from typing import Any

from django import forms
from django.forms import BoundField

from funding.domain.proofs.cuts import Cut
from funding.domain.proofs.result import Line, Result
from funding.forms.proof import text
from funding.models import ProofOfUse
from records.forms.long_text import ReadsTexts
from records.number_form import EuroFormField

WHY = "Nennen Sie den Grund der Kürzung."
TOO_MUCH = "Kürzen Sie höchstens um das, was ausgegeben wurde."


class CheckForm(ReadsTexts, forms.Form):
    """Three fields for each position that the proof names, and the note."""

    def __init__(self, data: Any = None, *, proof: ProofOfUse, result: Result) -> None:
        self.positions = [line.position for line in result.lines if line.position is not None]
        stored: dict[str, Any] = {"note": proof.note}
        for row in self.positions:
            stored |= {f"consent-{row.pk}": row.consent, f"cut-{row.pk}": row.cut, f"reason-{row.pk}": row.reason}
        super().__init__(data, initial=stored)
        for row in self.positions:
            self.fields[f"consent-{row.pk}"] = forms.BooleanField(label="genehmigt", required=False)
            self.fields[f"cut-{row.pk}"] = EuroFormField(label="Nicht anerkannt", required=False, min_value=0)
            self.fields[f"reason-{row.pk}"] = text("Grund der Kürzung", 300)
            for name in ("consent", "cut", "reason"):
                field = self.fields[f"{name}-{row.pk}"]
                field.widget.attrs["aria-label"] = f"{field.label}: {row.cost}"
        self.fields["note"] = text("Prüfvermerk", rows=4)

    def row(self, line: Line) -> list[BoundField]:
        """The fields of a line; none where the proof does not name the position."""
        if line.position is None:
            return []
        return [self[f"{name}-{line.position.pk}"] for name in ("consent", "cut", "reason")]

    def clean(self) -> dict[str, Any]:
        """A cut has a reason and is not more than was spent."""
        cleaned: dict[str, Any] = super().clean() or {}
        for row in self.positions:
            cut = cleaned.get(f"cut-{row.pk}")
            if cut and not cleaned.get(f"reason-{row.pk}"):
                self.add_error(f"reason-{row.pk}", WHY)
            if cut and cut > row.actual:
                self.add_error(f"cut-{row.pk}", TOO_MUCH)
        return cleaned

    def cuts(self) -> list[Cut]:
        """What was said of each position, for a form that is valid."""
        told = self.cleaned_data
        return [
            Cut(row, told[f"consent-{row.pk}"], told[f"cut-{row.pk}"], told[f"reason-{row.pk}"])
            for row in self.positions
        ]
