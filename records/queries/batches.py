"""Actions on several records that a person can still undo."""

from accounts.models import Municipality, User
from records.models import Batch
from records.text import whole_number

PARAMETER = "stapel"  # in the address of the page that a flow leads to: ``?stapel=12`` offers to undo batch 12


def own_batch(municipality: Municipality, user: User, number: str | int | None) -> Batch | None:
    """The person's own batch of that number in this municipality, undone or not; else None."""
    pk = whole_number(str(number))
    return Batch.objects.filter(pk=pk, municipality=municipality, user=user).first() if pk is not None else None


def undo_address(url: str, number: int) -> str:
    """The address of a page of the municipality, extended so that the page offers to undo batch ``number``."""
    return f"{url}{'&' if '?' in url else '?'}{PARAMETER}={number}"
