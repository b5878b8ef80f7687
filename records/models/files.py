"""What is known of every uploaded file, so that one that is missing or altered is found."""

from django.db import models

from records.models.base import AppendOnly


class StoredFile(AppendOnly):
    """A file as it was stored, by its random name in the folder of uploads; written with the record that names it."""

    name = models.CharField(max_length=300, unique=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "gespeicherte Datei"
        verbose_name_plural = "gespeicherte Dateien"

    def __str__(self) -> str:
        return self.name
