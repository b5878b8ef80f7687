"""Two people at the same moment, with real connections and commits: no silent overwrite, nothing stored twice.

Every round both have opened the same version; exactly one of them may save it.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, Thread

import pytest
from django.db import connection

from planning.models import TargetGroup
from records.domain import saving
from records.errors import StaleRecord
from records.registry import kind_of
from tests.cast import make_cast
from tests.factories import make
from tests.html import read_form

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("quiet")]
PATIENCE = 120  # seconds, for threads on a busy machine
ROUNDS = [200, pytest.param(1000, marks=pytest.mark.long)]


def at_once(*works: Callable[[], None]) -> None:
    """Run all of them in threads of their own with a connection each, which begin at the same moment.

    An error in one of them is raised here.
    """
    errors: list[BaseException] = []
    start = Barrier(len(works), timeout=PATIENCE)

    def run(work: Callable[[], None]) -> None:
        try:
            start.wait()
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def race(pk: int, people: list, rounds: int) -> dict[int, list[str]]:
    """Who saved in which round; in each both read the record, wait for each other and save."""
    opened, saved = Barrier(len(people), timeout=PATIENCE), Barrier(len(people), timeout=PATIENCE)
    winners: dict[int, list[str]] = {number: [] for number in range(rounds)}

    def work(person) -> None:
        for number in range(rounds):
            group = TargetGroup.objects.get(pk=pk)
            opened.wait()
            group.title = f"{number} {person.username}"
            with suppress(StaleRecord):
                saving.update_record(group, version=group.version, actor=person)
                winners[number].append(group.title)
            saved.wait()

    at_once(*(lambda person=person: work(person) for person in people))
    return winners


def silent_overwrites(pk: int, winners: dict[int, list[str]]) -> int:
    """Saves that were acknowledged although another one of the same round was, too."""
    return sum(len(titles) - 1 for titles in winners.values() if len(titles) > 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_interleavings_overwrite_nothing(rounds):
    cast = make_cast()
    group = make(TargetGroup, cast.home)
    winners = race(group.pk, [cast.planner, cast.lead], rounds)
    assert silent_overwrites(group.pk, winners) == 0
    assert [number for number, titles in winners.items() if len(titles) != 1] == []
    group.refresh_from_db()
    history = list(group.history.order_by("history_id").values_list("title", flat=True))
    assert history[1:] == [titles[0] for titles in winners.values()]
    assert (group.version, group.title) == (rounds + 1, history[-1])


def test_saving_without_a_claim_is_found(monkeypatch):
    def unchecked(record, version, actor):
        record.version = version + 1

    monkeypatch.setattr(saving, "_claim", unchecked)
    cast = make_cast()
    group = make(TargetGroup, cast.home)
    assert silent_overwrites(group.pk, race(group.pk, [cast.planner, cast.lead], 20)) > 0


def test_two_forms_sent_at_once_make_one_winner_and_one_conflict():
    cast = make_cast()
    group = make(TargetGroup, cast.home, title="Vorher")
    url = kind_of(TargetGroup).url("update", cast.home, group.pk)
    clients = {who: cast.client(who) for who in ("planner", "lead")}
    for number in range(1, 11):
        answers: dict[str, int] = {}

        def send(who: str, number: int = number, answers: dict[str, int] = answers) -> None:
            data = {"title": f"{number} {who}", "description": "", "version": str(number)}
            answers[who] = clients[who].post(url, data).status_code

        at_once(*(lambda who=who: send(who) for who in clients))
        assert sorted(answers.values()) == [302, 409]
        winner = next(who for who, status in answers.items() if status == 302)
        group.refresh_from_db()
        assert (group.title, group.version) == (f"{number} {winner}", number + 1)


def test_twenty_parallel_sendings_make_one_record():
    cast = make_cast()
    kind = kind_of(TargetGroup)
    url = kind.url("create", cast.home)
    clients = [cast.client() for _ in range(20)]
    key = read_form(clients[0].get(url).content).values["form_key"][0]
    answers: list[tuple[int, str]] = []

    def send(client) -> None:
        response = client.post(url, {"title": "Alleinerziehende", "description": "", "form_key": key})
        answers.append((response.status_code, response.headers.get("Location", "")))

    at_once(*(lambda client=client: send(client) for client in clients))
    group = TargetGroup.objects.get()
    assert set(answers) == {(302, kind.url("detail", cast.home, group.pk))}
    assert (len(answers), group.history.count()) == (20, 1)


def test_sendings_without_key_are_different_forms():
    cast = make_cast()
    url = kind_of(TargetGroup).url("create", cast.home)
    clients = [cast.client() for _ in range(5)]
    at_once(*(lambda client=client: client.post(url, {"title": "Alleinerziehende"}) for client in clients))
    assert TargetGroup.objects.count() == 5
