"""What the public form shows: its pages with what was typed, what is still missing, and all of it in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from funding.domain.public.confirming import Sent
from funding.domain.reckoning.steps import euro, total
from funding.enums import MoneySource
from funding.forms.public import (
    ApplicantForm,
    CostRow,
    CostsForm,
    CriterionRow,
    FinanceRow,
    MoneyForm,
    Offers,
    ProjectForm,
    PublicForm,
    ResultForm,
    Row,
)
from funding.models import PublicDraft
from funding.queries.public import offers_of
from records.amounts import written
from records.forms.typed import show_typed
from records.number_form import MEANT, EuroFormField
from records.text import whole_number

LEAST_ROWS, MORE_ROWS, MOST_ROWS = 3, 5, 40
COUNT = "rows"
ASKED = (MoneySource.LAND, MoneySource.MUNICIPAL)


@dataclass(frozen=True)
class Step:
    """A page of the form. ``slug`` stands in its address; ``row`` are the fields of each of its rows."""

    slug: str
    title: str
    lead: str
    form: type[PublicForm]
    row: type[Row] | None = None
    row_name: str = ""
    rows_head: str = ""
    takes_files: bool = False


STEPS = (
    Step("traeger", "Wer sich bewirbt", "Wer Sie sind und wie die Stelle Sie erreicht.", ApplicantForm),
    Step("vorhaben", "Das Vorhaben", "Was Sie tun wollen, für wen und warum.", ProjectForm),
    Step(
        "ausgaben",
        "Ausgaben",
        "Womit Sie rechnen, eine Zeile je Ausgabe. Leere Zeilen bleiben unbeachtet.",
        CostsForm,
        CostRow,
        "Ausgabe",
        "Beträge in Euro, zum Beispiel 1.250,50.",
    ),
    Step(
        "finanzierung",
        "Finanzierung",
        "Wer das bezahlt. Ausgaben und Finanzierung müssen auf den Cent gleich sein.",
        MoneyForm,
        FinanceRow,
        "Quelle",
        "Beträge in Euro, zum Beispiel 1.250,50. Geldgeber ist zum Beispiel ein Förderverein.",
    ),
    Step(
        "erfolg",
        "Erfolg und Unterlagen",
        "Woran der Erfolg zu erkennen ist, und was Sie beilegen.",
        ResultForm,
        CriterionRow,
        "Kriterium",
        "Was Sie selbst zählen oder erheben können, zum Beispiel „Teilnehmende im Jahr“.",
        takes_files=True,
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}


def typed_of(draft: PublicDraft) -> QueryDict:
    """The stored raw fields as a browser would send them."""
    typed = QueryDict(mutable=True)
    for name, values in draft.values.items():
        typed.setlist(name, values)
    return typed


@dataclass
class Part:
    """A page with what was typed; ``judged`` says what is wrong with it, else it is only shown."""

    step: Step
    offers: Offers
    typed: QueryDict
    judged: bool
    more: int = 0

    @cached_property
    def form(self) -> PublicForm:
        """The fields beside the rows."""
        made: PublicForm = self._made(self.step.form)
        return made

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, some empty ones among them."""
        made: list[Row] = [self._made(self.step.row, f"{self.step.slug}-{at}") for at in range(self.count)]  # type: ignore[arg-type]
        if self.more:
            next(iter(made[-self.more].fields.values())).widget.attrs["autofocus"] = True
        return made

    @property
    def count(self) -> int:
        """How many rows there are."""
        if self.step.row is None:
            return 0
        told = whole_number(self.typed.get(self.count_name, "")) or LEAST_ROWS
        return min(max(told, LEAST_ROWS) + self.more, MOST_ROWS)

    @property
    def count_name(self) -> str:
        """The field that holds the number of rows."""
        return f"{self.step.slug}-{COUNT}"

    @property
    def filled(self) -> list[Row]:
        """The rows in which something stands."""
        return [row for row in self.rows if row.is_bound and row.has_changed()]

    def _made(self, made: type[PublicForm], prefix: str | None = None) -> Any:
        if self.judged:
            return made(self.typed, prefix=prefix, offers=self.offers)
        form = made(prefix=prefix, offers=self.offers)
        show_typed(form, self.typed)
        return form

    @cached_property
    def errors(self) -> list[tuple[str, str]]:
        """Id of the control and sentence of everything that is wrong."""
        found = []
        for form, head in [(self.form, ""), *((row, row_head(self.step, at)) for at, row in enumerate(self.rows))]:
            for name, sentences in form.errors.items() if form.is_bound else ():
                label = f"{head}{form.fields[name].label}" if name in form.fields else head
                target = form[name].id_for_label if name in form.fields else ""
                found += [(target, f"{label}: {sentence}") for sentence in sentences]
        return found

    def belongs(self, name: str) -> bool:
        """Whether a field that was sent is one of this page."""
        if name == self.count_name:
            return True
        plain = name.removesuffix(MEANT)
        if plain in self.step.form.base_fields:
            return True
        prefix, _, last = plain.rpartition("-")
        slug, _, number = prefix.rpartition("-")
        is_row = self.step.row is not None and slug == self.step.slug and last in self.step.row.base_fields
        return is_row and number.isascii() and number.isdigit() and int(number[:4]) < MOST_ROWS


def row_head(step: Step, at: int) -> str:
    """„Ausgabe 2, “."""
    return f"{step.row_name} {at + 1}, "


