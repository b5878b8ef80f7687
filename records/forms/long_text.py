"""The field of a long text: it reads a pasted text when its button is pressed, and names what print cannot show.

Every long text has the markup of the house (printing.markup). The button sends the form as it is; nothing is stored,
the page comes again with the text as markup, a preview and the way back. With JavaScript ``static/js/paste.js`` does
the same when somebody pastes.
"""

from functools import cache
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.safestring import SafeString

from printing.markup import to_html
from printing.markup_faults import faults
from records.models.columns import LONG_TEXT
from records.pasted.lines import Pasted
from records.reading.service import read_text
from records.text import clean_text

READ, BACK, BEFORE = "_gliedern", "_zurueck", "_vorher-"  # buttons with the name of their field; what it held before
LEVEL = 2  # of headings in the preview, which stands in a form below the title of its page
MOST_ROWS = 16  # to which the field grows with its text


class LongText(forms.Textarea):
    """A text area; what was sent is clean (accounts.text), read where its button was pressed."""

    template_name = "records/widgets/long_text.html"  # written by records.forms.drawing
    read: Pasted | None = None
    before = ""
    is_back = False  # as it was pasted, by the button below the preview

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text as it shall stand in the field."""
        typed = super().value_from_datadict(data, files, name)
        if not isinstance(typed, str):
            return typed
        if data.get(BACK) == name:
            self.is_back = True
            return data.get(f"{BEFORE}{name}", typed)
        if data.get(READ) == name:
            self.before, self.read = typed, read_text(typed)
            return self.read.text
        return clean_text(typed)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With what was read, how it will look, and what print cannot show."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["attrs"]
        shown["rows"] = max(int(shown["rows"]), min(str(value or "").count("\n") + 1, MOST_ROWS))
        if self.read or self.is_back:
            shown["autofocus"] = True
        context["widget"] |= {
            "url": reading_url(),
            "faults": faults(str(value)[:LONG_TEXT]) if value else (),
            "read": self.read,
            "before": self.before,
            "preview": preview_of(self.read.text, prefix=name) if self.read else "",
        }
        return context


class ReadsTexts:
    """For forms: a button that reads a text asks for no more than that."""

    data: Any
    cleaned_data: dict[str, Any]
    is_bound: bool

    @property
    def only_reads(self) -> bool:
        """Whether the form was sent to have a text read, or to take that back."""
        return self.is_bound and asks_to_read(self.data)

    def full_clean(self) -> None:
        """Nothing is wrong with a form that is not finished."""
        if not self.only_reads:
            super().full_clean()  # type: ignore[misc]
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self) -> bool:
        """Never, while a text is read: nothing is stored."""
        return not self.only_reads and super().is_valid()  # type: ignore[misc]


def preview_of(text: str, *, prefix: str) -> SafeString:
    """How the text will look, as far as a field may hold it."""
    return to_html(text[:LONG_TEXT], level=LEVEL, prefix=prefix)


def asks_to_read(data: Any) -> bool:
    """Whether a button of a long text was pressed."""
    return READ in data or BACK in data


@cache
def reading_url() -> str:
    """Where scripts have a text read."""
    return reverse("records:pasted")
