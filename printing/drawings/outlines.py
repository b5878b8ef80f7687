"""Makes ``printing/data/thueringen.json``: outlines of the districts in drawing units, small enough for a page.

``python -m printing.drawings.outlines kreise.geojson shorts.csv`` (GeoJSON with ``ags``; CSV with ``ags,short``).
x = lon · cos 50.9°, y = −lat, scaled to 620 wide with a margin of 10, rounded to whole units: neighbours share points,
so their borders stay together. Source: © GeoBasis-DE / BKG, Daten verändert.
"""

import csv
import itertools
import json
import sys
from collections.abc import Sequence
from math import cos, hypot, radians
from pathlib import Path

OUTLINES = Path(__file__).resolve().parent.parent / "data" / "thueringen.json"
CREDIT = "© GeoBasis-DE / BKG, Daten verändert"
DRAWN_WIDTH, MARGIN, LATITUDE = 620, 10, 50.9

Point = tuple[float, float]


def relative_path(ring: Sequence[Point]) -> str:
    """A closed ring as compact relative path data, without repeated points."""
    points = [(round(x), round(y)) for x, y in ring]
    kept = [point for index, point in enumerate(points[:-1]) if point != points[index - 1]]
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(kept)]
    line = "".join(f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}" for dx, dy in moves)
    return f"M{kept[0][0]} {kept[0][1]}l{line.strip()}z"


def inside(x: float, y: float, rings: Sequence[Sequence[Point]]) -> bool:
    """Even-odd rule over all rings."""
    odd = False
    for ring in rings:
        for (xa, ya), (xb, yb) in itertools.pairwise(ring):
            if (ya > y) != (yb > y) and x < (xb - xa) * (y - ya) / (yb - ya) + xa:
                odd = not odd
    return odd


def distance(x: float, y: float, rings: Sequence[Sequence[Point]]) -> float:
    """To the nearest edge; across counts half, because labels are wide."""
    least = float("inf")
    for ring in rings:
        for (xa, ya), (xb, yb) in itertools.pairwise(ring):
            dx, dy = xb - xa, yb - ya
            share = max(0.0, min(1.0, ((x - xa) * dx + (y - ya) * dy) / ((dx * dx + dy * dy) or 1)))
            least = min(least, hypot((xa + share * dx - x) / 2, ya + share * dy - y))
    return least


def label_point(rings: Sequence[Sequence[Point]]) -> tuple[int, int]:
    """The point inside that lies farthest from every edge."""
    xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
    grid = [
        (x, y)
        for x in range(int(min(xs)), int(max(xs)), 2)
        for y in range(int(min(ys)), int(max(ys)), 2)
        if inside(x, y, rings)
    ]
    return max(grid, key=lambda point: distance(point[0], point[1], rings))


def write_outlines(geojson: str, shorts: str) -> None:
    """Project, round, write; districts before towns, so that towns lie on top."""
    features = json.loads(Path(geojson).read_text(encoding="utf-8"))["features"]
    with Path(shorts).open(encoding="utf-8") as file:
        codes = {row["ags"]: row["short"] for row in csv.DictReader(file)}
    stretch = cos(radians(LATITUDE))
    flat = [(x * stretch, -y) for feature in features for ring in feature["geometry"]["coordinates"] for x, y in ring]
    left, right = min(x for x, _ in flat), max(x for x, _ in flat)
    top, bottom = min(y for _, y in flat), max(y for _, y in flat)
    scale = DRAWN_WIDTH / (right - left)
    districts = []
    features.sort(key=lambda feature: (feature["properties"]["kind"] != "Landkreis", feature["properties"]["ags"]))
    for feature in features:
        rings = [
            [(MARGIN + (x * stretch - left) * scale, MARGIN + (-y - top) * scale) for x, y in ring]
            for ring in feature["geometry"]["coordinates"]
        ]
        ags = feature["properties"]["ags"]
        x, y = label_point(rings)
        path = "".join(relative_path(ring) for ring in rings)
        districts.append({"ags": ags, "short": codes[ags], "x": x, "y": y, "d": path})
    content = {
        "credit": CREDIT,
        "width": DRAWN_WIDTH + 2 * MARGIN,
        "height": round((bottom - top) * scale) + 2 * MARGIN,
        "districts": districts,
    }
    OUTLINES.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_outlines(*sys.argv[1:3])
