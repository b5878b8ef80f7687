"""A text that was pasted into a long field is read and shown before it stands there; nothing is stored.

Scripts ask here (static/js/paste.js); without them the button of the field does the same (records.forms.long_text).
Open to everybody, as forms without account have long fields too.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import public
from accounts.client import client_address
from accounts.domain.attempts import HOUR, Limit, take
from printing.markup_faults import faults
from records.forms.long_text import preview_of
from records.models.columns import LONG_TEXT
from records.pasted import LONGEST
from records.reading.service import read_text

READINGS = Limit("texts read for an address", 200, HOUR, HOUR)  # of people without account


class PastedForm(forms.Form):
    """A text as the clipboard holds it, and as HTML."""

    text = forms.CharField(strip=False, max_length=LONGEST)
    html = forms.CharField(required=False, strip=False, max_length=LONGEST)


def _pasted_text(request: HttpRequest) -> HttpResponse:
    """What the text becomes, as a dialog; with ``nur`` what of it is printed otherwise than it is meant."""
    form = PastedForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    if not request.user.is_authenticated and take([(READINGS, client_address(request))]):
        return HttpResponse(status=429)
    text = form.cleaned_data["text"]
    if "nur" in request.POST:
        return TemplateResponse(request, "components/_faults.html", {"faults": faults(text[:LONG_TEXT])})
    found = read_text(text, form.cleaned_data["html"])
    if found.problem:
        return HttpResponse(status=422)  # the script pastes what the clipboard holds
    shown = preview_of(found.text, prefix="vorschau")
    context = {"found": found, "shown": shown, "faults": faults(found.text[:LONG_TEXT])}
    return TemplateResponse(request, "components/_paste.html", context)


pasted_text = public(csrf_exempt(require_POST(_pasted_text)))
