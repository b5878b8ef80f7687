"""The suite's own database: emptied between tests although triggers protect the history, and guarded again after."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from planning.models import TargetGroup
from records import triggers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_history_is_guarded_and_gone_with_the_next_test(turn):
    assert TargetGroup.history.count() == 0, "rows of the test before are still there"
    assert triggers.missing_triggers() == []
    municipality = Municipality.objects.create(
        ags="16999", name="A", slug="a", kind=MunicipalityKind.values[0], state_region=StateRegion.values[0]
    )
    TargetGroup.objects.create(municipality=municipality, title=turn)
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetGroup.history.update(title="falsch")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TargetGroup.history.model._meta.db_table}")
    assert TargetGroup.history.count() == 1
