"""Who hears nothing but the title of a page knows which one it is."""

import re
from html import unescape

import pytest

from participation.models import Body
from planning.models import Measure, Milestone, Need, PlanningCycle, PlanningStep
from records.registry import kind_of
from tests.factories import make

pytestmark = pytest.mark.usefixtures("quiet")


def title_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)[1]).split())


@pytest.mark.parametrize("model", [Need, Measure, Milestone, PlanningStep, Body])
def test_titles_of_different_pages_differ(cast, model):
    kind, client = kind_of(model), cast.client()
    rows = [make(model, cast.home, text=text) for text in ("Eins", "Zwei")]
    listed, column = kind.url("list", cast.home), kind.title_field
    paths = [listed, f"{listed}?q=Eins", f"{listed}?sortierung={column}", f"{listed}?sortierung=-{column}"]
    paths += [kind.url("create", cast.home)]
    for page in ("detail", "update", "history", "delete"):
        paths += [kind.url(page, cast.home, row.pk) for row in rows]
    if model is Body:
        paths += [f"{kind.url('detail', cast.home, row.pk)}tabelle/mitglieder/" for row in rows]
    titles = {path: title_of(client, path) for path in paths}
    assert sorted(set(titles.values())) == sorted(titles.values())


def test_no_name_says_a_part_twice(cast):
    cycle = make(PlanningCycle, cast.home, full=False, title="Planungszyklus 2017–2019")
    page = cast.client().get(f"{kind_of(Need).url('list', cast.home)}?cycle={cycle.pk}").content.decode()
    assert "Planungszyklus: Planungszyklus" not in page
    assert "Bedarfe, Planungszyklus 2017–2019" in " ".join(page.split())
