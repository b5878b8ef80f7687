"""„Gestaltung“ shows the parts that pages are made of, not copies of them."""

import pytest

PARTS = {
    "components/_bulk.html",
    "participation/_sort_bulk.html",
    "participation/_sort_group.html",
    "components/_connections.html",
    "components/_history.html",
    "components/_list_filters.html",
    "components/_messages.html",
    "components/_pager.html",
    "components/_table.html",
    "components/_thread.html",
    "kern/errors.html",
    "kern/field.html",
    "records/_record_conflict.html",
    "records/widgets/vague_date.html",
    "overview/_start_due.html",
    "printing/drawings/_mini_ring.html",
    "printing/drawings/_patterns.html",
    "printing/drawings/_ring.html",
    "printing/drawings/_swatch.html",
    "insight/drawings/_timeline.html",
    "insight/drawings/_timeline_legend.html",
}


@pytest.mark.django_db
def test_the_page_is_made_of_the_parts_of_real_pages(cast):
    answer = cast.client("ministry").get("/gestaltung/")
    assert {template.name for template in answer.templates} >= PARTS
    assert "autofocus" not in answer.content.decode()


@pytest.mark.django_db
def test_ministry_and_administration_find_it_in_the_navigation(cast):
    for who, shown in (("ministry", True), ("admin", True), ("adviser", False)):
        assert ('href="/gestaltung/"' in cast.client(who).get("/konto/").content.decode()) is shown
