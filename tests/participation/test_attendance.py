"""Who came to an event: all groups at once in one table, with the sum for the event."""

import pytest
from django.urls import reverse

from participation.models import Event, EventAttendance
from records.domain.saving import update_record
from records.models import Batch
from tests.factories import make
from tests.html import read_form

CITIZENS, FAMILIES, MAYORS, COMPANIES, CHURCH, POLITICS = 0, 1, 2, 9, 10, 13


@pytest.fixture
def event(cast):
    return make(Event, cast.home, title="Konferenz", full=False)


def url_of(cast, event):
    return reverse("participation:event-rows", args=[cast.home.slug, event.pk, "teilnehmende"])


def opened(cast, event):
    values = read_form(cast.client().get(url_of(cast, event)).content).values
    return {name: texts[0] for name, texts in values.items()}


def came(event):
    return dict(EventAttendance.objects.filter(event=event).values_list("group", "count"))


def test_all_groups_are_entered_at_once(cast, event):
    for group, count in (("families", 4), ("church", 2), ("politics", None)):
        make(EventAttendance, cast.home, event=event, group=group, count=count)
    data = opened(cast, event)
    assert len([name for name in data if name.endswith("-count")]) == 15
    assert (data[f"z{FAMILIES}-count"], data[f"z{POLITICS}-count"], data[f"z{POLITICS}-haken"]) == ("4", "", "on")
    del data[f"z{POLITICS}-haken"]
    data |= {f"z{CITIZENS}-count": "41", f"z{CHURCH}-count": "3", f"z{MAYORS}-haken": "on"}
    answer = cast.client().post(url_of(cast, event), data)
    assert answer.url.startswith(f"/{cast.home.slug}/veranstaltungen/{event.pk}/?stapel=")
    assert came(event) == {"citizens": 41, "families": 4, "mayors": None, "church": 3}
    event.refresh_from_db()
    assert event.participants == 48
    assert EventAttendance.objects.get(group="families").version == 1

    cast.client().post(reverse("records:undo", args=[cast.home.slug, Batch.objects.get().pk]))
    event.refresh_from_db()
    assert (came(event), event.participants) == ({"families": 4, "church": 2, "politics": None}, None)


def test_the_total_stays_where_nobody_asks_for_it(cast, event):
    data = opened(cast, event)
    del data["uebernehmen"]
    cast.client().post(url_of(cast, event), data | {f"z{CITIZENS}-count": "41"})
    event.refresh_from_db()
    assert (event.participants, event.version, came(event)) == (None, 1, {"citizens": 41})


def test_groups_of_an_invented_event_are_invented_too(cast):
    event = make(Event, cast.home, is_example=True, participants=None)
    cast.client().post(url_of(cast, event), opened(cast, event) | {f"z{CITIZENS}-count": "41"})
    assert EventAttendance.objects.get(event=event).is_example


@pytest.mark.parametrize("typed", ["drei", "-1", "1,5", "9" * 30, "1000001", "²"])
def test_a_wrong_number_is_said_in_its_row_and_kept(cast, event, typed):
    data = opened(cast, event) | {f"z{CITIZENS}-count": "41", f"z{COMPANIES}-count": typed}
    page = cast.client().post(url_of(cast, event), data)
    shown = read_form(page.content)
    assert page.status_code == 422
    assert "Unternehmen und Wirtschaft, Anzahl (Personen): Geben Sie ein" in page.content.decode()
    assert (shown.values[f"z{CITIZENS}-count"], shown.values[f"z{COMPANIES}-count"]) == (["41"], [typed])
    assert "data-total>41<" in page.content.decode()
    assert f"z{COMPANIES}-count-f" in shown.ids
    assert came(event) == {}


def test_somebody_elses_number_is_not_overwritten_unseen(cast, event):
    row = make(EventAttendance, cast.home, event=event, group="families", count=4)
    data = opened(cast, event) | {f"z{FAMILIES}-count": "5"}
    row.count = 6
    update_record(row, version=1, actor=cast.lead)
    page = cast.client().post(url_of(cast, event), data)
    assert page.status_code == 409
    assert "Jetzt gespeichert: „6\u00a0Personen“" in page.content.decode()
    assert came(event) == {"families": 6}
    again = {name: values[0] for name, values in read_form(page.content).values.items()}
    assert again[f"z{FAMILIES}-stand"] == f"2:{row.uid}"
    assert cast.client().post(url_of(cast, event), again).status_code == 302
    assert came(event) == {"families": 5}


def test_a_group_that_somebody_else_entered_meanwhile_is_asked_about(cast, event):
    data = opened(cast, event) | {f"z{FAMILIES}-count": "5"}
    make(EventAttendance, cast.home, event=event, group="families", count=4)
    page = cast.client().post(url_of(cast, event), data)
    assert page.status_code == 409
    assert "Diesen Eintrag gibt es schon." in page.content.decode()
    assert came(event) == {"families": 4}
    again = {name: values[0] for name, values in read_form(page.content).values.items()}
    assert cast.client().post(url_of(cast, event), again | {f"z{FAMILIES}-haken": "on"}).status_code == 302
    assert came(event) == {"families": 5}


def test_undoing_leaves_alone_what_somebody_entered_anew(cast, event):
    row = make(EventAttendance, cast.home, event=event, group="church", count=2)
    data = opened(cast, event)
    del data[f"z{CHURCH}-haken"]
    client = cast.client()
    client.post(url_of(cast, event), data)
    assert came(event) == {}
    make(EventAttendance, cast.home, event=event, group="church", count=9)
    undo = reverse("records:undo", args=[cast.home.slug, Batch.objects.latest("pk").pk])
    assert "deshalb unverändert: „Kirche“" in client.post(undo, follow=True).content.decode()
    assert came(event) == {"church": 9}
    assert not EventAttendance.objects.filter(pk=row.pk).exists()
