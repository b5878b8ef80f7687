"""One page for a session that took place: who was there, agenda, decisions, tasks."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from participation.domain.lines import plain_lines
from participation.models import AgendaItem, Body, BodyMembership, Decision, Session, Task
from participation.queries.sessions import last_phase, members_of, next_title, was_member
from planning.enums import Phase
from records.forms.long_text import LongText, ReadsTexts
from records.models.columns import LONG_TEXT
from records.vague import VagueDate
from records.vague_form import VagueDateFormField, VagueTextField

ROWS = 5  # empty rows of tasks to begin with, and how many more a press of the button adds
MOST_ROWS = 100
REQUIRED = "Füllen Sie dieses Feld aus."
CHOOSE = "Wählen Sie einen Eintrag aus der Liste."
LONG = "Kürzen Sie den Text auf höchstens %(limit_value)d Zeichen; es sind %(show_value)d."
NUMBER = {
    "invalid": "Geben Sie eine ganze Zahl ein, zum Beispiel 12.",
    "min_value": "Geben Sie eine Zahl ab %(limit_value)s ein.",
    "max_value": "Geben Sie eine Zahl bis %(limit_value)s ein.",
}


def text_field(label: str, longest: int, **options: Any) -> forms.CharField:
    """An optional text with German sentences; ``rows`` makes it a text of several lines, ``is_long`` one in markup."""
    many, help_text = options.pop("rows", 0), options.pop("help_text", "")
    several = LongText if options.pop("is_long", False) else forms.Textarea
    widget = several(attrs={"rows": many}) if many else forms.TextInput()
    field = forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=widget,
        help_text=help_text,
        error_messages={"max_length": LONG},
    )
    field.widget.attrs.pop("maxlength", None)  # browsers would cut pasted text without a word
    field.optional_note = True  # type: ignore[attr-defined]
    return field


class TaskRow(forms.Form):
    """A task in the table; a row in which nothing stands does not count."""

    title = text_field("Aufgabe", 200)
    responsible = text_field("Zuständig", 160)
    due = VagueTextField(label="Fällig")

    def clean(self) -> dict[str, Any]:
        """A row with anything in it needs its task."""
        cleaned = super().clean() or {}
        if not cleaned.get("title") and "title" not in self.errors and self.has_changed():
            self.add_error("title", "Geben Sie die Aufgabe an oder leeren Sie die Zeile.")
        return cleaned


TaskRows: Any = forms.formset_factory(TaskRow, extra=ROWS, absolute_max=MOST_ROWS, max_num=MOST_ROWS)


class SessionForm(ReadsTexts, forms.Form):
    """All fields but the tasks. Members are those of the chosen body at the chosen date."""

    confirmation = ""  # of the box that answers what was asked about
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    body = forms.ChoiceField(
        label="Gremium", error_messages={"required": "Wählen Sie das Gremium.", "invalid_choice": CHOOSE}
    )
    held_on = VagueDateFormField(label="Datum")
    starts_at = text_field("Uhrzeit", 5, help_text="Beginn, zum Beispiel 17:30.")
    title = text_field("Sitzung", 160)
    phase = forms.ChoiceField(
        label="Phase", error_messages={"required": "Wählen Sie die Phase.", "invalid_choice": CHOOSE}
    )
    place = text_field("Ort", 160)
    moderation = text_field("Moderation", 160)
    method = text_field("Methode", 160)
    members = forms.MultipleChoiceField(
        label="Anwesende Mitglieder",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Wählen Sie nur Mitglieder dieses Gremiums.", "invalid_list": CHOOSE},
    )
    attending = text_field("Weitere Anwesende", 400, help_text="Nach Organisation oder Funktion.")
    attending_count = forms.IntegerField(
        label="Zahl der Anwesenden", required=False, min_value=0, max_value=1_000_000, error_messages=NUMBER
    )
    agenda = text_field("Tagesordnung", LONG_TEXT, rows=4, help_text="Ein Punkt je Zeile. Nummern fallen weg.")
    decisions = text_field("Festlegungen", LONG_TEXT, rows=4, help_text="Eine Festlegung je Zeile.")
    summary = text_field("Verlauf und Ergebnis", LONG_TEXT, rows=4, is_long=True)

    def __init__(self, data: QueryDict | None = None, *, bodies: Sequence[Body], preset: Body | None) -> None:
        self.bodies = {str(body.pk): body for body in bodies}
        self.chosen_body = self.bodies.get(data.get("body", "")) if data else preset
        super().__init__(data, initial=self._initial())
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = REQUIRED
        self.fields["title"].optional_note = False  # type: ignore[attr-defined]
        self.fields["attending_count"].optional_note = True  # type: ignore[attr-defined]
        self.choice("body").choices = [("", "Bitte wählen"), *[(key, str(one)) for key, one in self.bodies.items()]]
        self.choice("phase").choices = [("", "Bitte wählen"), *Phase.choices]
        self.seats = {str(seat.pk): seat for seat in members_of(self.chosen_body)} if self.chosen_body else {}
        self.choice("members").choices = [(key, seat_label(seat)) for key, seat in self.seats.items()]

    def _initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"form_key": str(uuid.uuid4())}
        if self.chosen_body:
            initial |= {
                "body": str(self.chosen_body.pk),
                "title": next_title(self.chosen_body),
                "phase": last_phase(self.chosen_body),
            }
        return initial

    def choice(self, name: str) -> forms.ChoiceField:
        """A field with choices."""
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        return found

    def show_members_at_date(self) -> None:
        """Offer only who was a member then, and who is ticked already; call it after checking."""
        when = self.date_typed()
        ticked = self.data.getlist("members") if isinstance(self.data, QueryDict) else []
        shown = {key: seat for key, seat in self.seats.items() if was_member(seat, when) or key in ticked}
        self.choice("members").choices = [(key, seat_label(seat)) for key, seat in shown.items()]

    def date_typed(self) -> VagueDate | None:
        """The date, or None while there is none or a wrong one."""
        field = self.fields["held_on"]
        try:
            return field.clean(field.widget.value_from_datadict(self.data, {}, "held_on"))
        except ValidationError:
            return None

    def clean_held_on(self) -> VagueDate:
        """What lies ahead is planned by the other form."""
        when: VagueDate = self.cleaned_data["held_on"]
        if when.first > timezone.localdate():
            raise ValidationError("Das Datum liegt in der Zukunft. Kommende Sitzungen legen Sie unter „Sitzungen“ an.")
        return when

    def clean_agenda(self) -> list[str]:
        """The items, without numbers."""
        return self._lines("agenda", AgendaItem._meta.get_field("title").max_length or 0)

    def clean_decisions(self) -> list[str]:
        """The decisions, without bullets."""
        return self._lines("decisions", Decision._meta.get_field("text").max_length or 0)

    def _lines(self, name: str, longest: int) -> list[str]:
        lines = plain_lines(self.cleaned_data[name])
        wrong = [number for number, line in lines if len(line) > longest]
        if wrong:
            raise ValidationError([f"Zeile {n} ist länger als {longest} Zeichen. Kürzen Sie sie." for n in wrong[:5]])
        return [line for _, line in lines]

    def new_session(self) -> Session:
        """The session of the valid form, without municipality."""
        apart = ("form_key", "body", "members", "agenda", "decisions")
        values = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return Session(body=self.chosen_body, **values)

    def chosen_members(self) -> list[BodyMembership]:
        """The ticked members of the valid form."""
        return [self.seats[key] for key in self.cleaned_data["members"]]


def seat_label(seat: BodyMembership) -> str:
    """„Jugendamt (beratend)“."""
    return f"{seat.organisation} ({seat.get_kind_display()})"


def chosen_tasks(rows: Any) -> list[Task]:
    """The tasks of the valid rows, without session."""
    return [
        Task(title=row["title"], responsible=row["responsible"], due=row["due"])
        for row in (form.cleaned_data for form in rows.forms)
        if row.get("title")
    ]
