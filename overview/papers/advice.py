"""The yearly overview of an adviser as PDF; of hints it tells the numbers alone."""

from datetime import date

from accounts.models import Municipality
from overview.queries.advice_year import year_of_advice
from printing.papers import Frame, document_pdf, running_origin
from reporting.reports.papers import noon

KIND = "Jahresübersicht der Prozessbegleitung"


def advice_pdf(places: list[Municipality], year: int, today: date) -> bytes:
    """The overview of a year. Raises RenderError."""
    lines = year_of_advice(places, year)
    frame = Frame(
        kind=KIND,
        place="Prozessbegleitung",
        place_full="Begleitete Kommunen",
        sender="Prozessbegleitung im Landesprogramm Familie",
        as_of=today,
        subject=f"Prozessbegleitung {year}",
        year=str(year),
        note=running_origin(today),
        example=any(line.is_example for line in lines),
    )
    context = {"frame": frame, "lines": lines, "year": year, "origin": running_origin(today)}
    return document_pdf("overview/papers/advice_year.html", context, title=f"{KIND} {year}", created=noon(today))
