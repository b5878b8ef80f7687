"""What the tests of accounts share."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

import lsz_portal.urls
from printing import render


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
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are put together but not printed, for tests that only ask who gets them."""

    def made(**job: Any) -> bytes:
        return b"%PDF-1.7" if job["make"] == "pdf" else b'{"pages": [], "is_cut": false}'

    monkeypatch.setattr(render, "_made", made)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are decided but not drawn, for tests that only ask for the status."""
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
