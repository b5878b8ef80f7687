"""The plan on one page: sentences from nothing but its content. What the content does not say has no sentence."""

import re
from collections import Counter
from collections.abc import Iterable, Sized
from dataclasses import dataclass
from typing import Any

from plans import bodies
from plans.content import PlanContent
from plans.enums import ChapterCode as Code
from printing.templatetags.papers import betrag, lang, zahl

HIGH, HELD, ADOPTED, PLAN, IDEA = "hoch", "stattgefunden", "beschlossen", "Plan", "Idee"
RESOLUTION = "Beschluss"
YEAR = re.compile(r"\d{4}")
MOST_NAMED = 3  # needs named with their title


@dataclass(frozen=True)
class Topic:
    """What the plan says about one of its subjects, in sentences."""

    title: str
    text: str


def summary_of(content: PlanContent) -> tuple[Topic, ...]:
    """The topics in the order of the chapters; those without a sentence are left out."""
    of = {chapter.code: chapter.body for chapter in content.chapters}
    found = (
        Topic("Auftrag", sentences(mandate(content, of.get(Code.MANDATE)))),
        Topic("Beteiligung", sentences(participation(of.get(Code.STEERING)))),
        Topic("Bestand", sentences(inventory(of.get(Code.INVENTORY)))),
        Topic("Bedarf", sentences(needs(of.get(Code.NEEDS)))),
        Topic("Ziele", sentences(goals(of.get(Code.GOALS)))),
        Topic("Maßnahmen", sentences(measures(of.get(Code.MEASURES)))),
        Topic("Geld", sentences(money(of.get(Code.FINANCE)))),
        Topic("Wirkung", sentences(results(content.year, of.get(Code.CONTROLLING)))),
        Topic("Beschluss", sentences(resolutions(content, of.get(Code.RESOLUTIONS)))),
    )
    return tuple(topic for topic in found if topic.text)


def sentences(parts: Iterable[str]) -> str:
    """The sentences in a row."""
    return " ".join(f"{part}." for part in parts if part)


def together(parts: Iterable[str]) -> str:
    """„a, b und c“; empty parts are left out."""
    *first, last = [part for part in parts if part]
    return f"{', '.join(first)} und {last}" if first else last


def counted(count: int, one: str, many: str) -> str:
    """„1 Bedarf“, „15 Bedarfe“, nothing for none."""
    return f"{zahl(count)} {one if count == 1 else many}" if count else ""


def mandate(content: PlanContent, body: Any) -> Iterable[str]:
    """Year, cycle, Stufe and post."""
    if content.year and content.cycle:
        is_named = content.cycle.startswith("Planungszyklus")
        cycle = content.cycle if is_named else f"Planungszyklus „{content.cycle}“"
        yield f"Dieser Plan gilt für das Jahr {content.year} im {cycle}"
    if isinstance(body, bodies.MandateBody):
        if body.levels and body.levels[-1].begin and not body.levels[-1].end:
            yield f"Seit {lang(body.levels[-1].begin)} gilt {body.levels[-1].title}"
        held = [post for post in body.posts if not post.vacant and post.extent is not None and not post.end]
        if held:
            posts = together(f"{zahl(post.extent)} VzÄ {post.title}" for post in held)
            yield f"Für die Planung {'ist' if len(held) == 1 else 'sind'} besetzt: {posts}"


def participation(body: Any) -> Iterable[str]:
    """Bodies, sessions, events, surveys and what they brought."""
    if not isinstance(body, bodies.SteeringBody):
        return
    held = sum(row.state == HELD for row in body.sittings)
    events = [row for row in body.events if row.state == HELD]
    named = [
        counted(len(body.bodies), "Gremium", "Gremien"),
        counted(held, "Sitzung", "Sitzungen"),
        counted(len(events), "Veranstaltung", "Veranstaltungen"),
        counted(len(body.surveys), "Befragung", "Befragungen"),
    ]
    if any(named):
        yield f"Der Plan beruht auf der Arbeit in {together(named)}"
    found = sum(row.findings or 0 for row in events)
    if found:
        yield f"In den Veranstaltungen kamen {counted(found, 'Erkenntnis', 'Erkenntnisse')} zusammen"


def inventory(body: Any) -> Iterable[str]:
    """Offers, Träger, regions and figures."""
    if not isinstance(body, bodies.InventoryBody):
        return
    offers = len(body.all_offers)
    by = len({offer.provider for offer in body.all_offers if offer.provider})
    where = f" in {counted(len(body.regions), 'Planungsregion', 'Planungsregionen')}" if body.regions else ""
    if offers:
        of_whom = f" von {counted(by, 'Träger', 'Trägern')}" if by else ""
        yield f"Das Verzeichnis nennt {counted(offers, 'Angebot', 'Angebote')}{of_whom}{where}"
    kinds = len({(figure.indicator, figure.unit) for figure in body.figures})
    if kinds:
        yield f"Dazu {'kommt' if kinds == 1 else 'kommen'} {counted(kinds, 'Kennzahl', 'Kennzahlen')}"


