"""The life of a plan on one screen: who may do what when (docs/product.md §5, §7).

``MOVES`` is the only table of steps, ``LIFE`` what records.life makes pages, lock and steps of. A step without entry
for the plan's state does not exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.enums import Action
from planning.enums import RuleCode
from plans.checks import blocking_of
from plans.checks.queries import Facts
from plans.domain.freezing import freeze, store_version
from plans.domain.step_details import SECOND_PERSON, details_of
from plans.enums import ACTION_SLUGS, ChapterCode, PlanAction, PlanState
from plans.models import ChapterText, Plan, PlanEvent, PlanVersion
from plans.queries.authors import in_words, writers_of
from plans.queries.resolutions import Legitimation, legitimation_of
from plans.queries.versions import lead_remarks_of, remarks_of, versions_of
from records.life.moving import BERLIN
from records.life.table import Attempt, Life, Move, Unmet, condition


def step_way(attempt: Attempt, action: PlanAction) -> tuple[str, str]:
    """Label and address of another step that helps."""
    name = f"plans:plan-{action.replace('_', '-')}"
    return str(action.label), reverse(name, args=[attempt.record.municipality.slug, attempt.record.pk])


# ---------------------------------------------------------------- conditions
def second_person_in_words(attempt: Attempt) -> str:
    """Who wrote the content, where the person did not."""
    written = in_words(writers_of(attempt.record))
    return f"Eine zweite Person gibt frei. Geschrieben haben: {written}." if written else "Eine zweite Person gibt frei"


@condition(second_person_in_words)
def second_person(attempt: Attempt) -> Iterable[Unmet]:
    """Four eyes: who wrote what the edition is made of, or put it forward, does not release it.

    The programme may let a written reason stand in for the second person; the edition says so for ever.
    """
    what = own_part(attempt)
    if what:
        words = f"Sie haben an dieser Fassung mitgeschrieben ({what}). Eine zweite Person gibt sie frei."
        propose = attempt.record.state == PlanState.DRAFT
        way = step_way(attempt, PlanAction.PROPOSE) if propose else ("", "")
        yield Unmet(SECOND_PERSON, words, by_reason=Facts(attempt.record).release_by_author, way=way)


def own_part(attempt: Attempt) -> str:
    """What of the edition the person wrote; empty where nothing."""
    return ", ".join(writers_of(attempt.record).get(attempt.actor.pk, [])) if attempt.actor is not None else ""


def legitimation(attempt: Attempt) -> Legitimation:
    """The resolution that counts on the day of the step."""
    return legitimation_of(attempt.record, attempt.at.astimezone(BERLIN).date())


@condition(lambda attempt: f"Beschluss: {legitimation(attempt).in_words}")
def resolution(attempt: Attempt) -> Iterable[Unmet]:
    """The political legitimation is a fact with a date; the programme may allow a written reason in its place."""
    found = legitimation(attempt)
    if found.found is None:
        by_reason = Facts(attempt.record).exception_by_reason
        yield Unmet("resolution", found.missing, by_reason=by_reason, way=found.way)


@condition("Kein offener Punkt verhindert die Freigabe")
def no_blocking_finding(attempt: Attempt) -> Iterable[Unmet]:
    """Findings that block by the programme's setting; a written reason lets the plan pass."""
    for finding in blocking_of(attempt.record):
        if finding.code != RuleCode.RESOLUTION:
            yield Unmet(finding.code, finding.text, by_reason=True, way=(finding.way, finding.url))


@condition("Keine Anmerkung der Leitung ist ohne Antwort")
def lead_remarks(attempt: Attempt) -> Iterable[Unmet]:
    """What the Leitung remarked before is answered, or it is written down why the plan passes all the same."""
    rows = [row for row in lead_remarks_of(attempt.record) if not hasattr(row, "answer")]
    if rows:
        plan: Plan = attempt.record
        chapter = ChapterCode(rows[0].chapter)
        url = f"{reverse('plans:plan-detail', args=[plan.municipality.slug, plan.pk])}?kapitel={chapter.slug}"
        one = f"Eine Anmerkung der Leitung (Kapitel {chapter.number}) hat noch keine Antwort."
        words = one if len(rows) == 1 else f"{len(rows)} Anmerkungen der Leitung haben noch keine Antwort."
        yield Unmet("lead_remarks", words, by_reason=True, way=("Anmerkung ansehen", url))


@condition("Mindestens eine Anmerkung geschrieben")
def remark(attempt: Attempt) -> Iterable[Unmet]:
    """A plan goes back with remarks, or the municipality would not know why."""
    version = versions_of(attempt.record).first()
    if version is None or not remarks_of(version).exists():
        place = [attempt.record.municipality.slug, attempt.record.pk]
        way = ("Anmerkung schreiben", reverse("plans:remark-create", args=place))
        yield Unmet("remark", "Schreiben Sie mindestens eine Anmerkung zu einem Kapitel.", way=way)


