"""Giving numbers: each once, in the order of creation, also where two people create at the same moment.

The counter is claimed in the transaction that stores the record: a second one waits for it. What was deleted or undone
leaves its number behind; nobody gets it again (docs/adr/0018).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import Municipality
from records.models import MunicipalRecord, Numbered, NumberSeries

GREATEST = 999_999
TAKEN = "Die Nummer {} gehört schon zu einem anderen Eintrag. Lassen Sie sie leer, dann vergibt das Portal die nächste."
SAME = "Was fortgeschrieben wird, behält seine Nummer: {}."


def give_number(obj: Any) -> None:
    """Give a new record its number; one that comes with its own (dossier, undoing) keeps it.

    Raises ValidationError where that one belongs to another record.
    """
    if not isinstance(obj, Numbered) or not isinstance(obj, MunicipalRecord):
        return
    model, place = type(obj), obj.municipality
    origin = model._default_manager.filter(pk=getattr(obj, "predecessor_id", None)).first()
    if origin is not None:
        if obj.number not in (None, origin.number):
            raise ValidationError(SAME.format(origin.code))
        obj.number = origin.number
    elif obj.number is None:
        obj.number = take_numbers(model, place)
    elif not 1 <= obj.number <= GREATEST:
        raise ValidationError({"number": f"Wählen Sie eine Nummer von 1 bis {GREATEST}."})
    elif _was_of_another(obj):
        raise ValidationError(TAKEN.format(obj.code))
    else:
        keep_clear_of(model, place, obj.number)


def _was_of_another(obj: Any) -> bool:
    """Whether another record bears the number or bore it; what is undone or read again is the same record."""
    same = {"municipality": obj.municipality, "number": obj.number}
    if type(obj)._default_manager.filter(**same).exists():
        return True
    # A copy bears its predecessor's number: what comes before it may still come back.
    first = {"predecessor__isnull": True} if hasattr(obj, "predecessor_id") else {}
    return bool(type(obj).history.filter(**same, **first).exclude(uid=obj.uid).exists())


def take_numbers(model: type[MunicipalRecord], municipality: Municipality, count: int = 1) -> int:
    """The first of so many numbers that nobody had before."""
    series = _series(model, municipality)
    if not series.update(last=F("last") + count):
        NumberSeries.objects.get_or_create(municipality=municipality, kind=model._meta.label_lower)
        series.update(last=F("last") + count)
    last: int = series.get().last
    return last - count + 1


def keep_clear_of(model: type[MunicipalRecord], municipality: Municipality, number: int) -> None:
    """Never give this number, nor one below it."""
    NumberSeries.objects.get_or_create(municipality=municipality, kind=model._meta.label_lower)
    _series(model, municipality).update(last=Greatest(F("last"), number))


def _series(model: type[MunicipalRecord], municipality: Municipality) -> Any:
    return NumberSeries.objects.filter(municipality=municipality, kind=model._meta.label_lower)
