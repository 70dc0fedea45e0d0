"""Drafts of claims out of the rows of a file, and what the record knows of many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from tracker.actions.claims import ClaimDraft
from tracker.actions.documents import (
    HopDraft,
    QuotationDraft,
    SnapshotDraft,
    SourceDraft,
    original,
)
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.actions.propositions import PropositionDraft
from tracker.domain.addresses import canonical
from tracker.domain.errors import NotFound
from tracker.domain.import_rows import Groups, WrongType
from tracker.models import Address, Claim, Proposition, Quotation, Snapshot, Source

CLAIM_STORY = (
    "quotation__snapshot__source__merged_into",
    "person",
    "organisation",
    "proposition",
    "merged_into",
)


@dataclass(frozen=True)
class Row:
    """One line of a file: the claim that it drafts, the page's canonical address, its uuid."""

    line: int
    draft: ClaimDraft
    address: str = ""
    url: str = ""
    uuid: UUID | None = None


def row_of(line: int, groups: Groups) -> Row:
    """The row as a draft; raises BadAddress, WrongType."""
    own = dict(groups.get("", {}))
    uuid = _uuid(own.pop("uuid", ""))
    p = {f"p_{name}": value for name, value in groups.get("probability", {}).items()}
    draft = ClaimDraft(
        source=SourceDraft(
            outlet=_organisation(groups.get("source.outlet")), **groups.get("source", {})
        ),
        snapshot=SnapshotDraft(**groups.get("snapshot", {})),
        quotation=_quotation(groups.get("quotation", {})),
        speaker=_speaker(groups),
        proposition=_proposition(groups, "proposition"),
        **p,
        **own,
    )
    given = draft.source.url.strip()
    if draft.source.id is not None or not given:
        return Row(line, draft, uuid=uuid)
    address, url = _address(given)
    return Row(line, draft, address, url, uuid)


@lru_cache(maxsize=4_096)
def _address(given: str) -> tuple[str, str]:
    """The canonical and the original address; many rows are of one page."""
    url = original(given)
    return canonical(url), url


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise WrongType("This is no UUID.", field="uuid") from error


def _organisation(values: Mapping[str, Any] | None) -> OrganisationDraft | None:
    return OrganisationDraft(**values) if values else None


def _speaker(groups: Groups) -> SpeakerDraft:
    person = groups.get("speaker.person", {})
    return SpeakerDraft(
        person=person.get("name", ""),
        person_slug=person.get("slug", ""),
        aliases=person.get("aliases", ()),
        organisation=_organisation(groups.get("speaker.organisation")),
        role=groups.get("speaker", {}).get("role", ""),
    )


def _quotation(values: Mapping[str, Any]) -> QuotationDraft:
    hops = values.get("hops")
    if not hops:
        return QuotationDraft(**values)
    drafts = tuple(
        HopDraft(hop["mode"], _organisation(hop["outlet"]), hop["channel"]) for hop in hops
    )
    return QuotationDraft(**{**values, "hops": drafts})


def _proposition(groups: Groups, name: str) -> PropositionDraft | None:
    inner = f"{name}.condition"
    condition = None
    if inner in groups or f"{inner}.condition" in groups:
        condition = _proposition(groups, inner)
    values = groups.get(name)
    if values is None and condition is None:
        return None
    return PropositionDraft(condition=condition, **(values or {}))


