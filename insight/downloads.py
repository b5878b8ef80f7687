"""How files are handed out: as attachment with a name that says whose and what, never kept by caches between."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import slugify

from accounts.models import Municipality
from printing.errors import RenderError
from records.text import fold

PDF_TYPE = "application/pdf"
LONGEST_PART = 60  # characters of a file name that come from a title


def file_name(municipality: Municipality, *parts: object, ending: str) -> str:
    """„16065-kyffhaeuserkreis-einladung-2018-03-14.pdf“: letters, digits and hyphens only."""
    words = [slugify(fold(str(part)))[:LONGEST_PART].strip("-") for part in parts]
    return "-".join([municipality.ags, municipality.slug, *filter(None, words)]) + f".{ending}"


def file_answer(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The file as attachment."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def pdf_answer(request: HttpRequest, make: Callable[[], bytes], *, name: str, back: str) -> HttpResponse:
    """The PDF; where it cannot be made, the page at ``back`` says why."""
    try:
        pdf = make()
    except RenderError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
    return file_answer(pdf, name=name, media_type=PDF_TYPE)
