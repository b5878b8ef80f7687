"""Applications with their costs, financing and criteria, the check list, requests for papers, and votes."""

from typing import Any

from funding.enums import Actor
from funding.models import (
    BoardVote,
    CheckAnswer,
    CheckItem,
    CostPosition,
    FinancePosition,
    FundingApplication,
    Inquiry,
    OfferedCriterion,
)
from funding.queries.standing import standings
from planning.enums import Phase
from planning.kinds.common import DOCUMENTS_GROUP, EXAMPLE_GROUP, VALIDITY_GROUP, next_year_initial
from records.grid import Grid
from records.kind import Group, Reckoned, RecordKind
from records.registry import register


def of_its_call(call: Any) -> dict[str, Any]:
    """What an application knows from its call."""
    return {"project_class": call.project_class, "year": call.year}


def of_its_provider(provider: Any) -> dict[str, Any]:
    """Who applies, where it is a Träger that is known."""
    return {"applicant": provider.title, "contact": provider.contact}


ACTORS = tuple((str(code), str(label)) for code, label in Actor.choices if code != Actor.LAND)


def who_acts(pks: list[int]) -> dict[int, tuple[str, str]]:
    """Of many applications the line that says who acts next, and who that is."""
    return {pk: (found.line, str(found.actor)) for pk, found in standings(pks).items()}


