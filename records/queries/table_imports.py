"""Tables that wait for confirmation."""

from accounts.models import Municipality, User
from records.models import MunicipalRecord, TableImport
from records.text import whole_number


def waiting_table(
    municipality: Municipality, user: User, model: type[MunicipalRecord], number: str | None
) -> TableImport | None:
    """The person's own table of that number for this kind in this municipality, else None."""
    pk = whole_number(number)
    own = TableImport.objects.filter(municipality=municipality, user=user, kind=model._meta.label_lower)
    return own.filter(pk=pk).first() if pk is not None else None
