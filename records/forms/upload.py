"""What is sent to be read in: a file or a pasted table."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile, File

from records.display import label_of
from records.kind import RecordKind

CHOOSE_FILE = "Wählen Sie eine Datei aus."
ONE_ONLY = "Nehmen Sie entweder die Datei oder die eingefügte Tabelle, nicht beides."


class UploadForm(forms.Form):
    """A file or a pasted table; where the kind has a natural key, whether its rows may change stored records."""

    file = forms.FileField(
        label="Datei",
        required=False,
        help_text="XLSX, ODS oder CSV: eine ausgegebene Liste oder eine eigene. Höchstens 5 MB und 5 000 Zeilen.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
        error_messages={"empty": "Die Datei ist leer. Wählen Sie eine andere."},
    )
    pasted = forms.CharField(
        label="Tabelle einfügen",
        required=False,
        help_text="Aus Excel kopiert, mit der Zeile der Spaltennamen; statt einer Datei.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    may_change = forms.BooleanField(label="Zeilen ohne Kennung dürfen vorhandene Einträge ändern", required=False)

    def __init__(self, *args: Any, kind: RecordKind) -> None:
        super().__init__(*args)
        if kind.key:
            labels = ", ".join(label_of(kind.model, name) for name in kind.key)
            self.fields["may_change"].help_text = f"Erkannt werden sie an: {labels}. Sie sehen vorher, was sich ändert."
        else:
            del self.fields["may_change"]

    def clean(self) -> dict[str, Any]:
        """One of both."""
        cleaned = super().clean() or self.cleaned_data
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("pasted"))
        if has_file and has_text:
            self.add_error("pasted", ONE_ONLY)
        elif not has_file and not has_text and not self.errors:
            self.add_error("file", CHOOSE_FILE)
        return cleaned

    def table(self) -> File[bytes]:
        """What was sent, as a file."""
        return self.cleaned_data["file"] or ContentFile(self.cleaned_data["pasted"].encode(), name="eingefuegt.csv")

    @classmethod
    def again(
        cls, kind: RecordKind, content: bytes, sentence: str, *, is_pasted: bool, may_change: bool
    ) -> "UploadForm":
        """What was sent, with the sentence why it could not be read; a browser does not keep a file."""
        data = {"pasted": content.decode() if is_pasted else "", **({"may_change": "on"} if may_change else {})}
        form = cls(data, {} if is_pasted else {"file": ContentFile(content, name="datei")}, kind=kind)
        form.full_clean()
        form.refuse(sentence)
        return form

    def refuse(self, sentence: str) -> None:
        """Say at its field why what was sent cannot be read."""
        self.add_error("file" if self.cleaned_data["file"] else "pasted", sentence)
