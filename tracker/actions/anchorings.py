"""What becomes of quotations when their page is captured again, and what people say of it.

Only full captures are compared: an excerpt leaves out what nobody quoted from it, so it can lose
no words. Nothing is re-anchored by likeness: a passage that comes near is an alarm that shows it,
and only a person takes it for the same words. What they said of certain words holds for later
captures with the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from tracker.actions.events import announce
from tracker.actions.records import locked, tidy
from tracker.actions.transactions import action
from tracker.domain import quotes
from tracker.domain.errors import CommentRequired, Conflict
from tracker.domain.headlines import headlines
from tracker.domain.provenance import Mode
from tracker.domain.quotes import Anchor, AnchorState
from tracker.domain.roles import Verb
from tracker.models import Anchoring, Quotation, Snapshot, Source
from tracker.models.accounts import User
from tracker.models.anchorings import ALARMING
from tracker.models.documents import Completeness
from tracker.models.events import EventKind

# What is compared while someone waits, in code points of the text times quotations: 0.2 s of prose,
# 3 s of a text that wants to be slow. A job compares the rest, a batch at a time.
AT_ONCE = 5_000_000
CAPTURES_AT_ONCE = 3
BATCH = 100
JOB = "tracker.jobs.reanchor_snapshot"
ANNOUNCED = {
    AnchorState.CHANGED: EventKind.QUOTATION_CHANGED,
    AnchorState.ORPHAN: EventKind.QUOTATION_ORPHANED,
}


def reanchor(*, snapshot: Snapshot, now: datetime) -> list[Anchoring]:
    """Compares a full capture with every quotation from other captures of its page, once.

    Those that it has been compared with stay as they are; alarms that tell something new are
    announced. What would take long is left to a job.
    """
    if snapshot.completeness != Completeness.FULL:
        return []
    _hold(snapshot.source)
    waiting = list(_waiting(snapshot))
    if len(waiting) * len(snapshot.text) > AT_ONCE:
        _defer(snapshot.pk)
        return []
    return _kept([_compared(one, snapshot, now) for one in waiting], now)


def catch_up(*, snapshot: Snapshot, now: datetime) -> int:
    """Does the comparing that was left to a job, in batches; returns how many quotations it took.

    It compares outside of any transaction, and goes on where one that was cut off had stopped.
    """
    done = 0
    while batch := list(_waiting(snapshot)[:BATCH]):
        made = [_compared(one, snapshot, now) for one in batch]
        done += len(_keep(by=None, now=now, snapshot=snapshot, made=made))
    return done


@action(Verb.LOG)
def _keep(*, by: None, now: datetime, snapshot: Snapshot, made: list[Anchoring]) -> list[Anchoring]:
    """Stores a batch, less what another job has stored meanwhile."""
    _hold(snapshot.source)
    still = set(_waiting(snapshot).values_list("pk", flat=True))
    return _kept([one for one in made if one.quotation_id in still], now)


def follow(*, quotation: Quotation, now: datetime) -> list[Anchoring]:
    """Compares a new quotation with the other full captures of its page, if there are any."""
    _hold(quotation.snapshot.source)
    others = _full(quotation.snapshot.source).exclude(pk=quotation.snapshot_id)
    found = list(others.defer("text").order_by("captured_at", "id"))
    if len(found) > CAPTURES_AT_ONCE:
        for one in found:
            _defer(one.pk)
        return []
    return _kept([_compared(quotation, one, now) for one in found], now)


def join(*, source: Source) -> None:
    """Has every capture of a page compared again, now that two records of it have become one."""
    for pk in _full(source).order_by("id").values_list("pk", flat=True):
        _defer(pk)


def _hold(source: Source) -> None:
    """Lets one transaction at a time add captures or quotations to a page: no pair is missed."""
    list(source.family().select_for_update().values_list("pk"))


def _full(source: Source) -> QuerySet[Snapshot]:
    found = Snapshot.objects.filter(source__in=source.family())
    return found.filter(completeness=Completeness.FULL)


def _waiting(snapshot: Snapshot) -> QuerySet[Quotation]:
    """The quotations from other captures of the page that this one was not compared with."""
    if snapshot.completeness != Completeness.FULL:
        return Quotation.objects.none()
    elsewhere = Quotation.objects.filter(snapshot__source__in=snapshot.source.family())
    rest = elsewhere.exclude(snapshot=snapshot).exclude(anchorings__snapshot=snapshot)
    return rest.order_by("id")


def _defer(snapshot: int) -> None:
    app.configure_task(JOB).defer(snapshot_id=snapshot)


def _compared(quotation: Quotation, snapshot: Snapshot, now: datetime) -> Anchoring:
    old = Anchor(
        quotation.start, quotation.end, quotation.exact, quotation.prefix, quotation.suffix
    )
    outside = () if quotation.mode == Mode.HEADLINE else _above(snapshot)
    found = quotes.reanchor(old, snapshot.text, outside=outside)
    there = found.anchor or found.nearest
    return Anchoring(
        quotation=quotation,
        snapshot=snapshot,
        state=found.state,
        start=there.start if there else None,
        end=there.end if there else None,
        exact=there.exact if there else "",
        distance=found.distance,
        anchored_at=now,
    )


def _above(snapshot: Snapshot) -> tuple[quotes.Span, ...]:
    """Where the headline stands, which no speaker can be quoted from."""
    source = snapshot.source
    outlets = (source.outlet.name, *source.outlet.aliases) if source.outlet else ()
    return _headlines(snapshot.text, source.title, outlets)


# One text is compared with many quotations in a row.
_headlines = lru_cache(maxsize=4)(headlines)


def _kept(made: list[Anchoring], now: datetime) -> list[Anchoring]:
    """Stores what was found; words that someone has looked at before are not asked about again."""
    if not made:
        return []
    earlier = _earlier(made)
    news = []
    for one in made:
        if one.state in ALARMING and not _settled(one, earlier):
            earlier[one.quotation_id, one.exact] = one
            news.append(one)
    Anchoring.objects.bulk_create(made)
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
