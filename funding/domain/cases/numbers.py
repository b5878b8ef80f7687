"""Numbers of cases: „KYF-2027-014“, without gaps per Kommune and year.

The letters are those of the Kreis on number plates (general knowledge, „Annahme“); a Kommune without them is named by
its official key.
"""

from django.db import transaction

from accounts.models import Municipality
from funding.models import FundingApplication

LETTERS = {
    "16051": "EF",
    "16052": "G",
    "16053": "J",
    "16054": "SHL",
    "16055": "WE",
    "16056": "EA",
    "16061": "EIC",
    "16062": "NDH",
    "16063": "WAK",
    "16064": "UH",
    "16065": "KYF",
    "16066": "SM",
    "16067": "GTH",
    "16068": "SÖM",
    "16069": "HBN",
    "16070": "IK",
    "16071": "AP",
    "16072": "SON",
    "16073": "SLF",
    "16074": "SHK",
    "16075": "SOK",
    "16076": "GRZ",
    "16077": "ABG",
}


def letters_of(municipality: Municipality) -> str:
    """What stands before the year in numbers of the Kommune."""
    return LETTERS.get(municipality.ags, municipality.ags)


@transaction.atomic
def next_case_number(municipality: Municipality, year: int) -> str:
    """The number behind the last one of the year.

    Others wait until the transaction around it ends, so that no number is given twice and none is left out.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    begin = f"{letters_of(municipality)}-{year}-"
    rows = FundingApplication.objects.filter(municipality=municipality, case_number__startswith=begin)
    given = [int(number.removeprefix(begin)) for number in rows.order_by().values_list("case_number", flat=True)]
    return f"{begin}{max(given, default=0) + 1:03}"
