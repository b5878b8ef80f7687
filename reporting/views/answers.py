"""How a paper that is made of frozen editions is handed out: never from data of which a byte has changed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from insight.downloads import pdf_answer
from plans.errors import DamagedVersion


def intact_pdf_answer(request: HttpRequest, make: Callable[[], bytes], *, name: str, back: str) -> HttpResponse:
    """The PDF; where the edition is damaged or it cannot be made, the page at ``back`` says why."""
    try:
        return pdf_answer(request, make, name=name, back=back)
    except DamagedVersion as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
