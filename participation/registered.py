"""What participation adds to the pages of planning."""

from accounts.enums import Action
from participation.happenings import SOURCES as HAPPENINGS
from participation.waiting import SOURCES
from planning.enums import Phase
from planning.models import Need, PlanningCycle
from planning.pages.phase_ways import PhaseWay, register_phase_way
from records.happenings import register_happenings
from records.kind import Way
from records.registry import add_ways, begin_by, lead_from_empty
from records.waiting import register_waiting

add_ways(Need, Way("Flipchart-Zeilen einfügen", "participation:flipchart"))
CARRY_ON = Way("Fortschreibung beginnen", "participation:cycle-continue", on="detail")
add_ways(PlanningCycle, CARRY_ON)
begin_by(PlanningCycle, "successors", CARRY_ON)
lead_from_empty(Need, Way("Erkenntnisse öffnen", "participation:finding-list", action=Action.READ))
register_phase_way(PhaseWay(Phase.CONTROLLING, "carry_on", "participation:cycle-continue"))
register_waiting(*SOURCES)
register_happenings(*HAPPENINGS)
