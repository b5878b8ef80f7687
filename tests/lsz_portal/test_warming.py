"""A process that begins has read what its first answers need."""

import pytest
from django.db import OperationalError, connection
from django.db.models.sql.compiler import SQLCompiler
from django.template import Template, engines
from django.test.utils import CaptureQueriesContext

from lsz_portal.warming import warm_up
from planning.models import Measure, Need
from records.registry import kind_of
from tests.cast import Walker
from tests.factories import make_kind

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.slow
def test_the_first_request_compiles_no_template(cast, monkeypatch, caplog):
    need, _ = (make_kind(kind_of(model), cast.home) for model in (Need, Measure))
    engines["django"].engine.template_loaders[0].reset()
    with CaptureQueriesContext(connection) as captured, caplog.at_level("INFO"):
        warm_up()
    assert caplog.records == []
    assert {query["sql"].split()[0] for query in captured} == {"SELECT"}
    compiled = []
    compile_nodelist = Template.compile_nodelist
    monkeypatch.setattr(Template, "compile_nodelist", lambda t: compiled.append(t.name) or compile_nodelist(t))
    kind, client = kind_of(Need), cast.client("planner", Walker)
    for page, pk in (("list", None), ("create", None), ("detail", need.pk), ("update", need.pk)):
        assert client.get(kind.url(page, cast.home, pk)).status_code == 200
    assert client.get("/kyffhaeuserkreis/").status_code == 200
    assert compiled == []


def test_a_database_that_does_not_answer_stops_no_process(monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OperationalError("weg")

    monkeypatch.setattr(SQLCompiler, "execute_sql", refuse)
    with caplog.at_level("INFO"):
        warm_up()
    assert "not-warm: OperationalError" in caplog.text
