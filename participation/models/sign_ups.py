"""People without an account who register for an event of a municipality."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Coded
from participation.enums import Seat, StakeholderGroup
from participation.models.events import Event

MOST_PEOPLE = 10


class SignUp(Coded):
    """A registration by one person for some; working memory and no record: it goes some time after the event.

    ``key`` is the SHA-256 of the link's secret. ``address`` is the folded e-mail, by which somebody registers once.
    Without ``confirmed_at`` nobody has shown whose address it is, and the municipality sees nothing of it.
    ``came`` is ticked by the municipality; it makes the attendance of the event.
    """

    units: ClassVar[dict[str, str]] = {"people": "Personen"}

    event = models.ForeignKey(Event, models.PROTECT, related_name="sign_ups", verbose_name="Veranstaltung")
    key = models.CharField(max_length=64, unique=True)
    name = models.CharField("Name", max_length=120)
    organisation = models.CharField("Einrichtung oder Ort", max_length=160, blank=True)
    email = models.EmailField("E-Mail", max_length=200)
    address = models.CharField(max_length=200)
    group = models.CharField(
        "Sie kommen als", max_length=16, choices=StakeholderGroup.choices, default=StakeholderGroup.CITIZENS
    )
    people = models.PositiveSmallIntegerField(
        "Zahl der Personen", default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    note = models.CharField(
        "Was wir wissen sollten",
        max_length=300,
        blank=True,
        help_text="Zum Beispiel Rollstuhl, Gebärdensprache oder Kinderbetreuung.",
    )
    started_at = models.DateTimeField()
    confirmed_at = models.DateTimeField("angemeldet am", null=True, blank=True)
    seat = models.CharField("Platz", max_length=8, choices=Seat.choices, blank=True)
    came = models.BooleanField("war da", default=False)

    class Meta:
        verbose_name = "Anmeldung ohne Konto"
        verbose_name_plural = "Anmeldungen ohne Konto"
        ordering = ["confirmed_at", "pk"]
        indexes = [models.Index(fields=["event", "started_at"], name="participation_signup_started")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "address"],
                condition=Q(confirmed_at__isnull=False),
                name="participation_signup_once",
                violation_error_message="Mit dieser E-Mail-Adresse ist schon jemand angemeldet. "
                "Nehmen Sie eine andere, oder öffnen Sie den Link aus Ihrer E-Mail.",
            )
        ]

    def __str__(self) -> str:
        return f"Anmeldung: {self.event}"
