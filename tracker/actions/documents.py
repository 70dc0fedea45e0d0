"""What may be done with documents: file a source, capture its text, quote it word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.actions.anchorings import follow, reanchor
from tracker.actions.dates import said_on
from tracker.actions.people import OrganisationDraft, recognise_organisation
from tracker.actions.records import in_choices, tidy
from tracker.actions.transactions import action
from tracker.domain import quotes
from tracker.domain.addresses import bare, canonical, unwrap_archive
from tracker.domain.errors import NotFound, RequiredField, UnknownValue
from tracker.domain.headlines import locate_in_body
from tracker.domain.provenance import Grade, Hop, Mode, explain, grade
from tracker.domain.roles import Verb
from tracker.models import Organisation, Quotation, Relay, Snapshot, Source
from tracker.models.accounts import User
from tracker.models.documents import CaptureMethod


@dataclass(frozen=True)
class SourceDraft:
    """A document, by id, or by address and title."""

    id: int | None = None
    url: str = ""
    title: str = ""
    outlet: OrganisationDraft | None = None
    bylines: tuple[str, ...] = ()
    published_on: date | None = None
    published_words: str = ""
    language: str = "en"
    kind: str = "article-newspaper"
    selection: str = "nominated"
    note: str = ""


@dataclass(frozen=True)
class SnapshotDraft:
    """The text as it stood at one moment, by id, or in full, or as excerpts."""

    id: int | None = None
    text: str = ""
    captured_at: datetime | None = None
    method: str = "paste"
    completeness: str = "full"
    archive_url: str = ""


@dataclass(frozen=True)
class HopDraft:
    """One hop of the relay: in which mode, through which outlet or channel."""

    mode: str
    outlet: OrganisationDraft | None = None
    channel: str = ""


@dataclass(frozen=True)
class QuotationDraft:
    """Words in a snapshot; offsets are code points and may be left out where the words decide."""

    id: int | None = None
    exact: str = ""
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""
    mode: str = "direct_quote"
    speaker_words: str = ""
    role_words: str = ""
    said_on: str = ""
    said_words: str = ""
    channel: str = ""
    hops: tuple[HopDraft, ...] = ()
    relayed_from: int | None = None


@action(Verb.LOG)
def file_source(*, by: User, draft: SourceDraft) -> Source:
    """Files a document; one whose canonical address is known is recognised, never overwritten."""
    return recognise_source(draft)


def recognise_source(draft: SourceDraft) -> Source:
    """The document of this id or canonical address, filed if it is new."""
    return known_source(draft) or filed_source(draft)


def known_source(draft: SourceDraft) -> Source | None:
    """The document of this id or canonical address, if there is one; raises NotFound for an id."""
    if draft.id is not None:
        return _standing(Source.objects.filter(pk=draft.id).first(), "source", draft.id)
    return find_source(draft.url) if draft.url.strip() else None


def filed_source(draft: SourceDraft) -> Source:
    """A document that is not on record yet, filed."""
    source = new_source(draft, original(draft.url) if draft.url.strip() else "")
    source.outlet = recognise_organisation(draft.outlet) if draft.outlet else None
    source.save(force_insert=True)
    return source


def new_source(draft: SourceDraft, url: str) -> Source:
    """The document as it would be filed at this original address, without its outlet; unsaved."""
    if not draft.title.strip():
        raise RequiredField("A new source needs its title.", field="title")
    source = Source(
        canonical_url=canonical(url) if url else "",
        bylines=[quotes.clean(name, field="bylines") for name in draft.bylines],
        published_on=draft.published_on,
        **tidy(
            {
                "url": url,
                "title": draft.title.strip(),
                "published_words": draft.published_words,
                "language": draft.language,
                "kind": draft.kind,
                "selection": draft.selection,
                "note": draft.note,
            }
        ),
    )
    in_choices(source, {"kind": draft.kind, "selection": draft.selection})
    return source


def original(url: str) -> str:
    """The page's own address as it was found: out of an archive's link that names it, and bare."""
    archived = unwrap_archive(url)
    return bare(archived.original if archived and archived.original else url)


def find_source(url: str) -> Source | None:
    """The source that stands for the page at this address, by any address of it that is known.

    Raises BadAddress.
    """
    address = canonical(original(url))
    records = Source.objects.order_by()
    further = records.filter(addresses__canonical_url=address)
    known = list(records.filter(canonical_url=address).union(further, all=True))
    found = min(known, key=lambda one: one.canonical_url != address, default=None)
    return found and (found.merged_into or found)


def _standing(source: Source | None, field: str, given: int) -> Source:
    if source is None:
        raise NotFound(f"There is no source {given}.", field=field)
    return source.merged_into or source


@action(Verb.LOG)
def capture(*, by: User, now: datetime, source: Source, draft: SnapshotDraft) -> Snapshot:
    """Keeps the text as it stood; the same text of the same source is one snapshot."""
    if draft.id is not None:
        family = source.family()
        found = Snapshot.objects.filter(pk=draft.id, source__in=family).first()
        if found is None:
            raise NotFound(f"This source has no snapshot {draft.id}.", field="snapshot")
        return found
    snapshot = new_snapshot(source.merged_into or source, draft, by=by, now=now)
    same = Snapshot.objects.filter(
        source=snapshot.source,
        text_sha256=snapshot.text_sha256,
        completeness=draft.completeness,
    ).first()
    if same:
        return same
    snapshot.save(force_insert=True)
    reanchor(snapshot=snapshot, now=now)
    return snapshot


def new_snapshot(source: Source, draft: SnapshotDraft, *, by: User, now: datetime) -> Snapshot:
    """The text as it would be kept of this standing source; unsaved."""
    draft = as_archived(draft, "")
    text = quotes.clean(draft.text, field="text")
    if not text.strip():
        raise RequiredField("A snapshot needs the text.", field="text")
    snapshot = Snapshot(
        source=source,
        captured_at=draft.captured_at or now,
        method=draft.method,
        completeness=draft.completeness,
        text=text,
        text_sha256=quotes.text_hash(text),
        archive_url=bare(draft.archive_url) if draft.archive_url else "",
        captured_by=by,
    )
    in_choices(snapshot, {"method": draft.method, "completeness": draft.completeness})
    return snapshot


def as_archived(draft: SnapshotDraft, url: str) -> SnapshotDraft:
    """The draft of a text that stood at this address: in an archive, when and where it was kept."""
    link = (draft.archive_url or url).strip()
    if not link or (archived := unwrap_archive(link)) is None:
        return draft
    kept = replace(draft, archive_url=link)
    if archived.captured_at is None or draft.method != CaptureMethod.PASTE:
        return kept
    when = draft.captured_at or archived.captured_at
    return replace(kept, captured_at=when, method=archived.archive.value)


@action(Verb.LOG)
def quote(*, by: User, now: datetime, snapshot: Snapshot, draft: QuotationDraft) -> Quotation:
    """Keeps words of a snapshot with their place, the way they were reported and their date.

    Words that stand in the headline alone are refused unless they are kept as a headline (mode),
    which only its outlet can answer for.
    """
    if draft.id is not None:
        found = Quotation.objects.filter(pk=draft.id, snapshot=snapshot).first()
        if found is None:
            raise NotFound(f"This snapshot has no quotation {draft.id}.", field="quotation")
        return found
    quotation = kept_quotation(snapshot, draft)
    follow(quotation=quotation, now=now)
    return quotation


def kept_quotation(snapshot: Snapshot, draft: QuotationDraft) -> Quotation:
    """New words of a snapshot, kept with the hops by which they came."""
    hops = [_hop(hop) for hop in draft.hops]
    quotation = new_quotation(snapshot, draft, hops)
    quotation.relayed_from = _relayed_from(draft.relayed_from)
    quotation.save(force_insert=True)
    for step, (mode, outlet, channel) in enumerate(hops, start=1):
        Relay.objects.create(
            quotation=quotation, step=step, mode=mode, outlet=outlet, channel=channel
        )
    return quotation


def new_quotation(
    snapshot: Snapshot,
    draft: QuotationDraft,
    hops: Sequence[tuple[Mode, Organisation | None, str]],
) -> Quotation:
    """The words as they would be kept, in their place, with the way they came; unsaved."""
    here = _place(snapshot, draft)
    place = {name: getattr(here, name) for name in ("start", "end", "exact", "prefix", "suffix")}
    return Quotation(snapshot=snapshot, **place, **_report(draft, hops, snapshot.source))


def _place(snapshot: Snapshot, draft: QuotationDraft) -> quotes.Anchor:
    names = ("start", "end", "prefix", "suffix")
    hints: dict[str, Any] = {name: getattr(draft, name) for name in names}
    if draft.mode == Mode.HEADLINE:
        return quotes.locate(snapshot.text, draft.exact, **hints)
    source = snapshot.source
    outlets = [source.outlet.name, *source.outlet.aliases] if source.outlet else []
    return locate_in_body(snapshot.text, source.title, draft.exact, outlets=outlets, **hints)


def provenance_reason(quotation: Quotation) -> str:
    """Why the quotation has its grade, from the hops by which it came."""
    relays = sorted(quotation.hops.all(), key=lambda hop: hop.step)
    hops = [Hop(Mode(hop.mode), str(hop.outlet or hop.channel)) for hop in relays]
    last = Hop(Mode(quotation.mode), str(quotation.snapshot.source.outlet or ""))
    return explain(Grade(quotation.provenance), [*hops, last])


def _report(
    draft: QuotationDraft, hops: Sequence[tuple[Mode, Organisation | None, str]], source: Source
) -> dict[str, Any]:
    """How and when the words were said, and the grade that follows from the way they came."""
    said, mode = said_on(draft.said_on, source), known_mode(draft.mode)
    relays = [Hop(hop_mode, str(outlet or channel)) for hop_mode, outlet, channel in hops]
    way = (*relays, Hop(mode, str(source.outlet or "")))
    words = ("said_words", "speaker_words", "role_words", "channel")
    return {
        "mode": mode,
        "said_first": said.first,
        "said_last": said.last,
        "said_precision": said.precision,
        "provenance": grade(way, own=mode is Mode.OWN_PUBLICATION),
        **tidy({name: getattr(draft, name) for name in words}),
    }


def _relayed_from(given: int | None) -> Quotation | None:
    if given is None:
        return None
    upstream = Quotation.objects.filter(pk=given).first()
    if upstream is None:
        raise NotFound(f"There is no quotation {given}.", field="relayed_from")
    return upstream


def _hop(hop: HopDraft) -> tuple[Mode, Organisation | None, str]:
    outlet = recognise_organisation(hop.outlet) if hop.outlet else None
    return known_mode(hop.mode), outlet, quotes.clean(hop.channel, field="channel")


def known_mode(given: str) -> Mode:
    """The report mode of this name; raises UnknownValue."""
    try:
        return Mode(given)
    except ValueError as error:
        names = ", ".join(Mode)
        raise UnknownValue(f"A report mode is one of: {names}.", field="mode") from error
