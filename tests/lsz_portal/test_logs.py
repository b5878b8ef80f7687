"""The log says which lines call somebody."""

import io
import logging

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.utils.module_loading import import_string


def told(name: str, level: int, text: str, error: Exception | None = None) -> str:
    """What stands on stderr."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    for wanted in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][wanted]["()"])())
    what = (type(error), error, error.__traceback__) if error else None
    handler.handle(logging.LogRecord(name, level, "", 1, text, (), what))
    return stream.getvalue()


def test_a_line_begins_with_its_level_and_a_refusal_is_one_line():
    """Who looks for „ERROR“ on stderr found nothing, and every form that was too large wrote twelve lines."""
    assert told("lsz_portal.faults", logging.ERROR, "disk-full").startswith("ERROR lsz_portal.faults: disk-full")
    refused = told("django.security.TooManyFieldsSent", logging.ERROR, "Too many", TooManyFieldsSent("Too many"))
    assert refused == "WARNING django.security.TooManyFieldsSent: Too many\n"
    wrong = told("django.request", logging.ERROR, "Internal Server Error: /", ValueError("x"))
    assert wrong.splitlines()[0].startswith("ERROR django.request: ")
    assert "ValueError" in wrong
