"""A session entered afterwards, and who came to an event: many records from one page, in one go."""

import pytest
from django.urls import reverse

from accounts.date_words import read_vague
from participation.models import AgendaItem, Body, BodyMembership, Decision, Session, Task
from plans.builder.steering import attending
from records.domain.saving import create_record
from records.models import Batch
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.html import read_form

pytestmark = pytest.mark.django_db
MANAGEMENT = {"aufgabe-TOTAL_FORMS": "5", "aufgabe-INITIAL_FORMS": "0"}


@pytest.fixture
def body(cast):
    return make(Body, cast.home, title="Beirat", kind="advisory", full=False)


def seat(cast, body, organisation, kind="appointed", begin="", end=""):
    dates = {"begin": begin, "end": end}
    row = BodyMembership(municipality=cast.home, body=body, organisation=organisation, kind=kind)
    for name, iso in dates.items():
        setattr(row, name, VagueDate.from_iso(iso) if iso else None)
    return create_record(row, actor=None)


def url(cast, query=""):
    return reverse("participation:session-catch-up", args=[cast.home.slug]) + query


def filled(body, **data):
    return (
        MANAGEMENT
        | {
            "body": body.pk,
            "title": "1. Sitzung",
            "phase": "mandate",
            "held_on_precision": "D",
            "held_on_day": "17.08.2016",
        }
        | data
    )


# Dates in one field


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17.08.2016", "2016-08-17"),
        ("August 2017", "2017-08"),
        ("Aug. 2017", "2017-08"),
        ("märz  2018", "2018-03"),
        ("1. Quartal 2018", "2018-Q1"),
        ("2 Halbjahr 2018", "2018-H2"),
        ("08/2017", "2017-08"),
        ("8.2017", "2017-08"),
        ("2018", "2018"),
        ("2018-Q3", "2018-Q3"),
    ],
)
def test_a_date_is_read_as_one_writes_it(text, iso):
    assert read_vague(text).iso == iso


