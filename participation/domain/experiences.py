"""The life of an experience: written for oneself, released for the other municipalities, taken back."""

from typing import Any

from django.utils import timezone

from accounts.enums import Action
from participation.enums import ExperienceAction, ExperienceState
from participation.models import Experience, ExperienceStep
from records.life.table import Life, Move

A, S = ExperienceAction, ExperienceState


def dated(move: Move, record: Any) -> dict[str, Any]:
    """The day of the release, which ends with it."""
    return {"released_on": timezone.localdate() if move.target == S.RELEASED else None}


LIFE = Life(
    model=Experience,
    steps=ExperienceStep,
    owner="experience",
    states=S,
    actions=A,
    moves={
        A.RELEASE: Move(
            (S.DRAFT,),
            S.RELEASED,
            Action.SHARE,
            meaning=(
                "Planende, Leitung und Prozessbegleitung aller Kommunen und das Ministerium lesen im "
                "Erfahrungsaustausch genau das, was auf der Seite unter „So lesen es andere“ steht. Prüfen Sie, dass "
                "keine Namen von Personen darin vorkommen."
            ),
            done="Erfahrung für andere Kommunen freigegeben.",
            locks=True,
        ),
        A.WITHDRAW: Move(
            (S.RELEASED,),
            S.DRAFT,
            Action.SHARE,
            meaning="Andere Kommunen finden und öffnen die Erfahrung nicht mehr. Sie lässt sich wieder ändern.",
            done="Freigabe zurückgenommen.",
            asks="Grund",
            asks_for="Bleibt in Ihrer Kommune.",
        ),
    },
    start=S.DRAFT,
    says={
        S.DRAFT: "Die Erfahrung liest nur Ihre Kommune. Geben Sie sie frei, wenn andere sie lesen sollen.",
        S.RELEASED: "Die Erfahrung ist freigegeben und bleibt so stehen. Nehmen Sie die Freigabe zurück, um sie zu "
        "ändern.",
    },
    slugs={A.RELEASE: "freigeben", A.WITHDRAW: "zuruecknehmen"},
    row=(S.DRAFT, S.RELEASED),
    main=(A.RELEASE,),
    sets=dated,
)
