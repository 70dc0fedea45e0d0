"""A round whose every telling part is a word found nowhere else, for walks as a judge."""

from __future__ import annotations

from dataclasses import dataclass

from tests import builders
from tests.distorting import make_distortion
from tests.duties import make_assignment, make_override
from tests.links import make_feed, make_link
from tests.pairs import make_duplicate
from tracker.domain.judging import State
from tracker.domain.quotes import AnchorState
from tracker.models import Anchoring, Claim, Proposition, Round, Source

SPEAKER, INSTITUTE, OUTLET = "Sibyl Unseen", "Delphi Institute", "Hidden Herald"
NAMES = (SPEAKER, INSTITUTE, OUTLET)
WORDS, HEDGE, ROLE = "the walls shall perchance tumble", "perchance", "Oracle-in-chief"
TITLE, BYLINE, ADDRESS = "Tremors at the gate", "Barnaby Byline", "https://herald.example/tremors"
RATIONALE, REPLY = "Jocasta saw it so", "Unseen stands by it"
P = 617
NUMBERS = ("0.617", "61.7")
# Never in an answer to a judge: the names are apart, for registers of people list them.
TELLING = (
    "perchance",
    "shall tumble",
    ROLE,
    TITLE,
    BYLINE,
    "herald.example",
    "Jocasta",
    "stands by it",
    *NUMBERS,
)
MARKERS = (*NAMES, *TELLING)


@dataclass(frozen=True)
class Secret:
    """What was made: the round, and the claim behind it."""

    round: Round
    claim: Claim
    source: Source
    proposition: Proposition


def make_source() -> Source:
    outlet = builders.make_organisation(name=OUTLET, kind="media")
    return builders.make_source(
        title=TITLE, outlet=outlet, bylines=[BYLINE], url=ADDRESS, canonical_url=ADDRESS
    )


def make_proposition(**fields: object) -> Proposition:
    """A neutral sentence, and what coders wrote beside it in the speaker's words."""
    telling = dict.fromkeys(
        ("condition_words", "deadline_words", "deadline_reason", "note"), f"{SPEAKER}: {WORDS}"
    )
    return builders.make_proposition(**{**telling, **fields})


def make_claim(source: Source, proposition: Proposition, **fields: object) -> Claim:
    text = f"{SPEAKER} of {OUTLET}: {WORDS} ({source.snapshots.count()})."
    snapshot = builders.make_snapshot(text=text, source=source)
    quotation = builders.make_quotation(
        exact=WORDS, snapshot=snapshot, speaker_words=SPEAKER, role_words=ROLE, channel=TITLE
    )
    claim = builders.make_claim(
        quotation=quotation, proposition=proposition, role=ROLE, hedge=HEDGE, p=P, **fields
    )
    builders.make_relay(quotation=quotation, outlet=source.outlet, channel=TITLE)
    claim.further_quotations.add(
        builders.make_quotation(snapshot=builders.make_snapshot(text=WORDS), exact=WORDS)
    )
    return claim


def make_secret() -> Secret:
    """A round under way with one verdict in, after an earlier one that was appealed."""
    source, proposition = make_source(), make_proposition()
    speaker = builders.make_person(name=SPEAKER)
    house = builders.make_organisation(name=INSTITUTE)
    builders.make_affiliation(person=speaker, organisation=house, role="Fellow")
    claim = make_claim(source, proposition, person=speaker, organisation=house)
    below = make_claim(
        source, make_proposition(condition=proposition), person=speaker, organisation=house
    )
    about(claim, below)
    judge_before(proposition, claim)
    round = builders.make_round(proposition=proposition, note=f"{SPEAKER}: {WORDS}")
    builders.make_verdict(round=round, rationale=RATIONALE)
    make_assignment(round=round)
    make_override(round=round, reason=f"{RATIONALE}: {SPEAKER} reads no other language.")
    make_feed()
    return Secret(round, claim, source, proposition)


def judge_before(proposition: Proposition, claim: Claim) -> None:
    """An earlier round, its resolution, what was said to it, and the score that it led to."""
    earlier = builders.make_round(proposition=proposition, note=RATIONALE)
    builders.make_verdict(round=earlier, rationale=RATIONALE, searched=WORDS)
    earlier.state = State.AGREED
    earlier.save(update_fields=["state"])
    resolution = builders.make_resolution(
        proposition=proposition, round=earlier, rationale=RATIONALE, override_reason=SPEAKER
    )
    earlier.state, earlier.closed_at = State.SETTLED, builders.JUDGED
    earlier.save(update_fields=["state", "closed_at"])
    builders.make_reply(resolution=resolution, author=SPEAKER, text=REPLY, person=claim.person)
    builders.make_dispute(resolution=resolution, filed_by=SPEAKER, text=REPLY, ground=WORDS)
    make_link(resolution=resolution, person=claim.person, sent_to="unseen@herald.example")
    if not hasattr(claim, "score_item"):
        builders.make_score_item(claim=claim, resolution=resolution)


def about(claim: Claim, below: Claim) -> None:
    """All that hangs on the claim, and records that a judge may see which point at it."""
    quotation, source = claim.quotation, claim.quotation.snapshot.source
    builders.make_reading(claim=claim)
    builders.make_benchmark(proposition=claim.proposition, p=P, method=WORDS, source=TITLE)
    for status in ("ok", "failed"):
        builders.make_capture(source=source, status=status)
    make_distortion(quotation=quotation, exact=HEDGE, place="paraphrase")
    later = builders.make_snapshot(text=f"{WORDS} indeed", source=source)
    Anchoring.objects.create(
        quotation=quotation,
        snapshot=later,
        state=AnchorState.MOVED,
        start=0,
        end=len(WORDS),
        exact=WORDS,
        anchored_at=builders.CODED,
    )
    make_duplicate(kept_claim=claim, dropped_claim=below, reason=WORDS)
    outcome = builders.make_outcome(proposition=claim.proposition, note=f"{SPEAKER}: {WORDS}")
    builders.make_citation(outcome=outcome, source=source, saw="A report of the siege.")
    other = builders.make_quotation(relayed_from=quotation)
    builders.make_claim(quotation=other, distorts=claim, revises=below)
    builders.make_claim(proposition=claim.proposition, person=claim.person, frozen=False)
