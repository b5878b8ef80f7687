"""The form of „Fassung prüfen“: a file of which only the checksum is taken, or a checksum."""

import hashlib
import io
import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MAX_BYTES = 20 * 1024 * 1024
DIGITS = 64
BETWEEN = re.compile(r"[\s\u200b\ufeff:.,·–-]+")  # how people and programs group a checksum
NAME = re.compile(r"^(?:Prüf(?:nummer|summe)[^:]*:|sha-?256\W)\W*", re.IGNORECASE)  # as it is called in a plan
TOO_LARGE = "Die Datei ist zu groß. Möglich sind bis zu 20 MB; ein Plan ist viel kleiner."
NOTHING = "Wählen Sie eine Datei, oder fügen Sie eine Prüfnummer ein."
BOTH = "Wählen Sie entweder eine Datei, oder fügen Sie eine Prüfnummer ein. Beides zugleich wird nicht geprüft."


class HashedFile(UploadedFile):
    """What is left of a sent file: its name, size and checksum."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=size)
        self.sha256 = sha256


class HashingHandler(FileUploadHandler):
    """Takes the checksum while a file arrives and keeps nothing of it, neither in memory nor on the disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.sum, self.size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= MAX_BYTES:
            self.sum.update(raw_data)

    def file_complete(self, file_size: int) -> HashedFile:
        return HashedFile(self.file_name or "Datei", self.size, self.sum.hexdigest())


class VerificationForm(forms.Form):
    """Open to everybody; ``sha256`` of the cleaned form is what to look for."""

    file = forms.FileField(
        label="Datei",
        required=False,
        help_text="Die PDF-Datei eines Plans oder ihre Anlage plan.json, bis 20 MB. "
        "Das Portal berechnet die Prüfnummer und speichert die Datei nicht.",
        error_messages={
            "empty": "Die Datei ist leer. Wählen Sie die PDF-Datei eines Plans.",
            "invalid": "Wählen Sie die Datei noch einmal aus.",
        },
    )
    sha256 = forms.CharField(
        label="Prüfnummer",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Die 64 Zeichen, die auf der zweiten Seite eines Plans stehen. "
        "In älteren Plänen heißt sie Prüfsumme. "
        "Leerzeichen und Zeilenwechsel stören nicht.",
        error_messages={"max_length": "Eine Prüfnummer hat 64 Zeichen. Fügen Sie nur die Prüfnummer ein."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        """Refuse what is too large to be a plan."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def clean_sha256(self) -> str:
        """64 hexadecimal digits in lower case, whatever stands between them."""
        typed = self.cleaned_data["sha256"]
        bare = BETWEEN.sub("", NAME.sub("", typed.strip())).lower()
        foreign = re.sub(r"[0-9a-f]", "", bare)
        if foreign:
            raise ValidationError(
                "Eine Prüfnummer besteht aus den Ziffern 0 bis 9 und den Buchstaben a bis f. "
                f"Prüfen Sie „{foreign[0]}“."
            )
        if bare and len(bare) != DIGITS:
            raise ValidationError(
                f"Eine Prüfnummer hat 64 Zeichen, Ihre Eingabe hat {len(bare)}. Fügen Sie sie noch einmal ganz ein."
            )
        return bare

    def clean(self) -> dict[str, Any]:
        """One of both; the checksum of the file becomes the one to look for."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        file, typed = cleaned.get("file"), cleaned.get("sha256")
        if bool(file) == bool(typed):
            self.add_error("sha256" if typed else "file", BOTH if typed else NOTHING)
        elif file:
            cleaned["sha256"] = file.sha256
        return cleaned
