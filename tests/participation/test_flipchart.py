"""Flip-chart lines become findings, findings are sorted and become needs: by HTTP, as a browser without JavaScript."""

import json

import pytest
from django.urls import reverse

from participation.forms import flipchart
from participation.models import Event, Finding
from planning.models import LifePhase, Need, PlanningRegion
from records.domain.saving import create_record, update_record
from records.models import Batch
from tests.factories import make
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def paste_url(cast, query=""):
    return reverse("participation:flipchart", args=[cast.home.slug]) + query


def sort_url(cast, query=""):
    return reverse("participation:finding-sort", args=[cast.home.slug]) + query


def paste(cast, text, event=None, who="planner", **data):
    data = {"text": text, "origin": f"event:{event.pk}" if event else "interview"} | data
    return seen_and_sent(cast, cast.client(who), data)


def seen_and_sent(cast, client, data, **more):
    """The answer to lines that were shown and then sent as the page shows them; the first one where it refuses."""
    shown = client.post(paste_url(cast), data)
    if shown.status_code != 200:
        return shown
    return client.post(paste_url(cast), data | {"seen": read_form(shown.content).values["seen"][0]}, **more)


def finding(cast, text, event, **values):
    links = {name: values.pop(name) for name in ("life_phases", "needs") if name in values}
    row = Finding(municipality=cast.home, text=text, origin="event", event=event, **values)
    return create_record(row, actor=None, links=links)


def undo(cast, client, page):
    batch = Batch.objects.latest("pk")
    return client.post(reverse("records:undo", args=[cast.home.slug, batch.pk]), {"next": page}, follow=True)


# Step 1


def test_pasted_lines_are_findings_of_the_event_and_its_region(cast, event, fields):
    finding(cast, "Treffpunkt fehlt", event)
    page = paste(cast, "Bus fehlt (5)\n\nbus fehlt\ntreffpunkt fehlt!\n- Hort bis 18 Uhr\n", event)
    assert page.status_code == 302
    assert page.url.startswith(sort_url(cast, f"?veranstaltung={event.pk}&stapel="))
    rows = Finding.objects.filter(event=event).order_by("pk")[1:]
    assert [(row.text, row.weight, row.region, row.origin) for row in rows] == [
        ("Bus fehlt", 5, event.region, "event"),
        ("Hort bis 18 Uhr", None, event.region, "event"),
    ]
    shown = cast.client().get(page.url).content.decode()
    assert "2 Erkenntnisse eingefügt." in shown
    sent = cast.client()
    seen_and_sent(cast, sent, {"text": "Neu\n\n\nx", "origin": f"event:{event.pk}"})
    assert "2 Zeilen erkannt · 2 leer." in sent.get(sort_url(cast)).content.decode()


def test_pasting_can_be_undone_and_leads_back_to_where_one_was(cast, event):
    client, back = cast.client(), sort_url(cast, f"?veranstaltung={event.pk}")
    page = seen_and_sent(cast, client, {"text": "Bus\nHort", "origin": f"event:{event.pk}"}, follow=True)
    assert f'name="next" value="{back}"' in page.content.decode()
    undo(cast, client, back)
    assert not Finding.objects.exists()


