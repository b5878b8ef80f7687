"""What a Träger answers under its secret link where papers were asked for: a text, a file, or both."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.domain.attempts import Limit, take
from funding.domain.public.drafts import MOST_BYTES, MOST_FILES
from funding.enums import ApplicationState as S
from funding.models import FundingApplication, Inquiry, PublicDraft
from planning.models import Document
from records.domain.saving import create_record, update_record
from records.uploads import check_upload

ANSWERABLE = (S.RECEIVED, S.CHECKING, S.ASKED)
LONGEST, LONGEST_TITLE = 300, 160
ANSWERS = Limit("answers under a public link", 30, timedelta(hours=1), timedelta(hours=1))
NOTHING = "Schreiben Sie eine Antwort, oder wählen Sie eine Datei."
TOO_LONG = f"Kürzen Sie die Antwort auf höchstens {LONGEST} Zeichen; Längeres legen Sie als Datei bei."
TOO_OFTEN = "Unter diesem Link wurde gerade sehr oft geantwortet. Versuchen Sie es in einer Stunde noch einmal."
GONE = "Diese Nachforderung ist nicht mehr offen. Möchten Sie noch etwas nachreichen, wenden Sie sich an die Stelle."
FULL = f"Zu diesem Antrag liegen schon {MOST_FILES} nachgereichte Dateien. Wenden Sie sich an die Stelle."
TOO_LARGE = "Die Datei ist zu groß. Möglich sind bis zu 10 MB."
WITH_FILE = "Datei nachgereicht"
TITLE = "Nachgereicht: "


def open_inquiries(application: FundingApplication) -> list[Inquiry]:
    """What the Träger is asked for and has not answered (one query)."""
    if application.state not in ANSWERABLE:
        return []
    return list(application.inquiries.filter(answered_on__isnull=True))


def answer_inquiry(draft: PublicDraft, key: int | None, text: str, upload: Any) -> None:
    """Store the answer of today with its file as a document of the application.

    Raises ValidationError with what hinders it; nothing is half-stored.
    """
    text = " ".join(text.replace("\x00", "").split())
    if not text and upload is None:
        raise ValidationError(NOTHING)
    if len(text) > LONGEST:
        raise ValidationError(TOO_LONG)
    if take([(ANSWERS, str(draft.pk))]) is not None:
        raise ValidationError(TOO_OFTEN)
    if upload is not None:
        if upload.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        check_upload(upload)
    written: list[str] = []
    try:
        with transaction.atomic():
            store(draft, key, text, upload, written)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def store(draft: PublicDraft, key: int | None, text: str, upload: Any, written: list[str]) -> None:
    """In a transaction: the application is held, so that an answer is given once."""
    rows = FundingApplication.objects.select_related("municipality").select_for_update(of=("self",))
    application = rows.get(public_draft=draft)
    found = next((each for each in open_inquiries(application) if each.pk == key), None)
    if found is None:
        raise ValidationError(GONE)
    if upload is not None:
        attach(application, found, upload, written)
    found.answer, found.answered_on = text or WITH_FILE, timezone.localdate()
    update_record(found, version=found.version, actor=None)


def attach(application: FundingApplication, inquiry: Inquiry, upload: Any, written: list[str]) -> None:
    """The file becomes a document of the Kommune and one of the application's."""
    stored = list(application.documents.all())
    if sum(each.title.startswith(TITLE) for each in stored) >= MOST_FILES:
        raise ValidationError(FULL)
    name = PurePosixPath((upload.name or "Datei").replace("\\", "/").replace("\x00", "")).name
    place = {"municipality": application.municipality, "is_example": application.is_example}
    title = f"{TITLE}{inquiry.title}"[:LONGEST_TITLE].strip()
    document = Document(title=title, file=ContentFile(upload.read(), name), original_name=name[-200:], **place)
    create_record(document, actor=None)
    written.append(str(document.file.name))
    update_record(application, version=application.version, actor=None, links={"documents": [*stored, document]})
