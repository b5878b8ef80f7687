import itertools
import json
import re

from django.template.loader import render_to_string

from printing.drawings.communes import FOLDER, communes_of, region_map
from printing.drawings.thueringen import PATTERNS, Legend, MapArea, draw_map, outlines


def drawn():
    areas = {
        item["ags"]: MapArea(f"Kommune {item['ags']}", f"/ministerium/#{item['ags']}", PATTERNS[i % 8], "Entwurf")
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


def test_every_kreis_has_the_outlines_of_its_gemeinden_with_their_credit():
    keys = {item["ags"] for item in outlines()["districts"]}
    assert {path.stem for path in FOLDER.iterdir()} == keys
    assert sum(len(communes_of(key)["communes"]) for key in keys) == 631
    assert all(communes_of(key)["credit"] == "© GeoBasis-DE / BKG, Daten verändert" for key in keys)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 200_000


def test_regions_are_drawn_from_the_names_of_gemeinden_of_then_and_now():
    regions = {"West": ["Sondershausen"], "Ost": ["Artern/Unstrut", "Wiehe"], "Mitte": ["Bad Frankenhausen, Stadt"]}
    markup = region_map("16065", regions, uid="k")
    assert [title for title in regions if f">{title}</text>" in markup] == list(regions)
    assert markup.count("url(#k-") == 4, "Artern and Roßleben-Wiehe of today for the former ones"
    shared = region_map("16065", regions | {"Süd": ["Roßleben"]}, uid="k")
    assert shared.count("url(#k-") == 3, "Roßleben-Wiehe lies in two regions and stays white"


def test_labels_of_regions_lie_apart():
    communes = sorted(communes_of("16077")["names"])
    markup = region_map("16077", {f"Region {n} im Landkreis": communes[n::3] for n in range(3)}, uid="k")
    boxes = [
        tuple(map(float, box))
        for box in re.findall(r'<rect x="([\d.]+)" y="([\d.-]+)" width="([\d.]+)" height="12"', markup)
    ]
    assert len(boxes) == 3
    for one, other in itertools.combinations(boxes, 2):
        assert abs(one[1] - other[1]) >= 12 or one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]


def test_without_outlines_or_regions_there_is_no_map():
    assert region_map("16051", {"Nord": ["Erfurt"], "Süd": ["Erfurt"]}, uid="k") == ""
    assert region_map("16065", {"Alles": ["Sondershausen"]}, uid="k") == ""
    assert region_map("99999", {"A": ["X"], "B": ["Y"]}, uid="k") == ""
    assert region_map("../..", {"A": ["X"], "B": ["Y"]}, uid="k") == ""