@dataclass
class Known:
    """What the record holds of that which a few thousand rows name by id, address or reference."""

    sources: dict[str, Source] = field(default_factory=dict)
    sources_by_id: dict[int, Source] = field(default_factory=dict)
    snapshots: dict[int, Snapshot] = field(default_factory=dict)
    quotations: dict[int, Quotation] = field(default_factory=dict)
    propositions: dict[int, Proposition] = field(default_factory=dict)
    claims: dict[int, Claim] = field(default_factory=dict)
    references: dict[str, Claim] = field(default_factory=dict)
    uuids: dict[UUID, Claim] = field(default_factory=dict)

    def twin(self, row: Row) -> Claim | None:
        """The claim on record that goes by the row's uuid or reference."""
        found = self.uuids.get(row.uuid) if row.uuid else None
        reference = row.draft.external_id.strip()
        return found or (self.references.get(reference) if reference else None)

    def source(self, given: int) -> Source:
        found: Source = _there(self.sources_by_id.get(given), "source", given)
        return found

    def snapshot(self, given: int, source: Source) -> Snapshot:
        found = self.snapshots.get(given)
        if found is None or source.pk not in (found.source_id, found.source.merged_into_id):
            raise NotFound(f"This source has no snapshot {given}.", field="snapshot")
        return found

    def quotation(self, given: int, snapshot: Snapshot) -> Quotation:
        found = self.quotations.get(given)
        if found is None or found.snapshot_id != snapshot.pk:
            raise NotFound(f"This snapshot has no quotation {given}.", field="quotation")
        return found

    def proposition(self, given: int) -> Proposition:
        found: Proposition = _there(self.propositions.get(given), "proposition", given)
        return found.merged_into or found

    def claim(self, given: int | None, name: str) -> int | None:
        if given is None:
            return None
        found: Claim = _there(self.claims.get(given), "claim", given, name)
        return found.merged_into_id or found.pk

    def upstream(self, given: int | None) -> int | None:
        if given is not None:
            _there(self.quotations.get(given), "quotation", given, "relayed_from")
        return given


def _there(found: Any, noun: str, given: int, name: str = "") -> Any:
    if found is None:
        raise NotFound(f"There is no {noun} {given}.", field=name or noun)
    return getattr(found, "merged_into", None) or found if noun == "source" else found


def known_of(rows: Sequence[Row]) -> Known:
    """Asks the record for all that these rows name, in a handful of questions."""
    drafts = [row.draft for row in rows]
    pages = Source.objects.select_related("merged_into__outlet", "outlet")
    conditions = ("merged_into__condition__condition", "condition__condition")
    quotations = [d.quotation.id for d in drafts] + [d.quotation.relayed_from for d in drafts]
    snapshots = Snapshot.objects.select_related("source__outlet", "source__merged_into")
    claims = Claim.objects.select_related(*CLAIM_STORY)
    references = {d.external_id.strip() for d in drafts} - {""}
    twins = list(claims.filter(external_id__in=references)) if references else []
    uuids = {row.uuid for row in rows if row.uuid}
    return Known(
        sources=_at({row.address for row in rows} - {""}),
        sources_by_id=_by_id(pages, (d.source.id for d in drafts)),
        snapshots=_by_id(snapshots, (d.snapshot.id for d in drafts)),
        quotations=_by_id(Quotation.objects.all(), quotations),
        propositions=_by_id(
            Proposition.objects.select_related(*conditions),
            (one.id for d in drafts for one in _chain(d.proposition)),
        ),
        claims=_by_id(claims, [given for d in drafts for given in (d.revises, d.distorts)]),
        references={claim.external_id: claim for claim in twins},
        uuids={claim.uuid: claim for claim in claims.filter(uuid__in=uuids)} if uuids else {},
    )


def _chain(draft: PropositionDraft | None) -> Iterable[PropositionDraft]:
    while draft:
        yield draft
        draft = draft.condition


def _by_id(records: Any, ids: Iterable[int | None]) -> dict[int, Any]:
    wanted = {pk for pk in ids if pk is not None}
    return dict(records.in_bulk(wanted)) if wanted else {}


def _at(addresses: set[str]) -> dict[str, Source]:
    """The standing source of each address that is known, a page's first one before further ones."""
    if not addresses:
        return {}
    pages = Source.objects.select_related("merged_into__outlet", "outlet")
    further = Address.objects.filter(canonical_url__in=addresses)
    found = {
        one.canonical_url: one.source
        for one in further.select_related("source__merged_into__outlet", "source__outlet")
    }
    found |= {one.canonical_url: one for one in pages.filter(canonical_url__in=addresses)}
    return {url: one.merged_into or one for url, one in found.items()}
