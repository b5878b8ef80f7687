"""The check of an application on one page: every point of its list, and papers that are asked for."""

from django.http import QueryDict
from django.utils import timezone

from funding.domain.cases.checklist import items_for
from funding.forms.rowed import Row, RowedForm, RowTable
from funding.models import CheckAnswer, CheckItem, FundingApplication, Inquiry

NEW_INQUIRIES = 3


def check_form(data: QueryDict | None, case: FundingApplication) -> RowedForm:
    """A row for every point that holds today for the class, and for every request for a paper (3 queries)."""
    place = case.municipality
    given = {answer.item_id: answer for answer in case.answers.all()}
    points = [
        Row(
            str(item.pk),
            given.get(item.pk) or CheckAnswer(municipality=place, application=case, item=item),
            item.title,
            note_of(item),
        )
        for item in items_for(case)
    ]
    today = timezone.localdate()
    asked = [Row(str(each.pk), each) for each in case.inquiries.all()]
    asked += [
        Row(f"n{number}", Inquiry(municipality=place, application=case, sent_on=today))
        for number in range(NEW_INQUIRIES)
    ]
    return RowedForm(
        data,
        tables=[
            RowTable("punkte", "Prüfliste", ("answer", "note"), ("answer", "note"), tuple(points), head="Prüfpunkt"),
            RowTable(
                "fehlt",
                "Nachforderungen",
                ("title", "until", "answered_on", "answer"),
                ("title",),
                tuple(asked),
                hint="Eine fehlende Unterlage je Zeile, mit ihrer Frist; leere Zeilen zählen nicht.",
            ),
        ],
    )


def note_of(item: CheckItem) -> str:
    """What stands below a point."""
    final = "Vor dem Bescheid nötig." if item.final else ""
    return " ".join(filter(None, (item.explanation, final)))
