"""Rows for tests, made by the plain ORM: say only what matters, the rest is sensible.

Every argument is optional and a keyword; every name is new in its run of the tests.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from tracker.domain.deadlines import Basis
from tracker.domain.hedges import DefaultMode, KindCode
from tracker.domain.judging import ConditionAnswer, Method, OutcomeAnswer, Stage, State
from tracker.domain.provenance import Grade, Mode
from tracker.models import (
    Affiliation,
    Benchmark,
    Capture,
    Citation,
    Claim,
    Dispute,
    Evidence,
    HedgeTerm,
    Lexicon,
    Organisation,
    Outcome,
    Person,
    Proposition,
    Quotation,
    Reading,
    Relay,
    Reply,
    Resolution,
    Round,
    ScoreItem,
    Snapshot,
    Source,
    Topic,
    User,
    Verdict,
)
from tracker.models.claims import ClaimState, Kind, Tier

SAID = date(2026, 1, 10)
CODED = datetime(2026, 1, 12, 9, tzinfo=UTC)
FROZEN = datetime(2026, 1, 12, 10, tzinfo=UTC)
DEADLINE = date(2026, 6, 30)
KNOWN = date(2026, 6, 1)
JUDGED = datetime(2026, 7, 1, 9, tzinfo=UTC)
TEXT = "“The city will be besieged by summer,” said the analyst."

_number = count(1)


def make_user(*, role: str = "coder", username: str | None = None, **fields: Any) -> User:
    """A user in the group of this role; `role=""` gives one without any."""
    user = User.objects.create_user(username or f"{role or 'reader'}-{next(_number)}", **fields)
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def make_person(*, name: str | None = None, **fields: Any) -> Person:
    number = next(_number)
    fields.setdefault("slug", f"person-{number}")
    return Person.objects.create(name=name or f"Person {number}", **fields)


def make_organisation(*, name: str | None = None, **fields: Any) -> Organisation:
    number = next(_number)
    fields.setdefault("slug", f"organisation-{number}")
    return Organisation.objects.create(name=name or f"Organisation {number}", **fields)


def make_affiliation(
    *, person: Person | None = None, organisation: Organisation | None = None, **fields: Any
) -> Affiliation:
    return Affiliation.objects.create(
        person=person or make_person(), organisation=organisation or make_organisation(), **fields
    )


def make_topic(*, name: str | None = None, **fields: Any) -> Topic:
    number = next(_number)
    fields.setdefault("slug", f"topic-{number}")
    return Topic.objects.create(name=name or f"Topic {number}", **fields)


def make_source(*, title: str | None = None, **fields: Any) -> Source:
    number = next(_number)
    address = f"https://example.org/article-{number}"
    fields = {"url": address, "canonical_url": address, "published_on": SAID, **fields}
    return Source.objects.create(title=title or f"Article {number}", **fields)


def make_snapshot(*, text: str = TEXT, source: Source | None = None, **fields: Any) -> Snapshot:
    """A snapshot of this text, with its true hash unless another is given."""
    fields.setdefault("text_sha256", sha256(text.encode()).hexdigest())
    fields.setdefault("captured_at", CODED)
    if "captured_by" not in fields:
        fields["captured_by"] = make_user()
    return Snapshot.objects.create(source=source or make_source(), text=text, **fields)


def make_capture(*, source: Source | None = None, **fields: Any) -> Capture:
    """A request that waits for a worker; `status` alone makes a sound row of any other kind."""
    source = source or make_source()
    fields = {"status": "queued", "requested_url": source.url, "requested_at": CODED, **fields}
    if "requested_by" not in fields:
        fields["requested_by"] = make_user()
    if fields["status"] not in ("queued", "running"):
        fields.setdefault("finished_at", CODED)
    if fields["status"] in ("failed", "blocked"):
        fields.setdefault("reason", "The page is not there (404): check the address.")
    if fields["status"] == "ok":
        fields = {"bytes_sha256": sha256(b"page").hexdigest(), "size": 4, **fields}
        if "snapshot" not in fields:
            fields["snapshot"] = make_snapshot(source=source)
    return Capture.objects.create(source=source, **fields)


def make_quotation(
    *, exact: str | None = None, snapshot: Snapshot | None = None, **fields: Any
) -> Quotation:
    """The words where they first stand in the snapshot; a text of just these words by default."""
    snapshot = snapshot or make_snapshot(text=TEXT if exact is None else f"He said: {exact}")
    exact = exact or "The city will be besieged by summer"
    start = fields.pop("start", snapshot.text.find(exact))
    fields.setdefault("end", start + len(exact))
    fields = {"provenance": Grade.B, "said_last": SAID, **fields}
    return Quotation.objects.create(snapshot=snapshot, exact=exact, start=start, **fields)


def make_relay(*, quotation: Quotation | None = None, **fields: Any) -> Relay:
    fields = {"step": 1, "mode": Mode.DIRECT_QUOTE, "channel": "e-mail", **fields}
    return Relay.objects.create(quotation=quotation or make_quotation(), **fields)


def make_proposition(
    *, frozen: bool = True, deadline: date | None = DEADLINE, **fields: Any
) -> Proposition:
    """A proposition due on the deadline; without one it is reviewed on that day."""
    number = next(_number)
    fields = {
        "statement": f"City {number} is besieged.",
        "criteria": "It is not besieged on any day until then.",
        "deadline_basis": Basis.STATED if deadline else Basis.NONE,
        "review_on": None if deadline else DEADLINE,
        "frozen_at": FROZEN if frozen else None,
        **fields,
    }
    return Proposition.objects.create(deadline=deadline, **fields)


def make_claim(*, frozen: bool = True, **fields: Any) -> Claim:
    """A person's forecast at 80 percent, stated; a draft has neither probability nor kind.

    `p` sets the three probabilities at once, in permille.
    """
    p = fields.pop("p", 800)
    if "quotation" not in fields:
        fields["quotation"] = make_quotation()
    if "coder" not in fields:
        fields["coder"] = make_user()
    if "person" not in fields and "organisation" not in fields:
        fields["person"] = make_person()
    if frozen:
        coded = {"kind": Kind.FORECAST, "state": ClaimState.FROZEN, "frozen_at": FROZEN}
        stated = {"p_low": p, "p_point": p, "p_high": p, "p_tier": Tier.STATED}
        fields = {**coded, **stated, **fields}
        if "proposition" not in fields:
            fields["proposition"] = make_proposition()
    return Claim.objects.create(**{"said_on": SAID, "coded_at": CODED, **fields})


def make_outcome(*, proposition: Proposition | None = None, **fields: Any) -> Outcome:
    """A dated fact, bearing on the proposition if one is given."""
    if "recorded_by" not in fields:
        fields["recorded_by"] = make_user(role="editor")
    fields.setdefault("statement", f"Siege {next(_number)} began.")
    fields.setdefault("known_on", KNOWN)
    if not fields.get("found_nothing"):
        fields.setdefault("occurred_on", fields["known_on"])
    outcome = Outcome.objects.create(**fields)
    if proposition is not None:
        Evidence.objects.create(outcome=outcome, proposition=proposition)
    return outcome


def make_citation(*, outcome: Outcome | None = None, **fields: Any) -> Citation:
    fields.setdefault("saw", "A report of the siege.")
    if "source" not in fields:
        fields["source"] = make_source()
    return Citation.objects.create(outcome=outcome or make_outcome(), **fields)


def make_round(*, proposition: Proposition | None = None, **fields: Any) -> Round:
    """An open round of two judges, or a closed one for a state that is final."""
    proposition = proposition or make_proposition()
    fields.setdefault("number", proposition.rounds.count() + 1)
    if fields.get("state") in (State.SETTLED, State.ABANDONED):
        fields.setdefault("closed_at", JUDGED)
    if "opened_by" not in fields:
        fields["opened_by"] = make_user(role="editor")
    return Round.objects.create(**{"opened_at": JUDGED, "proposition": proposition, **fields})


def make_verdict(
    *, round: Round | None = None, judge: User | None = None, **fields: Any
) -> Verdict:
    fields = {
        "stage": Stage.INDEPENDENT,
        "outcome": OutcomeAnswer.CAME_TRUE,
        "rationale": "Two sources report it.",
        "submitted_at": JUDGED,
        **fields,
    }
    judge = judge or make_user(role="judge")
    return Verdict.objects.create(round=round or make_round(), judge=judge, **fields)


def make_resolution(
    *, published: bool = True, proposition: Proposition | None = None, **fields: Any
) -> Resolution:
    """What was settled, without a round unless one is given."""
    proposition = proposition or make_proposition()
    editor = fields.pop("decided_by", None) or make_user(role="editor")
    decided = fields.setdefault("decided_at", JUDGED)
    reply_until = decided + timedelta(days=7)
    if published:
        fields = {"published_at": reply_until, "published_by": editor, **fields}
    fields = {
        "condition": ConditionAnswer.NOT_APPLICABLE,
        "outcome": OutcomeAnswer.CAME_TRUE,
        "method": Method.AGREED,
        "rationale": "Both judges agree.",
        "reply_until": reply_until,
        **fields,
    }
    return Resolution.objects.create(proposition=proposition, decided_by=editor, **fields)


def make_reply(*, resolution: Resolution | None = None, **fields: Any) -> Reply:
    fields = {"author": "The analyst", "text": "I stand by it.", "received_at": JUDGED, **fields}
    return Reply.objects.create(resolution=resolution or make_resolution(), **fields)


def make_dispute(*, resolution: Resolution | None = None, **fields: Any) -> Dispute:
    fields = {"ground": "evidence", "text": "A source was missed.", "filed_at": JUDGED, **fields}
    fields.setdefault("filed_by", "The analyst")
    return Dispute.objects.create(resolution=resolution or make_resolution(), **fields)


def make_score_item(*, claim: Claim | None = None, **fields: Any) -> ScoreItem:
    """The claim's probability against a resolution of its proposition; it happened by default."""
    claim = claim or make_claim()
    if "resolution" not in fields:
        fields["resolution"] = make_resolution(proposition=claim.proposition)
    fields = {"person": claim.person, "p": claim.p_point, "y": 1, "tier": Tier.STATED, **fields}
    return ScoreItem.objects.create(claim=claim, proposition=claim.proposition, **fields)