def test_sent_twice_is_stored_once(cast, event):
    data = {"text": "Bus\nHort", "origin": f"event:{event.pk}", "form_key": "einmal"}
    shown = cast.client().post(paste_url(cast), data)
    data |= {"seen": read_form(shown.content).values["seen"][0]}
    answers = [cast.client().post(paste_url(cast), data) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Finding.objects.count() == 2


def test_region_may_be_another_or_none_and_the_origin_need_not_be_kept(cast, event):
    east = make(PlanningRegion, cast.home, title="Ost", full=False)
    paste(cast, "Ost", event, region=str(east.pk))
    paste(cast, "Ohne", event, region="keine")
    assert paste(cast, "Gespräch").url.startswith(sort_url(cast, "?stapel="))
    interview = make(Event, cast.home, title="Interview", kind="interview", full=False)
    paste(cast, "Im Interview", interview)
    assert [(row.region, row.origin, row.event) for row in Finding.objects.order_by("pk")] == [
        (east, "event", event),
        (None, "event", event),
        (None, "interview", None),
        (None, "interview", interview),
    ]


def test_address_presets_the_origin(cast, event):
    shown = read_form(cast.client().get(paste_url(cast, f"?veranstaltung={event.pk}")).content)
    assert (shown.values["origin"], shown.values["region"]) == ([f"event:{event.pk}"], [str(event.region.pk)])
    foreign = make(Event, cast.away, full=False)
    for query in (f"?veranstaltung={foreign.pk}", "?veranstaltung=x", "?sitzung=999", "?befragung=", "?dokument=9" * 9):
        assert cast.client().get(paste_url(cast, query)).status_code == 404
        assert cast.client().get(sort_url(cast, query)).status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Bus\n" + "ä" * 401, "Zeile 2 ist länger als 400 Zeichen."),
        ("\n - \n(12)", "Keine neue Zeile: 0 Zeilen erkannt · 3 leer. Fügen Sie andere Zeilen ein."),
        ("", "Fügen Sie mindestens eine Zeile ein."),
        ("\n".join(f"Zeile {n}" for n in range(301)), "Das sind 301 Zeilen."),
        ("Bus\x00", "Nullzeichen"),
    ],
)
def test_what_cannot_be_stored_is_said_and_kept(cast, event, text, sentence):
    page = paste(cast, text, event)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert read_form(page.content).values["text"][0].strip() == text.replace("\x00", "\x00").strip()
    assert not Finding.objects.exists()


def test_foreign_origin_and_region_are_refused(cast, event):
    foreign = make(Event, cast.away, full=False)
    region = make(PlanningRegion, cast.away, full=False)
    for data in ({"origin": f"event:{foreign.pk}"}, {"region": str(region.pk)}, {"origin": "event:" + "9" * 30}):
        assert paste(cast, "Bus", event, **data).status_code == 422
    assert not Finding.objects.exists()


# Step 2


def sent_lines(findings, **changes):
    """The controls of these findings as a page shows them, with changes by control."""
    data = {}
    for row in findings:
        weight = "" if row.weight is None else row.weight
        field = row.action_field_id or 0
        data |= {
            f"stand-{row.pk}": f"{row.version}/{field}/{weight}",
            f"feld-{row.pk}": field,
            f"gewicht-{row.pk}": weight,
        }
    return data | changes


def test_unsorted_findings_come_first_and_all_are_shown(cast, event, fields):
    rows = [finding(cast, f"Zeile {n:02d}", event, action_field=fields[1] if n > 20 else None) for n in range(30)]
    page = cast.client().get(sort_url(cast, f"?veranstaltung={event.pk}")).content.decode()
    places = [page.index(f">{row.text}<") for row in rows]
    assert places == sorted(places)
    assert page.index("Noch nicht zugeordnet") < places[0] < page.index('id="g-' + str(fields[1].pk)) < places[21]
    assert ">9</b> zugeordnet" in page
    assert ">21</b> offen" in page


def test_without_origin_the_page_shows_what_is_open(cast, event, fields, cycle):
    need = make(Need, cast.home, cycle=cycle, full=False)
    open_one = finding(cast, "Ohne Feld", event, needs=[need])
    unused = finding(cast, "Ohne Bedarf", event, action_field=fields[0])
    done = finding(cast, "Fertig", event, action_field=fields[0], needs=[need])
    page = cast.client().get(sort_url(cast)).content.decode()
    assert [row.text in page for row in (open_one, unused, done)] == [True, True, False]


def test_one_post_stores_single_choices_weights_and_the_choice_for_the_marked(cast, event, fields):
    phase = make(LifePhase, None, number=1, title="Senioren", full=False)
    first, second, third, untouched = (finding(cast, text, event) for text in ("A", "B", "C", "D"))
    data = sent_lines(
        (first, second, third, untouched), **{f"feld-{first.pk}": fields[2].pk, f"gewicht-{first.pk}": "7"}
    )
    data |= {"marke": [second.pk, third.pk], "handlungsfeld": fields[4].pk, "lebensphase": phase.pk}
    client = cast.client()
    page = client.post(sort_url(cast, f"?veranstaltung={event.pk}"), data, follow=True)
    assert "3 Erkenntnisse zugeordnet." in page.content.decode()
    for row in (first, second, third, untouched):
        row.refresh_from_db()
    assert [(row.action_field, row.weight, row.version) for row in (first, second, third, untouched)] == [
        (fields[2], 7, 2),
        (fields[4], None, 2),
        (fields[4], None, 2),
        (None, None, 1),
    ]
    assert [list(row.life_phases.all()) for row in (first, second)] == [[], [phase]]
    undo(cast, client, "/")
    second.refresh_from_db()
    assert (second.action_field, list(second.life_phases.all())) == (None, [])


