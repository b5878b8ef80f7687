"""What the exchange adds to the portal."""

from accounts.enums import Action
from accounts.registered import AccountWay, register_account_way
from exchange.statistics.job import resume_statistics
from planning.models import IndicatorValue
from records.background import register_resumer
from records.kind import Way
from records.places import Page, ProgrammePage, register_pages, register_programme_pages
from records.registry import add_ways

register_resumer(resume_statistics)
register_account_way(AccountWay("Kalender", "exchange:calendar", "calendar"))
register_programme_pages(ProgrammePage("Statistik einlesen", "exchange:statistics-programme", Action.CATALOGUE, 5))
register_pages(Page("Amtliche Statistik einlesen", "exchange:statistics"))
add_ways(IndicatorValue, Way("Amtliche Statistik einlesen", "exchange:statistics", icon="upload", action=Action.WRITE))
