"""What becomes of quotations when their page is captured again, and what people say of it.

Only full captures are compared: an excerpt leaves out what nobody quoted from it, so it can lose
no words. Nothing is re-anchored by likeness: a passage that comes near is an alarm that shows it,
and only a person takes it for the same words. What they said of certain words holds for later
captures with the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet

from tracker.actions.events import announce
from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain import quotes
from tracker.domain.errors import CommentRequired, Conflict
from tracker.domain.quotes import Anchor, AnchorState
from tracker.domain.roles import Verb
from tracker.models import Anchoring, Quotation, Snapshot, Source
from tracker.models.accounts import User
from tracker.models.anchorings import ALARMING
from tracker.models.documents import Completeness
from tracker.models.events import EventKind

# How much comparing is done while someone waits, in code points of text times of quotations; the
# rest is a job's. Plain prose takes 2 ms per 100,000 for each quotation that has changed.
AT_ONCE = 20_000_000
BATCH = 1_000
JOB = "tracker.jobs.reanchor_page"
ANNOUNCED = {
    AnchorState.CHANGED: EventKind.QUOTATION_CHANGED,
    AnchorState.ORPHAN: EventKind.QUOTATION_ORPHANED,
}


def family(source: Source) -> QuerySet[Source]:
    """Every record of the source's page, merged ones included."""
    return Source.objects.filter(pk=source.pk).kin()


def reanchor(*, snapshot: Snapshot, now: datetime) -> list[Anchoring]:
    """Compares a full capture with every quotation from other captures of its page, once.

    Those that it has been compared with stay as they are; alarms that tell something new are
    announced.
    """
    if snapshot.completeness != Completeness.FULL:
        return []
    elsewhere = Quotation.objects.filter(snapshot__source__in=family(snapshot.source))
    waiting = elsewhere.exclude(snapshot=snapshot).exclude(anchorings__snapshot=snapshot)
    made = [_compared(one, snapshot, now) for one in waiting.order_by("id")]
    return _kept(made, now)


def follow(*, quotation: Quotation, now: datetime) -> list[Anchoring]:
    """Compares a new quotation with the other full captures of its page, if there are any."""
    others = Snapshot.objects.filter(
        source__in=family(quotation.snapshot.source), completeness=Completeness.FULL
    ).exclude(pk=quotation.snapshot_id)
    made = [_compared(quotation, one, now) for one in others.order_by("captured_at", "id")]
    return _kept(made, now)


def _compared(quotation: Quotation, snapshot: Snapshot, now: datetime) -> Anchoring:
    old = Anchor(
        quotation.start, quotation.end, quotation.exact, quotation.prefix, quotation.suffix
    )
    found = quotes.reanchor(old, snapshot.text)
    there = found.anchor or found.nearest
    return Anchoring(
        quotation=quotation,
        snapshot=snapshot,
        state=found.state,
        start=there and there.start,
        end=there and there.end,
        exact=there.exact if there else "",
        distance=found.distance,
        anchored_at=now,
    )


def _kept(made: list[Anchoring], now: datetime) -> list[Anchoring]:
    """Stores what was found; words that someone has looked at before are not asked about again."""
    if not made:
        return []
    earlier = _earlier(made)
    news = [one for one in made if one.state in ALARMING and not _settled(one, earlier)]
    Anchoring.objects.bulk_create(made, batch_size=BATCH)
    for one in news:
        _announce(one, now)
    return made


def _earlier(made: list[Anchoring]) -> dict[tuple[int, str], Anchoring]:
    """What is known of each quotation in each wording; what a person said of it comes first."""
    known = Anchoring.objects.filter(quotation__in={one.quotation_id for one in made})
    alarming = known.exclude(state__in=[AnchorState.EXACT, AnchorState.MOVED])
    return {(one.quotation_id, one.exact): one for one in _seen_last(alarming)}


def _seen_last(found: Iterable[Anchoring]) -> Iterator[Anchoring]:
    yield from sorted(found, key=lambda one: (one.seen_at is not None, one.pk))


def _settled(made: Anchoring, earlier: dict[tuple[int, str], Anchoring]) -> bool:
    """Whether these words are no news, taking over what was said of them."""
    before = earlier.get((made.quotation_id, made.exact))
    if before is None:
        return False
    if before.seen_at:
        made.state, made.note = before.state, before.note
        made.seen_by, made.seen_at = before.seen_by, before.seen_at
    return True


def _announce(made: Anchoring, now: datetime) -> None:
    announce(
        ANNOUNCED[AnchorState(made.state)],
        noun="anchorings",
        record=made.pk,
        now=now,
        quotation=made.quotation_id,
        snapshot=made.snapshot_id,
    )


# --- what people say of an alarm -----------------------------------------------------


@action(Verb.CODE)
def accept(*, by: User, now: datetime, anchoring: Anchoring, note: str = "") -> Anchoring:
    """Takes the proposed passage for the quoted words; the quotation itself stays as it is."""
    record = _unseen(anchoring)
    if record.state != AnchorState.CHANGED:
        raise Conflict(
            "The words are gone: there is nothing to accept. Acknowledge it with a note.",
            field="anchoring",
            state=record.state,
        )
    return _seen(record, by, now, note, AnchorState.CONFIRMED)


@action(Verb.CODE)
def acknowledge(*, by: User, now: datetime, anchoring: Anchoring, note: str) -> Anchoring:
    """Says that the page did change its words, or lost them; the note is printed with it."""
    if not note.strip():
        raise CommentRequired("Say what has changed.", field="note")
    record = _unseen(anchoring)
    return _seen(record, by, now, note, AnchorState(record.state))


def _unseen(anchoring: Anchoring) -> Anchoring:
    record = locked(anchoring)
    if record.seen_at:
        raise Conflict(
            "Someone has looked at this change already.", field="anchoring", state=record.state
        )
    if record.state not in ALARMING:
        raise Conflict("The words stand there: no alarm.", field="anchoring", state=record.state)
    return record


def _seen(record: Anchoring, by: User, now: datetime, note: str, state: AnchorState) -> Anchoring:
    """Settles the alarm, and those of other captures in which the same words stand."""
    alike = Anchoring.objects.alarms().filter(
        quotation=record.quotation_id, state=record.state, exact=record.exact
    )
    said = {"state": state, "seen_by": by, "seen_at": now, **tidy({"note": note.strip()})}
    alike.update(**said)
    record.refresh_from_db()
    return record
