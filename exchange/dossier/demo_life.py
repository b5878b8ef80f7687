"""The life of the demonstration's plans: 2018 released, submitted, returned, approved; 2019 a draft with changes.

Every step goes through the domain, as people would take it, with days of the beginning of 2019. Remarks, answers and
the changes for 2019 are invented and marked as examples where they are records.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from participation.enums import Legitimises, Outcome
from participation.models import Body, Resolution
from planning.enums import MeasureState
from planning.models import Measure, Need
from plans.domain.plans import create_plan, save_chapter_text
from plans.domain.remarks import answer_remark, write_remark
from plans.enums import ChapterCode, PlanAction
from plans.models import ChapterText, Plan, PlanEvent, Remark
from plans.queries.versions import all_versions
from records.domain.saving import create_record, update_record
from records.life.moving import take_step
from records.vague import VagueDate

YEAR = 2018
WHY = (
    "Die offenen Punkte sind bekannt und in den Kapiteln benannt; sie werden mit der Fortschreibung bearbeitet. "
    "(Beispieltext der Vorführung)"
)
CONDITIONS = (
    "Beispiel: Die Werte der Qualitätskriterien für 2018 sind mit dem Sachbericht nachzureichen.\n\n"
    "Beispiel: Änderungen an den Maßnahmen sind vor Beginn anzuzeigen."
)


@dataclass(frozen=True)
class Note:
    """A remark, the answer to it, and the sentence that the chapter gains."""

    chapter: ChapterCode
    remark: str
    answer: str
    sentence: str


@dataclass(frozen=True)
class Story:
    """What happens in a model municipality. ``person`` ends the log-ins, ``measure`` and ``need`` are uids."""

    person: str
    notes: tuple[Note, ...]
    measure: str
    cost: Decimal
    need: str
    new_need: tuple[str, str]
    new_measure: tuple[str, str, Decimal]


STORIES = {
    "16065": Story(
        person="kyf",
        notes=(
            Note(
                ChapterCode.STEERING,
                "Bitte ergänzen Sie, welche Gruppen im Beirat beratend mitwirken und wie Ergebnisse an den Kreistag "
                "gehen.",
                "Ergänzt. Beratend wirken die Beauftragten des Landkreises mit.",
                "Beratend wirken im Beirat die Beauftragten des Landkreises mit. Ergebnisse gehen über den "
                "Jugendhilfeausschuss an den Kreistag.",
            ),
            Note(
                ChapterCode.CONTROLLING,
                "Bitte nennen Sie, bis wann die noch fehlenden Werte für 2018 vorliegen.",
                "Die Träger melden bis Ende März 2019.",
                "Fehlende Werte für 2018 melden die Träger bis Ende März 2019 nach.",
            ),
        ),
        measure="massnahme-rufbus",
        cost=Decimal("94500.00"),
        need="bedarf-begegnung",
        new_need=(
            "Überblick über Angebote für Familien an einem Ort",
            "Eltern und ältere Menschen suchen Angebote in vielen Quellen. Gewünscht ist eine gepflegte Übersicht, die "
            "auch ohne Internet erreichbar ist.",
        ),
        new_measure=(
            "Fortführung des Familienwegweisers mit Redaktion in den Gemeinden",
            "Zwei Termine im Jahr, an denen Gemeinden und Träger ihre Einträge prüfen; gedruckte Auszüge in den "
            "Rathäusern.",
            Decimal("6400.00"),
        ),
    ),
    "16077": Story(
        person="abg",
        notes=(
            Note(
                ChapterCode.RESOLUTIONS,
                "Bitte stellen Sie dar, welches Gremium den Plan beschlossen hat und welche Beschlüsse noch ausstehen.",
                "Ergänzt; der Planungsbeirat wird im Januar 2019 förmlich eingesetzt.",
                "Über die Maßnahmen des Plans berät künftig der Planungsbeirat, bevor der Kreistag entscheidet.",
            ),
            Note(
                ChapterCode.FINANCE,
                "Bitte erläutern Sie, welche Maßnahmen 2019 tatsächlich beginnen sollen.",
                "Im Text ergänzt.",
                "2019 sollen die geplanten Maßnahmen beginnen; Ideen bleiben ohne Ansatz, bis sie beraten sind.",
            ),
        ),
        measure="massnahme-familienzentrum",
        cost=Decimal("101500.00"),
        need="bedarf-begegnung",
        new_need=(
            "Begleitung von Familien mit pflegebedürftigen Angehörigen",
            "Wer pflegt und arbeitet, sucht Rat meist erst, wenn es eilt. Gewünscht sind Ansprechpersonen in den "
            "Gemeinden.",
        ),
        new_measure=(
            "Pflegelotsen in drei Gemeinden",
            "Geschulte Ehrenamtliche bieten feste Sprechzeiten an und vermitteln zum Pflegestützpunkt.",
            Decimal("8200.00"),
        ),
    ),
}


@transaction.atomic
def load_life(ags: str) -> bool:
    """Let the story of a model municipality happen, once. Returns False where it has happened already.

    All or nothing, although PDFs are made in between: nobody else works in a portal that is being filled.
    """
    municipality = Municipality.objects.get(ags=ags)
    plan = Plan.objects.select_related("municipality", "cycle__predecessor").get(municipality=municipality, year=YEAR)
    if PlanEvent.objects.filter(plan=plan).exists():
        return False
    story = STORIES[ags]
    people = People(story.person)
    with written_on(date(YEAR + 1, 1, 9)):
        give_resolution(municipality, people.planner)
    first_edition(plan, story, people)
    second_edition(plan, story, people)
    with written_on(date(YEAR + 1, 3, 20)):
        change_for_next_year(plan, story, people.planner)
    return True


@dataclass(frozen=True)
class People:
    """Who acts."""

    ending: str

    @property
    def planner(self) -> User:
        """The planner of the municipality."""
        return User.objects.get(username=f"planung-{self.ending}")

    @property
    def lead(self) -> User:
        """The Leitung of the municipality."""
        return User.objects.get(username=f"leitung-{self.ending}")

    @property
    def ministry(self) -> User:
        """The ministry."""
        return User.objects.get(username="ministerium")


def step(plan: Plan, action: PlanAction, actor: User, month: int, day: int, note: str = "") -> None:
    """A step at ten o'clock of a day in 2019."""
    when = date(YEAR + 1, month, day)
    with written_on(when):
        take_step(record=plan, action=action, actor=actor, version=plan.version, note=note, at=at_ten(when))


