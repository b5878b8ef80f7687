"""What is typed in the controlling of a year: values and sentences of a measure, words and decisions about goals."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from funding.forms.rowed import BEHIND, columns_of
from insight.controlling.reading import ControllingYear, CriterionOfYear
from planning.domain.controlling import say_decision, say_meaning, say_result, say_values
from planning.enums import CarryDecision
from planning.models import (
    CarryOver,
    CriterionReport,
    CriterionValue,
    Goal,
    GoalResult,
    Measure,
    MeasureReview,
    TargetRevision,
)
from planning.models.controlling import MUST_SAY_WHY
from records.domain.batches import Recorder
from records.forms.record import answer_to, speak_german
from records.models import MunicipalRecord
from records.models.agreement import new_questions

NEEDS_REASON = "Nennen Sie den Grund: Der bisherige Zielwert bleibt mit ihm stehen."
KEEPS_TARGET = "Ein vereinbarter Zielwert fällt nicht weg. Geben Sie den neuen an und nennen Sie den Grund."
UNDECIDED = "noch nicht entschieden"
# Names in the form, the model and column behind them, and what they are called in planning.domain.controlling.
COLUMNS = {
    "ziel": (CriterionValue, "target", "target"),
    "grund": (TargetRevision, "reason", "reason"),
    "ist": (CriterionValue, "actual", "actual"),
    "zaehler": (CriterionReport, "numerator", "numerator"),
    "nenner": (CriterionReport, "denominator", "denominator"),
    "anmerkung": (CriterionValue, "comment", "comment"),
}
SHARE, PLAIN = ("zaehler", "nenner"), ("ist",)


def seen_of(records: Iterable[MunicipalRecord | None]) -> str:
    """What is stored now of all that a form writes."""
    text = " ".join(f"{row._meta.model_name}:{row.pk}:{row.version}" for row in records if row and row.pk)
    return hashlib.sha256(text.encode()).hexdigest()


class ControllingForm(forms.Form):
    """Fields about several records; what somebody else stored meanwhile is not overwritten without a word."""

    confirmation = ""
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: QueryDict | None, records: Iterable[MunicipalRecord | None]) -> None:
        self.state = seen_of(records)
        super().__init__(data, initial={"form_key": str(uuid.uuid4()), "seen": self.state})

    def put(self, name: str, field: forms.Field, initial: Any, *, about: str = "") -> None:
        """Add a field; ``about`` tells those who do not see the rows which record it belongs to."""
        field.required = False
        if about:
            field.widget.attrs |= {"aria-label": f"{field.label}: {about}"}
        self.fields[name], self.initial[name] = field, initial

    def put_decision(self, row: CarryOver, ending: str = "", about: str = "") -> None:
        """weiter, ändern or beenden, with the reason."""
        choices = [("", UNDECIDED), *CarryDecision.choices]
        decision = forms.ChoiceField(label="Entscheidung", choices=choices)
        reason = columns_of(CarryOver, ["reason"], {})["reason"]
        reason.widget.attrs["rows"] = 2
        speak_german(decision)
        self.put(f"wird{ending}", decision, row.decision, about=about)
        self.put(f"warum{ending}", reason, row.reason, about=about)

    def judge_decision(self, cleaned: dict[str, Any], ending: str = "") -> None:
        """What changes or ends has its reason."""
        needs = cleaned.get(f"wird{ending}") in (CarryDecision.CHANGE, CarryDecision.END)
        if needs and not cleaned.get(f"warum{ending}"):
            self.add_error(f"warum{ending}", MUST_SAY_WHY)

    def clean(self) -> dict[str, Any]:
        """After the fields: what is stored by others, and what is asked about."""
        cleaned = super().clean() or self.cleaned_data
        self.judge(cleaned)
        if not self.errors and cleaned.get("seen") != self.state:
            renewed: Any = self.data.copy()  # type: ignore[attr-defined]
            renewed["seen"], self.data = self.state, renewed
            self.add_error(None, BEHIND)
        asked = [] if self.errors else list(self.questions(cleaned))
        if asked and self.data.get("bestaetigt") != answer_to(asked):
            self.confirmation = answer_to(asked)
            self.add_error(None, [*asked])
        return cleaned

    def judge(self, cleaned: dict[str, Any]) -> None:
        """Add what is wrong."""

    def questions(self, cleaned: dict[str, Any]) -> Iterator[str]:
        """What hardly can be."""
        return iter(())

    def write(self, batch: Recorder) -> None:
        """Store everything. Raises ValidationError with names of this form."""
        raise NotImplementedError


class MeasureForm(ControllingForm):
    """A measure in one year: values of its criteria, „Was heißt das?“, the decision for the next cycle."""

    def __init__(
        self, data: QueryDict | None, *, year: ControllingYear, measure: Measure, criteria: Sequence[CriterionOfYear]
    ) -> None:
        own = {"municipality": year.municipality, "is_example": measure.is_example}
        self.measure, self.criteria = measure, tuple(criteria)
        self.review = year.review_of(measure) or MeasureReview(measure=measure, year=year.year, **own)
        self.row = year.decision_in(measure)
        super().__init__(data, [self.review, self.row, *(each.value for each in criteria), *self._reports()])
        for each in criteria:
            self._ask(each)
        meaning = columns_of(MeasureReview, ["meaning"], {})["meaning"]
        self.put("bedeutung", meaning, self.review.meaning)
        self.put_decision(self.row)

    def _reports(self) -> list[CriterionReport | None]:
        return [each.whole for each in self.criteria]

    def names_of(self, each: CriterionOfYear) -> dict[str, str]:
        """The names of a criterion's fields in this form, by their kind."""
        kinds = ("ziel", "grund", *(SHARE if each.is_share else PLAIN), "anmerkung")
        return {kind: f"{kind}-{each.criterion.pk}" for kind in kinds}

    def _ask(self, each: CriterionOfYear) -> None:
        whole, value = each.whole, each.value
        known = {"ziel": value.target, "ist": value.actual, "anmerkung": value.comment, "grund": ""}
        known |= {"zaehler": whole.numerator, "nenner": whole.denominator} if whole else {}
        for kind, name in self.names_of(each).items():
            model, column, _ = COLUMNS[kind]
            made = columns_of(model, [column], {})[column]
            if kind == "grund":
                made.widget.attrs["rows"] = 2
                made.help_text = "Nur, wenn Sie den Zielwert ändern. Der bisherige bleibt stehen."
            self.put(name, made, known.get(kind), about=str(each.criterion))

    def asked(self) -> Iterator[tuple[CriterionOfYear, dict[str, BoundField]]]:
        """The criteria with their fields."""
        return ((each, {kind: self[name] for kind, name in self.names_of(each).items()}) for each in self.criteria)

    def typed(self, each: CriterionOfYear, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What was typed of a criterion, as the domain calls it."""
        return {COLUMNS[kind][2]: cleaned.get(name) for kind, name in self.names_of(each).items()}

    def judge(self, cleaned: dict[str, Any]) -> None:
        """A changed target needs its reason, and so does what changes or ends."""
        for each in self.criteria:
            names, typed = self.names_of(each), self.typed(each, cleaned)
            old, new = each.value.target if each.value.pk else None, typed["target"]
            if old is None or names["ziel"] in self.errors:
                continue
            if new is None:
                self.add_error(names["ziel"], KEEPS_TARGET)
            elif new != old and not typed["reason"]:
                self.add_error(names["grund"], NEEDS_REASON)
        self.judge_decision(cleaned)

    def questions(self, cleaned: dict[str, Any]) -> Iterator[str]:
        """What is asked of values as everywhere; shares are reckoned and not typed."""
        for each in self.criteria:
            if each.is_share:
                continue
            typed = self.typed(each, cleaned)
            probe = CriterionValue(pk=each.value.pk, municipality=each.value.municipality, year=each.year)
            probe.criterion, probe.target, probe.actual = each.criterion, each.value.target, typed["actual"]
            yield from new_questions(probe, {})

    def write(self, batch: Recorder) -> None:
        for each in self.criteria:
            try:
                say_values(batch, each.value, self.typed(each, self.cleaned_data))
            except ValidationError as error:
                raise named(error, {COLUMNS[kind][1]: name for kind, name in self.names_of(each).items()}) from error
        say_meaning(batch, self.review, self.cleaned_data["bedeutung"])
        say_decision(batch, self.row, self.cleaned_data["wird"], self.cleaned_data["warum"])


def named(error: ValidationError, names: dict[str, str]) -> ValidationError:
    """The same sentences at the fields of a form."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({names.get(field, "__all__"): found for field, found in error.error_dict.items()})


class SubjectsForm(ControllingForm):
    """All goals or all needs of the cycle: what becomes of each, and of goals what was reached."""

    def __init__(self, data: QueryDict | None, *, year: ControllingYear, subjects: Sequence[Any]) -> None:
        self.subjects = tuple(subjects)
        self.rows = {each.pk: year.decision_in(each) for each in subjects}
        self.results = {each.pk: result_in(year, each) for each in subjects if isinstance(each, Goal)}
        super().__init__(data, [*self.rows.values(), *self.results.values()])
        for each in subjects:
            if each.pk in self.results:
                text = columns_of(GoalResult, ["text"], {})["text"]
                text.widget.attrs["rows"] = 3
                self.put(f"text-{each.pk}", text, self.results[each.pk].text, about=str(each))
            self.put_decision(self.rows[each.pk], f"-{each.pk}", str(each))

    def fields_of(self, pk: int) -> dict[str, BoundField]:
        """The fields about a goal or need."""
        kinds = ("text", "wird", "warum") if pk in self.results else ("wird", "warum")
        return {kind: self[f"{kind}-{pk}"] for kind in kinds}

    @property
    def opened(self) -> set[int]:
        """The goals and needs that the page opens: those with a fault, else the first of which nothing is said."""
        wrong = {each.pk for each in self.subjects if any(field.errors for field in self.fields_of(each.pk).values())}
        kind = "text" if self.results else "wird"
        silent = (each.pk for each in self.subjects if not self[f"{kind}-{each.pk}"].value())
        return wrong or {pk for pk in [next(silent, None)] if pk is not None}

    def judge(self, cleaned: dict[str, Any]) -> None:
        for each in self.subjects:
            self.judge_decision(cleaned, f"-{each.pk}")

    def write(self, batch: Recorder) -> None:
        for each in self.subjects:
            if each.pk in self.results and self._differs(f"text-{each.pk}"):
                say_result(batch, self.results[each.pk], self.cleaned_data[f"text-{each.pk}"])
            if self._differs(f"wird-{each.pk}", f"warum-{each.pk}"):
                decision, reason = self.cleaned_data[f"wird-{each.pk}"], self.cleaned_data[f"warum-{each.pk}"]
                say_decision(batch, self.rows[each.pk], decision, reason)

    def _differs(self, *names: str) -> bool:
        return any(name in self.changed_data for name in names)


def result_in(year: ControllingYear, goal: Goal) -> GoalResult:
    """What was said of a goal for the year, or what is to be said."""
    found = next((row for row in goal.results.all() if row.year == year.year), None)
    own = {"municipality": year.municipality, "is_example": goal.is_example}
    return found or GoalResult(goal=goal, year=year.year, **own)
