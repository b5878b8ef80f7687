"""What the exchange keeps: the links under which people's calendars are read."""

from django.conf import settings
from django.db import models


class CalendarLink(models.Model):
    """A secret link to the calendar of a person; only the hash of what it ends with is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_link", verbose_name="Person"
    )
    key = models.CharField("Prüfwert des Links", max_length=64, unique=True)
    made_at = models.DateTimeField("erzeugt am")
    read_on = models.DateField("zuletzt abgerufen am", null=True)

    class Meta:
        verbose_name = "Link zum Kalender"
        verbose_name_plural = "Links zu Kalendern"

    def __str__(self) -> str:
        return f"Link vom {self.made_at:%d.%m.%Y}"