def make_term(*, lexicon: Lexicon, phrase: str = "likely", **fields: Any) -> HedgeTerm:
    """One phrase with a band of 60 to 80 percent; the lexicon must still be open."""
    fields = {
        "low": 600,
        "point": 700,
        "high": 800,
        "score_p": 690,
        "score_sd": 0.1,
        "source": "Worked example",
        "kind": "published_raw",
        "kind_code": KindCode.PUBLISHED_RAW,
        "mode": DefaultMode.SCORE,
        **fields,
    }
    return HedgeTerm.objects.create(lexicon=lexicon, phrase=phrase, **fields)


def make_lexicon(
    *, frozen: bool = True, phrases: tuple[str, ...] = ("likely",), **fields: Any
) -> Lexicon:
    number = next(_number)
    fields.setdefault("title", f"Lexicon of test {number}")
    lexicon = Lexicon.objects.create(version=fields.pop("version", f"test-{number}"), **fields)
    for phrase in phrases:
        make_term(lexicon=lexicon, phrase=phrase)
    if frozen:
        lexicon.frozen_at = FROZEN
        lexicon.save(update_fields=["frozen_at"])
    return lexicon


def make_reading(
    *, claim: Claim | None = None, reader: User | None = None, **fields: Any
) -> Reading:
    fields = {"low": 600, "best": 700, "high": 800, "read_at": CODED, **fields}
    reader = reader or make_user(role="judge")
    return Reading.objects.create(claim=claim or make_claim(), reader=reader, **fields)


def make_benchmark(*, proposition: Proposition | None = None, **fields: Any) -> Benchmark:
    if "coder" not in fields:
        fields["coder"] = make_user()
    fields = {"p": 300, "as_of": SAID, "method": "Sieges a year since 1990.", **fields}
    return Benchmark.objects.create(proposition=proposition or make_proposition(), **fields)
