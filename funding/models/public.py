"""What somebody without an account has begun to apply for: kept apart until its e-mail address is confirmed."""

import secrets

from django.db import models

from accounts.models import Coded
from funding.models.applications import FundingApplication
from funding.models.calls import Call
from records.uploads import suffix_of

LONGEST_NAME = 200  # characters of the name of a file


def unconfirmed_path(instance: object, filename: str) -> str:
    """A random path apart from the documents of the Kommune."""
    name = secrets.token_hex(16)
    return f"unconfirmed/{name[:2]}/{name}{suffix_of(filename)}"


class PublicDraft(Coded):
    """An application that is being written under a secret link; working memory and no record.

    ``key`` is the SHA-256 of the link's secret, which is stored nowhere. ``values`` are the raw fields as a browser
    sends them, name to list of texts. ``handed_in_at`` is the moment that counts for the deadline; it is taken back
    where something changes before the code of the mail is entered. ``sent`` is what was sent in words, as the receipt
    prints it, and ``sha256`` the checksum of its canonical JSON.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="drafts", verbose_name="Aufruf")
    key = models.CharField(max_length=64, unique=True)
    values = models.JSONField(default=dict)
    declarations = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    sent = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    application = models.OneToOneField(
        FundingApplication, models.CASCADE, null=True, blank=True, related_name="public_draft"
    )

    class Meta:
        verbose_name = "Entwurf eines Antrags"
        verbose_name_plural = "Entwürfe von Anträgen"
        indexes = [models.Index(fields=["call", "started_at"], name="funding_draft_started")]

    def __str__(self) -> str:
        return f"Entwurf zu „{self.call}“"


class PublicFile(models.Model):
    """A file of such an application; it becomes a document of the Kommune when the application is confirmed."""

    draft = models.ForeignKey(PublicDraft, models.CASCADE, related_name="files")
    file = models.FileField(upload_to=unconfirmed_path, max_length=300)
    name = models.CharField(max_length=LONGEST_NAME)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "Datei zu einem Entwurf"
        verbose_name_plural = "Dateien zu Entwürfen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
