"""People, municipalities and the roles that join them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.enums import PORTAL_ROLES, InvitationState, MunicipalityKind, Role, StateRegion
from accounts.text import LONGEST, sort_key

ROLE_TWICE = "Diese Rolle hat die Person dort in dieser Zeit schon. Ändern Sie den Eintrag."


class User(AbstractUser):
    """A person who logs in. Shown by function („Planung Kyffhäuserkreis“), never by a private name.

    People are deactivated, not deleted: history rows point to them. The history holds neither user name nor address, so
    that both can be forgotten (accounts.domain.anonymising).
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(
        "Funktion",
        max_length=120,
        help_text="So erscheint die Person im Portal, zum Beispiel „Planung Kyffhäuserkreis“.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["password", "last_login", "version", "username", "email"])

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A log-in notes its time; that is no change of the person and leaves no history row."""
        if set(kwargs.get("update_fields") or ()) == {"last_login"}:
            self.skip_history_when_saving = True
        super().save(*args, **kwargs)
        self.__dict__.pop("skip_history_when_saving", None)


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities as tenants: the first of the three gates."""

    def current(self, on: date | None = None) -> "MunicipalityQuerySet":
        """Those that exist on that day (Eisenach until 30.06.2021)."""
        day = on or timezone.localdate()
        return self.within(day, day)

    def within(self, first: date, last: date) -> "MunicipalityQuerySet":
        """Those that existed on some day of the time."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=last)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gte=first))


class Municipality(models.Model):
    """A Landkreis or kreisfreie Stadt: the tenant to which every record belongs.

    ``ags`` is the official five-digit key (Amtlicher Gemeindeschlüssel) of the district level.
    """

    ags = models.CharField("Amtlicher Schlüssel", max_length=5, unique=True)
    name = models.CharField("Name", max_length=80)
    slug = models.SlugField("Adresse", max_length=60, unique=True)
    kind = models.CharField("Art", max_length=10, choices=MunicipalityKind.choices)
    state_region = models.CharField("Region", max_length=12, choices=StateRegion.choices)
    population = models.PositiveIntegerField("Einwohner", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("Jahr der Einwohnerzahl", null=True, blank=True)
    valid_from = models.DateField("besteht seit", null=True, blank=True)
    valid_until = models.DateField("besteht bis", null=True, blank=True)
    sort_key = models.CharField(max_length=LONGEST, default="", blank=True, editable=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="accounts_municipality_valid_period",
                violation_error_message="Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.",
            ),
        ]

    @property
    def authority(self) -> str:
        """The administration that publishes the documents of the municipality: „Landratsamt Kyffhäuserkreis“."""
        kind = "Stadtverwaltung" if self.kind == MunicipalityKind.CITY else "Landratsamt"
        return f"{kind} {self.name}"

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name as it stands on documents: „Landkreis Altenburger Land“, „Kyffhäuserkreis“, „Stadt Jena“."""
        if self.kind == MunicipalityKind.CITY:
            return f"Stadt {self.name}"
        if self.name.lower().endswith(("kreis", "land")) and self.name != "Altenburger Land":
            return self.name
        return f"Landkreis {self.name}"

    def clean(self) -> None:
        if self.slug in settings.RESERVED_SLUGS:
            raise ValidationError({"slug": "Diese Adresse braucht das Portal selbst. Wählen Sie eine andere."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Names are put in German order by a column, as those of records are."""
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Roles, filtered by validity."""

    def valid(self, on: date | None = None) -> "RoleAssignmentQuerySet":
        """Assignments in force on that day (today where none is named)."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class RoleAssignment(models.Model):
    """A person's role in one municipality, or in the whole portal (ministry, administration), from–until."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name="Person")
    role = models.CharField("Rolle", max_length=10, choices=Role.choices)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="Kommune"
    )
    valid_from = models.DateField("gilt ab", default=timezone.localdate)
    valid_until = models.DateField("gilt bis", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Rolle"
        verbose_name_plural = "Rollen"
        ordering = ["user", "role", "municipality"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=PORTAL_ROLES, municipality__isnull=True)
                | (~Q(role__in=PORTAL_ROLES) & Q(municipality__isnull=False)),
                name="accounts_roleassignment_place",
                violation_error_message=(
                    "Sozialplanung, Leitung und Prozessbegleitung gelten in einer Kommune, "
                    "Ministerium und Administration im ganzen Portal."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="accounts_roleassignment_period",
                violation_error_message="Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", "role", *place],
                    condition=Q(valid_until__isnull=True, municipality__isnull=not place),
                    name=f"accounts_roleassignment_open_{where}",
                    violation_error_message=ROLE_TWICE,
                )
                for where, place in (("place", ["municipality"]), ("portal", []))
            ),
        ]

    def __str__(self) -> str:
        place = self.municipality.name if self.municipality else "ganzes Portal"
        return f"{self.get_role_display()} ({place})"

    def clean(self) -> None:
        """The same role is held once at a time: a second entry for the same days says nothing."""
        super().clean()
        if not (self.user_id and self.role and self.valid_from):
            return
        others = RoleAssignment.objects.filter(user=self.user_id, role=self.role, municipality=self.municipality_id)
        others = others.exclude(pk=self.pk).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=self.valid_from))
        if self.valid_until:
            others = others.filter(valid_from__lte=self.valid_until)
        if others.exists():
            raise ValidationError(ROLE_TWICE)


class Invitation(models.Model):
    """A link with which a person sets the own password: once, until a day, unless it is withdrawn before.

    The link is a signature over the number (accounts.domain.invitations); the row itself opens nothing.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name="Person")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="eingeladen von")
    created_at = models.DateTimeField("eingeladen am", default=timezone.now)
    expires_at = models.DateTimeField("gilt bis")
    accepted_at = models.DateTimeField("angenommen am", null=True)
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True)

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Einladung {self.pk}"

    @property
    def state(self) -> InvitationState:
        """What became of it by now."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.OPEN


class Reading(models.Model):
    """That somebody from outside a municipality opened a page of it, once an hour (accounts.readings).

    ``record`` is the number of the record, 0 where the page has none; nothing of what stood on the page.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Person")
    place = models.SlugField("Kommune", max_length=60)
    page = models.CharField("Seite", max_length=100)
    record = models.BigIntegerField("Nummer", default=0)
    hour = models.DateTimeField("Stunde", db_index=True)

    class Meta:
        verbose_name = "Lesezugriff"
        verbose_name_plural = "Lesezugriffe"
        constraints = [
            models.UniqueConstraint(fields=["user", "place", "page", "record", "hour"], name="accounts_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.record}"


class Attempts(models.Model):
    """How often something was tried that may be a guess (accounts.domain.attempts); ``key`` is a keyed digest."""

    scope = models.CharField("Zählung", max_length=40)
    key = models.CharField("Schlüssel", max_length=64)
    count = models.PositiveIntegerField("Versuche", default=0)
    last_at = models.DateTimeField("zuletzt am", default=timezone.now, db_index=True)
    blocked_until = models.DateTimeField("gesperrt bis", null=True)

    class Meta:
        verbose_name = "Zählung von Versuchen"
        verbose_name_plural = "Zählungen von Versuchen"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="accounts_attempts_once")]

    def __str__(self) -> str:
        return self.scope


class Coded(models.Model):
    """Something of a person without account, who shows by a code of a mail whose address it is.

    ``code`` is a keyed digest, empty where none holds; accounts.domain.codes reads and writes all three.
    """

    code = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