@dataclass
class Whole:
    """All pages of a draft, judged together."""

    draft: PublicDraft
    parts: list[Part] = field(default_factory=list)

    @classmethod
    def of(cls, draft: PublicDraft) -> "Whole":
        """The pages as they stand."""
        offers, typed = offers_of(draft.call), typed_of(draft)
        return cls(draft, [Part(step, offers, typed, judged=True) for step in STEPS])

    @cached_property
    def by_slug(self) -> dict[str, Part]:
        """The pages by their addresses."""
        return {part.step.slug: part for part in self.parts}

    def sum_of(self, slug: str, sources: tuple[str, ...] = ()) -> Decimal:
        """The sum of the amounts that can be read on a page, of some sources or of all."""
        part = self.by_slug[slug]
        rows = [row.cleaned_data for row in part.filled if row.errors is not None]  # those with errors as far as read
        return total(row.get("amount") for row in rows if not sources or row.get("source") in sources)

    @cached_property
    def costs(self) -> Decimal:
        """All costs."""
        return self.sum_of("ausgaben")

    @cached_property
    def finances(self) -> Decimal:
        """All financing."""
        return self.sum_of("finanzierung")

    @cached_property
    def asked(self) -> Decimal:
        """What is applied for."""
        return self.sum_of("finanzierung", ASKED)

    @cached_property
    def unread(self) -> bool:
        """Whether an amount is missing or cannot be read yet: then no sum is told."""
        rows = [*self.by_slug["ausgaben"].filled, *self.by_slug["finanzierung"].filled]
        return any("amount" in row.errors for row in rows)

    @property
    def is_balanced(self) -> bool:
        """To the cent."""
        return not self.unread and self.costs == self.finances

    @property
    def balance(self) -> str:
        """Whether costs and financing are the same, and what is missing."""
        if self.unread:
            return "Die Summen stehen fest, wenn jede Zeile einen lesbaren Betrag hat."
        if not self.costs and not self.finances:
            return "Noch sind keine Beträge angegeben."
        if self.is_balanced:
            return f"Ausgaben und Finanzierung sind gleich: {euro(self.costs)}."
        lacks = self.costs - self.finances
        if lacks > 0:
            return f"In der Finanzierung fehlen noch {euro(lacks)} bis zu den Ausgaben von {euro(self.costs)}."
        return f"Die Finanzierung ist um {euro(-lacks)} höher als die Ausgaben von {euro(self.costs)}."

    @cached_property
    def missing(self) -> list[tuple[Step, str]]:
        """What has to be mended before it can be sent, with the page on which that is done."""
        found = [(part.step, sentence) for part in self.parts for _, sentence in part.errors]
        costs, money = BY_SLUG["ausgaben"], BY_SLUG["finanzierung"]
        if not self.by_slug[costs.slug].filled:
            found.append((costs, "Geben Sie wenigstens eine Ausgabe an."))
        if not self.asked:
            found.append((money, "Geben Sie an, welche Zuwendung Sie beantragen."))
        if not self.is_balanced:
            found.append((money, self.balance))
        return found

    @property
    def email(self) -> str:
        """Where the code goes."""
        form = self.by_slug["traeger"].form
        form.full_clean()
        return str(form.cleaned_data.get("email", ""))

    # ------------------------------------------------------------ what is sent
    def sent(self) -> Sent:
        """What becomes of it; call it where nothing is missing."""
        values: dict[str, Any] = {}
        links: dict[str, list[models.Model]] = {}
        for part in self.parts:
            for name, value in part.form.cleaned_data.items():
                if isinstance(part.form.fields[name], forms.ModelMultipleChoiceField):
                    links[name] = list(value)
                else:
                    values[name] = value
        rows = {slug: [dict(row.cleaned_data) for row in part.filled] for slug, part in self.by_slug.items()}
        return Sent(values, links, rows["ausgaben"], rows["finanzierung"], rows["erfolg"], self.words())

    def words(self) -> list[Any]:
        """Headings with pairs of label and text, of what was filled in."""
        found = []
        for part in self.parts:
            pairs = list(pairs_of(part.form))
            for at, row in enumerate(part.filled):
                text = " · ".join(text for _, text in pairs_of(row))
                pairs.append([f"{part.step.row_name} {at + 1}", text])
            if part.step.slug == "finanzierung":
                pairs.append(["Ausgaben und Finanzierung", self.balance])
            found.append([part.step.title, pairs])
        return found


def pairs_of(form: PublicForm) -> Iterator[list[str]]:
    """Label and text of every field that says something."""
    for name, value in getattr(form, "cleaned_data", {}).items():
        if value not in (None, "", False) and (text := in_words(form.fields[name], value)):
            yield [str(form.fields[name].label), text]


def in_words(form_field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(form_field, forms.ModelMultipleChoiceField):
        return ", ".join(map(str, value))
    if isinstance(form_field, forms.ChoiceField) and not isinstance(form_field, forms.ModelChoiceField):
        choices: Mapping[Any, Any] = dict(form_field.choices)  # type: ignore[arg-type]
        return str(choices.get(value, value))
    if isinstance(value, Decimal):
        return euro(value) if isinstance(form_field, EuroFormField) else written(Decimal(f"{value.normalize():f}"))
    if isinstance(form_field, forms.DateField):
        return f"{value:%d.%m.%Y}"
    return "ja" if value is True else str(value)
