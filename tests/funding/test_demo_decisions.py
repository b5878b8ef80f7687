"""The story of the demonstration goes on: votes, notices, one change, one refusal, one that waits."""

import pytest

from exchange.dossier.catalogue import load_catalogue
from exchange.dossier.demo import load_dossier, load_people
from exchange.dossier.demo_cases import load_cases
from exchange.dossier.demo_decisions import load_decisions
from funding.domain.verifying import verify_papers
from funding.models import BoardVote, FrozenPaper, FundingDecision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_letters"), pytest.mark.once, pytest.mark.slow]


def test_the_demonstration_decides_about_what_is_checked():
    load_catalogue()
    load_people()
    for ags in ("16065", "16077"):
        load_dossier(ags)
        load_cases(ags)
        assert load_decisions(ags)
        assert not load_decisions(ags)
    assert sorted(FrozenPaper.objects.values_list("kind", flat=True)) == [
        "change",
        "notice",
        "notice",
        "notice",
        "refusal",
    ]
    assert list(FundingDecision.objects.filter(state="prepared").values_list("application__title", flat=True)) == [
        "Pflegelotsen in drei Gemeinden"
    ]
    assert all(FundingDecision.objects.values_list("is_example", flat=True))
    assert BoardVote.objects.count() == 3
    assert verify_papers().problems == []
