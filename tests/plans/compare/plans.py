"""Small plans as they stand in plan.json, and a frozen edition of a plan."""

import json
from copy import deepcopy
from datetime import UTC, datetime

from plans.builder import build_plan
from plans.content import to_json
from plans.domain.freezing import Frozen, store_version
from plans.models import PlanEvent
from plans.queries.plans import plans_of


def need(title, uid="", origin="", **values):
    return {"uid": uid, "origin": origin, "title": title, "code": "B 1.1", "state": "erkannt", **values}


def goal(title, uid="", level="Leitziel", children=(), **values):
    return {"uid": uid, "origin": "", "title": title, "level": level, "children": list(children), **values}


def measure(title, uid="", **values):
    return {"uid": uid, "origin": "", "title": title, "state": "geplant", **values}


def plan(*, needs=(), goals=(), measures=(), money=None, texts=None, left_out=None, resolutions=(), **facts):
    """``needs`` and ``measures`` by Handlungsfeld or as a row of them; ``money`` are (title, uid, amount)."""

    def fields(rows, name):
        groups = rows if isinstance(rows, dict) else {"1 Bildung": rows}
        return {"fields": [{"action_field": key, name: list(found)} for key, found in groups.items()]}

    lines = [{"title": t, "uid": uid, "origin": "", "amount": amount} for t, uid, amount in money or ()]
    total = f"{sum(float(line['amount'] or 0) for line in lines):.2f}"
    bodies = {
        "steering": {},
        "needs": fields(needs, "needs") | {"swot": []},
        "goals": {"goals": list(goals), "family_concepts": [], "mission_statements": []},
        "measures": fields(measures, "measures"),
        "finance": {"groups": [{"title": "1 Bildung", "lines": lines}] if lines else [], "total": total},
        "resolutions": {"resolutions": list(resolutions)},
    }
    chapters = [
        {
            "code": code,
            "text": (texts or {}).get(code, ""),
            "left_out_reason": (left_out or {}).get(code, ""),
            "body": None if code in (left_out or {}) else body,
        }
        for code, body in bodies.items()
    ]
    base = {"year": 2018, "edition": 1, "state": "Entwurf", "cycle": "2017–2019", "as_of": "2018-12-31"}
    return deepcopy(base | facts | {"chapters": chapters})


def freeze(plan, state="approved"):
    """Store the plan as it is now, without the time that a PDF takes, and leave it in this state."""
    plan = plans_of(plan.municipality).get(pk=plan.pk)
    at = datetime(2019, 1, 14, tzinfo=UTC)
    printed = "freigegeben am 14.01.2019"
    frozen = Frozen(printed, to_json(build_plan(plan, state=printed)), json.dumps({}).encode(), b"%PDF")
    version = store_version(plan=plan, frozen=frozen, actor=None, at=at)
    PlanEvent.objects.create(
        plan=plan, version=version, number=1, edition=1, action="approve", from_state="in_review", to_state=state, at=at
    )
    return version
