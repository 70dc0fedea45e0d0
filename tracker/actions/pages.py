"""What is quoted of a page: its words, kept with the page and the text in which they stand."""

from __future__ import annotations

from datetime import datetime

from tracker.actions.documents import (
    QuotationDraft,
    SnapshotDraft,
    SourceDraft,
    as_archived,
    capture,
    filed_source,
    kept_quotation,
    known_source,
    new_snapshot,
    quote,
)
from tracker.domain.errors import HeadlineNotQuotable
from tracker.domain.provenance import Mode
from tracker.models import Organisation, Person, Quotation
from tracker.models.accounts import User


def quote_page(
    *, by: User, now: datetime, page: SourceDraft, text: SnapshotDraft, words: QuotationDraft
) -> Quotation:
    """Keeps words of a page, with the page and its text where these are new; part of an action.

    Of a page that is new nobody else knows before the transaction ends: there is no other capture,
    and no other quotation, to compare with.
    """
    text = as_archived(text, page.url)
    source = known_source(page)
    if source or text.id is not None or words.id is not None:
        snapshot = capture(by=by, now=now, source=source or filed_source(page), draft=text)
        return quote(by=by, now=now, snapshot=snapshot, draft=words)
    snapshot = new_snapshot(filed_source(page), text, by=by, now=now)
    snapshot.save(force_insert=True)
    return kept_quotation(snapshot, words)


def refuse_borrowed_headline(
    quotation: Quotation, person: Person | None, organisation: Organisation | None
) -> None:
    """Raises HeadlineNotQuotable where a headline would speak for anyone but its outlet."""
    if quotation.mode != Mode.HEADLINE:
        return
    outlet = quotation.snapshot.source.outlet
    if (
        person
        or not (outlet and organisation)
        or _standing_id(outlet) != _standing_id(organisation)
    ):
        raise HeadlineNotQuotable(field="exact", headline=quotation.exact)


def _standing_id(organisation: Organisation) -> int:
    return organisation.merged_into_id or organisation.pk
