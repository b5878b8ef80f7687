"""The form into which flip-chart lines are pasted."""

import uuid
from hashlib import sha256
from typing import Any

from django import forms

from accounts.models import Municipality
from participation.domain.lines import LONGEST, ReadLines, read_lines
from participation.enums import FindingOrigin
from participation.queries.findings import Origin, origins, regions_of, statements_of, valid_fields
from records.domain import saving
from records.errors import DuplicateSubmission
from records.text import whole_number

MOST_LINES = 300  # stored in one request
MOST_READ = 1_000  # with empty ones and headings, read in one request
MOST_CHARACTERS = 200_000
NO_REGION = "keine"


class PasteForm(forms.Form):
    """Text, origin and region. ``reading`` holds what was recognised, once the form was checked.

    ``seen`` comes back with what the page showed: lines are stored only of the text that somebody saw read.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    text = forms.CharField(
        label="Eine Aussage je Zeile",
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"class": "paste", "rows": 14, "spellcheck": "true"}),
        help_text="Eine Zahl in Klammern am Ende gilt als Punkte, zum Beispiel „(12)“. Eine Zeile wie "
        "„Handlungsfeld 2“ oder „Mobilität:“ ordnet alles darunter gleich zu. Aufzählungszeichen fallen weg. "
        "Vor dem Speichern sehen Sie, was aus jeder Zeile wird. "
        "Höchstens 300 Zeilen auf einmal.",
        error_messages={
            "required": "Fügen Sie mindestens eine Zeile ein.",
            "max_length": "Das ist zu viel auf einmal. Fügen Sie höchstens 300 Zeilen ein.",
        },
    )
    origin = forms.ChoiceField(
        label="Woher stammen die Zeilen?",
        error_messages={
            "required": "Wählen Sie, woher die Zeilen stammen.",
            "invalid_choice": "Wählen Sie einen Eintrag aus der Liste.",
        },
    )
    region = forms.ChoiceField(
        label="Planungsregion",
        required=False,
        error_messages={"invalid_choice": "Wählen Sie einen Eintrag aus der Liste."},
    )

    def __init__(self, data: Any = None, *, municipality: Municipality, preset: Origin | None) -> None:
        initial = {"form_key": str(uuid.uuid4())}
        if preset:
            initial |= {"origin": preset.key, "region": str(preset.region.pk) if preset.region else ""}
        super().__init__(data, initial=initial)
        groups = origins(municipality)
        without = [Origin(str(code)) for code in FindingOrigin]
        self.origins = {one.key: one for one in [*without, *(one for _, rows in groups for one in rows)]}
        self.regions = {str(region.pk): region for region in regions_of(municipality)}
        self.kept: list[str] = data.getlist("wie-eingefuegt") if data is not None else []
        self.municipality, self.reading = municipality, ReadLines()
        self.named("origin").choices = [
            ("", "Bitte wählen"),
            *[(name, [(one.key, one.label) for one in rows]) for name, rows in groups if rows],
            ("Ohne Eintrag im Portal", [(one.key, FindingOrigin(one.code).label) for one in without]),
        ]
        self.named("region").choices = [
            ("", "Wie bei der Veranstaltung"),
            (NO_REGION, "Keine Planungsregion"),
            *[(key, str(region)) for key, region in self.regions.items()],
        ]

    def named(self, name: str) -> forms.ChoiceField:
        """One of the two selects."""
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        return found

    def clean(self) -> dict[str, Any]:
        """Read the lines; refuse what would be cut, and a text in which nothing is new."""
        cleaned = super().clean() or {}
        origin = self.origins.get(cleaned.get("origin", ""))
        if "text" not in cleaned:
            return cleaned
        pasted = cleaned["text"].count("\n") + 1
        if pasted > MOST_READ:
            self.add_error("text", f"Das sind {pasted} Zeilen. Fügen Sie höchstens {MOST_LINES} auf einmal ein.")
            return cleaned
        present = statements_of(self.municipality, origin) if origin and not self.was_sent(cleaned) else []
        kept = filter(None, map(whole_number, self.kept))
        self.reading = read_lines(cleaned["text"], fields=valid_fields(), present=present, kept=kept)
        for number in self.reading.too_long[:10]:
            sentence = f"Zeile {number} ist länger als {LONGEST} Zeichen. Kürzen Sie sie oder teilen Sie sie auf."
            self.add_error("text", sentence)
        count = len(self.reading.lines)
        if count > MOST_LINES:
            self.add_error("text", f"Das sind {count} Zeilen. Fügen Sie höchstens {MOST_LINES} auf einmal ein.")
        elif not count and not self.reading.too_long:
            self.add_error("text", f"Keine neue Zeile: {self.reading.note}. Fügen Sie andere Zeilen ein.")
        return cleaned

    @property
    def mark(self) -> str:
        """What stands for the text and its origin."""
        typed = "\x1f".join(str(self.cleaned_data.get(name, "")) for name in ("text", "origin"))
        return sha256(typed.replace("\r\n", "\n").encode()).hexdigest()

    @property
    def was_seen(self) -> bool:
        """Whether the page has shown what becomes of just this text."""
        return bool(self.cleaned_data["seen"] == self.mark)

    def was_sent(self, cleaned: dict[str, Any]) -> bool:
        """True for a second sending, whose lines are there already because of the first."""
        try:
            saving.refuse_used_key(cleaned.get("form_key", ""))
        except DuplicateSubmission:
            return True
        return False

    def chosen(self) -> dict[str, Any]:
        """Lines, origin and region for the domain, of a valid form."""
        origin = self.origins[self.cleaned_data["origin"]]
        wanted = self.cleaned_data["region"]
        region = self.regions.get(wanted) if wanted else origin.region
        return {"lines": self.reading.lines, "origin": origin, "region": region}
