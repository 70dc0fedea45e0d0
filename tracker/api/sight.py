"""Who sees what: the public what is published, a judge nothing that could sway, staff all else.

What may not be seen is left out of lists and is 404 by address: nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from django.db.models import Exists, Model, Q, QuerySet

from tracker.actions import rounds
from tracker.domain.judging import Role
from tracker.domain.judging import State as RoundState
from tracker.models import (
    Anchoring,
    Assignment,
    CalendarFeed,
    Capture,
    Claim,
    Delivery,
    Dispute,
    Distortion,
    Duplicate,
    Event,
    Evidence,
    ExternalReview,
    Import,
    Lexicon,
    Organisation,
    Outcome,
    Override,
    Person,
    Proposition,
    Quotation,
    Reading,
    Reply,
    ReplyLink,
    Resolution,
    Round,
    ScoreRun,
    Snapshot,
    Source,
    Topic,
    User,
    Verdict,
    Webhook,
)
from tracker.models.resolutions import Ruling

Records: TypeAlias = QuerySet[Any]
Rule: TypeAlias = Callable[[Records], Records]
# By which way each noun leads to the propositions that it would give away.
WAYS: dict[type[Model], tuple[str, ...]] = {
    Claim: ("proposition",),
    Quotation: ("claims__proposition", "also_claims__proposition"),
    Distortion: ("quotation__claims__proposition", "quotation__also_claims__proposition"),
    Anchoring: ("quotation__claims__proposition", "quotation__also_claims__proposition"),
    Reading: ("claim__proposition",),
    Resolution: ("proposition",),
    Reply: ("resolution__proposition",),
    ReplyLink: ("resolution__proposition",),
    Dispute: ("resolution__proposition",),
    Duplicate: (
        "kept_proposition",
        "dropped_proposition",
        "kept_claim__proposition",
        "dropped_claim__proposition",
    ),
}
# What is of a page, and where its source is named: whatever else was captured of the page, at any
# of its addresses, gives away what a judge must not see.
PAGES: dict[type[Model], str] = {
    Source: "pk",
    Snapshot: "source",
    Capture: "source",
    Distortion: "snapshot__source",
    Anchoring: "snapshot__source",
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
    def judges(self) -> bool:
        """Whether there are records that this person must not see before they have answered."""
        return Role.JUDGE in self.roles and not self.edits

    @property
    def edits(self) -> bool:
        return bool(self.roles & {Role.EDITOR, Role.ADMIN})

    def see(self, records: Records) -> Records:
        """Those of the records that this person may see."""
        noun = records.model
        if not self.staff:
            return PUBLISHED.get(noun, _nothing)(records)
        if noun is Verdict:
            return self._verdicts(records)
        if noun is Assignment and not self.edits:
            return records.filter(judge=self.user)
        if noun is Override and not self.edits:
            # Its reason may tell who coded what.
            return records.filter(round__closed_at__isnull=False)
        if noun in (Event, Webhook, Delivery, ReplyLink) and not self.edits:
            # What happened to which record, or where a link was sent, tells who spoke.
            return records.none()
        if noun is ExternalReview and self.judges:
            # What others found would sway, whether or not anybody has linked it.
            return records.none()
        if noun is CalendarFeed and not self.edits:
            return records.filter(user=self.user)
        if noun is Import and not self.edits:
            return records.filter(requested_by=self.user)
        if noun is Reading:
            records = self._readings(records)
        if not self.judges:
            return records
        hidden = self.under_judgement()
        if noun is ScoreRun:
            # Scores before and after a claim was logged tell who made it.
            return records.exclude(Exists(hidden))
        if noun in PAGES:
            records = records.exclude(**{f"{PAGES[noun]}__in": _pages(hidden).values("pk")})
        return _without(records, WAYS.get(noun, ()), hidden)

    def masks(self, propositions: Iterable[int]) -> bool:
        """Whether what coders wrote beside one of these could tell this person who spoke."""
        return self.blind or (self.judges and not self._masked.isdisjoint(propositions))

    @cached_property
    def _masked(self) -> frozenset[int]:
        return frozenset(self.under_judgement().values_list("pk", flat=True))

    def under_judgement(self) -> Records:
        """Propositions that this person must answer blind."""
        assert self.user is not None, "the public judges nothing"
        return rounds.hidden_from(self.user).values("pk")

    def _verdicts(self, records: Records) -> Records:
        """The same rule as tracker.actions.rounds.visible_verdicts, for many rounds at once."""
        answered = Verdict.objects.filter(judge=self.user).values("round")
        shown = Q(judge=self.user) | Q(round__closed_at__isnull=False)
        past_open = ~Q(round__state=RoundState.OPEN)
        shown |= past_open & (Q() if self.edits else Q(round__in=answered))
        records = records.filter(shown)
        if not self.judges:
            return records
        # Earlier rounds of what is judged anew would give away the answer.
        judged_anew = Q(round__proposition__in=self.under_judgement())
        return records.exclude(judged_anew & ~Q(judge=self.user))

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


def _pages(hidden: Records) -> Records:
    """The sources, with all that are the same page, in which these propositions are spoken of."""
    quotations = Quotation.objects.order_by()
    first = quotations.filter(claims__proposition__in=hidden).values("snapshot__source")
    further = quotations.filter(also_claims__proposition__in=hidden).values("snapshot__source")
    return Source.objects.filter(Q(pk__in=first) | Q(pk__in=further)).kin()


def _frozen(records: Records) -> Records:
    return records.exclude(frozen_at=None)


def _resolved(way: str) -> Rule:
    """A rule for what hangs on a resolution: it is public once that is published."""
    return lambda records: records.filter(**{f"{way}published_at__isnull": False})


def _ruled(records: Records) -> Records:
    """Disputes are public once there is a ruling on them."""
    return _resolved("resolution__")(records).exclude(ruling=Ruling.PENDING)


def _nothing(records: Records) -> Records:
    """The rule for every noun that is not named below."""
    return records.none()


def _everything(records: Records) -> Records:
    return records


def _spoken(records: Records) -> Records:
    """People with a frozen claim."""
    return records.filter(pk__in=_frozen(Claim.objects.order_by()).values("person"))


def _quoted(records: Records) -> Records:
    claims = _frozen(Claim.objects.order_by())
    first, further = claims.values("quotation"), claims.values("further_quotations")
    return records.filter(Q(pk__in=first) | Q(pk__in=further))


def _changed(records: Records) -> Records:
    """Distortions of a quotation that is public."""
    return records.filter(quotation__in=_quoted(Quotation.objects.order_by()).values("pk"))


def _borne_out(records: Records) -> Records:
    """Outcomes that bear on a proposition with a published resolution."""
    resolved = Resolution.objects.published().order_by().values("proposition")
    bearings = Evidence.objects.order_by().filter(proposition__in=resolved)
    return records.filter(pk__in=bearings.values("outcome"))


def _used(records: Records) -> Records:
    """Sources that are quoted by a public claim, or cited by a public outcome; merged ones too."""
    quotations = _quoted(Quotation.objects.order_by()).values("snapshot__source")
    outcomes = _borne_out(Outcome.objects.order_by())
    used = Q(pk__in=quotations) | Q(pk__in=outcomes.values("citations__source"))
    return records.filter(pk__in=Source.objects.filter(used).kin().values("pk"))


PUBLISHED: dict[type[Model], Rule] = {
    Claim: _frozen,
    Proposition: _frozen,
    Lexicon: _frozen,
    Resolution: _resolved(""),
    Round: _resolved("resolution__"),
    Verdict: _resolved("round__resolution__"),
    Reply: _resolved("resolution__"),
    Dispute: _ruled,
    Outcome: _borne_out,
    Person: _spoken,
    Quotation: _quoted,
    Distortion: _changed,
    Source: _used,
    # The text of an article is its publisher's: the public reads the words that were quoted.
    Snapshot: _nothing,
    # What the staff says of its own work.
    Override: _resolved("round__resolution__"),
    ExternalReview: _everything,
    Organisation: _everything,
    ScoreRun: _everything,
    Topic: _everything,
}