def test_what_somebody_else_changed_meanwhile_stays_and_is_named(cast, event, fields):
    mine, theirs = finding(cast, "Meine", event), finding(cast, "Ihre", event)
    data = sent_lines((mine, theirs), aktion="zuordnen")
    data |= {f"feld-{mine.pk}": fields[0].pk, f"feld-{theirs.pk}": fields[0].pk}
    theirs.action_field = fields[5]
    update_record(theirs, version=1, actor=cast.lead)
    page = cast.client().post(sort_url(cast), data, follow=True).content.decode()
    assert "„Ihre“ wurde inzwischen von einer anderen Person geändert (6 Dialog der Generationen)" in page
    assert "Ihre Wahl war: 1 Steuerung, Vernetzung, Nachhaltigkeit." in page
    assert [Finding.objects.get(pk=row.pk).action_field for row in (mine, theirs)] == [fields[0], fields[5]]


def test_wrong_values_are_said_at_the_line_and_nothing_is_stored(cast, event, fields):
    row, other = finding(cast, "A", event), finding(cast, "B", event)
    data = sent_lines(
        (row, other), **{f"gewicht-{row.pk}": "zwölf", f"feld-{other.pk}": fields[1].pk}, marke=[other.pk]
    )
    page = cast.client().post(sort_url(cast), data)
    assert page.status_code == 422
    shown = read_form(page.content)
    assert (shown.values[f"gewicht-{row.pk}"], shown.values["marke"]) == (["zwölf"], [str(other.pk)])
    assert shown.values[f"feld-{other.pk}"] == [str(fields[1].pk)]
    assert f"f-{row.pk}" in shown.ids
    for bad in ("-1", "100001", "9" * 30, "1,5", "²"):
        assert cast.client().post(sort_url(cast), data | {f"gewicht-{row.pk}": bad}).status_code == 422
    for bad in ("999", "x", "\x00", "9" * 30):
        data = sent_lines((row,), **{f"feld-{row.pk}": bad})
        assert cast.client().post(sort_url(cast), data).status_code == 422
    assert Finding.objects.filter(action_field=None, weight=None).count() == 2


def test_a_script_stores_single_lines_and_gets_their_new_state(cast, event, fields):
    row = finding(cast, "A", event, weight=3)
    url, data = sort_url(cast, f"?veranstaltung={event.pk}"), sent_lines((row,), **{f"feld-{row.pk}": fields[3].pk})
    answer = cast.client().post(url, data, headers={"accept": "application/json"})
    stored = json.loads(answer.content)
    assert stored == {"stored": {str(row.pk): f"2/{fields[3].pk}/3"}, "stale": [], "errors": {}}
    again = json.loads(cast.client().post(url, data, headers={"accept": "application/json"}).content)
    assert again["stored"] == stored["stored"]
    data |= {f"feld-{row.pk}": 0, f"gewicht-{row.pk}": "5"}
    other = json.loads(cast.client().post(url, data, headers={"accept": "application/json"}).content)
    assert (other["stored"], other["stale"]) == ({}, [row.pk])


def test_marking_a_group_goes_without_script_and_keeps_what_was_typed(cast, event, fields, cycle):
    need = make(Need, cast.home, cycle=cycle, full=False)
    used = finding(cast, "A", event, action_field=fields[1], needs=[need])
    fresh = finding(cast, "B", event, action_field=fields[1])
    other = finding(cast, "C", event)
    data = sent_lines((used, fresh, other), **{f"gewicht-{other.pk}": "4", "bedarf-title": "Mein Bedarf"})
    page = cast.client().post(sort_url(cast), data | {"aktion": f"markieren-{fields[1].pk}", "marke": [other.pk]})
    shown = read_form(page.content)
    assert page.status_code == 200
    assert sorted(shown.values["marke"]) == sorted([str(fresh.pk), str(other.pk)])
    assert (shown.values[f"gewicht-{other.pk}"], shown.values["bedarf-title"]) == (["4"], ["Mein Bedarf"])


