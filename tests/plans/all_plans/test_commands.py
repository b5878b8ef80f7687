"""``export_plans`` and ``export_plan``: contracts of docs/product.md §9."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from plans.all_plans.folder import exports_dir
from plans.enums import PlanAction, PlanState
from plans.models import PlanExport
from printing.errors import RenderTooLarge
from tests.plans.all_plans.plans import plan_of, read_archive, release, step, stored_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.fixture
def plans(cast):
    return [plan_of(cast.home), plan_of(cast.away)]


def all_plans(target, *more):
    out = StringIO()
    call_command("export_plans", "--year", "2018", "--output", str(target), *more, stdout=out)
    return out.getvalue()


def one_plan(target, *more, ags="16065"):
    out = StringIO()
    call_command("export_plan", "--municipality", ags, "--year", "2018", "--output", str(target), *more, stdout=out)
    return out.getvalue()


def test_all_plans_are_written_drafts_where_nothing_is_released(plans, renderer, tmp_path):
    release(plans[1])
    target = tmp_path / "new" / "plans.zip"
    assert "2 Pläne" in all_plans(target)
    manifest, files = read_archive(target.read_bytes())
    assert files == {"16065-2018.pdf": b"%PDF-1.7 drawn for 16065 %%EOF", "16077-2018.pdf": stored_pdf(plans[1])}
    assert [each["frozen"] for each in manifest["plans"]] == [False, True]
    assert [path.name for path in target.parent.iterdir()] == ["plans.zip"]
    assert not list(exports_dir().iterdir())
    assert PlanExport.objects.get().asked_by is None


def test_drafts_can_be_left_out(plans, renderer, tmp_path):
    release(plans[1])
    assert "1 Plan\n" in all_plans(tmp_path / "a.zip", "--no-drafts")
    assert renderer.drawn == []


def test_a_plan_that_fails_leaves_no_file(plans, renderer, tmp_path):
    renderer.failing = {"16065": RenderTooLarge("Zu groß.")}
    with pytest.raises(CommandError, match="Kyffhäuserkreis: Zu groß"):
        all_plans(tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_year_without_plan_is_named(plans, tmp_path):
    with pytest.raises(CommandError, match="Für 2031 gibt es keinen Plan"):
        call_command("export_plans", "--year", "2031", "--output", str(tmp_path / "a.zip"))


def test_the_newest_edition_is_written_as_it_is_stored(plans, tmp_path):
    release(plans[0])
    second = release(plans[0], edition=2)
    target = tmp_path / "a.pdf"
    assert "Fassung 2, freigegeben" in one_plan(target)
    assert target.read_bytes() == stored_pdf(plans[0], 2)
    one_plan(target, "--version", "1")
    assert target.read_bytes() == stored_pdf(plans[0], 1)
    step(plans[0], second, PlanAction.WITHDRAW, PlanState.RELEASED, PlanState.DRAFT)
    one_plan(target)
    assert target.read_bytes() == stored_pdf(plans[0], 1)
    assert "zurückgezogen" in one_plan(target, "--version", "2")
    with pytest.raises(CommandError, match="Fassung 3 dieses Plans gibt es nicht"):
        one_plan(target, "--version", "3")


@pytest.mark.slow
@pytest.mark.once
def test_the_draft_is_drawn_where_nothing_is_released_or_on_demand(plans, tmp_path):
    assert "Entwurf" in one_plan(tmp_path / "a.pdf")
    assert "Kyffhäuserkreis" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    release(plans[0])
    assert "Entwurf" in one_plan(tmp_path / "b.pdf", "--draft")
    assert (tmp_path / "b.pdf").read_bytes() != stored_pdf(plans[0])
    with pytest.raises(CommandError, match="keinen Plan 2018"):
        one_plan(tmp_path / "c.pdf", ags="16099")