@pytest.mark.parametrize(
    "text", ["bald", "32.01.2018", "13/2018", "5. Quartal 2018", "3. Halbjahr 2018", "Foo 2018", "²"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_vague(text)


# The session


def test_the_body_presets_number_phase_and_members(cast, body):
    make(Session, cast.home, body=body, title="1. Sitzung", phase="needs", full=False)
    make(Session, cast.home, body=body, title="Fällt aus", state="cancelled", phase="needs", full=False)
    seat(cast, body, "Jugendamt")
    chair = seat(cast, body, "Landratsamt", kind="chair")
    page = cast.client().get(url(cast, f"?gremium={body.pk}"))
    shown = read_form(page.content)
    assert [shown.values[name] for name in ("body", "title", "phase")] == [[str(body.pk)], ["2. Sitzung"], ["needs"]]
    assert shown.options["members"][0] == str(chair.pk)
    assert [name for name in shown.values if name.endswith("-title")] == [f"aufgabe-{n}-title" for n in range(5)]
    foreign = make(Body, cast.away, full=False)
    for query in (f"?gremium={foreign.pk}", "?gremium=", "?gremium=" + "9" * 30):
        assert cast.client().get(url(cast, query)).status_code == 404


def test_loading_offers_the_members_of_that_time_and_keeps_what_was_typed(cast, body):
    seats = {
        name: seat(cast, body, name, begin=begin, end=end)
        for name, begin, end in (
            ("immer", "", ""),
            ("früher", "2014", "2016-07-31"),
            ("damals", "2016-08", "2016"),
            ("später", "2017", ""),
        )
    }
    data = filled(body, title="", place="Sondershausen", _laden="1", **{"aufgabe-0-title": "Einladen"})
    page = cast.client().post(url(cast), data)
    shown = read_form(page.content)
    assert page.status_code == 200
    assert {seats[name].pk for name in ("immer", "damals")} == {int(key) for key in shown.options["members"]}
    values = [shown.values[name][0] for name in ("title", "place", "aufgabe-0-title", "held_on_day")]
    assert values == ["1. Sitzung", "Sondershausen", "Einladen", "17.08.2016"]
    assert "kern-error" not in page.content.decode()
    vague = data | {"held_on_precision": "Y", "held_on_year": "2016"}
    shown = read_form(cast.client().post(url(cast), vague).content)
    assert {seats[name].pk for name in ("immer", "früher", "damals")} == {int(key) for key in shown.options["members"]}


def test_all_is_stored_together_and_undone_together(cast, body):
    present, absent = seat(cast, body, "Jugendamt"), seat(cast, body, "Kirche")
    data = filled(
        body,
        members=[present.pk],
        attending="Schulamt",
        attending_count="7",
        place="Sondershausen",
        moderation="Büro Dialog",
        method="Zukunftswerkstatt",
        summary="Gutes Gespräch",
        agenda="TOP 1: Begrüßung\n\n2. Bedarfe\n",
        decisions="- Der Beirat tagt zweimal im Jahr\n",
        **{
            "aufgabe-0-title": "Protokoll versenden",
            "aufgabe-0-responsible": "Sozialplanung",
            "aufgabe-0-due": "August 2017",
            "aufgabe-3-title": "Raum buchen",
        },
    )
    client = cast.client()
    page = client.post(url(cast), data)
    session = Session.objects.get()
    assert page.url.startswith(f"/{cast.home.slug}/sitzungen/{session.pk}/?stapel=")
    assert (str(session.held_on), session.state, session.place, session.attending_count) == (
        "17.08.2016",
        "held",
        "Sondershausen",
        7,
    )
    assert list(session.attending_members.all()) == [present]
    assert [(item.position, item.title) for item in session.agenda.all()] == [(1, "Begrüßung"), (2, "Bedarfe")]
    assert [row.text for row in session.decisions.all()] == ["Der Beirat tagt zweimal im Jahr"]
    assert [(row.title, row.responsible, str(row.due)) for row in session.tasks.order_by("pk")] == [
        ("Protokoll versenden", "Sozialplanung", "August 2017"),
        ("Raum buchen", "", "None"),
    ]
    assert attending(session) == "Jugendamt; weitere: Schulamt (7 Personen)"
    detail = client.get(page.url).content.decode()
    assert "1. Sitzung nacherfasst." in detail
    assert f'href="/{cast.home.slug}/mitglieder/{present.pk}/"' in detail
    assert f'href="/{cast.home.slug}/mitglieder/{absent.pk}/"' not in detail

    client.post(reverse("records:undo", args=[cast.home.slug, Batch.objects.get().pk]))
    assert not any(model.objects.exists() for model in (Session, AgendaItem, Decision, Task))


def test_sent_twice_is_stored_once(cast, body):
    for _ in range(2):
        assert cast.client().post(url(cast), filled(body, form_key="einmal", agenda="Bus")).status_code == 302
    assert (Session.objects.count(), AgendaItem.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": ""}, "Füllen Sie dieses Feld aus."),
        ({"body": ""}, "Wählen Sie das Gremium."),
        ({"phase": "x"}, "Wählen Sie einen Eintrag aus der Liste."),
        ({"held_on_day": "gestern"}, "Geben Sie den Tag an"),
        ({"held_on_day": "17.08.2099"}, "Das Datum liegt in der Zukunft."),
        ({"attending_count": "viele"}, "Geben Sie eine ganze Zahl ein"),
        ({"attending_count": "9" * 30}, "Geben Sie eine Zahl bis"),
        ({"members": ["999"]}, "Wählen Sie nur Mitglieder dieses Gremiums."),
        ({"members": ["\x00"]}, "Wählen Sie nur Mitglieder dieses Gremiums."),
        ({"agenda": "Bus\n" + "x" * 201}, "Zeile 2 ist länger als 200 Zeichen."),
        ({"decisions": "x" * 401}, "Zeile 1 ist länger als 400 Zeichen."),
        ({"summary": "x" * 20_001}, "höchstens 20000 Zeichen"),
        ({"place": "a\x00b"}, "Nullzeichen"),
        ({"aufgabe-2-due": "bald", "aufgabe-2-title": "Raum"}, "Aufgabe 3, Fällig: Schreiben Sie zum Beispiel"),
        ({"aufgabe-1-responsible": "Jugendamt"}, "Geben Sie die Aufgabe an oder leeren Sie die Zeile."),
        ({"aufgabe-0-title": "x" * 201}, "höchstens 200 Zeichen"),
        ({"aufgabe-TOTAL_FORMS": "x"}, ""),
        ({"aufgabe-TOTAL_FORMS": "9" * 30}, ""),
        ({"form_key": "x" * 40}, ""),
    ],
)
def test_errors_stand_at_their_field_and_nothing_is_stored_or_lost(cast, body, data, sentence):
    sent = filled(body, agenda="Bus", **{"aufgabe-0-title": "Einladen", "aufgabe-0-due": "Mai 2017"}) | data
    page = cast.client().post(url(cast), sent)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Session.objects.exists()
    shown = read_form(page.content)
    for name in ("title", "held_on_day", "attending_count", "agenda", "aufgabe-0-title", "aufgabe-0-due"):
        if name in sent and "TOTAL_FORMS" not in "".join(data):
            assert shown.values[name] == [sent[name]]


def test_more_rows_are_added_and_nothing_is_lost(cast, body):
    data = filled(body, agenda="Bus", _zeilen="1", **{"aufgabe-4-title": "Raum", "aufgabe-4-due": "quatsch"})
    page = cast.client().post(url(cast), data)
    shown = read_form(page.content)
    assert page.status_code == 200
    assert shown.values["aufgabe-TOTAL_FORMS"] == ["10"]
    assert (shown.values["aufgabe-4-title"], shown.values["aufgabe-4-due"]) == (["Raum"], ["quatsch"])
    assert shown.values["agenda"] == ["Bus"]
    assert "aufgabe-9-title" in shown.values
    assert "Schreiben Sie zum Beispiel" not in page.content.decode()


def test_foreign_bodies_and_members_are_refused(cast, body):
    foreign = make(Body, cast.away, full=False)
    theirs = make(BodyMembership, cast.away, body=foreign, full=False)
    for data in ({"body": foreign.pk}, {"members": [theirs.pk]}):
        assert cast.client().post(url(cast), filled(body) | data).status_code == 422
    assert not Session.objects.exists()


def test_the_form_of_a_session_offers_members_by_body(cast, body):
    other = make(Body, cast.home, title="Arbeitsgruppe", kind="working_group", full=False)
    seats = [seat(cast, body, "Kirche"), seat(cast, other, "Kirche")]
    session = make(Session, cast.home, body=body, title="1. Sitzung", full=False)
    address = f"/{cast.home.slug}/sitzungen/{session.pk}/bearbeiten/"
    page = cast.client().get(address).content.decode()
    places = [page.index("Arbeitsgruppe</p>"), page.index(f'value="{seats[1].pk}" id="id_attending_members')]
    places += [page.index("Beirat</p>"), page.index(f'value="{seats[0].pk}" id="id_attending_members')]
    assert places == sorted(places)


def test_ways_lead_here(cast, body):
    client, slug = cast.client(), cast.home.slug
    for address, target in (
        (f"/{slug}/", url(cast)),
        (f"/{slug}/sitzungen/", url(cast)),
        (f"/{slug}/gremien/{body.pk}/", url(cast, f"?gremium={body.pk}")),
    ):
        assert f'href="{target}"' in client.get(address).content.decode()


def test_without_a_body_no_form_is_offered_that_could_not_be_stored(cast):
    page = cast.client("foreign_planner").get(f"/{cast.away.slug}/sitzungen/nacherfassen/").content.decode()
    assert 'name="agenda"' not in page
    assert "Legen Sie zuerst das Gremium an" in page
    assert kind_of(Body).url("create", cast.away) in page
