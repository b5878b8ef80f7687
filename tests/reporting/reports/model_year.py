"""What a municipality recorded of the model year 2018, and whether its reports say it."""

from datetime import date

from django.utils.html import escape

from participation.models import Event, Resolution, Session, Survey
from planning.models import CriterionValue, Hurdle, Measure, Milestone, Need, Offer, PlanningStep
from records.vague import VagueDate
from reporting.reports import papers
from tests.reporting.reports.test_municipal_reports import words_of


def no_fact_is_missing(place):
    """Every title of the year stands in the Sachbericht or the Familienbericht."""
    own = {"municipality": place}
    first, next_ = VagueDate(date(2018, 1, 1)), VagueDate(date(2019, 1, 1))

    def titles(model, column, name="title"):
        rows = model.objects.filter(**own, **{f"{column}__gte": first, f"{column}__lt": next_})
        return {" ".join(text.split()) for text in rows.values_list(name, flat=True)}

    heard = titles(Event, "begin") | titles(Survey, "begin") | titles(Resolution, "resolved_on", "subject")
    heard |= titles(Session, "held_on")
    done = (
        titles(Milestone, "reached_on")
        | titles(Hurdle, "begin")
        | titles(Measure, "begin")
        | titles(PlanningStep, "begin")
    )
    done |= set(CriterionValue.objects.filter(**own, year=2018).values_list("criterion__title", flat=True))
    stock = {title for model in (Offer, Need) for title in model.objects.filter(**own).values_list("title", flat=True)}
    assert min(len(heard), len(done), len(stock)) >= 5
    words = words_of(papers.progress_document, place)
    assert [title for title in heard | done if escape(title) not in words] == []
    words = words_of(papers.family_document, place)
    assert [title for title in heard | stock if escape(title) not in words] == []
