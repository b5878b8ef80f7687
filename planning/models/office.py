"""The office of a municipality from which its planning papers come (docs/product.md §4)."""

from django.db import models

from records.models import MunicipalRecord


class Office(MunicipalRecord):
    """Name, address and contact of the office that issues papers, by function; of several the newest counts."""

    title = models.CharField("Dienststelle", max_length=160, help_text="Zum Beispiel „Stabsstelle Sozialplanung“.")
    address = models.CharField("Anschrift", max_length=200, blank=True, help_text="Straße, Postleitzahl und Ort.")
    contact = models.CharField("Ansprechfunktion", max_length=160, blank=True, help_text="Funktion, kein Name.")
    phone = models.CharField("Telefon", max_length=60, blank=True)
    email = models.EmailField("E-Mail-Adresse der Dienststelle", blank=True, help_text="Keine persönliche Adresse.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Dienststelle"
        verbose_name_plural = "Dienststellen"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the sender of a paper; empty values are left out, an invented office says so."""
        reached = ", ".join(part for part in (self.contact, self.phone, self.email) if part)
        title = f"{self.title} (Beispiel)" if self.is_example else self.title
        return tuple(line for line in (title, self.address, reached) if line)
