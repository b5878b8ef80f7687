"""The form of a proof of use on one page, the same for the office and for the Träger under its secret link."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from accounts.forms.days import DayFormField
from funding.domain.proofs.entry import REPORT, Entry, Row
from funding.domain.proofs.receipt_text import TypedReceipt, as_text, read_receipts
from funding.domain.proofs.result import positions_by_cost
from funding.enums import MoneySource, ProofForm
from funding.models import DecidedCost, FundingDecision, ProofOfUse
from records.forms.long_text import LongText, ReadsTexts
from records.models.columns import LONG_TEXT
from records.number_form import EuroFormField

TOO_LONG = "Kürzen Sie den Text auf höchstens %(limit_value)d Zeichen; es sind %(show_value)d."
DAY = "Diesen Tag gibt es nicht. Schreiben Sie zum Beispiel 17.03.2027."
WHERE_FROM, HOW_MUCH = "Wählen Sie, woher das Geld kam.", "Geben Sie den Betrag an, oder leeren Sie die Zeile."
WHAT = "Nennen Sie den Gegenstand, oder leeren Sie die Zeile."
LIST = "Lesen Sie in der Vorschau unten, was an der Liste nicht stimmt."
MOST_ROWS = 40
MORE_INCOMES, MORE_THINGS = 3, 2


def text(label: str, longest: int = LONG_TEXT, rows: int = 0, hint: str = "") -> forms.CharField:
    """An optional text with German sentences."""
    widget: forms.Widget = LongText(attrs={"rows": rows}) if rows else forms.TextInput()
    field = forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=widget,
        help_text=hint,
        error_messages={"max_length": TOO_LONG},
    )
    field.widget.attrs.pop("maxlength", None)
    field.optional_note = True  # type: ignore[attr-defined]
    return field


def day(label: str) -> forms.DateField:
    """An optional day."""
    widget = forms.DateInput(format="%d.%m.%Y")
    return DayFormField(label=label, required=False, widget=widget, error_messages={"invalid": DAY})


@dataclass(frozen=True)
class Spent:
    """A position of the notice with the field for what was spent."""

    cost: DecidedCost
    field: BoundField


class ProofEntryForm(ReadsTexts, forms.Form):
    """All that a proof says. Rows in which nothing stands do not count; of receipts the text is the list."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, proof: ProofOfUse, decision: FundingDecision, typed: Mapping[str, Any] | None = None
    ) -> None:
        """``typed`` is a draft: shown as it was typed, and not judged."""
        self.proof, self.decision = proof, decision
        self.costs = list(decision.costs.order_by("pk"))
        incomes, things = list(proof.incomes.all()), list(proof.inventory.all())
        sent = data if data is not None else typed or {}
        self.income_rows = rows_in(sent, "amount", len(incomes) + MORE_INCOMES)
        self.thing_rows = rows_in(sent, "thing", len(things) + MORE_THINGS)
        stored = {"form_key": str(uuid.uuid4()), "version": proof.version}
        stored |= {name: getattr(proof, name) for name in REPORT}
        known = positions_by_cost(proof, decision)
        stored |= {f"actual-{cost.pk}": known[cost.pk].actual for cost in self.costs if cost.pk in known}
        for number, row in enumerate(incomes):
            stored |= {f"source-{number}": row.source, f"giver-{number}": row.giver, f"amount-{number}": row.amount}
        for number, item in enumerate(things):
            stored |= {
                f"thing-{number}": item.title,
                f"bought-{number}": item.bought_on,
                f"value-{number}": item.value,
                f"place-{number}": item.place,
            }
        stored["receipts"] = as_text([typed_receipt(row) for row in proof.receipts.all()], self.costs)
        super().__init__(data, initial=stored | dict(typed or {}))
        self.add_fields()

    def add_fields(self) -> None:
        """Texts, a field for each position, and rows."""
        for name in REPORT:
            column: Any = ProofOfUse._meta.get_field(name)
            self.fields[name] = text(str(column.verbose_name), rows=4)
        for cost in self.costs:
            self.fields[f"actual-{cost.pk}"] = EuroFormField(
                label=f"Ausgegeben: {cost.title}", required=False, min_value=0
            )
        for number in range(self.income_rows):
            choices = [("", "–"), *MoneySource.choices]
            self.fields[f"source-{number}"] = forms.ChoiceField(label="Quelle", choices=choices, required=False)
            self.fields[f"giver-{number}"] = text("Geldgeber", 160)
            self.fields[f"amount-{number}"] = EuroFormField(label="Eingenommen", required=False, min_value=0)
        for number in range(self.thing_rows):
            self.fields[f"thing-{number}"] = text("Gegenstand", 160)
            self.fields[f"bought-{number}"] = day("Angeschafft am")
            self.fields[f"value-{number}"] = EuroFormField(label="Wert", required=False, min_value=0)
            self.fields[f"place-{number}"] = text("Standort", 160)
        for name, field in self.fields.items():
            stem, _, place = name.partition("-")
            if place:
                row = f", Zeile {int(place) + 1}" if stem != "actual" else ""
                field.widget.attrs["aria-label"] = f"{field.label}{row}"
        self.fields["receipts"] = forms.CharField(
            label="Belegliste",
            required=False,
            max_length=200_000,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 10, "data-lines": True, "spellcheck": "false"}),
            help_text="Aus der Tabelle einfügen: Belegnummer, Bezahlt am, Empfänger, Grund, Ausgabe, Betrag.",
        )

    def texts(self) -> list[BoundField]:
        """The parts of the Sachbericht."""
        return [self[name] for name in REPORT]

    def spent(self) -> list[Spent]:
        """The positions of the notice."""
        return [Spent(cost, self[f"actual-{cost.pk}"]) for cost in self.costs]

    def incomes(self) -> list[list[BoundField]]:
        """Rows of incomes."""
        return [[self[f"{name}-{n}"] for name in ("source", "giver", "amount")] for n in range(self.income_rows)]

    def things(self) -> list[list[BoundField]]:
        """Rows of things bought."""
        return [[self[f"{name}-{n}"] for name in ("thing", "bought", "value", "place")] for n in range(self.thing_rows)]

    @property
    def asks_receipts(self) -> bool:
        """Whether the notice asks for a list of receipts."""
        return self.decision.proof_form == ProofForm.RECEIPTS

    def receipt_text(self) -> str:
        """The list as it stands in the page."""
        return str(self["receipts"].value() or "")

    def clean(self) -> dict[str, Any]:
        """Rows are whole; every line of the list can be read."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(self.income_rows):
            source, giver, amount = (cleaned.get(f"{name}-{number}") for name in ("source", "giver", "amount"))
            if (giver or amount is not None) and not source:
                self.add_error(f"source-{number}", WHERE_FROM)
            if (giver or source) and amount is None and f"amount-{number}" not in self.errors:
                self.add_error(f"amount-{number}", HOW_MUCH)
        for number in range(self.thing_rows):
            told = [cleaned.get(f"{name}-{number}") for name in ("bought", "value", "place")]
            if any(each not in (None, "") for each in told) and not cleaned.get(f"thing-{number}"):
                self.add_error(f"thing-{number}", WHAT)
        if any(line.faults for line in read_receipts(cleaned.get("receipts", ""), self.costs)):
            self.add_error("receipts", LIST)
        return cleaned

    def entry(self) -> Entry:
        """What was typed, for a form that is valid."""
        told = self.cleaned_data
        incomes = [
            {"source": told[f"source-{n}"], "giver": told[f"giver-{n}"], "amount": told[f"amount-{n}"]}
            for n in range(self.income_rows)
        ]
        things = [
            {
                "title": told[f"thing-{n}"],
                "bought_on": told[f"bought-{n}"],
                "value": told[f"value-{n}"],
                "place": told[f"place-{n}"],
            }
            for n in range(self.thing_rows)
        ]
        lines = read_receipts(told["receipts"], self.costs)
        return Entry(
            report={name: told[name] for name in REPORT},
            actual={cost.pk: told[f"actual-{cost.pk}"] for cost in self.costs},
            incomes=filled(incomes, "source"),
            receipts=tuple(line.receipt for line in lines if line.receipt),
            inventory=filled(things, "title"),
        )


def filled(rows: Sequence[Row], name: str) -> tuple[Row, ...]:
    """The rows in which something stands."""
    return tuple(row for row in rows if row[name])


def rows_in(sent: Mapping[str, Any], name: str, least: int) -> int:
    """How many rows the page has: those that were sent, at least so many."""
    numbers = [int(tail) for key in sent if (tail := str(key).removeprefix(f"{name}-")).isdigit() and len(tail) < 4]
    return min(MOST_ROWS, max([least, *(number + 1 for number in numbers)]))


def typed_receipt(row: Any) -> TypedReceipt:
    """A stored receipt as it would be typed."""
    return TypedReceipt(row.number, row.paid_on, row.payee, row.purpose, row.cost_id, row.amount)
