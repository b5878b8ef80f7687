"""Ausgangslage and mandate: conditions, earlier programmes, posts, agreements, strategies, documents."""

from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, SOURCE_GROUP
from planning.models import (
    Agreement,
    Certificate,
    Document,
    LinkedStrategy,
    Office,
    PlannerPost,
    PriorProgramme,
    StartingCondition,
)
from records.kind import Group, Mark, RecordKind
from records.registry import register

register(
    RecordKind(
        model=StartingCondition,
        segment="ausgangslage",
        section=Phase.MANDATE,
        title_field="",
        intro="Die vier Erfolgsindikatoren, eingeschätzt zu einem Zeitpunkt. Mehrere Einschätzungen zeigen den Weg.",
        empty_way=(
            "mit den vier Erfolgsindikatoren zum Start: Erfahrung mit Sozialplanung, Planerstelle, politischer Wille, "
            "Prozessbegleitung. Eine ehrliche erste Einschätzung zeigt später, was sich bewegt hat."
        ),
        columns=("indicator", "assessed_on", "maturity"),
        filters=("indicator", "maturity"),
        tags=("indicator", "maturity"),
        marks=(Mark("assessed_on", lane=Phase.MANDATE, routine=True),),
        groups=(
            Group(
                "Einschätzung",
                "Legen Sie für eine spätere Einschätzung einen neuen Eintrag an, statt den alten zu ändern.",
                (("indicator", "assessed_on"), "maturity"),
            ),
            Group("Begründung", "Die Leitfragen helfen, nichts zu übersehen.", ("answers", "comment")),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=PriorProgramme,
        segment="vorerfahrungen",
        section=Phase.MANDATE,
        intro="Frühere Programme und was sich davon nutzen lässt: Audit, Armutsprävention, Jugendhilfeplanung.",
        empty_way=(
            "mit dem Audit „Familiengerechter Landkreis“, der Armutsprävention oder der Jugendhilfeplanung. Leitbild, "
            "Gremien und Daten von dort lassen sich oft weiterverwenden."
        ),
        columns=("kind", "begin", "end"),
        filters=("kind",),
        tags=("kind",),
        marks=(Mark("begin", "end", shape="period", lane=Phase.MANDATE),),
        groups=(
            Group(
                "Programm",
                "Welches Programm es war und wie lange es lief.",
                ("title", "kind", ("begin", "end")),
            ),
            Group(
                "Was davon bleibt",
                "Ergebnisse und Strukturen, auf die die Planung aufbauen kann.",
                ("result", "reusable_structures"),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Certificate,
        segment="zertifikate",
        section=Phase.MANDATE,
        intro="Verliehene Zertifikate mit Gültigkeit und Rezertifizierung.",
        empty_way=(
            "mit dem Zertifikat aus einem Audit, seiner Gültigkeit und dem Termin der Rezertifizierung. Hat die "
            "Kommune keines, bleibt diese Liste leer."
        ),
        columns=("awarded_on", "valid_until", "recertification", "programme"),
        filters=("programme",),
        tags=("programme",),
        marks=(
            Mark("awarded_on", lane=Phase.MANDATE, label="Zertifikat: {title}"),
            Mark(
                "recertification",
                lane=Phase.MANDATE,
                label="Rezertifizierung: {title}",
                expected=lambda certificate: True,
            ),
        ),
        groups=(
            Group(
                "Zertifikat",
                "Wer es verliehen hat und aus welchem Programm es stammt.",
                ("title", ("issuer", "programme")),
            ),
            Group(
                "Gültigkeit",
                "Wann es verliehen wurde, bis wann es gilt und wann die Rezertifizierung ansteht.",
                ("awarded_on", ("valid_until", "recertification"), "note"),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Office,
        segment="dienststelle",
        section=Phase.MANDATE,
        intro="Von welcher Stelle Papiere kommen; so steht sie über jedem. Es gilt der neueste Eintrag.",
        empty_way=(
            "mit der Stelle, bei der die Sozialplanung angesiedelt ist, ihrer Anschrift und der Funktion, die Fragen "
            "beantwortet. Namen sind nicht nötig."
        ),
        columns=("address", "contact", "phone", "email"),
        groups=(
            Group(
                "Dienststelle",
                "Sie steht als Absender auf Einladung, Protokoll, Steckbrief, Finanzplan und Bericht.",
                ("title", "address", ("contact", "phone"), "email"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=PlannerPost,
        segment="planerstellen",
        section=Phase.MANDATE,
        intro="Die Stellen der Sozialplanung. Zeiten ohne Besetzung ergeben sich aus den Daten.",
        empty_way=(
            "mit der ersten Stelle, auch wenn sie nur zum Teil für das Landesprogramm da ist. Umfang und Beginn "
            "genügen; Wechsel und Vakanzen ergeben sich daraus."
        ),
        columns=("full_time_equivalent", "located_at", "begin", "end"),
        earlier=("yearly_cost",),
        filters=("is_lsz_post",),
        marks=(Mark("begin", "end", shape="period", lane=Phase.MANDATE),),
        groups=(
            Group(
                "Stelle",
                "Funktion und Sitz der Stelle, kein Name der Person.",
                ("title", ("full_time_equivalent", "located_at"), "is_lsz_post", "further_projects"),
            ),
            Group(
                "Besetzt",
                "Wird die Stelle neu besetzt, endet dieser Eintrag, und Sie legen einen neuen an.",
                (("begin", "end"),),
            ),
            Group("Anmerkung", "Was zur Stelle noch zu sagen ist, ohne Namen.", ("note",)),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Agreement,
        segment="vereinbarungen",
        section=Phase.MANDATE,
        intro="Verträge und Vereinbarungen, vor allem der Kooperationsvertrag mit dem Ministerium.",
        empty_way=(
            "mit dem Kooperationsvertrag mit dem Ministerium. Tragen Sie die Laufzeit ein und laden Sie die "
            "unterschriebene Fassung hoch."
        ),
        columns=("parties", "signed_on", "begin", "end"),
        marks=(
            Mark("signed_on", lane=Phase.MANDATE, label="{title} unterzeichnet"),
            Mark("begin", "end", shape="period", lane=Phase.MANDATE),
        ),
        groups=(
            Group("Vereinbarung", "Wer was miteinander vereinbart hat.", ("title", "parties", "content")),
            Group(
                "Unterzeichnung und Laufzeit",
                "Kennen Sie nur das Datum der Unterzeichnung, lassen Sie die Laufzeit leer.",
                ("signed_on", ("begin", "end")),
            ),
            DOCUMENTS_GROUP,
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=LinkedStrategy,
        inflected="verknüpften Strategien",
        segment="strategien",
        section=Phase.MANDATE,
        intro="Andere Strategien, mit denen die Planung verbunden ist, und was geteilt wird.",
        empty_way=(
            "mit der Armutsprävention und der Jugendhilfeplanung. Halten Sie fest, was Sie teilen: Zielgruppen, "
            "Gremien, Daten oder Mittel."
        ),
        columns=("kind", "agreed_on", "contact"),
        filters=("kind",),
        tags=("kind",),
        marks=(Mark("agreed_on", lane=Phase.MANDATE, label="Verknüpft: {title}"),),
        groups=(
            Group(
                "Strategie",
                "Um welche Strategie es geht und mit wem die Verbindung vereinbart ist.",
                ("title", "kind", ("agreed_on", "contact")),
            ),
            Group(
                "Was geteilt wird",
                "Füllen Sie nur aus, was wirklich geteilt wird.",
                ("shared_goals", "shared_target_groups", "shared_bodies", "shared_data", "shared_funds"),
            ),
            SOURCE_GROUP,
        ),
    ),
    RecordKind(
        model=Document,
        segment="dokumente",
        intro="Hochgeladene Dateien: Protokolle, Beschlüsse, Bescheide, Verträge, Fotos.",
        empty_way=(
            "mit den Protokollen und Beschlüssen, die schon vorliegen. Sie laden ein Dokument einmal hoch und ordnen "
            "es dann bei der Sitzung, dem Beschluss oder dem Schritt zu."
        ),
        columns=("dated", "original_name", "changed_at"),
        groups=(
            Group("Dokument", "Ein Titel, unter dem Sie die Datei wiederfinden.", ("title", "dated", "description")),
            Group("Datei", "PDF, Text- oder Tabellendokument oder Bild.", ("file",)),
            EXAMPLE_GROUP,
        ),
    ),
)
