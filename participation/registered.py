"""What participation adds to the pages of planning."""

from accounts.enums import Action
from participation.appointments import KINDS as APPOINTMENTS
from participation.domain.experiences import LIFE as EXPERIENCE_LIFE
from participation.domain.hints import LIFE as HINT_LIFE
from participation.happenings import SOURCES as HAPPENINGS
from participation.models import Event, Hint
from participation.pages.hints import hints_panel, with_its_place
from participation.waiting import SOURCES
from planning.enums import Phase
from planning.models import Hurdle, Measure, Need, PlanningCycle
from planning.pages.phase_ways import PhaseWay, register_phase_way
from records.appointments import register_appointments
from records.happenings import register_happenings
from records.kind import Way
from records.life.registry import register_life
from records.registry import add_ways, begin_by, lead_from_empty, show_by
from records.spots import register_panel
from records.waiting import register_waiting

add_ways(Need, Way("Flipchart-Zeilen einfügen", "participation:flipchart"))
CARRY_ON = Way("Fortschreibung beginnen", "participation:cycle-continue", on="detail")
add_ways(PlanningCycle, CARRY_ON)
begin_by(PlanningCycle, "successors", CARRY_ON)
lead_from_empty(Need, Way("Erkenntnisse öffnen", "participation:finding-list", action=Action.READ))
register_phase_way(PhaseWay(Phase.CONTROLLING, "carry_on", "participation:cycle-continue"))
register_waiting(*SOURCES)
register_happenings(*HAPPENINGS)
register_life(HINT_LIFE)
register_life(EXPERIENCE_LIFE)
register_panel(hints_panel)
show_by(Hint, "records/record_detail.html", with_its_place)
for model, parameter in ((Hurdle, "hurdle"), (Event, "event"), (Measure, "measure")):
    add_ways(
        model, Way("Als Erfahrung aufschreiben", "participation:experience-create", on="detail", parameter=parameter)
    )
register_appointments(*APPOINTMENTS)
