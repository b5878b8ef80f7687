"""Hints of advisers at records and chapters, with what the municipality answers."""

from typing import ClassVar

from django.db import models

from accounts.enums import Action
from accounts.policies import Grant, Policy
from participation.enums import HintAction, HintState
from records.models import MunicipalRecord, StepRow
from records.models.columns import long_text

READERS = (Grant(Action.WRITE), Grant(Action.ADVISE))


class Hint(MunicipalRecord):
    """What an adviser points out at a record or a chapter; between adviser and municipality, never in a document.

    ``about`` is the key of the place (records.spots), ``about_label`` what it was called when the hint was given.
    """

    in_dossier: ClassVar[bool] = False
    policy: ClassVar[Policy] = Policy(
        see=READERS,
        create=(Grant(Action.ADVISE),),
        change=(Grant(Action.ADVISE, own=True),),
        delete=(Grant(Action.ADVISE, own=True, states=frozenset({HintState.OPEN})),),
    )

    title = models.CharField("Hinweis", max_length=200)
    text = long_text("Begründung und Vorschlag")
    about = models.CharField("Stelle", max_length=80, blank=True, editable=False, db_index=True)
    about_label = models.CharField("Bezieht sich auf", max_length=300, blank=True, editable=False)
    answer = long_text("Antwort", editable=False)
    state = models.CharField("Stand", max_length=10, choices=HintState.choices, default=HintState.OPEN, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Hinweis"
        verbose_name_plural = "Hinweise"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class HintStep(StepRow):
    """A step of a hint: answered, settled, opened again."""

    hint = models.ForeignKey(Hint, models.PROTECT, related_name="steps", verbose_name="Hinweis")
    action = models.CharField("Schritt", max_length=24, choices=HintAction.choices)

    class Meta:
        verbose_name = "Schritt eines Hinweises"
        verbose_name_plural = "Schritte von Hinweisen"
        ordering = ["hint", "number"]
        constraints = [
            models.UniqueConstraint(fields=["hint", "number"], name="%(app_label)s_%(class)s_number"),
        ]
