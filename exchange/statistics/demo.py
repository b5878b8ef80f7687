"""Published numbers of the model municipalities for the demonstration, read in as any file of the statistics."""

from pathlib import Path

from django.db import transaction

from exchange.statistics.layout import SeriesKey, read_observations
from exchange.statistics.review import NEW, Choice
from exchange.statistics.storing import new_import, sha_of, store_file
from planning.models import Indicator
from planning.queries.official import is_read_in

DATA = Path(__file__).parent / "data"
# To which Kennzahl of the catalogue a combination belongs; the others of the tables are left out.
JOINED = {
    SeriesKey("12411", "BEVSTD", "Anzahl", "GES="): "kennzahl-bevoelkerung",
    SeriesKey("12211", "LBFMZ01", "1000", "LBFORM01=FAMILIEN"): "kennzahl-familien-mit-kindern",
}
TABLES = ("12411-01-01-4.csv", "12211-Z-11.csv")


@transaction.atomic
def load_figures() -> int:
    """Read in what is not read in yet; returns how many values came."""
    known = {one.uid: one.pk for one in Indicator.objects.filter(uid__in=JOINED.values())}
    joined = {key: known[uid] for key, uid in JOINED.items() if uid in known}
    added = 0
    for name in TABLES:
        with (DATA / name).open("rb") as file:
            if is_read_in(sha_of(file)):
                continue
            _, rows = read_observations(file)
            others = {seen.series for seen in rows} - {*joined}
            choice = Choice(makes=True, joined=joined, left_out=frozenset(others))
            waiting = new_import(file, name=name, user=None, municipality=None)
            added += store_file(file, waiting=waiting, choice=choice, actor=None).counts[NEW]
    return added
