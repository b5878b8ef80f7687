"""How files are handed out: as attachment with a name that says whose and what, never kept by caches between."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import slugify

from accounts.models import Municipality
from printing.errors import RenderError
from records.queue.answers import answered
from records.text import fold

PDF_TYPE = "application/pdf"
Fails = tuple[type[Exception], ...]
LONGEST_PART = 60  # characters of a file name that come from a title


def file_name(municipality: Municipality, *parts: object, ending: str) -> str:
    """„16065-kyffhaeuserkreis-einladung-2018-03-14.pdf“: letters, digits and hyphens only."""
    words = [slugify(fold(str(part)))[:LONGEST_PART].strip("-") for part in parts]
    return "-".join([municipality.ags, municipality.slug, *filter(None, words)]) + f".{ending}"


def file_answer(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The file as attachment."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def pdf_answer(
    request: HttpRequest, make: Callable[[], bytes], *, name: str, back: str, called: str, fails: Fails = ()
) -> HttpResponse:
    """The PDF, drawn by the queue; where it cannot be made, the page at ``back`` says why. Else as ``made_answer``."""
    fails = (RenderError, *fails)
    return made_answer(request, make, name=name, media_type=PDF_TYPE, back=back, called=called, fails=fails)


def made_answer(
    request: HttpRequest,
    make: Callable[[], bytes],
    *,
    name: str,
    media_type: str,
    back: str,
    called: str,
    fails: Fails = (),
) -> HttpResponse:
    """A file whose making takes a while. ``called`` is the document in words, ``fails`` errors that say why not."""

    def work() -> HttpResponse:
        try:
            return file_answer(make(), name=name, media_type=media_type)
        except fails as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(back)

    return answered(request, work, called=called, back=back)
