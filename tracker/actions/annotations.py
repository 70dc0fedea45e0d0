"""What may be done with annotations: keep the passage that one marks as a quotation, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.actions.documents import QuotationDraft, quote
from tracker.actions.records import locked
from tracker.actions.transactions import action
from tracker.domain.annotations import NotCaptured, Note, place
from tracker.domain.errors import (
    HeadlineNotQuotable,
    QuotationAmbiguous,
    QuotationNotFound,
    TrackerError,
)
from tracker.domain.quotes import Anchor
from tracker.domain.roles import Verb
from tracker.models import Quotation, Snapshot, Source
from tracker.models.accounts import User


@dataclass(frozen=True)
class Marked:
    """The quotation of the passage that was marked, and whether it is new."""

    quotation: Quotation
    new: bool


@action(Verb.LOG)
def keep_marked(
    *, by: User, now: datetime, source: Source, note: Note, first: Snapshot | None = None
) -> Marked:
    """Keeps the words of a note as a quotation of the newest snapshot in which they stand.

    A passage that is quoted already, in whichever snapshot of the page, is that quotation.
    `first` is the snapshot that the note itself names. Raises NotCaptured, and what
    documents.quote raises.
    """
    # Two notes of one passage at once would both find it unquoted.
    page = locked(source.merged_into or source)
    places = list(_places(page, note, first))
    for snapshot, here in places:
        known = snapshot.quotations.filter(start=here.start, end=here.end).order_by("id").first()
        if known:
            return Marked(known, new=False)
    snapshot, here = places[0]
    how: dict[str, Any] = dict(note.extras)
    draft = QuotationDraft(exact=here.exact, start=here.start, end=here.end, **how)
    return Marked(quote(by=by, now=now, snapshot=snapshot, draft=draft), new=True)


def _places(page: Source, note: Note, first: Snapshot | None) -> Iterator[tuple[Snapshot, Anchor]]:
    """Yields where the words stand, newest snapshot first; raises as the newest one refuses."""
    refusal: TrackerError | None = None
    found = False
    for snapshot in _snapshots(page, first):
        outlet = snapshot.source.outlet
        names = (outlet.name, *outlet.aliases) if outlet else ()
        try:
            here = place(snapshot.text, snapshot.source.title, note, names)
        except (QuotationNotFound, QuotationAmbiguous, HeadlineNotQuotable) as error:
            refusal = refusal or error
            continue
        found = True
        yield snapshot, here
    if not found:
        raise refusal or NotCaptured(field="uri", url=note.uri)


def _snapshots(page: Source, first: Snapshot | None) -> list[Snapshot]:
    kin = page.family()
    all_of_them = Snapshot.objects.filter(source__in=kin).select_related("source__outlet")
    newest = all_of_them.order_by("-captured_at", "-id")
    return sorted(newest, key=lambda one: first is None or one.pk != first.pk)
