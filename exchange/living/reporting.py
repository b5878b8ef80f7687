"""The Sachberichte of the model municipalities after the model phase: values, a few words, released in spring."""

from exchange.dated import written_on
from exchange.dossier.demo_controlling import release_report, write_report
from exchange.living.place import Place, shifted
from exchange.living.progress import report_values
from planning.models import PlanningCycle
from reporting.enums import ReportSection

OVERVIEW = (
    "{year} liefen die Maßnahmen des Plans weiter. Wo ein Zielwert verfehlt wurde, steht der Grund beim Kriterium; "
    "Beirat und Träger haben die Ergebnisse im Frühjahr besprochen. (Beispieltext der Vorführung)"
)


WITH_REPORT = 3  # years before the one that is planned: the last two that are over; before them, the values stand alone


def report_on(place: Place, year: int) -> None:
    """What the Träger report of a year, and its Sachbericht as the Leitung released it in the next spring."""
    spoken, proposed, released = (shifted(place, year + 1, 3, day) for day in (4, 12, 19))
    cycle = PlanningCycle.objects.filter(municipality=place.municipality, first_year__lte=year).latest("first_year")
    with written_on(spoken):
        report_values(place, year, cycle=cycle)
    if year < place.calendar.focus - WITH_REPORT:
        return
    texts = {ReportSection.OVERVIEW: OVERVIEW.format(year=year)}
    report = write_report(place.municipality, place.people.planner, year, proposed, texts)
    release_report(report, place.people, days=(proposed, released))