def needs(body: Any) -> Iterable[str]:
    """How many needs, how urgent, how many are answered and proved."""
    if not isinstance(body, bodies.NeedsBody) or not body.all_needs:
        return
    rows = body.all_needs
    yield f"Beschrieben {'ist' if len(rows) == 1 else 'sind'} {counted(len(rows), 'Bedarf', 'Bedarfe')}"
    high = [row for row in rows if row.priority == HIGH]
    if high:
        named = [f"„{row.title}“ ({row.code})" for row in high]
        titles = together(named) if len(high) <= MOST_NAMED else f"darunter {', '.join(named[:MOST_NAMED])}"
        yield f"Hohe Priorität {'hat' if len(high) == 1 else 'haben'} {of_all(high, rows, 'der')}, {titles}"
    answered = [row for row in rows if row.answered_by]
    if answered:
        yield f"Auf {of_all(answered, rows, 'den')} antworten Ziele oder Maßnahmen"
    proved = [row for row in rows if row.evidence]
    if proved:
        yield f"Belegt {'ist' if len(proved) == 1 else 'sind'} {of_all(proved, rows, 'der')}"


def of_all(some: Sized, rows: Sized, article: str) -> str:
    """„6 von 15 Bedarfen“, „alle 15 Bedarfe“, „der Bedarf“."""
    if len(some) < len(rows):
        return f"{len(some)} von {len(rows)} Bedarfen"
    return f"{article} Bedarf" if len(rows) == 1 else f"alle {len(rows)} Bedarfe"


def goals(body: Any) -> Iterable[str]:
    """The tree in numbers."""
    if not isinstance(body, bodies.GoalsBody) or not body.goals:
        return
    actions = [goal for top in body.goals for goal in top.children]
    small = [goal for action in actions for goal in action.children]
    named = (
        counted(len(body.goals), "Leitziel", "Leitziele"),
        counted(len(actions), "Handlungsziel", "Handlungsziele"),
        counted(len(small), "Maßnahmenziel", "Maßnahmenziele"),
    )
    yield f"Der Zielbaum umfasst {together(named)}"


def measures(body: Any) -> Iterable[str]:
    """How many measures stand where."""
    if not isinstance(body, bodies.MeasuresBody) or not body.all_measures:
        return
    rows = body.all_measures
    yield f"Der Plan enthält {counted(len(rows), 'Maßnahme', 'Maßnahmen')}"
    states = Counter(row.state for row in rows if row.state).most_common()
    if states:
        named = (f"{count} {'als Idee' if state == IDEA else state}" for state, count in states)
        yield f"Ihr Stand: {', '.join(named)}"


def money(body: Any) -> Iterable[str]:
    """The planned costs."""
    if not isinstance(body, bodies.FinanceBody) or not body.known or body.total is None:
        return
    yield f"Geplant sind Kosten von {betrag(body.total)} Euro im Jahr"
    if body.without_amount:
        yield f"Darin nicht enthalten: {body.without_amount} Posten ohne Angabe"


def results(year: int, body: Any) -> Iterable[str]:
    """How many criteria of the year reached their targets."""
    if not isinstance(body, bodies.ControllingBody):
        return
    rows = [row for row in body.criteria if row.year == year and row.target is not None and row.actual is not None]
    if rows:
        reached = sum(not row.misses for row in rows)
        verb = "erreicht" if reached < 2 else "erreichen"
        values = "hat 1 Kriterium" if len(rows) == 1 else f"haben {len(rows)} Kriterien"
        yield f"Für {year} {values} einen Soll- und einen Ist-Wert; {reached or 'keines'} davon {verb} das Soll"


def names_year(plans: str, year: int) -> bool:
    """True where „Plan 2018“ or „Pläne 2017–2019“ means the plan of the year."""
    years = [int(found) for found in YEAR.findall(plans)]
    return bool(years) and year is not None and min(years) <= year <= max(years)


def resolutions(content: PlanContent, body: Any) -> Iterable[str]:
    """The last resolution that names this plan; a recommendation is none, and who names no plan may mean another."""
    if not isinstance(body, bodies.ResolutionsBody):
        return
    rows = [
        row
        for row in body.resolutions
        if (row.kind, row.outcome, row.legitimises) == (RESOLUTION, ADOPTED, PLAN)
        and names_year(row.plans, content.year)
    ]
    if rows:
        last = rows[-1]
        yield f"Jüngster Beschluss zum Plan: {last.body}, {lang(last.resolved_on)}, „{last.subject}“"
