"""Invented tables in the layouts of ffcsv."""

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2].parent / "shared"
REAL = Path(os.environ.get("LSZ_SHARED", BESIDE)) / "data" / "ffcsv"
HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;2_variable_attribute_code;"
    "2_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label"
)


def row(
    value,
    *,
    area="16065",
    variable="KREISE",
    time="2024-12-31",
    sex="",
    unit="Anzahl",
    measure="BEVSTD",
    statistic="12411",
):
    """A line about people of an area."""
    label = {"GESM": "männlich", "GESW": "weiblich", "": "Insgesamt"}.get(sex, sex)
    return (
        f"{statistic};Fortschreibung;STAG;Stichtag;{time};{variable};Gebiet;{area};Kyffhäuserkreis;"
        f"GES;Geschlecht;{sex};{label};{value};{unit};{measure};Bevölkerungsstand"
    )


def ffcsv(*rows, head=HEAD):
    """A file as it is downloaded."""
    return ("\ufeff" + "\n".join([head, *rows]) + "\n").encode()