def give_resolution(municipality: Municipality, planner: User) -> None:
    """Where no resolution on the plan is documented, the demonstration invents one and says so."""
    rows = Resolution.objects.filter(municipality=municipality, legitimises=Legitimises.PLAN, outcome=Outcome.ADOPTED)
    if rows.exists():
        return
    council = Body.objects.filter(municipality=municipality, title="Kreistag").get()
    resolution = Resolution(
        municipality=municipality,
        body=council,
        resolved_on=VagueDate.from_iso("2018-12"),
        is_example=True,
        subject="Fachspezifischer integrierter Plan 2018",
        legitimises=Legitimises.PLAN,
        outcome=Outcome.ADOPTED,
        first_year=YEAR,
    )
    create_record(resolution, actor=planner)


def first_edition(plan: Plan, story: Story, people: People) -> None:
    """Released, submitted, returned with remarks."""
    step(plan, PlanAction.PROPOSE, people.planner, 1, 10)
    step(plan, PlanAction.RELEASE, people.lead, 1, 14, WHY)
    step(plan, PlanAction.SUBMIT, people.planner, 1, 15)
    step(plan, PlanAction.BEGIN_REVIEW, people.ministry, 1, 21)
    version = all_versions().get(plan=plan, edition=1)
    with written_on(date(YEAR + 1, 1, 30)):
        for note in story.notes:
            write_remark(version=version, chapter=note.chapter, text=note.remark, actor=people.ministry)
    step(plan, PlanAction.RETURN, people.ministry, 1, 31)


