"""From a parsed plan.json to comparable entries, in the order of the chapters.

A plan of an older schema may lack keys: they count as empty; frozen editions come through plans.parsing,
which fills them. Numbers („B 2“, in older editions places such as „B 2.1“) are never compared; where one entry
names another by its code, the code is replaced by what the other entry is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from plans.enums import ChangeGroup, ChapterCode
from records.vague import VagueDate, span_text

CODE = re.compile(r"^[A-Z] \d+(\.\d+)? |^\d+(\.\d+)* ")
SWOT_FIELDS = (
    ("strengths", "Stärke"),
    ("weaknesses", "Schwäche"),
    ("opportunities", "Chance"),
    ("threats", "Risiko"),
)
NOT_A_FACT = {"Handlungsfeld", "Stand"}  # moved is not changed; the state is a field of its own
Plan = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One of several values: equal keys are the same, whatever is shown."""

    key: str
    shown: str


Value = str | Decimal | None | tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a plan. ``key`` is its record's identity (empty where unknown), ``place`` its Handlungsfeld or level.

    ``copied`` says that its identity leads to a record of an earlier cycle.
    """

    section: str  # what is matched with each other
    group: ChangeGroup
    what: str
    title: str
    key: str = ""
    copied: bool = False
    place: str = ""
    state: str = ""
    values: dict[str, Value] = field(default_factory=dict)


def identity(row: dict[str, Any]) -> dict[str, Any]:
    """Key and origin of an entry."""
    return {"key": row.get("origin") or row.get("uid") or "", "copied": bool(row.get("origin"))}


def day(value: str | None) -> str:
    """A date as it was meant."""
    if not value:
        return ""
    try:
        return str(VagueDate.from_iso(value))
    except ValueError:
        return value


def span(row: dict[str, Any]) -> str:
    """A period in words."""
    begin, end = row.get("begin"), row.get("end")
    return span_text(VagueDate.from_iso(begin), VagueDate.from_iso(end)) if begin and end else day(begin or end)


def amount(value: str | None) -> Decimal | None:
    """An amount in euro."""
    return None if value is None else Decimal(value)


def items(values: Any) -> tuple[Item, ...]:
    """Plain texts as items."""
    return tuple(Item(text, text) for text in values or ())


def joined(*parts: str) -> str:
    """Parts that are there, with commas."""
    return ", ".join(part for part in parts if part)


class Reader:
    """Reads one plan. ``names`` are the entries behind the codes of needs, goals and measures.

    ``renamed`` says what a Handlungsfeld is called in the other plan, where another edition of the catalogue holds.
    """

    def __init__(self, plan: Plan, renamed: Mapping[str, str] = MappingProxyType({})) -> None:
        self.plan = plan
        self.renamed = renamed
        self.chapters: dict[str, Plan] = {chapter["code"]: chapter for chapter in plan.get("chapters", ())}
        self.names: dict[str, Item] = {}
        for need in self.all_needs():
            self._name(need)
        for _, goal in self.all_goals():
            self._name(goal)

    def _name(self, row: dict[str, Any]) -> None:
        if row.get("code"):
            self.names[row["code"]] = Item(identity(row)["key"] or row["title"], row["title"])

    def body(self, code: str) -> Plan | None:
        """The records of a chapter; None where it is left out, empty where they cannot be read (ForeignBody)."""
        body: Plan | None = self.chapters.get(code, {}).get("body")
        return body

    def field(self, title: str) -> str:
        """A Handlungsfeld as the other plan calls it."""
        return self.renamed.get(title, title)

    def coded(self, lines: Any) -> tuple[Item, ...]:
        """Lines that begin with a code, or codes alone, as the entries they mean; unknown ones by their words."""
        found = []
        for line in lines or ():
            match = CODE.match(f"{line} ")
            code = match[0].strip() if match else ""
            known = self.names.get(code)
            words = CODE.sub("", line)
            found.append(known or Item(words, words))
        return tuple(dict.fromkeys(found))

    def all_needs(self) -> Iterator[dict[str, Any]]:
        """Needs in the order of the chapter."""
        for group in (self.body("needs") or {}).get("fields", ()):
            yield from group["needs"]

    def all_goals(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Goals with their depth, each before those below it."""

        def walk(rows: Any, depth: int) -> Iterator[tuple[int, dict[str, Any]]]:
            for row in rows:
                yield depth, row
                yield from walk(row.get("children", ()), depth + 1)

        yield from walk((self.body("goals") or {}).get("goals", ()), 1)

    # ------------------------------------------------------------ chapters
    def entries(self, code: ChapterCode) -> list[Entry]:
        """The comparable entries of a chapter."""
        readers = {
            ChapterCode.NEEDS: self.needs,
            ChapterCode.GOALS: self.goals,
            ChapterCode.MEASURES: self.measures,
            ChapterCode.FINANCE: self.money,
            ChapterCode.RESOLUTIONS: self.resolutions,
        }
        if self.body(code.value) is None:
            return []
        return [*(readers[code]() if code in readers else ()), *self.listed(code)]

    def listed(self, code: ChapterCode) -> Iterator[Entry]:
        """Records that the chapter lists as they are."""
        for table in self.chapters[code.value].get("tables", ()):
            for row in table["rows"]:
                yield Entry(
                    section=f"listed {table['what']}",
                    group=ChangeGroup.OTHER,
                    what=table["what"],
                    title=row["title"],
                    values=dict(zip(table["heads"], row["cells"], strict=False)),
                    **identity(row),
                )

    def needs(self) -> Iterator[Entry]:
        """Chapter 4."""
        body = self.body("needs") or {}
        for group in body.get("fields", ()):
            for row in group["needs"]:
                priority = joined(row.get("priority", ""), row.get("priority_by", ""), day(row.get("priority_on")))
                values: dict[str, Value] = {
                    "Beschreibung": row.get("description", ""),
                    "Lebensphasen": items(row.get("life_phases")),
                    "Regionen": items(row.get("regions")),
                    "Zielgruppen": items(row.get("target_groups")),
                    "Priorität": ". ".join(filter(None, (priority, row.get("priority_reason", "")))),
                    "Stand": row.get("state", ""),
                    "Belege": tuple(Item(e.get("uid") or e["text"], e["text"]) for e in row.get("evidence", ())),
                }
                yield Entry(
                    section="need",
                    group=ChangeGroup.NEEDS,
                    what="Bedarf",
                    title=row["title"],
                    values=values,
                    place=self.field(group["action_field"]),
                    state=row.get("state", ""),
                    **identity(row),
                )
        for swot in body.get("swot", ()):
            for name, label in SWOT_FIELDS:
                for row in swot[name]:
                    yield Entry(
                        section="swot",
                        group=ChangeGroup.OTHER,
                        what=label,
                        title=row["text"],
                        place=f"{self.field(swot['action_field'])} {label}",
                        **identity(row),
                    )

    def goals(self) -> Iterator[Entry]:
        """Chapter 5."""
        body = self.body("goals") or {}
        for name, label in (("family_concepts", "Familienbegriff"), ("mission_statements", "Leitbild")):
            for row in body.get(name, ()):
                values: dict[str, Value] = {
                    "Text": row.get("text", ""),
                    "Grundlage": row.get("based_on", ""),
                    "angenommen": joined(day(row.get("adopted_on")), row.get("adopted_by", "")),
                }
                yield Entry(
                    section=name,
                    group=ChangeGroup.OTHER,
                    what=label,
                    title=row["title"],
                    values=values,
                    **identity(row),
                )
        for depth, row in self.all_goals():
            values = {
                "Beschreibung": row.get("description", ""),
                "Priorität": row.get("priority", ""),
                "Zieldatum": day(row.get("target_date")),
                "Bedarfe": self.coded(row.get("answers")) if self.body("needs") else None,
            }
            values |= {fact["label"]: fact["value"] for fact in row.get("smart", ())}
            yield Entry(
                section=f"goal-{depth}",
                group=ChangeGroup.GOALS,
                what=row.get("level", "Ziel"),
                title=row["title"],
                place=str(depth),
                values=values,
                **identity(row),
            )

    def measures(self) -> Iterator[Entry]:
        """Chapter 6, without the costs, which stand in chapter 7."""
        for group in (self.body("measures") or {}).get("fields", ()):
            for row in group["measures"]:
                thread = {step["name"]: step["lines"] for step in row.get("thread", ())}
                goals = [*thread.get("Handlungsziel", ()), *thread.get("Maßnahmenziel", ())]
                facts = {fact["label"]: fact["value"] for fact in row.get("facts", ())}
                values: dict[str, Value] = {
                    "Beschreibung": row.get("description", ""),
                    "Stand": row.get("state", ""),
                    **{label: "" if text == "–" else text for label, text in facts.items() if label not in NOT_A_FACT},
                    "Bedarfe": self.coded(thread.get("Bedarf")) if self.body("needs") else None,
                    "Ziele": self.coded(goals) if self.body("goals") else None,
                    "Meilensteine": items(milestone_text(m) for m in row.get("milestones", ())),
                    "Kriterien": items(criterion_text(c) for c in row.get("criteria", ())),
                }
                yield Entry(
                    section="measure",
                    group=ChangeGroup.MEASURES,
                    what="Maßnahme",
                    title=row["title"],
                    values=values,
                    place=self.field(group["action_field"]),
                    state=row.get("state", ""),
                    **identity(row),
                )

    def money(self) -> Iterator[Entry]:
        """Chapter 7: lines that have an amount, and the sum."""
        body = self.body("finance") or {}
        for group in body.get("groups", ()):
            kind = "Geld, Planerstelle" if group["title"] == "Planerstellen" else "Geld, Maßnahme"
            for row in group["lines"]:
                title = CODE.sub("", row["title"]) if kind == "Geld, Maßnahme" else row["title"]
                yield Entry(
                    section=kind,
                    group=ChangeGroup.MONEY,
                    what=kind,
                    title=title,
                    place=group["title"],
                    values={"geplant im Jahr": amount(row.get("amount"))},
                    **identity(row),
                )
        lines = [row for group in body.get("groups", ()) for row in group["lines"]]
        is_known = any(row.get("amount") is not None for row in lines)  # a sum of nothing said is no zero
        if body.get("groups"):
            yield Entry(
                section="sum",
                group=ChangeGroup.MONEY,
                what="Geld, Summe",
                title="Geplante Kosten insgesamt",
                key="sum",
                values={"geplant im Jahr": amount(body.get("total")) if is_known else None},
            )

    def resolutions(self) -> Iterator[Entry]:
        """Chapter 9."""
        for row in (self.body("resolutions") or {}).get("resolutions", ()):
            deferred = day(row.get("deferred_to"))
            values: dict[str, Value] = {
                "Gremium": row.get("body", ""),
                "Datum": day(row.get("resolved_on")),
                "Ausgang": f"{row.get('outcome', '')} auf {deferred}" if deferred else row.get("outcome", ""),
                "Stimmen": row.get("votes", ""),
                "Nummer": row.get("number", ""),
                "legitimiert": joined(row.get("legitimises", ""), row.get("plans", "")),
                "Vorberatung": "; ".join(consultation_text(each) for each in row.get("consultations", ())),
                "Folgebeschluss zu": row.get("follows", ""),
                "Text": row.get("text", ""),
            }
            yield Entry(
                section="resolution",
                group=ChangeGroup.OTHER,
                what="Beschluss",
                title=row["subject"],
                values=values,
                place=row.get("body", ""),
                **identity(row),
            )


