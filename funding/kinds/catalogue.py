"""Catalogues of money, kept by the ministry."""

from funding.models import BaseRate, CostKind
from planning.kinds.common import VALIDITY_GROUP
from records.kind import Group, RecordKind
from records.registry import register

register(
    RecordKind(
        model=CostKind,
        segment="kostenarten",
        intro="Nach welchen Arten Ausgaben in Finanzplan, Anträgen und Bescheiden gegliedert sind.",
        empty_way="Legen Sie zuerst Personal-, Sach-, Honorar- und Verwaltungsausgaben an.",
        columns=("code", "eligible", "position"),
        filters=("eligible",),
        groups=(
            Group(
                "Kostenart",
                "Was nicht zuwendungsfähig ist, zählt nicht zum Anteil des Landes.",
                ("title", ("code", "position"), "eligible", "description"),
            ),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=BaseRate,
        segment="basiszinssaetze",
        title_field="",
        intro=(
            "Der Basiszinssatz, über dem Zinsen auf zurückgeforderte Beträge gerechnet werden. Mitgeliefert sind die "
            "Sätze bis zum 31.12.2023; zu späteren widersprechen sich öffentliche Quellen. Tragen Sie sie ein, wie die "
            "Bundesbank sie bekannt gibt. Solange für einen Tag keiner eingetragen ist, nennt das Portal keine Zinsen "
            "und sagt, welcher fehlt."
        ),
        empty_way="Legen Sie jeden Zinssatz mit dem Tag an, ab dem er gilt, und nennen Sie die Bekanntmachung.",
        columns=("percent", "valid_from", "valid_until", "source"),
        groups=(
            Group("Zinssatz", "Er darf unter null liegen.", ("percent", "source")),
            VALIDITY_GROUP,
        ),
    ),
)
