"""How something is to be written, in words beside its field: nobody should have to fail first to learn it."""

from django import forms

from records.amounts import CENTS
from records.number_form import GermanDecimalField, GermanIntegerField, ShareFormField
from records.uploads import ALLOWED

DAY = "TT.MM.JJJJ, zum Beispiel 17.08.2016."
EXAMPLES = ("Beispiel", "Leer heißt", "je Zeile")  # a field that says how it is filled in needs no more words


def written_as(name: str, field: forms.Field) -> str:
    """The format of a field in a sentence; empty for words and for what is chosen."""
    if isinstance(field, GermanIntegerField):
        return "Vier Ziffern, zum Beispiel 2019." if name.endswith("year") else "Ganze Zahl."
    if isinstance(field, ShareFormField):
        return "Zum Beispiel 70 oder 32,8931."
    if isinstance(field, GermanDecimalField):
        return "Zum Beispiel 1.250,50." if (field.decimal_places or 0) >= CENTS else "Zum Beispiel 0,8."
    if isinstance(field, forms.DateField):
        return DAY
    if isinstance(field, forms.EmailField):
        return "Zum Beispiel sozialplanung@kommune.de."
    if isinstance(field, forms.URLField):
        return "Die ganze Adresse, sie beginnt mit https://."
    return f"{ALLOWED}, bis 20 MB." if isinstance(field, forms.FileField) else ""


def say_format(name: str, field: forms.Field) -> None:
    """Add the format to the field's help, unless that gives an example already."""
    words = written_as(name, field)
    help_text = str(field.help_text or "")
    if words and not any(word in help_text for word in EXAMPLES):
        field.help_text = f"{help_text} {words}".strip()