# ---------------------------------------------------------------- the table
@dataclass(frozen=True)
class PlanMove(Move):
    """``next_edition``: a new edition begins. ``frozen``: the step is about the frozen edition, not the plan alone."""

    next_edition: bool = False
    frozen: bool = True


A, S = PlanAction, PlanState
WRITE, RELEASE, REVIEW = Action.WRITE, Action.RELEASE, Action.REVIEW

MOVES: dict[str, PlanMove] = {
    A.PROPOSE: PlanMove(
        (S.DRAFT,),
        S.PROPOSED,
        WRITE,
        meaning="Der Plan wird der Leitung vorgelegt. Seine Texte lassen sich so lange nicht ändern.",
        done="Plan zur Freigabe gegeben.",
        asks="Hinweis an die Leitung",
        asks_for="Die Leitung liest ihn mit dem Plan.",
        locks=True,
        frozen=False,
    ),
    A.TAKE_BACK: PlanMove(
        (S.PROPOSED,),
        S.DRAFT,
        WRITE,
        meaning="Der Plan wird wieder Entwurf, seine Texte lassen sich wieder ändern.",
        done="Der Plan ist wieder Entwurf.",
        asks="Was noch zu tun ist",
        asks_for="Er steht im Verlauf des Plans.",
        frozen=False,
    ),
    A.RELEASE: PlanMove(
        (S.DRAFT, S.PROPOSED),
        S.RELEASED,
        RELEASE,
        (second_person, resolution, no_blocking_finding, lead_remarks),
        meaning="Daten und PDF dieser Fassung werden festgeschrieben und ändern sich nie mehr. "
        "Danach kann die Fassung eingereicht werden.",
        done="Fassung {record.edition} freigegeben und festgeschrieben.",
        asks="Grund, warum der Plan trotzdem freigegeben wird",
        asks_for="Er bleibt für immer mit der Fassung verbunden.",
        reason_only=True,
        despite="Sie können trotzdem freigeben, wenn Sie unten den Grund aufschreiben.",
        locks=True,
        prepare=lambda attempt: freeze(attempt.record, attempt.at.astimezone(BERLIN), is_alone=bool(own_part(attempt))),
        doing="{record}, Fassung {record.edition}, wird freigegeben",
    ),
    A.WITHDRAW: PlanMove(
        (S.RELEASED,),
        S.DRAFT,
        RELEASE,
        meaning="Die Fassung wird nicht eingereicht. Es beginnt ein neuer Entwurf.",
        done="Freigabe zurückgenommen. Fassung {record.edition} ist der neue Entwurf.",
        asks="Grund",
        asks_for="Die freigegebene Fassung bleibt erhalten und wird als zurückgezogen gekennzeichnet.",
        must_say=True,
        next_edition=True,
    ),
    A.SUBMIT: PlanMove(
        (S.RELEASED,),
        S.SUBMITTED,
        WRITE,
        meaning="Das Ministerium erhält die freigegebene Fassung. Sie bekommen eine Eingangsbestätigung mit Zeit und "
        "Prüfnummer.",
        done="Fassung {record.edition} eingereicht.",
        asks="Begleitschreiben",
        asks_for="Das Ministerium liest es mit dem Plan.",
        locks=True,
    ),
    A.BEGIN_REVIEW: PlanMove(
        (S.SUBMITTED,),
        S.IN_REVIEW,
        REVIEW,
        meaning="Die Kommune sieht, dass geprüft wird. Danach lassen sich Anmerkungen schreiben.",
        done="Prüfung begonnen.",
        locks=True,
    ),
    A.RETURN: PlanMove(
        (S.IN_REVIEW,),
        S.RETURNED,
        REVIEW,
        (remark,),
        meaning="Die Kommune erhält Ihre Anmerkungen und beginnt eine neue Fassung.",
        done="Fassung {record.edition} zurückgegeben.",
        asks="Zusammenfassung für die Kommune",
        asks_for="Sie steht vor den Anmerkungen zu den Kapiteln.",
        locks=True,
    ),
    A.APPROVE: PlanMove(
        (S.IN_REVIEW,),
        S.APPROVED,
        REVIEW,
        meaning="Die Fassung gilt als bewilligt. Die Kommune sieht Ihre Nebenbestimmungen und Anmerkungen.",
        done="Fassung {record.edition} bewilligt.",
        asks="Nebenbestimmungen",
        asks_for="Auflagen und Bedingungen des Bescheids; eine je Absatz.",
        locks=True,
    ),
    A.REVISE: PlanMove(
        (S.RETURNED,),
        S.DRAFT,
        WRITE,
        meaning="Es beginnt der Entwurf der nächsten Fassung. Die zurückgegebene bleibt unverändert erhalten.",
        done="Fassung {record.edition} begonnen.",
        next_edition=True,
        frozen=False,
    ),
    A.PUBLISH: PlanMove(
        (S.APPROVED,),
        S.PUBLISHED,
        RELEASE,
        meaning="Alle können die bewilligte Fassung ohne Anmeldung lesen.",
        done="Fassung {record.edition} veröffentlicht.",
        locks=True,
    ),
    A.UNPUBLISH: PlanMove(
        (S.PUBLISHED,),
        S.APPROVED,
        RELEASE,
        meaning="Die Fassung bleibt bewilligt, ist aber nicht mehr öffentlich.",
        done="Veröffentlichung zurückgenommen.",
        asks="Grund",
        asks_for="Die Seite für die Öffentlichkeit zeigt den Plan danach nicht mehr.",
        must_say=True,
        locks=True,
    ),
    A.AMEND: PlanMove(
        (S.APPROVED, S.PUBLISHED),
        S.DRAFT,
        WRITE,
        meaning="Es beginnt der Entwurf einer neuen Fassung für dasselbe Jahr.",
        done="Fassung {record.edition} begonnen.",
        asks="Grund der Änderung",
        asks_for="Die bewilligte Fassung gilt weiter, bis die neue bewilligt ist.",
        must_say=True,
        next_edition=True,
        frozen=False,
    ),
}


