"""The votes of a session about all its applications, in one form."""

from django.http import QueryDict

from funding.domain.cases.conditions import ASKED_OF_US
from funding.domain.reckoning.steps import euro, total
from funding.enums import ApplicationState, Recommendation
from funding.forms.rowed import Row, RowedForm, RowTable
from funding.models import BoardVote, FundingApplication
from funding.queries.deciding import applications_of
from participation.models import Session

NAMES = ("recommendation", "amount", "votes_for", "votes_against", "abstentions", "biased", "remark")


def vote_form(data: QueryDict | None, session: Session) -> RowedForm:
    """A row for every application (a constant number of queries)."""
    given = {vote.application_id: vote for vote in session.votes.all()}
    cases = list(applications_of(session))
    return RowedForm(data, tables=[RowTable("voten", "Voten", NAMES, NAMES, rows_of(session, cases, given), "Antrag")])


def rows_of(session: Session, cases: list[FundingApplication], given: dict[int, BoardVote]) -> tuple[Row, ...]:
    """The vote of each application, stored or to be typed, with what it asks for."""
    found = []
    for case in cases:
        asked = total(row.amount for row in case.finances.all() if row.source in ASKED_OF_US)
        vote = given.get(case.pk) or BoardVote(municipality=session.municipality, application=case, session=session)
        vote.application, vote.session = case, session
        found.append(Row(str(case.pk), vote, str(case), f"{case.applicant}, beantragt {euro(asked)}"))
    return tuple(found)


def advised_now(form: RowedForm) -> list[FundingApplication]:
    """Checked applications that have a vote and are not put off, after the form was judged."""
    votes = [row.record for table, row in form.typed_rows() if isinstance(row.record, BoardVote)]
    return [
        vote.application
        for vote in votes
        if vote.recommendation != Recommendation.LATER
        and vote.application.state == ApplicationState.CHECKED
        and not vote.application.is_light
    ]
