"""Resolutions: what they legitimise, who consulted on them before, what they follow (ADR 0019)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from participation.enums import (
    POLITICAL_BODIES,
    Advice,
    Legitimises,
    Outcome,
    ResolutionKind,
    VoteResult,
)
from participation.models.bodies import Body, Session
from planning.enums import Phase
from planning.models import Document, Measure, MissionStatement, PlannerPost, PlanningCycle
from records.fields import Links, VagueDateField
from records.models import MunicipalRecord
from records.models.base import OnlyIn, Sourced
from records.models.columns import calendar_year, count_of, long_text
from records.templatetags.german import number
from records.vague import VagueDate

DECIDED = frozenset({Outcome.ADOPTED, Outcome.REJECTED, Outcome.DEFERRED, Outcome.NOTED})
CONSULTED = frozenset(set(Advice.values) - {Advice.EXPECTED})
FOR_PLANS = OnlyIn("legitimises", frozenset({Legitimises.PLAN}))
VOTES = ("vote", "votes_for", "votes_against", "votes_abstained")


class Voted(models.Model):
    """How a body voted: in a word, in numbers, or both."""

    vote = models.CharField("Abstimmung", max_length=10, choices=VoteResult.choices, blank=True)
    votes_for = count_of("Ja-Stimmen")
    votes_against = count_of("Nein-Stimmen")
    votes_abstained = count_of("Enthaltungen")

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.vote == VoteResult.UNANIMOUS and self.votes_for and self.votes_against:
            raise ValidationError(
                {"vote": "Einstimmig heißt: Ja- oder Nein-Stimmen, nicht beide. Prüfen Sie die Zahlen."}
            )

    @property
    def votes_in_words(self) -> str:
        """„einstimmig“, „mehrheitlich (31 Ja, 2 Nein, 4 Enthaltungen)“; empty where nobody recorded them."""
        counts = (
            (self._told("votes_for"), "Ja", "Ja"),
            (self._told("votes_against"), "Nein", "Nein"),
            (self._told("votes_abstained"), "Enthaltung", "Enthaltungen"),
        )
        numbers = ", ".join(f"{number(n)} {one if n == 1 else many}" for n, one, many in counts if n is not None)
        word = VoteResult(self._told("vote")).label if self._told("vote") else ""
        return f"{word} ({numbers})" if word and numbers else str(word or numbers)

    def _told(self, name: str) -> Any:
        return self.said(name)  # type: ignore[attr-defined]


def overlap(one: VagueDate, other: VagueDate) -> bool:
    """Whether both can mean the same day."""
    return one.first <= other.last and other.first <= one.last


def disagreement(body: Body | None, day: VagueDate | None, session: Session | None, day_field: str) -> dict[str, str]:
    """What body and date say against the session in which the vote is said to have taken place, by field."""
    if session is None or body is None or day is None:
        return {}
    found = {}
    if session.body_id != body.pk:
        found["body"] = f"Die Sitzung ist eine des Gremiums „{session.body}“. Wählen Sie dasselbe Gremium."
    if not overlap(day, session.held_on):
        found[day_field] = f"Die Sitzung ist {session.held_on.with_word}. Geben Sie dasselbe Datum an."
    return found


class Resolution(Sourced, Voted, MunicipalRecord):
    """Political legitimation as a fact with a date: body, date, subject, votes, outcome, and the plans it is for.

    A plan is named by its year: ``first_year`` alone means one plan, with ``last_year`` a period. Where no years are
    given, the plans of the ``cycle`` are meant.
    """

    gives: ClassVar[dict[str, str]] = dict.fromkeys(
        ("posts", "mission_statements", "measures", "constituted_bodies"), "einen Beschluss"
    )

    needed_when: ClassVar[dict[str, str]] = {"deferred_to": "nötig, wenn vertagt"}
    only_in = {
        "deferred_to": OnlyIn("outcome", frozenset({Outcome.DEFERRED})),
        "cycle": FOR_PLANS,
        "first_year": FOR_PLANS,
        "last_year": FOR_PLANS,
        **{name: OnlyIn("outcome", DECIDED) for name in VOTES},
    }
    body = models.ForeignKey(Body, models.PROTECT, related_name="resolutions", verbose_name="Gremium")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name="Sitzung"
    )
    subject = models.CharField("Gegenstand", max_length=240)
    kind = models.CharField("Art", max_length=16, choices=ResolutionKind.choices, default=ResolutionKind.RESOLUTION)
    resolved_on = VagueDateField("Datum", db_index=True)
    number = models.CharField("Nummer", max_length=60, blank=True)
    outcome = models.CharField("Ausgang", max_length=10, choices=Outcome.choices, default=Outcome.ADOPTED)
    deferred_to = VagueDateField("Vertagt auf", null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="Folgebeschluss zu",
        help_text="Der vertagte oder frühere Beschluss, an dessen Stelle dieser tritt.",
    )
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices, default=Phase.RESOLUTION)
    legitimises = models.CharField("Legitimiert", max_length=10, choices=Legitimises.choices)
    cycle = models.ForeignKey(
        PlanningCycle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name="Pläne des Planungszyklus",
        help_text="Wenn der Beschluss für den ganzen Zyklus gilt.",
    )
    first_year = calendar_year(
        "Plan für das Jahr", null=True, blank=True, help_text="Das Planungsjahr, nicht das des Beschlusses."
    )
    last_year = calendar_year("bis zum Plan für das Jahr", null=True, blank=True, help_text="Nur bei mehreren Jahren.")
    text = long_text("Wortlaut oder Inhalt")
    link = models.URLField("Adresse im Ratsinformationssystem", max_length=400, blank=True)
    posts = Links(PlannerPost, blank=True, related_name="resolutions", verbose_name="Planerstellen")
    mission_statements = Links(MissionStatement, blank=True, related_name="resolutions", verbose_name="Leitbilder")
    measures = Links(Measure, blank=True, related_name="resolutions", verbose_name="Maßnahmen")
    constituted_bodies = Links(
        Body, blank=True, related_name="constituting_resolutions", verbose_name="Konstituierte Gremien"
    )
    documents = Links(Document, blank=True, related_name="resolutions", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Beschluss"
        verbose_name_plural = "Beschlüsse"
        ordering = ["resolved_on", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.DEFERRED) | Q(deferred_to__isnull=False),
                name="%(app_label)s_%(class)s_deferred",
                violation_error_message="Geben Sie an, auf wann vertagt wurde.",
            ),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(first_year__isnull=False, last_year__gte=F("first_year")),
                name="%(app_label)s_%(class)s_years",
                violation_error_message="Geben Sie das erste Jahr an und ein letztes, das nicht davor liegt.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def clean(self) -> None:
        super().clean()
        errors = disagreement(
            self.body if self.body_id else None,
            self.resolved_on,
            self.session if self.session_id else None,
            "resolved_on",
        )
        if self.first_year and self.cycle and self.legitimises == Legitimises.PLAN:
            last = self.last_year or self.first_year
            if self.first_year < self.cycle.first_year or last > self.cycle.last_year:
                errors["first_year"] = f"Der Planungszyklus umfasst {self.cycle.years}. Wählen Sie Jahre daraus."
        if self.follows and self.resolved_on:
            if self.follows_id == self.pk:
                errors["follows"] = "Ein Beschluss folgt nicht auf sich selbst. Wählen Sie einen anderen."
            elif self.resolved_on.last < self.follows.resolved_on.first:
                errors["follows"] = (
                    f"Dieser Beschluss ist vom {self.follows.resolved_on}, also später. Wählen Sie einen früheren."
                )
        if errors:
            raise ValidationError(errors)

    @property
    def plans_named(self) -> str:
        """„Plan 2018“, „Pläne 2019–2023“; empty where it names none."""
        if self.legitimises != Legitimises.PLAN:
            return ""
        if self.first_year and self.last_year not in (None, self.first_year):
            return f"Pläne {self.first_year}–{self.last_year}"
        if self.first_year:
            return f"Plan {self.first_year}"
        return f"Pläne des Zyklus {self.cycle.years}" if self.cycle else ""

    @property
    def can_legitimise(self) -> bool:
        """Whether it is a decision of a political body; a recommendation or a working group decides on no plan."""
        return self.kind == ResolutionKind.RESOLUTION and self.body.kind in POLITICAL_BODIES

    def covers(self, year: int, cycle: int) -> bool:
        """Whether it is for the plan of this year in the cycle with this key."""
        if self.legitimises != Legitimises.PLAN:
            return False
        if self.first_year:
            return self.first_year <= year <= (self.last_year or self.first_year)
        return self.cycle_id == cycle


class Consultation(Sourced, Voted, MunicipalRecord):
    """A step of the Beratungsfolge: a body that consulted before the one that decides."""

    part_of: ClassVar[tuple[str, ...]] = ("resolution",)

    str_related = ("body",)
    only_in = {name: OnlyIn("outcome", CONSULTED) for name in VOTES}

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="consultations", verbose_name="Beschluss")
    body = models.ForeignKey(Body, models.PROTECT, related_name="consultations", verbose_name="Gremium")
    consulted_on = VagueDateField("Datum", db_index=True)
    outcome = models.CharField("Ergebnis", max_length=12, choices=Advice.choices, default=Advice.RECOMMENDED)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name="Sitzung"
    )
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Vorberatung"
        verbose_name_plural = "Vorberatungen"
        ordering = ["resolution", "consulted_on", "pk"]

    def __str__(self) -> str:
        return str(self.body)

    def sort_text(self) -> str:
        return f"{self.consulted_on.stored if self.consulted_on else ''} {self.label}"

    def clean(self) -> None:
        super().clean()
        errors = disagreement(
            self.body if self.body_id else None,
            self.consulted_on,
            self.session if self.session_id else None,
            "consulted_on",
        )
        decided = self.resolution.resolved_on if self.resolution_id else None
        if decided and self.consulted_on and self.consulted_on.first > decided.last:
            errors["consulted_on"] = f"Beschlossen wurde {decided.with_word}. Vorberaten wird davor."
        if errors:
            raise ValidationError(errors)
