import json

from django.template.loader import render_to_string

from printing.drawings.thueringen import PATTERNS, Area, Legend, draw_map, outlines


def drawn():
    areas = {
        item["ags"]: Area(f"Kommune {item['ags']}", f"/ministerium/#{item['ags']}", PATTERNS[i % 8], "Entwurf")
        for i, item in enumerate(outlines()["districts"])
    }
    return draw_map(areas, [Legend("dots", "Entwurf", "?plan=draft", 3)], description="Stand des Plans.")


def test_all_22_districts_are_links_with_name_and_state():
    markup = render_to_string("printing/drawings/_map.html", {"map": drawn()})
    assert markup.count("<title>Kommune 16") == 22
    assert markup.count(": Entwurf</title>") == 22
    assert "style=" not in markup


def test_outlines_carry_the_credit_and_stay_small():
    content = outlines()
    assert content["credit"] == "© GeoBasis-DE / BKG, Daten verändert"
    assert len(json.dumps(content)) < 10_000
    assert len({item["short"] for item in content["districts"]}) == 22


def test_towns_lie_on_top_of_the_districts_around_them():
    order = [item["ags"] for item in outlines()["districts"]]
    assert order.index("16071") < order.index("16055")


def test_district_without_entry_has_no_link():
    markup = render_to_string("printing/drawings/_map.html", {"map": draw_map({}, [], description="")})
    assert "<a " not in markup
