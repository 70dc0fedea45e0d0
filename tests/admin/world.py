"""A small world in which every noun has rows, for tests that walk all pages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group

from tests import builders
from tests.anchoring import make_anchoring
from tests.distorting import make_distortion
from tests.duties import moved_to
from tests.links import make_feed, make_link
from tests.pairs import make_duplicate, twins
from tracker.actions.users import issue_token
from tracker.domain.judging import OutcomeAnswer, State
from tracker.models import Claim, HedgeTerm, Proposition, ScoreRun, User
from tracker.models.claims import Tier

PASSAGE = (
    "Analysts doubt it. “The city is likely to fall by June,” said Charles Lister, who tweeted."
)
WORDS = "The city is likely to fall by June"


def make_staff(role: str, **fields: Any) -> User:
    """A user who may enter the workbench in this role."""
    return builders.make_user(role=role, is_staff=True, **fields)


def make_story(*, judged: bool = True) -> Claim:
    """A claim with all that a page can show: relay, hedge, condition, outcome, verdicts, score."""
    outlet = builders.make_organisation(kind="media")
    source = builders.make_source(outlet=outlet)
    snapshot = builders.make_snapshot(text=PASSAGE, source=source)
    quotation = builders.make_quotation(exact=WORDS, snapshot=snapshot)
    builders.make_relay(quotation=quotation, outlet=builders.make_organisation(kind="media"))
    make_distortion(quotation=quotation, exact="Analysts doubt it", note="They hope it.")
    person, organisation = builders.make_person(), builders.make_organisation()
    builders.make_affiliation(person=person, organisation=organisation, role="Fellow")
    topic = builders.make_topic()
    condition = builders.make_proposition()
    proposition = builders.make_proposition(topic=topic, condition=condition)
    term = HedgeTerm.objects.select_related("lexicon").get(phrase="likely", lexicon__version="1.0")
    claim = builders.make_claim(
        quotation=quotation,
        person=person,
        organisation=organisation,
        role="Fellow",
        proposition=proposition,
        kind="conditional_forecast",
        hedge="likely",
        hedge_term=term,
        p_low=term.low,
        p_point=term.point,
        p_high=term.high,
        p_tier=Tier.LEXICON,
    )
    if judged:
        _judge(claim, proposition)
    builders.make_reading(claim=builders.make_claim())
    return claim


def _judge(claim: Claim, proposition: Proposition) -> None:
    builders.make_benchmark(proposition=proposition)
    outcome = builders.make_outcome(proposition=proposition)
    builders.make_citation(outcome=outcome)
    round = builders.make_round(proposition=proposition)
    for answer in (OutcomeAnswer.CAME_TRUE, OutcomeAnswer.MOSTLY):
        verdict = builders.make_verdict(round=round, outcome=answer, condition="met")
        verdict.cited.add(outcome)
    moved_to(round, State.SETTLED)
    resolution = builders.make_resolution(
        proposition=proposition, round=round, condition="met", outcome=OutcomeAnswer.MOSTLY
    )
    reply = builders.make_reply(resolution=resolution)
    make_link(resolution=resolution, person=claim.person, reply=reply)
    make_feed()
    builders.make_dispute(resolution=resolution)
    if not hasattr(claim, "score_item"):
        builders.make_score_item(claim=claim, resolution=resolution)
    builders.make_verdict(round=builders.make_round())


def make_world() -> None:
    """Rows of every noun that the workbench lists."""
    make_story()
    make_distortion()
    builders.make_claim(frozen=False)
    first, second = twins()
    make_duplicate(kept_claim=first, dropped_claim=second)
    make_duplicate()
    builders.make_capture(status="failed")
    builders.make_capture(status="ok")
    make_anchoring(quotation=builders.make_claim().quotation)
    ScoreRun.objects.create(
        title="All people",
        method_version="1.0",
        as_of=builders.JUDGED,
        seed=1,
        input_sha256="0",
        table={"speakers": []},
        published_by=builders.make_user(role="editor"),
        published_at=builders.JUDGED,
    )
    issue_token(user=builders.make_user(role="coder"))
    Group.objects.get_or_create(name="judge")
