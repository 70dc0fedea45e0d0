"""A row whose claim is on record already: the same content is no news, other content is refused.

Only what the row says is compared: who left a column out has not contradicted the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.actions.import_drafts import Row
from tracker.actions.import_registers import Register
from tracker.domain.errors import AlreadyLogged
from tracker.domain.variants import fold
from tracker.models import Claim, Organisation, Person
from tracker.models.documents import Completeness

SAME = ("kind", "polarity", "note", "failed_test", "coded_after_outcome")
PROPOSED = ("statement", "criteria", "deadline")


def refuse_difference(
    row: Row,
    claim: Claim,
    people: Register[Person],
    organisations: Register[Organisation],
    *,
    blind: bool = False,
) -> None:
    """Raises AlreadyLogged, naming the first column in which the row differs from the claim.

    `blind` is for those who must not learn what another's claim says, not even by guessing.
    """
    if blind:
        raise AlreadyLogged(
            "This reference is taken: give the row one of its own.", field="external_id"
        )
    for column, here, there in _differences(row, claim, people, organisations):
        raise AlreadyLogged(
            f"Claim {claim.pk} has this reference, but its {column} is “{_short(there)}”, not "
            f"“{_short(here)}”: correct the row, or log it under a reference of its own.",
            field=column,
            claim=claim.pk,
        )


def _differences(
    row: Row, claim: Claim, people: Register[Person], organisations: Register[Organisation]
) -> Iterator[tuple[str, object, object]]:
    draft, quotation = row.draft, claim.quotation
    page = quotation.snapshot.source
    pages = {page.canonical_url, page.merged_into.canonical_url if page.merged_into else ""}
    if row.address and row.address not in pages:
        yield "source.url", draft.source.url, page.url
    words = draft.quotation.exact.strip()
    if words and fold(words).text != fold(quotation.exact).text.strip():
        yield "quotation.exact", words, quotation.exact
    text, kept = draft.snapshot.text, quotation.snapshot.text
    excerpt = draft.snapshot.completeness == Completeness.EXCERPT and text in kept
    if text and text != kept and not excerpt:
        yield "snapshot.text", text, kept
    who, speaker = draft.speaker, claim.person
    if who.person or who.person_slug:
        known = people.known(who.person.strip(), who.person_slug)
        if known is None or speaker is None or known not in (speaker.pk, speaker.merged_into_id):
            yield "speaker.person", who.person or who.person_slug, speaker or ""
    house, body = claim.organisation, who.organisation
    if body:
        known = organisations.known(body.name.strip(), body.slug)
        if known is None or house is None or known not in (house.pk, house.merged_into_id):
            yield "speaker.organisation", body.name or body.slug, house or ""
    yield from _coded(row, claim)


def _coded(row: Row, claim: Claim) -> Iterator[tuple[str, object, object]]:
    draft = row.draft
    for name in SAME:
        here = getattr(draft, name)
        default = type(draft).__dataclass_fields__[name].default
        if here != default and here != getattr(claim, name):
            yield name, here, getattr(claim, name)
    if draft.hedge.strip() and draft.hedge.strip() != claim.hedge:
        yield "hedge", draft.hedge, claim.hedge
    if draft.p_point is not None and draft.p_point != claim.p_point:
        yield "probability", draft.p_point / 1000, (claim.p_point or 0) / 1000
    meant, proposition = draft.proposition, claim.proposition
    if meant is None or meant.id is not None:
        return
    for name in PROPOSED:
        here = getattr(meant, name)
        there = getattr(proposition, name, "")
        if here and here != there and str(here).strip() != there:
            yield f"proposition.{name}", here, there


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
