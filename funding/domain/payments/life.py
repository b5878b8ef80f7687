"""The life of a payment on one screen: prepared by one person, released by another, paid by the cash office."""

from typing import Any

from django.utils import timezone

from accounts.enums import Action
from funding.domain.payments.conditions import (
    day_of,
    decision_final,
    has_account,
    need_in_time,
    no_overdue_proof,
    paid_after_release,
    too_much,
    within_grant,
)
from funding.enums import PaymentAction, PaymentState
from funding.models import FundingApplication, Payment, PaymentStep
from records.errors import StepRefused
from records.life.people import another_person
from records.life.table import Attempt, Life, Move, Unmet

A, S = PaymentAction, PaymentState
WRITE, RELEASE = Action.WRITE, Action.RELEASE
READY = (decision_final, within_grant, need_in_time, has_account, no_overdue_proof)
DESPITE = "Grund, warum trotzdem ausgezahlt wird"


def today(record: Payment) -> dict[str, Any]:
    """Paid today, unless another day is given."""
    return {"paid_on": timezone.localdate()}


MOVES: dict[str, Move] = {
    A.PREPARE: Move(
        (S.PLANNED,),
        S.PREPARED,
        WRITE,
        READY,
        meaning="Die Auszahlung geht an eine zweite Person. Betrag und Bedarf ändern sich so lange nicht.",
        done="Auszahlung vorbereitet.",
        asks=DESPITE,
        reason_only=True,
        locks=True,
    ),
    A.RELEASE: Move(
        (S.PREPARED,),
        S.RELEASED,
        RELEASE,
        (another_person(A.PREPARE, content=True), *READY),
        meaning="Die Kasse darf den Betrag auszahlen; er zählt gegen die Bewilligung.",
        done="Auszahlung freigegeben.",
        asks=DESPITE,
        reason_only=True,
        locks=True,
    ),
    A.PAY: Move(
        (S.RELEASED,),
        S.PAID,
        WRITE,
        (paid_after_release,),
        meaning="Von diesem Tag an läuft die Frist, in der das Geld zu verwenden ist.",
        done="Auszahlung festgehalten.",
        locks=True,
        fields=("paid_on", "reference"),
        optional_fields=("reference",),
        initial=today,
    ),
    A.RETURN: Move(
        (S.PREPARED,),
        S.PLANNED,
        RELEASE,
        meaning="Betrag und Bedarf lassen sich wieder ändern.",
        done="Auszahlung zurückgegeben.",
        asks="Was zu ändern ist",
        must_say=True,
    ),
    A.TAKE_BACK: Move(
        (S.PREPARED,),
        S.PLANNED,
        WRITE,
        meaning="Betrag und Bedarf lassen sich wieder ändern.",
        done="Auszahlung zurückgeholt.",
    ),
    A.WITHDRAW: Move(
        (S.RELEASED,),
        S.PLANNED,
        RELEASE,
        meaning="Der Betrag wird wieder frei. Sagen Sie der Kasse, dass sie ihn nicht auszahlt.",
        done="Freigabe zurückgenommen.",
        asks="Grund",
        must_say=True,
    ),
    A.CANCEL: Move(
        (S.PLANNED,),
        S.CANCELLED,
        WRITE,
        meaning="Diese Auszahlung findet nicht statt.",
        done="Die Auszahlung entfällt.",
        asks="Grund",
        must_say=True,
        locks=True,
    ),
}


def columns_of(action: str, attempt: Attempt, prepared: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """What a reason outweighed. A release holds the case until the end, so that two never exceed the grant together.

    Raises StepRefused.
    """
    if action == A.RELEASE:
        FundingApplication.objects.select_for_update().get(pk=attempt.record.application_id)
        if text := too_much(attempt.record, day_of(attempt)):
            raise StepRefused([text])
    return {"details": {"outweighed": [each.text for each in outweighed]}} if outweighed else {}


LIFE = Life(
    model=Payment,
    steps=PaymentStep,
    owner="payment",
    states=S,
    actions=A,
    moves=MOVES,
    start=S.PLANNED,
    says={
        S.PLANNED: "Die Auszahlung ist geplant. Nennen Sie den Bedarf und bereiten Sie sie vor.",
        S.PREPARED: "Die Auszahlung liegt zur Freigabe. Eine zweite Person gibt sie frei oder zurück.",
        S.RELEASED: (
            "Die Auszahlung ist freigegeben und liegt bei der Kasse. Soll sie sich ändern, "
            "nehmen Sie zuerst die Freigabe zurück."
        ),
        S.PAID: "Das Geld ist ausgezahlt; die Auszahlung ändert sich nicht mehr. Was zurückkommt, regelt der Nachweis.",
        S.CANCELLED: "Diese Auszahlung entfällt. Wird doch gezahlt, legen Sie eine neue an.",
    },
    slugs={
        A.PREPARE: "vorbereiten",
        A.TAKE_BACK: "zurueckholen",
        A.RELEASE: "freigeben",
        A.RETURN: "zurueckgeben",
        A.PAY: "ausgezahlt",
        A.WITHDRAW: "freigabe-zuruecknehmen",
        A.CANCEL: "entfaellt",
    },
    row=(S.PLANNED, S.PREPARED, S.RELEASED, S.PAID),
    stands_at={S.CANCELLED: S.PAID},
    ahead={S.RELEASED: "durch die Leitung", S.PAID: "durch die Kasse"},
    main=(A.RELEASE, A.PREPARE, A.PAY),
    columns=columns_of,
)
