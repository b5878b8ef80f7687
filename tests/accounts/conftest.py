"""What the tests of accounts share."""

import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

import lsz_portal.urls


@pytest.fixture
def quiet() -> Iterator[None]:
    """No log lines about the refusals that a test provokes by the thousand."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def bare_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals without a drawn page, for tests that only count them."""

    def bare(status: int) -> object:
        def answer(request: HttpRequest, exception: Exception) -> HttpResponse:
            return HttpResponse("", status=status)

        return answer

    for status in (403, 404):
        monkeypatch.setattr(lsz_portal.urls, f"handler{status}", bare(status), raising=False)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are decided but not drawn, for tests that only ask for the status."""
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
