"""Forms are sent once, also where the browser has lost the key of the form: what was sent is known by its digest.

A browser that goes back may load the form anew, with another key, and put the typed values into it again. Each saved
form therefore notes a digest of person, address and typed values beside its key, and where it led to.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from records.models import SubmissionKey

HOURS = 12  # a working day: after that the same values are meant
AGAIN = "noch_einmal"  # sent along by who wants the same once more
TECHNICAL = frozenset({"csrfmiddlewaretoken", "form_key", AGAIN})
LONGEST_TARGET = 500


def typed_values(fields: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """What a person typed or chose: without keys, and without buttons, whose names begin with an underscore."""
    return sorted((name, values) for name, values in fields if name not in TECHNICAL and not name.startswith("_"))


def digest_of(user_pk: Any, path: str, values: Any) -> str:
    """The digest of what was sent where by whom; made with the secret key, so that it tells nothing of the values."""
    text = json.dumps([user_pk, path, values], ensure_ascii=True, separators=(",", ":"))
    return salted_hmac("records.sent_once", text, algorithm="sha256").hexdigest()


def find_key(key: str) -> SubmissionKey | None:
    """What the form with this key has saved already."""
    return SubmissionKey.objects.filter(pk=key).first() if key else None


def find_same(digest: str, *, but: str = "") -> SubmissionKey | None:
    """The newest form with the same values that was saved during the last hours, under another key."""
    since = timezone.now() - timedelta(hours=HOURS)
    rows = SubmissionKey.objects.filter(sent=digest, used_at__gte=since).exclude(pk=but)
    return rows.order_by("-used_at").first()


def note_sent(key: str, *, digest: str, target: str) -> None:
    """Say of a key that was used just now what was sent with it and where it led to; others are left alone."""
    SubmissionKey.objects.filter(pk=key, sent="").update(sent=digest, target=target[:LONGEST_TARGET])
