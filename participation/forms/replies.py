"""What somebody answers in a public survey, in their language. Nothing is required but one answer."""

from collections.abc import Mapping
from typing import Any

from django import forms

from participation.domain.questionnaire import Item, Questionnaire
from participation.enums import AnswerKind

LONGEST_REPLY = 2_000


class ReplyForm(forms.Form):
    """One field for each question; what was not answered is not said."""

    def __init__(self, data: Mapping[str, Any] | None, asked: Questionnaire, code: str) -> None:
        super().__init__(data, use_required_attribute=False)
        words = asked.frame(code)
        for item in asked.items_in(code):
            self.fields[item.key] = field_of(item, words)
            self.fields[item.key].widget.attrs.pop("maxlength", None)  # browsers would cut what is pasted

    def said(self) -> dict[str, Any]:
        """The answers by the keys of the questions."""
        return {key: value for key, value in self.cleaned_data.items() if value}


def field_of(item: Item, words: Mapping[str, str]) -> forms.Field:
    """The field of a question; a single answer can be taken back."""
    common: dict[str, Any] = {"label": item.text, "required": False}
    wrong = {"invalid_choice": words["unknown"], "invalid_list": words["unknown"], "max_length": words["long"]}
    if item.kind == AnswerKind.TEXT:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            **common, max_length=LONGEST_REPLY, help_text=words["free"], widget=area, error_messages=wrong
        )
    if item.kind == AnswerKind.SEVERAL:
        return forms.MultipleChoiceField(
            **common,
            choices=item.choices,
            help_text=words["several"],
            widget=forms.CheckboxSelectMultiple,
            error_messages=wrong,
        )
    choices = [*item.choices, ("", words["none"])]
    return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect, error_messages=wrong)
