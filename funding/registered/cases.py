"""What calls and applications of Träger add: their pages, the form on which they are entered, and what waits."""

from funding.forms.entry import EntryRows
from funding.models import Call, FundingApplication
from funding.pages.call import call_parts
from funding.pages.case import case_parts
from funding.pages.case_sections import shown_in_sections
from funding.waiting.cases import SOURCES
from records.kind import Way
from records.places import Menu, Page, register_pages
from records.registry import add_ways, enter_with, show_by
from records.waiting import register_waiting

enter_with(FundingApplication, EntryRows, "funding/application_entry.html")
show_by(Call, "funding/call.html", call_parts)
show_by(FundingApplication, "funding/case.html", case_parts, shown_in_sections)
add_ways(
    Call,
    Way("Antragsformular (XLSX)", "funding:call-form", on="detail", icon="download"),
    Way("Antrag einlesen", "funding:call-read-form", on="detail"),
)
add_ways(FundingApplication, Way("Antrag (XLSX)", "funding:application-form", on="detail", icon="download"))
register_pages(Page("Aufrufe", "funding:call-list", Menu.MONEY, 3))
register_pages(Page("Anträge", "funding:fundingapplication-list", Menu.MONEY, 4))
register_waiting(*SOURCES)
