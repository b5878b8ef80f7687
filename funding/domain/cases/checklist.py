"""Whether the check list of an application is complete: the condition of „Prüfung abschließen“."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from funding.enums import Answer
from funding.models import CheckAnswer, CheckItem, FundingApplication
from records.life.table import Attempt, Unmet, condition

NAMED = 3


def items_for(application: FundingApplication) -> list[CheckItem]:
    """The points that hold today for the class of the application (one query)."""
    today = timezone.localdate()
    rows = CheckItem.objects.filter(Q(project_class="") | Q(project_class=application.project_class))
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return list(rows.filter(begun & lasting).order_by("position", "sort_key"))


def open_points(application: FundingApplication) -> list[str]:
    """The points without an answer, and those for which a paper is asked (two queries)."""
    given = dict(CheckAnswer.objects.filter(application=application).values_list("item", "answer"))
    items = items_for(application)
    return [item.title for item in items if given.get(item.pk, Answer.ASKED_FOR) == Answer.ASKED_FOR]


@condition("Prüfliste vollständig")
def checklist_complete(attempt: Attempt) -> Iterable[Unmet]:
    """Every point has an answer, and no paper is asked for."""
    open_items = open_points(attempt.record)
    if open_items:
        named = ", ".join(f"„{title}“" for title in open_items[:NAMED])
        more = " und weitere" if len(open_items) > NAMED else ""
        yield Unmet("checklist", f"Beantworten Sie zuerst in der Prüfliste: {named}{more}.")
