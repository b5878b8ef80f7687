"""The Rücklaufquote of a survey follows from its numbers and is the same on its page, in the list and in the plan."""

import pytest

from participation.models import Survey
from plans.builder import build_plan
from plans.drawing import plan_pdf
from plans.models import Plan
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.plans.printed import open_pdf, words_of


@pytest.mark.once
def test_the_rate_is_told_on_the_page_in_the_list_and_in_the_pdf(cast):
    begin = VagueDate.from_iso("2018-02")
    survey = make(Survey, cast.home, full=False, title="Familien", begin=begin, sent=800, returned=97)
    make(Survey, cast.home, full=False, title="Ohne Zahl", begin=begin, returned=10)
    kind, client, said = kind_of(Survey), cast.client(), "12,1\u202f%"  # 12,125
    assert said in client.get(kind.url("detail", cast.home, survey.pk)).content.decode()
    page = client.get(kind.url("list", cast.home)).context["page"]
    rates = {row.title: {cell.label: cell.text for cell in row.cells}["Rücklaufquote"] for row in page.rows}
    assert rates == {"Familien": said, "Ohne Zahl": "–"}
    plan = make(Plan, cast.home, full=False, year=2018)
    text = words_of(open_pdf(plan_pdf(build_plan(plan))))
    assert "800 97 – 12,1" in text.replace("ohne Angabe", "–")
