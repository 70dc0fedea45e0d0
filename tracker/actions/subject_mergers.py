"""What a merge of two people, or of two organisations, would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tracker.domain.errors import Conflict
from tracker.models import Affiliation, Claim, Organisation, Person, Source

COUNT_UP_TO = 10_000


@dataclass(frozen=True)
class SubjectPlan:
    """What would count for the record that stands; no count goes beyond COUNT_UP_TO."""

    aliases: tuple[str, ...]
    claims: int
    claims_there: int
    affiliations: int
    sources: int
    merged_before: int


def _capped(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:COUNT_UP_TO].count()


def plan(loser: Person | Organisation, winner: Person | Organisation) -> SubjectPlan:
    """Counts what moves; raises Conflict where the two are one, or one of them stands no more."""
    if loser.pk == winner.pk or loser.merged_into_id or winner.merged_into_id:
        raise Conflict("Choose two records that both still stand.", field="winner")
    way = "person" if isinstance(loser, Person) else "organisation"
    known = {winner.name, *winner.aliases}
    outlet = isinstance(loser, Organisation)
    return SubjectPlan(
        aliases=tuple(sorted({loser.name, *loser.aliases} - known)),
        claims=_capped(Claim.objects.filter(**{way: loser.pk})),
        claims_there=_capped(Claim.objects.filter(**{way: winner.pk})),
        affiliations=_capped(Affiliation.objects.filter(**{way: loser.pk})),
        sources=_capped(Source.objects.filter(outlet=loser.pk)) if outlet else 0,
        merged_before=_capped(type(loser)._default_manager.filter(merged_into=loser.pk)),
    )
