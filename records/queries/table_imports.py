"""Tables that wait for confirmation or are being stored."""

from django.db import models

from accounts.models import Municipality, User
from records.enums import ImportState
from records.models import MunicipalRecord, TableImport
from records.text import whole_number

BIGGEST_KEY = 2**63 - 1


def waiting_table(
    municipality: Municipality, user: User, model: type[MunicipalRecord], number: str | None
) -> TableImport | None:
    """The person's own table of that number that waits for confirmation, else None."""
    found = own_table(municipality, user, model, whole_number(number))
    return found if found and found.state == ImportState.SEEN else None


def own_table(
    municipality: Municipality, user: User, model: type[MunicipalRecord], pk: int | None
) -> TableImport | None:
    """The person's own table of that number for this kind in this municipality, else None."""
    return own_tables(municipality, user, model).filter(pk=pk).first() if pk and pk <= BIGGEST_KEY else None


def unfinished_table(municipality: Municipality, user: User, model: type[MunicipalRecord]) -> TableImport | None:
    """The person's table of this kind that is being stored in the background, else None."""
    states = (ImportState.QUEUED, ImportState.RUNNING)
    return own_tables(municipality, user, model).filter(state__in=states).first()


def own_tables(municipality: Municipality, user: User, model: type[MunicipalRecord]) -> "models.QuerySet[TableImport]":
    """The person's tables of this kind in this municipality."""
    own = TableImport.objects.filter(municipality=municipality, user=user, kind=model._meta.label_lower)
    return own.defer("upload", "source")  # megabytes, which a page that only waits does not need