register(
    RecordKind(
        model=FundingApplication,
        segment="antraege",
        section=Phase.IMPLEMENTATION,
        in_menu=False,
        also_in=(Phase.IMPLEMENTATION,),
        intro="Wer sich um Geld bewirbt, wofür, und wie weit es damit ist.",
        empty_way="mit einem Antrag, der auf Papier oder per E-Mail gekommen ist.",
        columns=("applicant", "project_class", "year", "state"),
        reckoned=(Reckoned("dran", "Wer ist dran", ACTORS, who_acts),),
        filters=("call", "project_class", "state", "action_field", "provider"),
        tags=("state", "project_class"),
        initial=next_year_initial,
        begun_from=(("call", of_its_call), ("provider", of_its_provider)),
        groups=(
            Group(
                "Antrag",
                "Wer sich worum bewirbt und wie der Antrag gekommen ist.",
                ("title", ("call", "project_class"), "year", ("received_on", "channel")),
            ),
            Group(
                "Antragsteller",
                "Wie er im Antrag steht; gibt es ihn schon als Träger, wählen Sie ihn dazu.",
                (
                    ("applicant", "provider"),
                    ("legal_form", "nonprofit_until"),
                    "address",
                    ("contact", "email"),
                    "phone",
                    ("iban", "account_holder"),
                    "deducts_vat",
                ),
            ),
            Group(
                "Vorhaben",
                "Was getan wird, für wen und warum.",
                (
                    ("starts_on", "ends_on"),
                    "action_field",
                    "goals",
                    "needs",
                    "target_groups",
                    "life_phases",
                    "regions",
                    "description",
                    "need_text",
                    "approach",
                    "cooperation",
                    "sustainability",
                    "other_applications",
                ),
            ),
            Group(
                "Bearbeitung",
                "Was die Stelle dazu festhält.",
                (("early_begin", "early_begin_on"), "measure", "note"),
            ),
            DOCUMENTS_GROUP,
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=CostPosition,
        segment="antragsausgaben",
        section=Phase.IMPLEMENTATION,
        parent="application",
        grid=Grid(("cost_kind", "title", "basis", "quantity", "rate", "amount", "eligible")),
        in_menu=False,
        intro="Womit der Antrag rechnet.",
        empty_way="mit den Ausgaben des Kostenplans, eine je Zeile.",
        columns=("application", "cost_kind", "amount", "eligible"),
        filters=("application", "cost_kind"),
        groups=(
            Group(
                "Ausgabe",
                "Art, Grund und Betrag.",
                ("application", ("cost_kind", "title"), "basis", ("quantity", "rate"), "amount", "eligible"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=FinancePosition,
        segment="antragsfinanzierungen",
        section=Phase.IMPLEMENTATION,
        title_field="giver",
        parent="application",
        grid=Grid(("source", "giver", "amount", "promise")),
        in_menu=False,
        intro="Wer den Antrag bezahlt.",
        empty_way="mit der beantragten Zuwendung und den eigenen Mitteln des Trägers.",
        columns=("application", "source", "amount", "promise"),
        filters=("application", "source"),
        groups=(
            Group(
                "Finanzierung",
                "Quelle, Geldgeber und Betrag.",
                ("application", ("source", "giver"), ("amount", "promise")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=OfferedCriterion,
        segment="angebotene-kriterien",
        inflected="angebotenen Kriterien",
        section=Phase.IMPLEMENTATION,
        parent="application",
        grid=Grid(("title", "kind", "unit", "baseline", "target", "method")),
        in_menu=False,
        intro="Woran der Träger seinen Erfolg messen lässt.",
        empty_way="mit einem Kriterium, das der Träger selbst zählen kann.",
        columns=("application", "kind", "target"),
        filters=("application", "kind"),
        groups=(
            Group(
                "Kriterium",
                "Wird mit der Bewilligung ein Qualitätskriterium der Maßnahme.",
                ("application", "title", ("kind", "unit"), ("baseline", "target"), "method"),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=CheckItem,
        segment="pruefpunkte",
        intro="Was bei jedem Antrag geprüft wird.",
        empty_way="Legen Sie die Unterlagen und Angaben an, ohne die kein Bescheid ergeht.",
        columns=("project_class", "final", "position"),
        filters=("project_class",),
        groups=(
            Group(
                "Prüfpunkt",
                "Was zu prüfen ist und wann es beantwortet sein muss.",
                ("title", ("project_class", "position"), "final", "explanation"),
            ),
            VALIDITY_GROUP,
        ),
    ),
    RecordKind(
        model=CheckAnswer,
        segment="pruefergebnisse",
        section=Phase.IMPLEMENTATION,
        title_field="",
        key=("application", "item"),
        parent="application",
        grid=Grid(("item", "answer", "note")),
        in_menu=False,
        intro="Was die Prüfung der Anträge ergeben hat.",
        empty_way="mit den Prüfpunkten auf der Seite eines Antrags.",
        columns=("application", "answer", "note"),
        filters=("application", "answer"),
        groups=(
            Group("Prüfergebnis", "Ein Prüfpunkt, eine Antwort.", ("application", ("item", "answer"), "note")),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=Inquiry,
        segment="nachforderungen",
        section=Phase.IMPLEMENTATION,
        parent="application",
        grid=Grid(("title", "sent_on", "until", "answered_on", "answer")),
        in_menu=False,
        intro="Welche Unterlagen bis wann nachzureichen sind.",
        empty_way="mit der ersten fehlenden Unterlage eines Antrags.",
        columns=("application", "until", "answered_on"),
        filters=("application",),
        groups=(
            Group(
                "Nachforderung",
                "Was fehlt, bis wann, und was daraus wurde.",
                ("application", "title", ("sent_on", "until"), ("answered_on", "answer")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
    RecordKind(
        model=BoardVote,
        segment="voten",
        section=Phase.IMPLEMENTATION,
        title_field="",
        key=("application", "session"),
        parent="application",
        in_menu=False,
        intro="Was Gremien zu Anträgen empfohlen haben.",
        empty_way="mit der Sitzung, in der über Anträge beraten wurde.",
        columns=("application", "session", "recommendation", "amount"),
        filters=("session", "recommendation"),
        groups=(
            Group(
                "Votum",
                "Was die Sitzung zu dem Antrag empfohlen hat.",
                ("application", ("session", "item"), ("recommendation", "amount"), "remark"),
            ),
            Group(
                "Stimmen",
                "Wer befangen ist, wirkt nicht mit und zählt nur dort.",
                (("votes_for", "votes_against"), ("abstentions", "biased")),
            ),
            EXAMPLE_GROUP,
        ),
    ),
)
