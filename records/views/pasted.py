"""Texts of others are read into markup and shown; nothing is stored here. The script of a form asks for JSON."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from records.parts import Link
from records.pasted import LONGEST, read_pasted

TOO_LONG = "Das ist zu viel auf einmal. Fügen Sie den Text in Teilen ein."


class PastedForm(forms.Form):
    """A pasted text; ``html`` comes from scripts alone, ``schlicht`` asks for no more than paragraphs and lists."""

    text = forms.CharField(
        label="Text aus Word, Outlook, einem PDF oder einer Webseite",
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "paste", "rows": 14}),
        error_messages={"required": "Fügen Sie einen Text ein.", "max_length": TOO_LONG},
    )
    html = forms.CharField(required=False, strip=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    schlicht = forms.BooleanField(required=False)


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def pasted_text(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Read a pasted text and show what it becomes."""
    form = PastedForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        data = form.cleaned_data
        found = read_pasted(data["text"], data["html"], marked=not data["schlicht"])
    if request.headers.get("Accept") == "application/json":
        if found is None:
            return JsonResponse({"error": " ".join(map(str, form.errors.get("text", [TOO_LONG])))}, status=422)
        return JsonResponse({"text": found.text, "note": found.note})
    context = {"form": form, "found": found, "crumbs": [Link("Text einlesen", "")]}
    return TemplateResponse(request, "records/pasted_text.html", context, status=422 if form.errors else 200)
