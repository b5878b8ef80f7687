"""What agrees in a Landeszuwendung: notices with their order, calls with what is in force, the proof with its time."""

from collections.abc import Iterator

from funding.domain.grants import NOTHING, in_force
from funding.enums import NoticeKind
from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
from records.models.agreement import Links, asks, asks_entering, happened, of_its_own, others, refuses
from records.templatetags.german import euro
from records.vague import VagueDate

Said = Iterator[tuple[str, str]]

happened(StateGrant, "applied_on")
happened(StateNotice, "dated", "received_on")
happened(NoticeCondition, "done_on")
happened(FundsCall, "requested_on", "received_on", "used_on")
happened(StateProof, "submitted_on", "repaid_on")

of_its_own(StateNotice, "number")
of_its_own(FundsCall, "reference", "received_amount")
of_its_own(StateProof, "extended_to", "extension_reason", "recognised", "repayment")


def precedes(day: VagueDate | None, other: VagueDate | None) -> bool:
    """Whether a day surely lies before another one."""
    return bool(day and other and day.last < other.first)


# ---------------------------------------------------------------- application and notices
@asks(StateGrant)
def applied_for_its_year(grant: StateGrant, links: Links) -> Said:
    """An application after its year."""
    if grant.applied_on and grant.year and grant.applied_on.year > grant.year:
        yield "applied_on", f"Beantragt am {grant.applied_on}, nach dem Förderjahr {grant.year}. Stimmt das?"


@refuses(StateNotice)
def notice_received(notice: StateNotice, links: Links) -> Said:
    """A notice that came before it was written."""
    if precedes(notice.received_on, notice.dated):
        yield (
            "received_on",
            f"Der Bescheid ist vom {notice.dated}; er kann nicht vorher eingegangen sein. Prüfen Sie beide Daten.",
        )


@refuses(StateNotice, "calls")
def notice_below_its_calls(notice: StateNotice, links: Links) -> Said:
    """A notice that says less than was called on it, or is younger than a call."""
    called = sorted(others(notice, "calls"), key=lambda call: call.requested_on.first)
    sums = NOTHING
    for call in called:
        sums += call.amount
        if precedes(call.requested_on, notice.dated):
            yield (
                "dated",
                f"Auf diesen Bescheid ist schon am {call.requested_on} abgerufen worden. Prüfen Sie beide Daten.",
            )
    if notice.amount is not None and sums > notice.amount:
        yield (
            "amount",
            f"Auf diesen Bescheid sind schon {euro(sums)} abgerufen. Geben Sie mindestens so viel an, "
            "oder ändern Sie zuerst die Abrufe.",
        )


@asks(StateNotice, "grant")
def notice_in_its_year(notice: StateNotice, links: Links) -> Said:
    """Days of a notice that do not fit its grant. That it comes after the year has begun is usual."""
    if not notice.grant_id:
        return
    grant, begin = notice.grant, notice.begin
    if precedes(notice.dated, grant.applied_on):
        yield "dated", f"Der Bescheid ist vom {notice.dated}, beantragt wurde erst am {grant.applied_on}. Stimmt das?"
    if begin and (begin.last.year < grant.year or begin.first.year > grant.year):
        yield "begin", f"Der Bewilligungszeitraum beginnt nicht im Förderjahr {grant.year}. Stimmt das?"
    if notice.end and notice.end.first.year > grant.year:
        yield "end", f"Der Bewilligungszeitraum endet nach dem Förderjahr {grant.year}. Stimmt das?"


@asks_entering(StateNotice)
def notice_among_others(notice: StateNotice, links: Links) -> Said:
    """The first notice grants, those after it change or revoke."""
    if not notice.grant_id or not notice.dated:
        return
    rest = [each for each in notice.grant.notices.all() if each.pk != notice.pk]
    is_first = not any(each.dated.first < notice.dated.first for each in rest)
    if is_first and notice.kind != NoticeKind.GRANT:
        yield "kind", "Davor gibt es keinen Bescheid, den dieser ändern könnte. Stimmt die Art?"
    if not is_first and notice.kind == NoticeKind.GRANT:
        yield "kind", "Für dieses Jahr ist schon bewilligt. Ist das eine Änderung?"
    if notice.kind == NoticeKind.REVOCATION and notice.amount:
        yield "amount", f"Nach dem Widerruf bleiben {euro(notice.amount)} bewilligt. Ist nur ein Teil widerrufen?"


@asks(NoticeCondition, "notice")
def condition_after_notice(condition: NoticeCondition, links: Links) -> Said:
    """A condition that was met or due before the notice was written."""
    dated = condition.notice.dated if condition.notice_id else None
    for name, word in (("due", "fällig"), ("done_on", "erfüllt")):
        if precedes(getattr(condition, name), dated):
            yield name, f"Die Auflage ist {word} {getattr(condition, name)}, der Bescheid vom {dated}. Stimmt das?"