def test_marked_findings_are_discarded_unless_they_support_a_need_and_come_back(cast, event, cycle):
    need = make(Need, cast.home, cycle=cycle, full=False)
    phase = make(LifePhase, None, number=1, title="Senioren", full=False)
    used = finding(cast, "Belegt", event, needs=[need])
    rubbish = finding(cast, "Gruppe 3", event, weight=2, life_phases=[phase])
    client, url = cast.client(), sort_url(cast, f"?veranstaltung={event.pk}")
    refused = client.post(url, {"aktion": "verwerfen", "marke": [used.pk, rubbish.pk]})
    assert refused.status_code == 422
    assert "Nicht verworfen: 1 Erkenntnis" in refused.content.decode()
    page = client.post(url, {"aktion": "verwerfen", "marke": [rubbish.pk]}, follow=True)
    assert "1 Erkenntnis verworfen." in page.content.decode()
    assert not Finding.objects.filter(pk=rubbish.pk).exists()
    undo(cast, client, url)
    back = Finding.objects.get(pk=rubbish.pk)
    assert (back.text, back.weight, back.uid, list(back.life_phases.all())) == ("Gruppe 3", 2, rubbish.uid, [phase])
    assert back.version > rubbish.version
    assert [row.history_type for row in back.history.all()] == ["+", "-", "+"]


# Step 3


def test_a_need_takes_over_what_its_findings_say(cast, event, fields, cycle):
    phases = [make(LifePhase, None, number=n, title=f"Phase {n}", full=False) for n in (1, 2)]
    rows = [
        finding(cast, "Bus", event, action_field=fields[1], life_phases=phases[:1], region=event.region),
        finding(cast, "Zug", event, action_field=fields[1], life_phases=phases[1:]),
        finding(cast, "Arzt", event, action_field=fields[3]),
        finding(cast, "Noch offen", event),
    ]
    data = sent_lines(rows, **{f"gewicht-{rows[0].pk}": "9", "marke": [row.pk for row in rows], "aktion": "bedarf"})
    data |= {"bedarf-title": "Erreichbarkeit", "bedarf-priority": "high", "bedarf-reason": "Meiste Punkte"}
    client = cast.client()
    page = client.post(sort_url(cast, f"?veranstaltung={event.pk}"), data, follow=True)
    assert "Bedarf „Erreichbarkeit“ aus 4 Erkenntnissen gebildet." in page.content.decode()
    assert "marke" not in read_form(page.content).values
    need = Need.objects.get()
    assert (need.cycle, need.priority, need.priority_reason) == (cycle, "high", "Meiste Punkte")
    assert list(need.action_fields.all()) == [fields[1]]
    assert set(need.life_phases.all()) == set(phases)
    assert list(need.regions.all()) == [event.region]
    assert list(need.findings.order_by("pk")) == rows
    assert [row.action_field for row in need.findings.order_by("pk")] == [fields[1], fields[1], fields[3], fields[1]]
    assert Finding.objects.get(pk=rows[0].pk).weight == 9
    assert "belegt 1 Bedarf" in page.content.decode()

    undone = undo(cast, client, "/").content.decode()
    assert "deshalb unverändert" not in undone
    assert not Need.objects.exists()
    assert [(row.weight, row.action_field) for row in Finding.objects.order_by("pk")] == [
        (None, fields[1]),
        (None, fields[1]),
        (None, fields[3]),
        (None, None),
    ]


def test_findings_are_added_to_a_need_and_may_support_several(cast, event, fields, cycle):
    old, new = (make(Need, cast.home, cycle=cycle, title=title, full=False) for title in ("Alt", "Neu"))
    row = finding(cast, "Bus", event, needs=[old])
    data = {"aktion": "ergaenzen", "marke": [row.pk], "bedarf-existing": new.pk}
    page = cast.client().post(sort_url(cast, f"?veranstaltung={event.pk}"), data, follow=True).content.decode()
    assert "1 Erkenntnis zum Bedarf „B 2 Neu“ hinzugefügt." in page
    assert "belegt 2 Bedarfe" in page
    assert set(row.needs.all()) == {old, new}
    new.refresh_from_db()
    assert new.version == 1


