"""Values with a fixed meaning in the overview."""

from django.db import models


class BarrierState(models.TextChoices):
    """Where a reported barrier stands."""

    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"