def consultation_text(row: dict[str, Any]) -> str:
    """„Jugendhilfeausschuss (20.11.2018, empfohlen, einstimmig)“."""
    return f"{row['body']} ({joined(day(row.get('consulted_on')), row['outcome'], row['votes'])})"


def milestone_text(row: dict[str, Any]) -> str:
    """„Eröffnung (geplant 2018, offen)“."""
    planned, reached = day(row.get("planned_on")), day(row.get("reached_on"))
    when = joined(f"geplant {planned}" if planned else "", f"erreicht {reached}" if reached else "", row["state"])
    return f"{row['title']} ({when})"


def criterion_text(row: dict[str, Any]) -> str:
    """„Fahrten, Anzahl 2018 (Soll 40, Ist 35)“."""
    values = (("Ausgangswert", row.get("baseline")), ("Soll", row.get("target")), ("Ist", row.get("actual")))
    numbers = joined(*(f"{name} {plain_number(value)}" for name, value in values if value is not None))
    head = " ".join(filter(None, (joined(row["title"], row.get("unit", "")), str(row.get("year") or ""))))
    return f"{head} ({numbers})" if numbers else head


def plain_number(value: str) -> str:
    """„40,5“; zeros behind the comma say nothing."""
    whole, _, rest = value.partition(".")
    return f"{whole},{rest.rstrip('0')}" if rest.rstrip("0") else whole