def test_a_need_sent_twice_is_one_need(cast, event, cycle):
    row = finding(cast, "Bus", event)
    data = {"aktion": "bedarf", "marke": [row.pk], "bedarf-title": "Bus", "bedarf-form_key": "einmal"}
    urls = {cast.client().post(sort_url(cast), data).url for _ in range(2)}
    assert len(urls) == 1
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"aktion": "bedarf", "bedarf-title": " "}, "Geben Sie dem Bedarf einen Titel."),
        ({"aktion": "bedarf", "bedarf-title": "x" * 161}, "höchstens 160 Zeichen"),
        ({"aktion": "bedarf", "bedarf-title": "Bus", "bedarf-action_field": "999"}, "Wählen Sie einen Eintrag"),
        ({"aktion": "bedarf", "bedarf-title": "Bus\x00"}, "Nullzeichen"),
        ({"aktion": "ergaenzen"}, "Wählen Sie den Bedarf."),
        ({"aktion": "ergaenzen", "bedarf-existing": "9" * 30}, "Wählen Sie einen Eintrag"),
        ({"aktion": "verwerfen", "marke": []}, "Markieren Sie die Erkenntnisse, die Sie verwerfen."),
        ({"aktion": "bedarf", "bedarf-title": "Bus", "marke": []}, "Markieren Sie die Erkenntnisse"),
    ],
)
def test_a_need_that_cannot_be_formed_keeps_marks_and_texts(cast, event, cycle, data, sentence):
    row = finding(cast, "Bus", event)
    data = {"marke": [row.pk], "bedarf-reason": "Weil"} | data
    page = cast.client().post(sort_url(cast), data)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    shown = read_form(page.content)
    assert shown.values["marke"] == [str(pk) for pk in data["marke"]]
    assert shown.values["bedarf-reason"] == ["Weil"]
    assert (Need.objects.count(), Batch.objects.count()) == (0, 0)


def test_without_cycle_the_way_to_one_is_shown(cast, event):
    row = finding(cast, "Bus", event)
    assert "Planungszyklus anlegen" in cast.client().get(sort_url(cast)).content.decode()
    page = cast.client().post(sort_url(cast), {"aktion": "bedarf", "marke": [row.pk], "bedarf-title": "Bus"})
    assert (page.status_code, Need.objects.count()) == (422, 0)


def test_foreign_findings_are_not_touched(cast, fields):
    event = make(Event, cast.away, full=False)
    row = create_record(Finding(municipality=cast.away, text="Fremd", origin="event", event=event), actor=None)
    for action in ("zuordnen", "verwerfen", "bedarf"):
        data = sent_lines((row,), **{f"feld-{row.pk}": fields[0].pk, "marke": [row.pk], "aktion": action})
        cast.client().post(sort_url(cast), data | {"bedarf-title": "Fremd"})
    assert (Finding.objects.filter(pk=row.pk, version=1, action_field=None).count(), Need.objects.count()) == (1, 0)


def test_queries_do_not_grow_with_findings(cast, event, fields, cycle, django_assert_max_num_queries):
    url = sort_url(cast, f"?veranstaltung={event.pk}")
    counts = []
    for _ in range(2):
        for number in range(10):
            finding(cast, f"Zeile {number}", event, action_field=fields[number % 6])
        client = cast.client()
        client.get(url)
        with django_assert_max_num_queries(25) as seen:
            client.get(url)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_start_page_lists_and_event_lead_to_the_flip_chart(cast, event):
    client, slug = cast.client(), cast.home.slug
    quick = client.get(f"/{slug}/").content.decode()
    assert quick.index(paste_url(cast)) < quick.index(f"/{slug}/erkenntnisse/neu/")
    for segment in ("erkenntnisse", "bedarfe", "veranstaltungen"):
        assert f'href="{paste_url(cast)}"' in client.get(f"/{slug}/{segment}/").content.decode()
    assert paste_url(cast, f"?veranstaltung={event.pk}") in client.get(f"/{slug}/veranstaltungen/{event.pk}/").text
    assert paste_url(cast) not in cast.client("adviser").get(f"/{slug}/erkenntnisse/").content.decode()


def test_a_text_of_too_many_lines_is_refused_before_it_is_read(cast, monkeypatch):
    monkeypatch.setattr(flipchart, "read_lines", None)
    answer = cast.client().post(paste_url(cast), {"text": "a\n" * 99_000, "origin": "interview"})
    assert "Das sind 99001 Zeilen. Fügen Sie höchstens 300 auf einmal ein." in answer.text
