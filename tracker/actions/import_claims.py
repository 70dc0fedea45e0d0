"""Claims in bulk: each row becomes the same records as `actions/claims.log_claim` makes of it.

The rules are those of the actions, whose builders are used; what differs is that the record is
asked for a few thousand rows at once, and that nothing is written before every row is sound.
Within one file, rows with the same proposition to the letter speak to one proposition, and rows
with the same source to the letter, where it has no address, are of one source.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tracker.actions.claims import check_complete, new_claim, reference_day
from tracker.actions.documents import (
    HopDraft,
    SnapshotDraft,
    SourceDraft,
    as_archived,
    known_mode,
    new_quotation,
    new_snapshot,
    new_source,
)
from tracker.actions.hedging import governing_term
from tracker.actions.import_drafts import Known, Row
from tracker.actions.import_registers import Register, Topics, called, names_in
from tracker.actions.import_twins import refuse_difference
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.actions.propositions import PropositionDraft, new_proposition
from tracker.actions.staging import Stage
from tracker.domain import quotes
from tracker.domain.errors import ConditionOnItself, HeadlineNotQuotable, UnknownSpeaker
from tracker.domain.judging import Role
from tracker.domain.provenance import Mode
from tracker.domain.roles import Verb, permitted
from tracker.models import (
    Claim,
    HedgeTerm,
    Lexicon,
    Organisation,
    Person,
    Proposition,
    Quotation,
    Relay,
    Snapshot,
    Source,
)
from tracker.models.accounts import User
from tracker.models.claims import ClaimState


class Gathering:
    """The claims of one file on their way into the record.

    It keeps in memory what each new name, page and proposition is known by; no text, no claim.
    """

    def __init__(self, by: User, now: datetime) -> None:
        self.by, self.now = by, now
        roles = by.roles()
        self.blind = Role.JUDGE in roles and not permitted(Verb.CURATE, roles)
        self.people = Register(Person, "person", "people")
        self.organisations = Register(Organisation, "organisation", "organisations")
        self.topics = Topics()
        kinds = (Source, Snapshot, Quotation, Relay, Proposition, Claim)
        self.stages = {kind: Stage(kind) for kind in kinds}
        self.lexicon = Lexicon.objects.latest_frozen()
        self.held: set[tuple[int, int, str]] = set()
        self.freezing: set[int] = set()
        self.there = 0
        self._known = Known()
        self._pages: dict[str | SourceDraft, Source] = {}
        self._last: tuple[int, SnapshotDraft, Snapshot] | None = None
        self._texts: dict[tuple[int, str, str], int] = {}
        self._propositions: dict[PropositionDraft, int] = {}
        self._meant: tuple[PropositionDraft, date | None, Proposition] | None = None
        self._hedges: dict[tuple[str, str], tuple[HedgeTerm | None, bool]] = {}

    def learn(self, rows: Sequence[Row], known: Known) -> None:
        """Takes in what the record knows of these rows, before they are taken one by one."""
        self._known = known
        drafts = [row.draft for row in rows]
        speakers = [draft.speaker for draft in drafts]
        hops = [hop.outlet for draft in drafts for hop in draft.quotation.hops]
        houses = [draft.source.outlet for draft in drafts] + [s.organisation for s in speakers]
        self.people.learn(
            (name for speaker in speakers for name in names_in(speaker)),
            (speaker.person_slug for speaker in speakers),
        )
        self.organisations.learn(
            called([*houses, *hops]), (one.slug for one in (*houses, *hops) if one)
        )
        self._learn_texts(rows)

    def _learn_texts(self, rows: Sequence[Row]) -> None:
        """Which of the texts are snapshots of their pages already."""
        standing = {source.pk for source in self._known.sources.values()}
        standing |= {(one.merged_into or one).pk for one in self._known.sources_by_id.values()}
        if not standing:
            return
        hashes = {quotes.text_hash(row.draft.snapshot.text) for row in rows}
        known = Snapshot.objects.filter(source__in=standing, text_sha256__in=hashes)
        columns = ("source_id", "text_sha256", "completeness", "pk")
        for page, digest, completeness, pk in known.values_list(*columns):
            self._texts[page, digest, completeness] = pk

    def flush(self) -> None:
        """Sends what has been taken to its stages."""
        for stage in self.all_stages():
            stage.flush()

    def all_stages(self) -> list[Stage]:
        """The stages in the order in which their rows may enter the record."""
        registers = [self.topics.stage, self.organisations.stage, self.people.stage]
        return [*registers, *self.stages.values()]

    def take(self, row: Row) -> None:
        """Stages the records of a row; raises what `log_claim` would, or that it is on record."""
        if twin := self._known.twin(row):
            blind = self.blind and twin.coder_id != self.by.pk
            refuse_difference(row, twin, self.people, self.organisations, blind=blind)
            self.there += 1
            return
        draft = row.draft
        source = self._source(row)
        snapshot = self._snapshot(row, source)
        quotation = self._quotation(row, snapshot)
        person, organisation = self._speaker(row.line, draft.speaker)
        _refuse_borrowed_headline(quotation, source, person, organisation)
        proposition = None
        if draft.proposition:
            day = reference_day(draft.kind, quotation.said_last)
            proposition = self._proposition(row.line, draft.proposition, day, 0)
        claim = new_claim(
            draft,
            self._hedge(draft.hedge.strip(), draft.hedge_term),
            quotation=quotation,
            proposition=proposition,
            person_id=person.pk if person else None,
            organisation_id=organisation.pk if organisation else None,
            revises_id=self._known.claim(draft.revises, "revises"),
            distorts_id=self._known.claim(draft.distorts, "distorts"),
            coder=self.by,
            coded_at=self.now,
        )
        if draft.freeze:
            self._freeze(claim)
        if row.uuid:
            claim.uuid = row.uuid
        claim.pk = self.stages[Claim].next_id()
        self.stages[Claim].put(claim, row.line)

    # --- documents ---

    def _source(self, row: Row) -> Source:
        draft = row.draft.source
        if draft.id is not None:
            return self._known.source(draft.id)
        if known := self._known.sources.get(row.address):
            return known
        if known := self._pages.get(row.address or draft):
            return known
        source = new_source(draft, row.url)
        source.outlet = self._organisation(row.line, draft.outlet)
        source.pk = self.stages[Source].next_id()
        self._pages[row.address or draft] = source
        self.stages[Source].put(source, row.line)
        return source

    def _snapshot(self, row: Row, source: Source) -> Snapshot:
        given = row.draft.snapshot
        if given.id is not None:
            return self._known.snapshot(given.id, source)
        if self._last and self._last[:2] == (source.pk, given):
            return self._last[2]
        snapshot = self._text(row, source, as_archived(given, row.draft.source.url))
        self._last = (source.pk, given, snapshot)
        return snapshot

    def _text(self, row: Row, source: Source, draft: SnapshotDraft) -> Snapshot:
        snapshot = new_snapshot(source, draft, by=self.by, now=self.now)
        text = (source.pk, snapshot.text_sha256, draft.completeness)
        if known := self._texts.get(text):
            snapshot.pk = known
            return snapshot
        self._texts[text] = snapshot.pk = self.stages[Snapshot].next_id()
        self.stages[Snapshot].put(snapshot, row.line)
        return snapshot

    def _quotation(self, row: Row, snapshot: Snapshot) -> Quotation:
        draft = row.draft.quotation
        if draft.id is not None:
            return self._known.quotation(draft.id, snapshot)
        hops = [self._hop(row.line, hop) for hop in draft.hops]
        quotation = new_quotation(snapshot, draft, hops)
        quotation.relayed_from_id = self._known.upstream(draft.relayed_from)
        quotation.pk = self.stages[Quotation].next_id()
        self.stages[Quotation].put(quotation, row.line)
        for step, (mode, outlet, channel) in enumerate(hops, start=1):
            relay = Relay(quotation=quotation, step=step, mode=mode, outlet=outlet, channel=channel)
            relay.pk = self.stages[Relay].next_id()
            self.stages[Relay].put(relay, row.line)
        return quotation

    def _hop(self, line: int, hop: HopDraft) -> tuple[Mode, Organisation | None, str]:
        outlet = self._organisation(line, hop.outlet)
        return known_mode(hop.mode), outlet, quotes.clean(hop.channel, field="channel")

    # --- who ---

    def _organisation(self, line: int, draft: OrganisationDraft | None) -> Organisation | None:
        if draft is None:
            return None
        name, more = draft.name.strip(), {"kind": draft.kind, "aliases": draft.aliases}
        return self.organisations.recognise(line, name, draft.slug, **more)

    def _speaker(self, line: int, draft: SpeakerDraft) -> tuple[Person | None, Organisation | None]:
        organisation = self._organisation(line, draft.organisation)
        person, name = None, draft.person.strip()
        if name or draft.person_slug:
            person = self.people.recognise(line, name, draft.person_slug, aliases=draft.aliases)
        if person is None and organisation is None:
            raise UnknownSpeaker(field="speaker")
        if person and organisation:
            self.held.add((person.pk, organisation.pk, draft.role))
        return person, organisation

    # --- what ---

    def _proposition(
        self, line: int, draft: PropositionDraft, said: date | None, depth: int
    ) -> Proposition:
        if draft.id is not None:
            return self._known.proposition(draft.id)
        if depth > 2:
            raise ConditionOnItself(field="condition")
        if self._meant and self._meant[:2] == (draft, said):
            return self._meant[2]
        made = new_proposition(draft, said)
        if draft.condition:
            made.condition = self._proposition(line, draft.condition, said, depth + 1)
        self._meant = (draft, said, made)
        if known := self._propositions.get(draft):
            made.pk = known
            return made
        made.topic_id = self.topics.recognise(line, draft.topic) if draft.topic else None
        made.pk = self._propositions[draft] = self.stages[Proposition].next_id()
        self.stages[Proposition].put(made, line)
        return made

    def _hedge(self, words: str, chosen: str) -> tuple[HedgeTerm | None, bool]:
        if (words, chosen) not in self._hedges:
            self._hedges[words, chosen] = governing_term(words, chosen, self.lexicon)
        return self._hedges[words, chosen]

    def _freeze(self, claim: Claim) -> None:
        check_complete(claim)
        claim.state, claim.frozen_at = ClaimState.FROZEN, self.now
        proposition = claim.proposition
        while proposition and not proposition.frozen_at:
            self.freezing.add(proposition.pk)
            proposition = proposition.condition


def _refuse_borrowed_headline(
    quotation: Quotation,
    source: Source,
    person: Person | None,
    organisation: Organisation | None,
) -> None:
    """The rule of `pages.refuse_borrowed_headline`, for records that are not filed yet."""
    if quotation.mode != Mode.HEADLINE:
        return
    outlet = source.outlet
    standing = outlet and (outlet.merged_into_id or outlet.pk)
    if person or not (outlet and organisation) or standing != organisation.pk:
        raise HeadlineNotQuotable(field="exact", headline=quotation.exact)
