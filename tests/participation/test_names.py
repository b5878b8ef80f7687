"""What the page on data protection promises about names: gone after the term, from pages, files, history and table."""

import io
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse

from participation.models import BodyMembership
from records.domain.drafts import keep_draft
from records.domain.saving import update_record
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NAME = "Erika Mustername"


@pytest.fixture
def member(cast, time_machine):
    time_machine.move_to("2018-06-30T10:00:00+00:00")
    return make(
        BodyMembership,
        cast.home,
        organisation="Kirche",
        person_name=NAME,
        begin=None,
        end=VagueDate(date(2018, 6, 30)),
    )


def pages(cast, member):
    """Wherever the portal could tell the name."""
    kind, client = kind_of(BodyMembership), cast.client()
    names = [kind.url(page, cast.home, member.pk) for page in ("detail", "history")]
    names += [kind.url(page, cast.home) for page in ("list", "csv")]
    return " ".join(client.get(address).content.decode() for address in names)


def test_a_name_is_told_during_the_term_and_never_after(cast, member, time_machine):
    assert NAME in pages(cast, member)
    assert "person_name" not in {field.name for field in BodyMembership.history.model._meta.fields}
    time_machine.move_to("2018-07-01T10:00:00+00:00")
    assert NAME not in pages(cast, member)
    call_command("daily", stdout=(said := io.StringIO()))
    assert "Gelöschte Namen: 1" in said.getvalue()
    member.refresh_from_db()
    assert (member.person_name, member.organisation) == ("", "Kirche")
    assert NAME not in member.search_text
    call_command("clear_names", stdout=(said := io.StringIO()))
    assert "Gelöschte Namen: 0" in said.getvalue()


def test_a_month_after_the_term_no_table_holds_the_name(cast, member, time_machine):
    kind, client = kind_of(BodyMembership), cast.client()
    again = make(BodyMembership, cast.home, person_name=NAME, end=member.end)
    delete = kind.url("delete", cast.home, again.pk)
    assert client.post(delete, read_form(client.get(delete).content).values).status_code == 302
    sent = QueryDict(f"form_key=angefangen&person_name={NAME}")
    path = kind.url("update", cast.home, member.pk)
    keep_draft(actor=cast.planner, municipality=cast.home, path=path, data=sent, title="Mitglied")

    def holding():
        models = [model for model in apps.get_models() if model._meta.managed]
        return {model.__name__ for model in models if NAME in repr(list(model._base_manager.values()))}

    assert holding() == {"BodyMembership", "Batch", "FormDraft"}
    time_machine.move_to("2018-08-02T10:00:00+00:00")
    call_command("daily", stdout=io.StringIO())
    assert holding() == set()
    page = client.get(reverse("overview:privacy")).content.decode()
    assert "was sich rückgängig machen lässt, kann er bis zu 30 Tage länger stehen" in page
    assert "einen verworfenen können Sie noch zurückholen" in page


def test_who_enters_a_name_for_an_ended_term_stores_none(cast, member, time_machine):
    time_machine.move_to("2019-01-01T10:00:00+00:00")
    member.person_name = "Wieder Da"
    update_record(member, version=member.version, actor=None)
    member.refresh_from_db()
    assert member.person_name == ""


def test_the_page_says_what_happens(client):
    page = " ".join(client.get(reverse("overview:privacy")).content.decode().split())
    for said in (
        "Nach der Amtszeit zeigt das Portal ihn nicht mehr",
        "Gelungene Anmeldungen werden nicht protokolliert",
    ):
        assert said in page, said
