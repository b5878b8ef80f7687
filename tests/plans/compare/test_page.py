"""The page of the comparison: what can be chosen, what it shows, what foreign and broken parameters do; its PDF."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Measure, Need
from plans.builder import build_plan
from plans.content import to_json
from plans.domain.plans import create_plan
from plans.drawing import plan_html
from plans.enums import ChapterCode
from plans.queries.plans import plans_of
from records.domain.saving import create_record, delete_record, update_record
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans import records
from tests.plans.compare.plans import freeze
from tests.reporting.papers.conftest import assert_attached, assert_valid, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once, pytest.mark.slow]


@pytest.fixture
def frozen(cast):
    """The plan of 2018 as an approved edition."""
    records.make_catalogue()
    plan = records.make_plan(cast.home)
    records.fill(plan)
    return freeze(plan)


@pytest.fixture
def later(frozen):
    """The plan of 2019 after some records have changed."""
    plan = create_plan(municipality=frozen.municipality, cycle=frozen.plan.cycle, year=2019, as_of=None, actor=None)
    need = Need.objects.get(municipality=frozen.municipality)
    need.title = "Bedarf <b>aller</b> Generationen"
    update_record(need, version=need.version, actor=None)
    measure = Measure.objects.get(municipality=frozen.municipality)
    measure.yearly_cost = Decimal("16000.10")
    update_record(measure, version=measure.version, actor=None)
    own = {"municipality": frozen.municipality, "cycle": frozen.plan.cycle, "action_field": measure.action_field}
    create_record(Measure(**own, title="Neue Maßnahme"), actor=None)
    return plans_of(frozen.municipality).get(pk=plan.pk)


def url(place, name="plan-compare"):
    return reverse(f"plans:{name}", args=[place.slug])


def page(cast, **query):
    return cast.client().get(url(cast.home), query)


def chips(text):
    part = text[text.index('class="chips"') :]
    part = part[: part.index("</ul>")]
    return [piece.split("<")[0] for piece in part.split('">')[2:] if piece.split("<")[0].strip()]


def test_the_newest_plan_is_compared_with_its_base(cast, frozen, later):
    text = page(cast).content.decode()
    assert f'<option value="v{frozen.pk}" selected>Plan 2018, Fassung 1, bewilligt</option>' in text
    assert f'<option value="e{later.pk}" selected>Plan 2019, Entwurf</option>' in text
    assert '<option value="e' + str(frozen.plan_id) + '">Plan 2018, ' in text
    assert "Bedarf <del>" in text
    assert '<ins><span class="kern-sr-only">eingefügt: </span>&lt;b&gt;aller&lt;/b&gt; Generationen</ins>' in text
    assert "(+ 15.000,00\u202f€)" in text
    assert "nicht enthalten" in text
    assert "Neue Maßnahme" in text
    assert "Die Reihenfolge folgt den Kapiteln des Plans." in text


def test_groups_are_chosen_in_the_address_and_counted(cast, frozen, later):
    text = page(cast).content.decode()
    assert [chip for chip in chips(text) if not chip.startswith("Texte")] == [
        "Alle 4",
        "Bedarfe 1",
        "Ziele 0",
        "Maßnahmen 1",
        "Geld 2",
    ]
    text = page(cast, gruppe="massnahmen").content.decode()
    assert "Neue Maßnahme" in text
    assert "Generationen" not in text[text.index("<tbody>") : text.index("</tbody>")]
    assert 'aria-current="true">Maßnahmen 1' in text
    assert "keinen Unterschied" in page(cast, gruppe="ziele").content.decode()
    assert page(cast, gruppe="unfug").status_code == 200


def test_a_frozen_edition_is_read_from_its_data(cast, frozen, later):
    measure = Measure.objects.get(title="Neue Maßnahme")
    delete_record(measure, version=measure.version, actor=None)
    text = page(cast, alt=f"v{frozen.pk}", neu=f"e{frozen.plan_id}").content.decode()
    assert "Bedarf <del>" in text  # the records have changed since, the edition has not
    assert "Maßnahmen 0" in text


def test_broken_parameters_are_answered_with_a_hint(cast, frozen, later):
    for value in ("v", "x1", "v-1", "e1.5", "v1 or 1=1", "ｖ１", "e" + "9" * 40, "%00"):
        for side in ("alt", "neu"):
            answer = page(cast, **{side: value})
            assert (answer.status_code, "Diese Auswahl gibt es nicht." in answer.content.decode()) == (200, True), value


def test_editions_of_others_and_unknown_ones_do_not_exist(cast, frozen, later):
    foreign = records.make_plan(cast.away)
    edition = freeze(foreign)
    for value in (f"v{edition.pk}", f"e{foreign.pk}", "v999999", "e" + "9" * 18):
        for side in ("alt", "neu"):
            assert page(cast, **{side: value}).status_code == 404
            assert cast.client().get(url(cast.home, "plan-compare-pdf"), {side: value}).status_code == 404
    text = page(cast).content.decode()
    assert f'"v{edition.pk}"' not in text
    assert f'"e{foreign.pk}"' not in text
    assert cast.client("foreign_planner").get(url(cast.home)).status_code == 404


def test_the_same_edition_twice_and_a_single_plan(cast):
    records.make_catalogue()
    assert "Bisher gibt es hier nur einen Plan" in page(cast).content.decode()
    plan = records.make_plan(cast.home)
    assert "Bisher gibt es hier nur einen Plan" in page(cast).content.decode()
    assert "steht dieselbe Fassung" in page(cast, alt=f"e{plan.pk}", neu=f"e{plan.pk}").content.decode()
    answer = cast.client().get(url(cast.home, "plan-compare-pdf"))
    assert answer.status_code == 302


def test_queries_do_not_grow_with_the_changes(cast, frozen, later):
    def count():
        client = cast.client()
        client.get(url(cast.home))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(cast.home))
        return len(queries)

    one = count()
    measure = Measure.objects.get(title="Neue Maßnahme")
    for number in range(20):
        own = {"municipality": cast.home, "cycle": measure.cycle, "action_field": measure.action_field}
        create_record(Measure(**own, title=f"Weitere {number}"), actor=None)
    assert count() == one


def test_the_pdf_is_valid_and_says_the_same(cast, frozen, later):
    answer = cast.client().get(url(cast.home, "plan-compare-pdf"))
    label = "plan-2018-fassung-1-bewilligt-plan-2019-entwurf"
    assert_attached(answer, f"{cast.home.ags}-{cast.home.slug}-vergleich-{label}.pdf", "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    assert "Änderungen gegenüber Plan 2018, Fassung 1" in text
    assert "± geändert" in text
    assert "+ neu" in text
    assert "Fassung 1, freigegeben am" in text
    assert "Laufende Angaben vom" in text
    assert "(+ 15.000,00 €)" in text


# ---------------------------------------------------------------- the section of the plan
def test_the_plan_prints_what_has_changed_since_the_year_before(frozen, later):
    content = build_plan(later)
    assert content.changes is not None
    assert (content.changes.old_label, content.changes.old_sha256) == ("Plan 2018, Fassung 1", frozen.content_sha256)
    html = plan_html(content).replace("\u00a0", " ")
    assert '<a href="#k8-2">Was sich geändert hat</a>' in html
    assert "Verglichen werden Plan 2018, Fassung 1" in html
    section = html[html.index('id="k8-2"') :]
    assert "&lt;b&gt;aller&lt;/b&gt;" in section[: section.index("</table>")]
    assert '"changes":{' in to_json(content).decode()


def test_the_first_plan_has_no_such_section(frozen):
    content = build_plan(frozen.plan)
    assert content.changes is None
    assert "Was sich geändert hat" not in plan_html(content)


def test_the_preview_of_the_chapter_shows_it_too(cast, frozen, later):
    address = reverse("plans:plan-detail", args=[cast.home.slug, later.pk])
    text = cast.client().get(address, {"kapitel": ChapterCode.CONTROLLING.slug}).content.decode()
    assert "Was sich geändert hat" in text
    assert "Neue Maßnahme" in text


def test_a_next_edition_is_compared_with_the_one_before(frozen):
    plan = frozen.plan
    plan.edition, plan.state = 2, "draft"
    content = build_plan(plan)
    assert content.changes is not None
    assert content.changes.rows == ()
    assert content.changes.new_label == "Plan 2018, Entwurf der Fassung 2"
    assert "nichts geändert" in plan_html(content)


def test_the_section_stands_also_where_the_chapter_is_left_out(frozen, later):
    records.leave_out(later, "controlling")
    html = plan_html(build_plan(later))
    assert 'id="k8-1"' in html
    assert "Was sich geändert hat" in html