def edition_after(move: PlanMove, plan: Plan) -> dict[str, Any]:
    """What a step changes besides the state."""
    return {"edition": plan.edition + 1} if move.next_edition else {}


def columns_of(action: str, attempt: Attempt, frozen: Any, outweighed: list[Unmet]) -> dict[str, Any]:
    """The edition that a step is about and what was true then; releasing stores the edition.

    Raises StepRefused where the records have changed since its PDF was made.
    """
    plan: Plan = attempt.record
    version: PlanVersion | None = None
    if frozen:
        version = store_version(plan=plan, frozen=frozen, actor=attempt.actor, at=attempt.at)
    elif MOVES[action].frozen:
        version = versions_of(plan).filter(edition=plan.edition).first()
    return {
        "version": version,
        "edition": plan.edition,
        "details": details_of(action, attempt, version, outweighed),
    }


SAYS: dict[str, str] = {
    S.DRAFT: "Der Plan ist noch ein Entwurf. Zuerst gibt ihn die Leitung frei.",
    S.PROPOSED: "Der Plan liegt bei der Leitung. Bitten Sie sie, ihn zurückzugeben, "
    f"oder holen Sie ihn selbst zurück: „{A.TAKE_BACK.label}“.",
    S.RELEASED: "Die Fassung ist freigegeben und ändert sich nicht mehr. Muss noch etwas anders werden, bitten Sie die "
    "Leitung, die Freigabe zurückzunehmen.",
    S.SUBMITTED: "Der Plan liegt beim Ministerium. Muss noch etwas anders werden, bitten Sie das Ministerium, ihn "
    "zurückzugeben.",
    S.IN_REVIEW: "Das Ministerium prüft den Plan. Muss noch etwas anders werden, bitten Sie das Ministerium, ihn "
    "zurückzugeben.",
    S.RETURNED: "Das Ministerium hat diese Fassung zurückgegeben; sie ändert sich nicht mehr. "
    f"Weiter geht es mit „{A.REVISE.label}“.",
    S.APPROVED: f"Die Fassung ist bewilligt und ändert sich nicht mehr. Eine neue beginnt mit „{A.AMEND.label}“.",
    S.PUBLISHED: f"Die Fassung ist veröffentlicht und ändert sich nicht mehr. Eine neue beginnt mit „{A.AMEND.label}“.",
}

LIFE = Life(
    model=Plan,
    steps=PlanEvent,
    owner="plan",
    states=PlanState,
    actions=PlanAction,
    moves=MOVES,  # type: ignore[arg-type]
    start=S.DRAFT,
    says=SAYS,
    slugs=ACTION_SLUGS,
    row=(S.DRAFT, S.RELEASED, S.SUBMITTED, S.IN_REVIEW, S.APPROVED, S.PUBLISHED),
    stands_at={S.PROPOSED: S.DRAFT, S.RETURNED: S.IN_REVIEW},
    ahead={
        S.RELEASED: "durch die Leitung",
        S.IN_REVIEW: "durch das Ministerium",
        S.APPROVED: "durch das Ministerium",
        S.PUBLISHED: "durch die Leitung",
    },
    main=(A.RELEASE, A.PROPOSE, A.SUBMIT, A.BEGIN_REVIEW, A.APPROVE, A.REVISE, A.PUBLISH),
    parts=((ChapterText, "plan"),),
    sets=edition_after,
    columns=columns_of,
)
