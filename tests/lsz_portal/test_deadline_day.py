"""The short form of ``make deadline-day``: one municipality, some seconds, gunicorn in production mode, kill -9."""

import pytest
from django.conf import settings
from django.db import connection, transaction

from accounts.models import Municipality
from benchmarks import deadline_day
from benchmarks.run import fill
from planning.models import TargetGroup
from records import triggers
from tests.lsz_portal.faults import POSTGRES
from tests.plans.all_plans.test_kill import database_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(not POSTGRES, reason="several processes mean PostgreSQL"),
]
SECONDS, KILLS = 6, 3  # at least; neither depends on how busy the machine is


def missed(crowd: deadline_day.Crowd) -> dict[str, str]:
    return {row[0]: row[1] for row in deadline_day.judge(crowd) if row[-1]}


def test_nothing_is_lost_and_nothing_twice_while_processes_are_killed(monkeypatch, tmp_path):
    production = {"SECRET_KEY": settings.SECRET_KEY, "BEHIND_PROXY": "1", "ALLOWED_HOSTS": "127.0.0.1"}
    production |= {"DATABASE_URL": database_url(), "LSZ_VAR_DIR": str(tmp_path), "TASK_WORKER": "service"}
    for name, value in (production | {"DJANGO_SETTINGS_MODULE": "tests.lsz_portal.production"}).items():
        monkeypatch.setenv(name, value)
    for name in ("DEMO", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    fill(1, 1)
    places = list(Municipality.objects.current().order_by("ags")[:1])
    with deadline_day.open_portal(workers=2) as portal:
        crowd = deadline_day.crowd_of(portal, places)
        plans = deadline_day.plans_of(places)
        connection.close()
        deadline_day.live(portal, crowd, plans, seconds=SECONDS, kill_every=1.5, least_kills=KILLS)
        people = [person for each in crowd.values() for person in each]
        assert sum(portal.kills.values()) >= KILLS
        address = f"/{places[0].slug}/{deadline_day.KIND}/"
        for person in people[1:4]:  # whatever chance has lost, these lose two answers each
            person.loses = 1
            person.create(address, 999)
            person.change()
        assert missed(crowd) == {}, [error for person in people for error in person.log.errors]
        people[1].with_keys = False  # negative control: who sends again without a key has two
        people[1].create(address, 1000)
    assert sum(person.log.lost_answers for person in people) >= 5
    assert set(missed(crowd)) == {"doppelt gespeichert"}

    lost = TargetGroup.objects.filter(title__startswith="Beispiel planung-").first()
    with transaction.atomic(), connection.cursor() as cursor:  # negative controls: each is seen
        triggers.drop_triggers()
        cursor.execute(f"DELETE FROM {TargetGroup.history.model._meta.db_table} WHERE id = %s", [lost.pk])
        triggers.create_triggers()
    assert "Einträge, deren Verlauf nicht ihre Fassungen zählt" in missed(crowd)
    TargetGroup.objects.filter(title=lost.title).delete()
    assert "bestätigt und verloren" in missed(crowd)