def second_edition(plan: Plan, story: Story, people: People) -> None:
    """Remarks answered, chapters mended, released again, approved and published."""
    step(plan, PlanAction.REVISE, people.planner, 2, 4)
    with written_on(date(YEAR + 1, 2, 8)):
        answer_remarks(plan, story, people)
    step(plan, PlanAction.PROPOSE, people.planner, 2, 11)
    step(plan, PlanAction.RELEASE, people.lead, 2, 12, WHY)
    step(plan, PlanAction.SUBMIT, people.planner, 2, 13)
    step(plan, PlanAction.BEGIN_REVIEW, people.ministry, 2, 18)
    step(plan, PlanAction.APPROVE, people.ministry, 3, 4, CONDITIONS)
    step(plan, PlanAction.PUBLISH, people.lead, 3, 6)


def answer_remarks(plan: Plan, story: Story, people: People) -> None:
    """The answers, and what the chapters gain by them."""
    for note in story.notes:
        remark = Remark.objects.get(plan_version__plan=plan, chapter=note.chapter)
        answer_remark(remark=remark, text=note.answer, settled=True, version=0, actor=people.planner)
        add_sentence(plan, note.chapter, note.sentence, people.planner)


def add_sentence(plan: Plan, chapter: ChapterCode, sentence: str, planner: User) -> None:
    """The chapter's own text with one more paragraph."""
    text = ChapterText.objects.get(plan=plan, chapter=chapter)
    save_chapter_text(
        plan=plan,
        code=chapter,
        text=f"{text.text}\n\n{sentence}",
        left_out=False,
        left_out_reason="",
        version=text.version,
        actor=planner,
    )


def change_for_next_year(plan: Plan, story: Story, planner: User) -> None:
    """The draft of the next year: its texts, a new need with a measure, other words, another amount."""
    following = create_plan(municipality=plan.municipality, cycle=plan.cycle, year=YEAR + 1, as_of=None, actor=planner)
    for text in ChapterText.objects.filter(plan=plan).order_by("pk"):
        words = text.text.replace(str(YEAR + 1), str(YEAR + 2)) if text.chapter == ChapterCode.FINANCE else text.text
        save_chapter_text(
            plan=following,
            code=ChapterCode(text.chapter),
            text=words,
            left_out=text.left_out,
            left_out_reason=text.left_out_reason,
            version=0,
            actor=planner,
        )
    measure = Measure.objects.get(municipality=plan.municipality, uid=story.measure)
    measure.yearly_cost = story.cost
    update_record(measure, version=measure.version, actor=planner, reason="Ansatz für 2019")
    like = Need.objects.get(municipality=plan.municipality, uid=story.need)
    like.description += " Vorrang haben Orte, die ohne Auto zu erreichen sind."
    update_record(like, version=like.version, actor=planner, reason="Ergebnis der Beratung im Beirat")
    add_need_and_measure(plan, story, like, planner)


def add_need_and_measure(plan: Plan, story: Story, like: Need, planner: User) -> None:
    """A new need in the Handlungsfelder of another, and the measure that answers it."""
    title, description = story.new_need
    need = Need(
        municipality=plan.municipality,
        cycle=plan.cycle,
        title=title,
        description=description,
        is_example=True,
        priority=like.priority,
        state=like.state,
    )
    fields = list(like.action_fields.all())
    phases = list(like.life_phases.all())
    create_record(need, actor=planner, links={"action_fields": fields, "life_phases": phases})
    title, description, cost = story.new_measure
    measure = Measure(
        municipality=plan.municipality,
        cycle=plan.cycle,
        title=title,
        description=description,
        is_example=True,
        action_field=fields[0],
        yearly_cost=cost,
        state=MeasureState.PLANNED,
        responsible="Sozialplanung",
        begin=VagueDate.from_iso("2019-Q3"),
    )
    create_record(measure, actor=planner, links={"needs": [need], "life_phases": phases})
