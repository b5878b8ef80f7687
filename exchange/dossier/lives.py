"""The lives of money's records in a dossier: state, numbers, steps, and papers that went out.

A record is created as it was before its first step; then it gets the state that it has, and its steps in their order.
People stay in their portal, so steps come without them, and their chain of hashes is made anew. A frozen paper comes
with its bytes and hashes, so that its check number holds wherever it is.
"""

import base64
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import models

from accounts.enums import Action
from accounts.models import Municipality, User
from exchange.dossier.errors import DossierError
from exchange.dossier.fields import label_of, read_plain, tenant_models, write_plain
from funding.models import FrozenPaper, FundingApplication
from records.domain.saving import update_record
from records.life.registry import life_of
from records.models import MunicipalRecord
from records.models.steps import ChainedStep

Json = Any
OTHER = "Im Portal stehen ein anderer Stand oder andere Schritte."
PAPER = ("kind", "number", "subject", "data_sha256", "pdf_sha256", "templates")


@cache
def living_models() -> tuple[type[MunicipalRecord], ...]:
    """Kinds whose life stands in a dossier, by label."""
    return tuple(model for model in tenant_models() if model.life_in_dossier)


def life_fields(model: type[MunicipalRecord]) -> list[models.Field]:
    """The columns that steps have written, by name."""
    return [model._meta.get_field(name) for name in sorted(model.out_of_dossier)]  # type: ignore[misc]


def lives_of(municipality: Municipality) -> dict[str, dict[str, Json]]:
    """By kind and uid what the steps of each record made of it; a kind takes two queries."""
    return {label_of(model): found for model in living_models() if (found := lives_in(model, municipality))}


def lives_in(model: type[MunicipalRecord], municipality: Municipality) -> dict[str, Json]:
    """Of one kind, by uid."""
    life, fields = life_of(model), life_fields(model)
    steps: dict[int, list[Json]] = defaultdict(list)
    rows: Any = life.steps._default_manager.filter(**{f"{life.owner}__municipality": municipality})
    for step in rows.order_by("number"):
        steps[getattr(step, f"{life.owner}_id")].append(write_step(step))
    found = {}
    for record in model._default_manager.filter(municipality=municipality).order_by("uid"):
        values = {field.name: write_plain(field, getattr(record, field.name)) for field in fields}
        said = {name: value for name, value in values.items() if value not in (None, "", [])}
        if steps[record.pk] or said != {"state": life.start}:
            found[record.uid] = {"values": said, "steps": steps[record.pk]}
    return found


def write_step(step: Any) -> dict[str, Json]:
    """A step without its person."""
    told = {"note": step.note, "details": step.details}
    moved = {"action": step.action, "from": step.from_state, "to": step.to_state, "at": moment(step.at)}
    return moved | {name: value for name, value in told.items() if value}


def moment(at: datetime) -> str:
    """In UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat()


def papers_of(municipality: Municipality) -> list[dict[str, Json]]:
    """Papers of cases as they went out, by number."""
    rows = FrozenPaper.objects.filter(municipality=municipality).select_related("application").order_by("number")
    return [write_paper(row) for row in rows]


def write_paper(paper: FrozenPaper) -> dict[str, Json]:
    """Its bytes as base64."""
    files = {name: base64.b64encode(bytes(getattr(paper, name))).decode() for name in ("data", "pdf")}
    said = {name: getattr(paper, name) for name in PAPER}
    return said | files | {"application": paper.application.uid, "made_at": moment(paper.made_at)}


# ---------------------------------------------------------------- taking over
def take_over_lives(
    dossier: Mapping[str, Any], created: Mapping[tuple[Any, str], Any], municipality: Municipality, actor: User | None
) -> None:
    """Give created records the lives of the dossier. ``created`` are these by kind and uid.

    Raises DossierError where the dossier speaks of a record that it does not hold, or of another life of one that is
    in the portal.
    """
    problems = []
    for model in living_models():
        label, given = label_of(model), dossier.get("lives", {}).get(label_of(model), {})
        stored = lives_in(model, municipality) if given else {}
        for uid, life in given.items():
            record = created.get((model, uid))
            if record is not None:
                live(record, life, actor)
            elif stored.get(uid) != life:
                problems.append(f"{label} {uid}: {OTHER}")
    known = {paper["number"]: paper for paper in papers_of(municipality)} if dossier.get("papers") else {}
    for paper in dossier.get("papers", []):
        if paper["number"] not in known:
            problems += keep_paper(paper, municipality)
        elif known[paper["number"]] != paper:
            problems.append(f"{paper['number']}: Im Portal steht ein anderes Schreiben.")
    if problems:
        raise DossierError(problems)


def live(record: Any, life: Mapping[str, Any], actor: User | None) -> None:
    """Write what the steps made of the record, and the steps."""
    table = life_of(type(record))
    for field in life_fields(type(record)):
        if field.name in life["values"]:
            setattr(record, field.name, read_plain(field, life["values"][field.name]))
    reason = "Aus einem Dossier übernommen"
    update_record(record, version=record.version, actor=actor, step=Action.WRITE, reason=reason)
    before: Any = None
    for number, told in enumerate(life["steps"], 1):
        step: Any = table.steps(
            number=number,
            action=told["action"],
            from_state=told["from"],
            to_state=told["to"],
            at=datetime.fromisoformat(told["at"]),
            note=told.get("note", ""),
            details=told.get("details", {}),
            **{table.owner: record},
        )
        if isinstance(step, ChainedStep):
            step.link_to(before)
        step.save()
        before = step


def keep_paper(paper: Mapping[str, Any], municipality: Municipality) -> list[str]:
    """Store it if its bytes have its hashes and its case is there; otherwise what is wrong."""
    case = FundingApplication.objects.filter(municipality=municipality, uid=paper["application"]).first()
    files = {name: base64.b64decode(paper[name]) for name in ("data", "pdf")}
    said = {name: paper[name] for name in PAPER}
    kept = FrozenPaper(municipality=municipality, application=case, **said, **files)
    kept.made_at = datetime.fromisoformat(paper["made_at"])
    if case is None or not kept.is_intact():
        why = "Der Antrag fehlt" if case is None else "Die Prüfnummer passt nicht zum Inhalt"
        return [f"{paper['number']}: {why}."]
    kept.save()
    return []


# ---------------------------------------------------------------- schema
def lives_schema() -> dict[str, Any]:
    """The schema of „lives“ and „papers“, both optional: dossiers of before have neither."""
    text, moment_text = {"type": "string"}, {"type": "string", "format": "date-time"}
    step = closed({"action": text, "from": text, "to": text, "at": moment_text}, note=text, details={"type": "object"})
    life = closed({"values": {"type": "object"}, "steps": {"type": "array", "items": step}})
    by_uid = {"type": "object", "additionalProperties": life}
    file = {"type": "string", "contentEncoding": "base64"}
    paper = dict.fromkeys((*PAPER, "application"), text) | {"made_at": moment_text, "data": file, "pdf": file}
    return {
        "lives": {
            "type": "object",
            "description": "Stand, Nummern und Schritte nach Art und Kennung",
            "additionalProperties": False,
            "properties": {label_of(model): by_uid for model in living_models()},
        },
        "papers": {
            "type": "array",
            "description": "Festgeschriebene Schreiben nach Nummer",
            "items": closed(paper),
        },
    }


def closed(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "required": sorted(required),
        "additionalProperties": False,
        "properties": required | optional,
    }
