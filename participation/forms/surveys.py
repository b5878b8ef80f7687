"""Forms of reading answers in: the file, then what each question is and by which ones people are grouped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from participation.domain.survey_import import GROUPABLE, MOST_GROUPINGS
from participation.domain.survey_questions import Asked
from participation.enums import AnswerKind
from participation.forms.questionnaires import smallest_field

LEFT_OUT = "aus"
CHOICES = [*AnswerKind.choices, (LEFT_OUT, "weglassen")]


class AnswersForm(forms.Form):
    """The export and, where there is one, the structure of the questionnaire."""

    file = forms.FileField(
        label="Antwortexport",
        help_text="CSV oder XLSX aus LimeSurvey, höchstens 20 MB. Eine größere CSV-Datei packen Sie in ein ZIP.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.zip"}),
        error_messages={
            "required": "Wählen Sie eine Datei aus.",
            "empty": "Die Datei ist leer. Wählen Sie eine andere.",
        },
    )
    structure = forms.FileField(
        label="Umfragestruktur",
        required=False,
        help_text="Die .lss-Datei mit den Texten der Fragen und Antworten, wenn der Export nur Codes enthält.",
        widget=forms.ClearableFileInput(attrs={"accept": ".lss"}),
        error_messages={"empty": "Die Datei ist leer. Wählen Sie eine andere."},
    )


class ChosenForm(forms.Form):
    """What is made of the questions."""

    smallest = smallest_field()

    def __init__(self, data: Mapping[str, Any] | None, questions: Sequence[Asked]) -> None:
        super().__init__(data)
        self.questions = questions
        for asked in questions:
            allowed = [
                pair for pair in CHOICES if (pair[0] == AnswerKind.SEVERAL) == (asked.kind == AnswerKind.SEVERAL)
            ]
            if asked.kind == AnswerKind.SEVERAL:
                allowed.append(CHOICES[-1])
            self.fields[f"kind_{asked.key}"] = forms.ChoiceField(
                label=f"Art: {asked.text}", choices=allowed, initial=asked.kind, required=False
            )
            self.fields[f"group_{asked.key}"] = forms.BooleanField(label=f"Gruppen: {asked.text}", required=False)

    def clean(self) -> dict[str, Any]:
        """At most three questions divide people, and only such with one answer of few."""
        data: dict[str, Any] = super().clean() or {}
        chosen = [asked for asked in self.questions if data.get(f"group_{asked.key}")]
        if len(chosen) > MOST_GROUPINGS:
            self.add_error(None, f"Wählen Sie höchstens drei Fragen für Gruppen; es sind {len(chosen)}.")
        for asked in chosen:
            if (data.get(f"kind_{asked.key}") or asked.kind) not in GROUPABLE:
                self.add_error(
                    None,
                    f"„{asked.text}“ bildet keine Gruppen. Wählen Sie eine Frage mit genau einer Antwort aus wenigen.",
                )
        return data

    def chosen(self) -> tuple[list[Asked], list[Asked]]:
        """The questions as they were chosen, and those that divide people."""
        kept, groups = [], []
        for asked in self.questions:
            kind = self.cleaned_data.get(f"kind_{asked.key}") or asked.kind
            if kind == LEFT_OUT:
                continue
            one = Asked(asked.key, asked.code, asked.text, kind, asked.columns, asked.labels, asked.others)
            kept.append(one)
            if self.cleaned_data.get(f"group_{asked.key}"):
                groups.append(one)
        return kept, groups

    def rows(self) -> list[tuple[Asked, Any, Any, bool]]:
        """Questions with their two fields, and whether they may divide people."""
        return [
            (asked, self[f"kind_{asked.key}"], self[f"group_{asked.key}"], asked.kind in GROUPABLE)
            for asked in self.questions
        ]
