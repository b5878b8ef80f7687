"""Applications of people without an account: begun under a secret link, kept apart, confirmed by a code of a mail.

Nothing of it reaches the office before ``confirm`` (funding.domain.public.confirming).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from accounts.domain.attempts import Limit, take
from accounts.domain.codes import code_problem, code_wait, key_of, new_code, new_secret
from funding.models import Call, PublicDraft, PublicFile
from funding.models.public import LONGEST_NAME
from records.domain.files import digest_of
from records.text import clean_text
from records.uploads import check_upload

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STARTS = Limit("public applications of an address", 10, HOUR, HOUR)
STARTS_PER_DAY = 200  # of one call
MOST_FILES, MOST_BYTES = 10, 10 * 1024 * 1024
MOST_TYPED = 400_000  # characters of all fields together
KEPT_DAYS = 30
TOO_MUCH = "Ihre Eingaben sind zusammen zu lang. Kürzen Sie die Texte, und legen Sie lange Ausführungen als Datei bei."
TOO_MANY_STARTS = "Von hier wurden gerade schon viele Anträge begonnen. Versuchen Sie es in einer Stunde noch einmal."
FULL_DAY = (
    "Zu diesem Aufruf wurden heute schon sehr viele Anträge begonnen. Versuchen Sie es morgen noch einmal, oder "
    "reichen Sie den Antrag auf Papier ein."
)


def start(call: Call, *, address: str) -> str:
    """Begin a draft; returns the secret of its link, which is stored nowhere. Raises ValidationError: too many."""
    now = timezone.now()
    if PublicDraft.objects.filter(call=call, started_at__gte=now - DAY).count() >= STARTS_PER_DAY:
        raise ValidationError(FULL_DAY)
    if take([(STARTS, address)]) is not None:
        raise ValidationError(TOO_MANY_STARTS)
    secret = new_secret()
    PublicDraft.objects.create(call=call, key=key_of(secret), touched_at=now)
    return secret


def held(draft: PublicDraft) -> PublicDraft:
    """The draft as it is stored, held until the transaction ends."""
    return PublicDraft.objects.select_for_update().get(pk=draft.pk)


def is_editable(draft: PublicDraft, at: datetime) -> bool:
    """Not confirmed, and the call is open."""
    return draft.application_id is None and draft.call.is_open(at)


@transaction.atomic
def keep(draft: PublicDraft, *, names: Iterable[str], typed: Mapping[str, list[str]]) -> None:
    """Store what was typed in the fields ``names`` in place of what stood there; others stay.

    What was handed in and is changed has to be sent once more. Raises ValidationError where it is too much to keep.
    """
    stored = held(draft)
    if stored.application_id is not None:
        return
    kept = {name: values for name, values in stored.values.items() if name not in set(names)}
    kept |= {name: [clean_text(text.replace("\x00", "")) for text in values] for name, values in typed.items()}
    if sum(len(text) for values in kept.values() for text in values) > MOST_TYPED:
        raise ValidationError(TOO_MUCH)
    if kept != stored.values:
        stored.values = kept
        _take_back(stored)
    draft.refresh_from_db(fields=["values", "handed_in_at", "touched_at"])


def _take_back(stored: PublicDraft) -> None:
    """Something has changed: what was sent is not what stands here."""
    stored.handed_in_at, stored.code, stored.declarations, stored.touched_at = None, "", [], timezone.now()
    stored.save()


def add_file(draft: PublicDraft, upload: "File[bytes]") -> None:
    """Store a file beside the draft. Raises ValidationError: too many, too large, or not allowed."""
    if upload.size > MOST_BYTES:
        raise ValidationError("Die Datei ist zu groß. Möglich sind bis zu 10 MB.")
    check_upload(upload)
    with transaction.atomic():
        stored = held(draft)
        if stored.files.count() >= MOST_FILES:
            raise ValidationError(f"Möglich sind {MOST_FILES} Dateien. Entfernen Sie zuerst eine andere.")
        name = PurePosixPath((upload.name or "").replace("\\", "/").replace("\x00", "")).name
        ending = PurePosixPath(name).suffix
        name = f"{name.removesuffix(ending)[: LONGEST_NAME - len(ending)]}{ending}"
        PublicFile.objects.create(draft=stored, file=upload, name=name, size=upload.size, sha256=digest_of(upload))
        _take_back(stored)
    draft.refresh_from_db()


@transaction.atomic
def remove_files(draft: PublicDraft, keys: Iterable[int] | None = None) -> int:
    """Remove files of the draft, all where no keys are given; returns how many."""
    stored = held(draft)
    rows = list(stored.files.all() if keys is None else stored.files.filter(pk__in=list(keys)))
    for row in rows:
        name = row.file.name
        row.delete()
        transaction.on_commit(partial(default_storage.delete, str(name)), robust=True)
    if rows and stored.application_id is None:
        _take_back(stored)
    return len(rows)


@transaction.atomic
def drop_old_drafts() -> int:
    """Delete with their files what nobody confirmed or touched for 30 days; returns how many."""
    rows = PublicDraft.objects.filter(
        application__isnull=True, touched_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)
    )
    found = list(rows)
    for draft in found:
        remove_files(draft)
        draft.delete()
    return len(found)


# ---------------------------------------------------------------- sending
@transaction.atomic
def hand_in(draft: PublicDraft, *, declarations: list[dict[str, str]], at: datetime) -> None:
    """Note the moment that counts for the deadline. Raises ValidationError: closed."""
    stored = held(draft)
    if not is_editable(stored, at):
        raise ValidationError(
            "Der Aufruf ist geschlossen. Der Antrag lässt sich nicht mehr absenden. Fragen Sie die "
            "Stelle, ob es einen weiteren Aufruf gibt."
        )
    stored.handed_in_at, stored.declarations = at, declarations
    stored.save()
    draft.refresh_from_db()


@transaction.atomic
def send_code(draft: PublicDraft, *, email: str, at: datetime, address: str) -> None:
    """Send a code for what was handed in, asked for from that network address; the one before ends.

    Raises ValidationError: too many.
    """
    stored = held(draft)
    if stored.handed_in_at is None or stored.application_id is not None:
        return
    if problem := code_wait(stored, email, address=address):
        raise ValidationError(problem)
    code = new_code(stored, at)
    stored.save()
    text = (
        f"Ihr Code für den Antrag zum Aufruf „{stored.call}“: {code}\n\n"
        "Geben Sie ihn innerhalb von 24 Stunden auf der Seite ein, auf der Sie den Antrag abgesendet haben. "
        "Erst danach liegt der Antrag der Stelle vor.\n\n"
        "Wenn Sie keinen Antrag gestellt haben, hat sich jemand bei der Adresse vertippt; Sie müssen nichts tun."
    )
    subject = "Code für Ihren Antrag"
    transaction.on_commit(lambda: send_mail(subject, text, None, [email]), robust=True)


def tell_received(draft: PublicDraft, *, email: str, link: str) -> None:
    """A mail with number, time, checksum and link; the address has just been confirmed."""
    at = timezone.localtime(draft.handed_in_at)
    number = f"Aktenzeichen: {draft.sent['number']}\n" if draft.sent["number"] else ""
    text = (
        f"Ihr Antrag zum Aufruf „{draft.sent['call']}“ ist eingegangen.\n\n{number}"
        f"Abgesendet: {at:%d.%m.%Y, %H:%M:%S} Uhr (Berlin)\nPrüfnummer (SHA-256): {draft.sha256}\n\n"
        f"Eingangsbestätigung als PDF und Stand des Antrags: {link}\n\n"
        "Wer diesen Link kennt, kann beides sehen. Geben Sie ihn nicht weiter."
    )
    send_mail("Eingangsbestätigung", text, None, [email])


@transaction.atomic
def wrong_code(draft: PublicDraft, code: str, at: datetime) -> str:
    """Count the try; why the code opens nothing, or an empty sentence. The count stays where the code is wrong."""
    return code_problem(held(draft), code, at)


def checksum(sent: object) -> str:
    """SHA-256 of what was sent, as canonical JSON."""
    text = json.dumps(sent, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return key_of(text)
