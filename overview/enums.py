"""Values with a fixed meaning in the overview."""

from django.db import models


class BarrierState(models.TextChoices):
    """Where a reported barrier stands."""

    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"


class MailFrequency(models.TextChoices):
    """How often somebody wants to be told by e-mail; who has never chosen is told daily."""

    AT_ONCE = "at_once", "sofort"
    DAILY = "daily", "täglich"
    WEEKLY = "weekly", "wöchentlich"
    NEVER = "never", "nie"


class DeliveryKind(models.TextChoices):
    """What a municipality delivers to the ministry."""

    PLAN = "plan", "Plan"
    DEADLINE = "frist", "Frist des Programms"
    PROOF = "nachweis", "Verwendungsnachweis"
    REPORT = "bericht", "Jahresbericht"
    CONDITION = "auflage", "Auflage"


class FigureKind(models.TextChoices):
    """What the programme's figures count."""

    OFFERS = "angebote", "Angebote"
    NEEDS = "bedarfe", "Bedarfe"
    MEASURES = "massnahmen", "Maßnahmen"
    MONEY = "geld", "Geplantes Geld"
