"""Outlines of the Gemeinden of a Kreis, and the map of regions that are made of them, for print.

``python -m printing.drawings.communes gemeinden.geojson changed.csv`` makes ``printing/data/gemeinden/<Kreis>.json``
(GeoJSON with ``ags`` and ``name``; CSV with ``name_2017``, ``ags_2022``, ``name_2022``). The outlines are of 2022; a
Gemeinde of before leads to the one in which it lies now. Source: © GeoBasis-DE / BKG, Daten verändert.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from accounts.text import fold
from printing.drawings.outlines import CREDIT, LATITUDE, Point, label_point, relative_path
from printing.drawings.text import text_width

FOLDER = Path(__file__).resolve().parent.parent / "data" / "gemeinden"
AS_OF = "15. Mai 2022"  # of the outlines
WIDTH, HEIGHT = 380, 250  # of the map in points; it fills one of the two
FILLS = ("diagonal", "dots", "rows", "cross", "dense", "empty")  # neighbours stay apart in grey
TEXT, LABEL = 8, 12  # size of the labels and height of their ground in points
SEVERAL = "mehrere Regionen"


@dataclass(frozen=True)
class RegionLabel:
    """A region's title on a white ground above its hatching; all numbers are ready to be written."""

    text: str
    x: str
    y: str
    width: str
    text_x: str
    text_y: str


@dataclass(frozen=True)
class RegionMap:
    """What the template writes: outlines with their fill, borders between regions are those of Gemeinden."""

    uid: str
    title: str
    width: str
    height: str
    view: str
    scale: str
    outlines: tuple[tuple[str, str], ...]
    labels: tuple[RegionLabel, ...]


def plain_name(name: str) -> str:
    """„Bad Frankenhausen/Kyffhäuser“ and „Bad Frankenhausen, Stadt“ are the same Gemeinde."""
    return fold(name.split("/", maxsplit=1)[0].split(",", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip())


@cache
def communes_of(district: str) -> dict[str, Any] | None:
    """The outlines of a Kreis by its official key, read once; None where there are none."""
    path = FOLDER / f"{district}.json"
    if not district.isdigit() or not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def region_map(district: str, regions: Mapping[str, Iterable[str]], *, uid: str) -> SafeString:
    """Regions by title with the names of their Gemeinden as SVG; empty where they cannot be told apart on a map.

    An outline in which Gemeinden of several regions lie today stays white.
    """
    content = communes_of(district)
    drawn = place(content, regions) if content else {}
    titles = [title for title in regions if title in drawn.values()]
    if content is None or len(titles) < 2:
        return mark_safe("")
    scale = min(WIDTH / content["width"], HEIGHT / content["height"])
    fills = {title: FILLS[number % len(FILLS)] for number, title in enumerate(titles)}
    outlines = tuple((item["d"], fills.get(drawn.get(item["ags"], ""), "")) for item in content["communes"])
    said = ", ".join(titles)
    width, height = content["width"] * scale, content["height"] * scale
    shape = RegionMap(
        uid,
        f"Karte der Planungsregionen {said}. Ihre Gemeinden nennt die Tabelle.",
        f"{width:.1f}",
        f"{height:.1f}",
        f"-1 -1 {width + 2:.1f} {height + 2:.1f}",
        f"{scale:.4f}",
        outlines,
        labels_of(content, drawn, titles, scale),
    )
    html = render_to_string("printing/drawings/_region_map.html", {"map": shape})
    return mark_safe(html)  # made by a template


def place(content: dict[str, Any], regions: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The region of each outline."""
    known = {plain_name(name): ags for name, ags in content["names"].items()}
    found: dict[str, str] = {}
    for title, names in regions.items():
        for ags in {known[plain_name(name)] for name in names if plain_name(name) in known}:
            found[ags] = title if found.get(ags, title) == title else SEVERAL
    return found


def labels_of(
    content: dict[str, Any], drawn: Mapping[str, str], titles: Iterable[str], scale: float
) -> tuple[RegionLabel, ...]:
    """Each title on that Gemeinde of its region which is nearest to the middle of all and where no other one stands."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for title in titles:
        own = [item for item in content["communes"] if drawn.get(item["ags"]) == title]
        x, y = (sum(item[axis] for item in own) / len(own) for axis in ("x", "y"))
        own.sort(key=lambda item: (item["x"] - x) ** 2 + (item["y"] - y) ** 2)
        width = text_width(title, TEXT, 600) + 6
        room = content["width"] * scale - width
        places = [(min(max(i["x"] * scale - width / 2, 0), room), i["y"] * scale - LABEL / 2, width) for i in own]
        place = next((place for place in places if not any(overlap(place, other) for other in taken)), places[0])
        taken.append(place)
        left, top, _ = place
        found.append(RegionLabel(title, *(f"{number:.1f}" for number in (left, top, width, left + 3, top + 9))))
    return tuple(found)


def overlap(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """True for two labels (left, top, width) that touch."""
    return one[0] < other[0] + other[2] and other[0] < one[0] + one[2] and abs(one[1] - other[1]) < LABEL


# ---------------------------------------------------------------- making the files
def write_communes(geojson: str, changed: str) -> None:
    """Project, round, write one file for each Kreis."""
    features = json.loads(Path(geojson).read_text(encoding="utf-8"))["features"]
    names: dict[str, dict[str, str]] = defaultdict(dict)
    with Path(changed).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in (row["name_2017"], row["name_2022"]):
                names[row["ags_2022"][:5]][name] = row["ags_2022"]
    by_district = defaultdict(list)
    for feature in features:
        by_district[feature["properties"]["ags"][:5]].append(feature)
    FOLDER.mkdir(exist_ok=True)
    for district, own in by_district.items():
        content = {"credit": CREDIT, **projected(own), "names": dict(sorted(names[district].items()))}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (FOLDER / f"{district}.json").write_text(text + "\n", encoding="utf-8")


def rings_of(feature: dict[str, Any]) -> list[list[Point]]:
    """The rings of one polygon or of several, the longest first."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return sorted((ring for part in parts for ring in part), key=len, reverse=True)


def projected(features: Sequence[dict[str, Any]], width: int = 600) -> dict[str, Any]:
    """The outlines in drawing units, ``width`` wide."""
    stretch = cos(radians(LATITUDE))
    flat = [(x * stretch, -y) for feature in features for ring in rings_of(feature) for x, y in ring]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    scale = width / (max(x for x, _ in flat) - left)
    communes = []
    for feature in sorted(features, key=lambda item: str(item["properties"]["ags"])):
        rings = [[((x * stretch - left) * scale, (-y - top) * scale) for x, y in ring] for ring in rings_of(feature)]
        x, y = label_point(rings)
        path = "".join(relative_path(ring) for ring in rings)
        communes.append({"ags": feature["properties"]["ags"], "x": x, "y": y, "d": path})
    return {"width": width, "height": round((max(y for _, y in flat) - top) * scale), "communes": communes}


if __name__ == "__main__":
    write_communes(*sys.argv[1:3])
