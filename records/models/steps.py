"""The steps in the life of records: per model a table of its own, written once, chained by hashes where asked."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from records.models.base import AppendOnly

STEP = "Schritt: "  # the reason in a record's history that a step of its life changed it, not a person's writing
PEOPLE: dict[str, Any] = {"on_delete": models.PROTECT, "null": True, "editable": False, "related_name": "+"}


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def chained(values: dict[str, Any]) -> str:
    """The hash over values in canonical JSON; times in UTC to the microsecond."""
    moments = {key: value.astimezone(UTC).isoformat() for key, value in values.items() if isinstance(value, datetime)}
    text = json.dumps(values | moments, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(text.encode())


class StepRow(AppendOnly):
    """A step as it was taken. A model gives it the relation to its record, and choices to action and states."""

    number = models.PositiveIntegerField("Laufende Nummer")
    action = models.CharField("Schritt", max_length=24)
    from_state = models.CharField("von", max_length=24)
    to_state = models.CharField("nach", max_length=24)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="Person", **PEOPLE)
    actor_name = models.CharField("durch", max_length=150, blank=True)
    at = models.DateTimeField("am")
    note = models.TextField("Text", blank=True)
    details = models.JSONField("Einzelheiten", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}. Schritt"


class ChainedStep(StepRow):
    """A step whose hash covers what it says and the hash of the record's step before it."""

    previous_sha256 = models.CharField("Prüfnummer des vorigen Schritts", max_length=64, blank=True)
    sha256 = models.CharField("Prüfnummer", max_length=64)

    class Meta:
        abstract = True

    def header(self) -> dict[str, Any]:
        """What the hash covers; a model adds what else the step says."""
        return {
            "number": self.number,
            "action": str(self.action),
            "from": str(self.from_state),
            "to": str(self.to_state),
            "actor": self.actor_name,
            "at": self.at,
            "note": self.note,
            "details": self.details,
            "previous_sha256": self.previous_sha256,
        }

    def link_to(self, before: "ChainedStep | None") -> None:
        """Hang the step on the one before, by the hashes."""
        self.previous_sha256 = before.sha256 if before else ""
        self.sha256 = chained(self.header())

    def is_intact(self) -> bool:
        """True where the step still says what its hash covers."""
        try:
            return chained(self.header()) == self.sha256
        except (TypeError, ValueError, AttributeError):
            return False
