"""Who sees what: the public what is published, a judge nothing that could sway, staff all else.

What may not be seen is left out of lists and is 404 by address: nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from tracker.domain.judging import Role
from tracker.domain.judging import State as RoundState
from tracker.models import (
    Affiliation,
    Claim,
    Dispute,
    Lexicon,
    Outcome,
    Person,
    Proposition,
    Quotation,
    Reading,
    Reply,
    Resolution,
    Round,
    Snapshot,
    Source,
    User,
    Verdict,
)

Records = QuerySet[Any]
# By which way each noun leads to the propositions that it would give away.
WAYS: dict[type[Model], tuple[str, ...]] = {
    Claim: ("proposition",),
    Quotation: ("claims__proposition", "also_claims__proposition"),
    Snapshot: ("quotations__claims__proposition", "quotations__also_claims__proposition"),
    Reading: ("claim__proposition",),
    Resolution: ("proposition",),
    Reply: ("resolution__proposition",),
    Dispute: ("resolution__proposition",),
    Source: (
        "snapshots__quotations__claims__proposition",
        "snapshots__quotations__also_claims__proposition",
    ),
}


@dataclass(frozen=True)
class Sight:
    """One person's view of the record; without a role it is the public's."""

    user: User | None
    roles: frozenset[Role]

    @property
    def staff(self) -> bool:
        return bool(self.roles)

    @property
    def blind(self) -> bool:
        """Whether this is a judge and nothing else, who answers from the evidence alone."""
        return self.roles == {Role.JUDGE}

    @property
    def edits(self) -> bool:
        return bool(self.roles & {Role.EDITOR, Role.ADMIN})

    def see(self, records: Records) -> Records:
        """Those of the records that this person may see."""
        noun = records.model
        if not self.staff:
            return PUBLISHED[noun](records) if noun in PUBLISHED else records
        if noun is Verdict:
            return self._verdicts(records)
        if noun is Reading:
            records = self._readings(records)
        if not self.blind:
            return records
        return _without(records, WAYS.get(noun, ()), self.under_judgement())

    def under_judgement(self) -> Records:
        """Propositions with a round that lacks this person's answer, and what hangs on them."""
        rounds = Round.objects.under_way().exclude(verdicts__judge=self.user)
        judged = rounds.values("proposition")
        hidden = Q(pk__in=judged) | Q(condition__in=judged) | Q(condition__condition__in=judged)
        return Proposition.objects.filter(hidden).order_by().values("pk")

    def _verdicts(self, records: Records) -> Records:
        """The same rule as tracker.actions.rounds.visible_verdicts, for many rounds at once."""
        answered = Verdict.objects.filter(judge=self.user).values("round")
        shown = Q(judge=self.user) | Q(round__closed_at__isnull=False)
        past_open = ~Q(round__state=RoundState.OPEN)
        shown |= past_open & (Q() if self.edits else Q(round__in=answered))
        return records.filter(shown)

    def _readings(self, records: Records) -> Records:
        """A reader stays blind to the others until their own reading is in."""
        if self.edits:
            return records
        answered = Reading.objects.filter(reader=self.user).values("claim")
        return records.filter(Q(claim__in=answered) | Q(claim__coder=self.user))


def _without(records: Records, ways: tuple[str, ...], hidden: Records) -> Records:
    for way in ways:
        records = records.exclude(**{f"{way}__in": hidden})
    return records


def _frozen_claims(records: Records) -> Records:
    return records.exclude(frozen_at=None)


def _through(*ways: str, noun: type[Model]) -> Callable[[Records], Records]:
    """A rule by which a record is public when a public record of another noun points at it."""

    def rule(records: Records) -> Records:
        known = PUBLISHED[noun](noun._default_manager.all()).values("pk")
        return records.filter(reduce(or_, (Q(**{f"{way}__in": known}) for way in ways))).distinct()

    return rule


PUBLISHED: dict[type[Model], Callable[[Records], Records]] = {
    Claim: _frozen_claims,
    Proposition: lambda records: records.exclude(frozen_at=None),
    Lexicon: lambda records: records.exclude(frozen_at=None),
    Resolution: lambda records: records.exclude(published_at=None),
    Round: lambda records: records.filter(resolution__published_at__isnull=False),
    Verdict: lambda records: records.filter(round__resolution__published_at__isnull=False),
    Reply: lambda records: records.filter(resolution__published_at__isnull=False),
    Dispute: lambda records: records.filter(resolution__published_at__isnull=False),
    Outcome: _through("propositions__resolutions", noun=Resolution),
    Person: _through("claims", noun=Claim),
    Affiliation: _through("person__claims", noun=Claim),
    Quotation: _through("claims", "also_claims", noun=Claim),
    Source: _through("snapshots__quotations__claims", noun=Claim),
    Snapshot: lambda records: records.none(),
    Reading: lambda records: records.none(),
}
