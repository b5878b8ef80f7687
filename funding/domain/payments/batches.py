"""Several payments at once: prepared or released together, or none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from funding.enums import PaymentAction
from funding.models import Payment
from records.domain.saving import update_record
from records.errors import PlanningError, StepRefused
from records.life.moving import take_step


class SomeRefused(PlanningError):
    """Some payments cannot take the step, so none did; ``reasons`` holds the sentences by the key of the payment."""

    def __init__(self, reasons: dict[int, list[str]]) -> None:
        self.reasons = reasons
        super().__init__("Nichts ist gespeichert: Einige Auszahlungen gehen so nicht weiter.")


@dataclass(frozen=True)
class Needed:
    """A payment with the need that was told for it, and the version that was seen."""

    payment: Payment
    version: int
    requested_on: date | None
    need: str
    until: date | None


def prepare_all(rows: Iterable[Needed], actor: User, note: str) -> int:
    """Store every need and prepare every payment. Raises SomeRefused, PermissionDenied."""

    def prepare(row: Needed) -> None:
        payment = row.payment
        payment.requested_on, payment.need, payment.needed_until = row.requested_on, row.need, row.until
        update_record(payment, version=row.version, actor=actor)
        take_step(record=payment, action=PaymentAction.PREPARE, actor=actor, version=payment.version, note=note)

    return _all((row.payment.pk, partial(prepare, row)) for row in rows)


def release_all(rows: Iterable[tuple[Payment, int]], actor: User, note: str) -> int:
    """Release every payment in the version that was seen. Raises SomeRefused, PermissionDenied."""

    def release(payment: Payment, version: int) -> None:
        take_step(record=payment, action=PaymentAction.RELEASE, actor=actor, version=version, note=note)

    return _all((payment.pk, partial(release, payment, version)) for payment, version in rows)


@transaction.atomic
def _all(steps: Iterable[tuple[int, Callable[[], None]]]) -> int:
    """How many were done; where one cannot, all are undone and every reason is told."""
    reasons: dict[int, list[str]] = {}
    count = 0
    for key, step in steps:
        try:
            with transaction.atomic():
                step()
        except StepRefused as error:
            reasons[key] = list(error.reasons)
        except ValidationError as error:
            reasons[key] = list(error.messages)
        except PlanningError as error:
            reasons[key] = [str(error)]
        else:
            count += 1
    if reasons:
        raise SomeRefused(reasons)
    return count