# ---------------------------------------------------------------- calls
@refuses(FundsCall, "notice__grant__notices__calls")
def call_within_notice(call: FundsCall, links: Links) -> Said:
    """Never more is called than the notice of each call grants on its day, counted through the year."""
    if not call.notice_id or not call.requested_on or call.amount is None:
        return
    notice = call.notice
    if precedes(call.requested_on, notice.dated):
        yield (
            "requested_on",
            f"Der Bescheid ist vom {notice.dated}. Vorher lässt sich darauf nichts abrufen: Prüfen Sie beide Daten.",
        )
    rest = [each for one in notice.grant.notices.all() for each in one.calls.all() if each.pk != call.pk]
    sums = NOTHING
    for each in sorted([*rest, call], key=lambda one: (one.requested_on.first, one.pk or 0)):
        sums += each.amount
        if sums > each.notice.amount and each.requested_on.first >= call.requested_on.first:
            left = max(NOTHING, each.notice.amount - sums + call.amount)
            yield (
                "amount",
                f"Am {each.requested_on} sind {euro(each.notice.amount)} bewilligt, mit diesem Abruf wären "
                f"{euro(sums)} abgerufen. Rufen Sie höchstens {euro(left)} ab.",
            )
            return


@refuses(FundsCall)
def call_in_order(call: FundsCall, links: Links) -> Said:
    """What came before it was called, was used before it came, or is needed before it is called."""
    if precedes(call.received_on, call.requested_on):
        yield (
            "received_on",
            f"Abgerufen wurde am {call.requested_on}; vorher kann das Geld nicht eingegangen sein. "
            "Prüfen Sie beide Daten.",
        )
    if call.received_on and call.received_on.is_vague:
        yield "received_on", "Von diesem Tag läuft die Frist zur Verwendung. Geben Sie ihn auf den Tag genau an."
    if call.used_on and not call.received_on:
        yield "used_on", "Verwendet wird, was eingegangen ist. Tragen Sie zuerst den Eingang ein."
    if precedes(call.used_on, call.received_on):
        yield (
            "used_on",
            f"Eingegangen ist das Geld am {call.received_on}; vorher kann es nicht verwendet sein. "
            "Prüfen Sie beide Daten.",
        )
    if precedes(call.needed_until, call.requested_on):
        yield (
            "needed_until",
            f"Der Abruf ist vom {call.requested_on}; das Geld kann nicht vorher benötigt worden sein. "
            "Prüfen Sie beide Daten.",
        )


@asks(FundsCall, "notice__grant__notices")
def call_on_the_notice_in_force(call: FundsCall, links: Links) -> Said:
    """A call on a notice that another one had replaced, money beyond what was called, a need after the period."""
    if not call.notice_id or not call.requested_on:
        return
    holding = in_force(call.notice.grant.notices.all(), call.requested_on.last)
    if holding and holding.pk != call.notice_id and not precedes(call.requested_on, call.notice.dated):
        yield "notice", f"Am {call.requested_on} galt schon „{holding}“. Wird darauf abgerufen?"
    if call.received_amount is not None and call.amount is not None and call.received_amount > call.amount:
        yield "received_amount", "Es ist mehr eingegangen als abgerufen. Stimmt der Betrag?"
    if precedes(call.notice.end, call.needed_until):
        yield "needed_until", f"Der Bewilligungszeitraum endet {call.notice.end}. Wird das Geld danach noch gebraucht?"


# ---------------------------------------------------------------- proof
@refuses(StateProof, "grant__notices")
def proof_in_order(proof: StateProof, links: Links) -> Said:
    """A proof before the time of which it speaks, an extension that shortens, a repayment of nothing."""
    notices = proof.grant.notices.all() if proof.grant_id else []
    begins = [notice.begin for notice in notices if notice.begin]
    if begins and precedes(proof.submitted_on, min(begins)):
        yield (
            "submitted_on",
            f"Der Bewilligungszeitraum beginnt {min(begins)}; vorher gibt es nichts nachzuweisen. "
            "Prüfen Sie beide Daten.",
        )
    if precedes(proof.extended_to, proof.due):
        yield (
            "extended_to",
            f"Fällig ist der Nachweis {proof.due}; eine Verlängerung endet später. Prüfen Sie beide Daten.",
        )
    if proof.recognised is not None and not proof.submitted_on:
        yield "recognised", "Anerkannt wird, was eingereicht ist. Tragen Sie ein, wann der Nachweis eingereicht wurde."
    if proof.repaid_on and not proof.repayment:
        yield "repayment", "Zurückgezahlt wurde ein Betrag. Welcher?"


@asks(StateProof, "grant__notices__calls")
def proof_with_what_came(proof: StateProof, links: Links) -> Said:
    """A repayment beyond what the Land has paid."""
    if not proof.grant_id or not proof.repayment:
        return
    calls = [call for notice in proof.grant.notices.all() for call in notice.calls.all()]
    came = sum((call.received_amount for call in calls if call.received_amount), NOTHING)
    if proof.repayment > came:
        yield "repayment", f"Eingegangen sind {euro(came)}. Ist mehr zurückzuzahlen?"
