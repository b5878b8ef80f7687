"""Forms of the questionnaire that a planner writes: its questions, its translations, its days."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.forms.days import DayFormField
from participation.domain.questionnaire import (
    DIVIDING,
    LONGEST_INTRO,
    LONGEST_TEXT,
    MOST_QUESTIONS,
    Item,
    Questionnaire,
    name_of,
    read_options,
)
from participation.domain.survey_import import MOST_GROUPINGS
from participation.domain.survey_words import FRAME, LANGUAGES, PROPOSED
from participation.enums import AnswerKind
from participation.models.events import SMALLEST_GROUP
from records.forms.formats import DAY
from records.forms.long_text import LongText, ReadsTexts
from records.forms.record import set_up_widget, speak_german

FIRST, BLANK = 6, 3  # questions to be filled in, and below those that are there
KINDS = [
    (AnswerKind.CHOICE, "eine Antwort"),
    (AnswerKind.SEVERAL, "mehrere Antworten"),
    (AnswerKind.SCALE, "Skala von 1 bis 5"),
    (AnswerKind.NUMBER, "Zahl in Klassen"),
    (AnswerKind.TEXT, "Freitext"),
]
OPTIONS_HELP = (
    "Jede Antwort auf einer Zeile. Skala: zwei Zeilen, was 1 und was 5 heißt. Zahl: wo Klassen beginnen, zum Beispiel "
    "18, 30, 60. Freitext: leer."
)
DIVIDES = (
    "Nur Fragen mit einer Antwort, einer Skala oder einer Zahl teilen die Befragten in Gruppen. "
    "Entfernen Sie das Häkchen."
)


def smallest_field() -> forms.IntegerField:
    """The smallest group; never below five."""
    return forms.IntegerField(
        label="Kleinste Gruppe",
        min_value=SMALLEST_GROUP,
        max_value=50,
        initial=SMALLEST_GROUP,
        help_text="Weniger Nennungen werden verborgen oder zusammengefasst; mindestens 5.",
        error_messages={
            "required": "Geben Sie eine Zahl von 5 bis 50 an.",
            "invalid": "Geben Sie eine ganze Zahl an.",
            "min_value": "Mindestens 5, damit niemand zu erkennen ist.",
            "max_value": "Höchstens 50.",
        },
    )


class AroundForm(ReadsTexts, forms.Form):
    """What stands before the questions, and how small a group may be."""

    intro = forms.CharField(
        label="Einleitung",
        required=False,
        max_length=LONGEST_INTRO,
        widget=LongText,
        help_text="Worum es geht und was mit den Ergebnissen geschieht. Steht über den Fragen.",
    )
    smallest = smallest_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})
        speak_german(self.fields["intro"])
        set_up_widget(self.fields["intro"])


class QuestionForm(ReadsTexts, forms.Form):
    """A question; without text it is none."""

    key = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    position = forms.IntegerField(label="Nummer", required=False, min_value=1, max_value=99)
    text = forms.CharField(label="Frage", required=False, max_length=LONGEST_TEXT)
    kind = forms.ChoiceField(label="Art der Antwort", choices=KINDS, initial=AnswerKind.CHOICE)
    options = forms.CharField(
        label="Antworten", required=False, max_length=4_000, widget=forms.Textarea, help_text=OPTIONS_HELP
    )
    groups = forms.BooleanField(label="Teilt die Befragten in Gruppen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("position", "text", "options"):
            speak_german(self.fields[name])
            self.fields[name].optional_note = False  # type: ignore[attr-defined]
        set_up_widget(self.fields["options"])

    def clean(self) -> dict[str, Any]:
        """What the kind of the question asks of its answers."""
        data: dict[str, Any] = super().clean() or {}
        text, kind = " ".join(data.get("text", "").split()), data.get("kind", "")
        if not text and (data.get("options", "").strip() or data.get("groups")):
            self.add_error("text", "Schreiben Sie die Frage, oder leeren Sie auch die Antworten.")
        if not text or not kind:
            return data
        data["text"] = text
        data["read"], wrong = read_options(kind, data.get("options", ""))
        if wrong:
            self.add_error("options", wrong)
        if data.get("groups") and kind not in DIVIDING:
            self.add_error("groups", DIVIDES)
        return data


class QuestionSet(forms.BaseFormSet):
    """All questions of a questionnaire."""

    row_name = "Frage"

    def clean(self) -> None:
        """Each question once, not too many, and at most three that divide people."""
        asked = self.asked()
        if len(asked) > MOST_QUESTIONS:
            raise forms.ValidationError(f"Möglich sind höchstens {MOST_QUESTIONS} Fragen. Leeren Sie die übrigen.")
        if len({item.text.casefold() for item in asked}) < len(asked):
            raise forms.ValidationError("Eine Frage steht doppelt da. Leeren oder ändern Sie eine davon.")
        if sum(item.groups for item in asked) > MOST_GROUPINGS:
            raise forms.ValidationError(
                "Höchstens drei Fragen teilen die Befragten in Gruppen. Entfernen Sie die übrigen Häkchen."
            )

    def asked(self) -> list[Item]:
        """The questions in their order; those that were there keep their key."""
        said = [
            each
            for form in self.forms
            if (each := getattr(form, "cleaned_data", {})) and each.get("text") and "kind" in each
        ]
        order = sorted(enumerate(said, 1), key=lambda pair: (pair[1].get("position") or pair[0], pair[0]))
        numbers = [int(each["key"][1:]) for each in said if is_key(each.get("key", ""))]
        items, used, free = [], set(), max(numbers, default=0)
        for _, each in order:
            key = each.get("key", "")
            if not is_key(key) or key in used:
                free += 1
                key = f"f{free}"
            used.add(key)
            items.append(Item(key, each["text"], each["kind"], each.get("read", ()), bool(each.get("groups"))))
        return items


def is_key(key: str) -> bool:
    """Whether a question can be known by it."""
    return key[:1] == "f" and key[1:].isdecimal() and key.isascii()


def question_set(data: Mapping[str, Any] | None, asked: Questionnaire, *, more: int = 0) -> Any:
    """The questions that are there, and some to be filled in."""
    made = forms.formset_factory(
        QuestionForm, formset=QuestionSet, extra=BLANK if asked.items else FIRST, max_num=99, absolute_max=99
    )
    if data is not None and more:
        data = with_more(data, more)
    initial = [
        {
            "key": item.key,
            "position": at,
            "text": item.text,
            "kind": item.kind,
            "options": (", " if item.kind == AnswerKind.NUMBER else "\n").join(item.options),
            "groups": item.groups,
        }
        for at, item in enumerate(asked.items, 1)
    ]
    questions: Any = made(data, initial=initial, prefix="q", form_kwargs={"use_required_attribute": False})
    questions.more = more
    if more and len(questions.forms) >= more:  # none where the number of them is no number
        questions.forms[-more].fields["text"].widget.attrs["autofocus"] = True
    return questions


def with_more(data: Any, more: int) -> Any:
    """What was typed, with further questions to be filled in."""
    wider = data.copy()
    total = wider.get("q-TOTAL_FORMS", "")
    if total.isdecimal():
        wider["q-TOTAL_FORMS"] = str(min(int(total) + more, 99))
    return wider


class WordsForm(ReadsTexts, forms.Form):
    """All texts in another language, each beside the German one; what is not stored yet may be a proposal."""

    def __init__(self, data: Mapping[str, Any] | None, asked: Questionnaire, code: str) -> None:
        super().__init__(data)
        self.asked, language = asked, LANGUAGES[code]
        words, proposed = asked.words.get(code, {}), PROPOSED.get(code, {})
        attrs = {"lang": code, "dir": language.direction}
        self.names: dict[str, tuple[str, str]] = {}
        told = [("texts", text, text) for text in asked.texts()] + [("frame", *each) for each in FRAME.items()]
        for part, key, text in told:
            name = name_of(key) if part == "texts" else f"r-{key}"
            stored = words.get(part, {}).get(key, "")
            widget = forms.Textarea(attrs | {"rows": 4}) if len(text) > 120 else forms.TextInput(attrs)
            if text == asked.intro and not language.is_right_to_left:  # such letters are never printed
                widget = LongText(attrs | {"rows": 4})
            field = forms.CharField(
                label=text,
                required=False,
                max_length=LONGEST_INTRO * 2 if len(text) > LONGEST_TEXT else LONGEST_TEXT * 2,
                initial=stored or (proposed.get(key, "") if part == "frame" else ""),
                widget=widget,
                help_text="Vorschlag des Portals" if part == "frame" and not stored and proposed.get(key) else "",
            )
            speak_german(field)
            field.optional_note = False  # type: ignore[attr-defined]
            self.fields[name], self.names[name] = field, (part, key)

    def words(self) -> dict[str, dict[str, str]]:
        """The translations as they are stored."""
        found: dict[str, dict[str, str]] = {"texts": {}, "frame": {}}
        for name, (part, key) in self.names.items():
            if text := self.cleaned_data.get(name, "").strip():
                found[part][key] = text
        return found

    def texts(self) -> list[Any]:
        """The fields of the questions and what stands above them."""
        return [self[name] for name, (part, _) in self.names.items() if part == "texts"]

    def frame(self) -> list[Any]:
        """The fields of what stands around the questions."""
        return [self[name] for name, (part, _) in self.names.items() if part == "frame"]


class DaysForm(forms.Form):
    """From when to when everybody may answer."""

    opens_on = DayFormField(label="Von", help_text=DAY, widget=forms.DateInput(format="%d.%m.%Y"))
    closes_on = DayFormField(label="Bis einschließlich", help_text=DAY, widget=forms.DateInput(format="%d.%m.%Y"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})
        for field in self.fields.values():
            speak_german(field)

    def clean(self) -> dict[str, Any]:
        """The end does not lie before the beginning."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "Das Ende liegt vor dem Anfang. Geben Sie einen späteren Tag an.")
        return data
