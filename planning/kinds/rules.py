"""Settings of the programme by which plans are judged, kept by the ministry."""

from planning.kinds.common import VALIDITY_GROUP, next_year_initial
from planning.models import CheckRule, FundingRule
from records.kind import Group, RecordKind
from records.registry import register

register(
    RecordKind(
        model=CheckRule,
        segment="pruefregeln",
        title_field="code",
        intro="Was vor der Freigabe eines Plans geprüft wird, was sie verhindert und was nur ein Hinweis ist.",
        empty_way=(
            "Legen Sie zu einer Prüfung fest, ob sie die Freigabe verhindert, und erläutern Sie den Kommunen, warum. "
            "Ohne Eintrag gilt die Voreinstellung."
        ),
        columns=("severity", "valid_from", "valid_until"),
        filters=("code", "severity"),
        tags=("severity",),
        ordering=("sort_key",),
        groups=(
            Group(
                "Prüfung",
                "Zu jeder Prüfung gilt immer nur ein Eintrag. Löst ihn im Jahr ein anderer ab, zählt der spätere.",
                ("code", "severity", "exception_by_reason", "release_by_author", "explanation"),
            ),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=FundingRule,
        segment="foerderregeln",
        title_field="",
        intro="Die Grenzen der Förderung je Jahr: Landesanteil und Höchstbetrag. Die Prüfung der Pläne rechnet damit.",
        empty_way=(
            "Legen Sie den höchsten Landesanteil des Jahres für alle Kommunen an und danach den Höchstbetrag jeder "
            "Kommune."
        ),
        columns=("year", "maximum_share", "maximum_grant", "note"),
        filters=("applies_to",),
        tags=("year", "applies_to"),
        initial=next_year_initial,
        groups=(
            Group(
                "Geltung",
                "Der Eintrag einer Kommune geht dem für alle vor.",
                (("year", "applies_to"),),
            ),
            Group(
                "Grenzen",
                "Was leer bleibt, hat keine eigene Grenze.",
                (("maximum_share", "maximum_grant"), ("min_municipal_share", "share_base"), "note"),
            ),
            Group(
                "Verwendung und Nachweis",
                "Was leer bleibt, wird nicht geprüft.",
                (
                    "overrun_percent",
                    ("use_within", "use_unit"),
                    ("proof_due_months", "proof_due_day"),
                    "retention_years",
                    ("explain_percent", "explain_amount"),
                    "pay_within_days",
                ),
            ),
            Group(
                "Rückforderung und Zinsen",
                "Danach rechnet das Portal vor, was zurückzuzahlen ist. Jeden Betrag entscheidet ein Mensch.",
                (("interest_kind", "interest_points"), ("interest_from", "day_count"), "minor_amount"),
            ),
            VALIDITY_GROUP,
        ),
    ),
)
