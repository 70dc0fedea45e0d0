"""Which claims are counted, held against a loop over all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import (
    make_claim,
    make_lexicon,
    make_person,
    make_proposition,
    make_resolution,
    make_topic,
)
from tests.moments import dated
from tracker.actions.scores import rescore
from tracker.models import Claim, ClaimAccount, ScoreItem, Topic
from tracker.models.claims import Kind, Tier
from tracker.models.moments import reading
from tracker.models.selections import EVERYTHING, Selection

pytestmark = pytest.mark.django_db

Question = Callable[[ScoreItem], bool]
DAY = date(2026, 1, 10)
PUBLISHED = date(2026, 7, 9)


@pytest.fixture
def claims() -> list[Claim]:
    """Twelve resolved claims that differ in everything that can be asked, and an open one."""
    above = make_topic(slug="war")
    below = make_topic(slug="siege", parent=make_topic(slug="cities", parent=above))
    terms = [make_lexicon(version=version).terms.get() for version in ("a", "b")]
    found = []
    for n in range(12):
        what = make_proposition(topic=[above, below, None, make_topic()][n % 4])
        stated = {"p_tier": Tier.STATED} if n % 3 else {"p_tier": Tier.LEXICON}
        claim = make_claim(
            person=make_person(),
            proposition=what,
            said_on=DAY + timedelta(days=n),
            kind=[Kind.FORECAST, Kind.CONDITIONAL_FORECAST][n % 2],
            hedge_term=None if n % 3 else terms[n % 2],
            coded_after_outcome=n % 5 == 0,
            **stated,
        )
        at = datetime(2026, 7, 5, 23, 59, tzinfo=UTC) + timedelta(days=n)
        make_resolution(proposition=what, decided_at=at, published_at=at)
        found.append(claim)
    make_claim()
    rescore()
    return found


def topic(slug: str) -> Any:
    return Topic.objects.get(slug=slug).pk


def day_of(item: ScoreItem) -> date:
    published = item.resolution.published_at
    assert published is not None
    return published.astimezone(UTC).date()


QUESTIONS: dict[str, tuple[Callable[[], Selection], Question]] = {
    "everything": (lambda: EVERYTHING, lambda i: True),
    "a topic and all below": (
        lambda: Selection(topic=topic("war")),
        lambda i: i.topic is not None and i.topic.slug in ("war", "siege"),
    ),
    "a topic at the bottom": (
        lambda: Selection(topic=topic("siege")),
        lambda i: i.topic is not None and i.topic.slug == "siege",
    ),
    "said between two days": (
        lambda: Selection(said_from=DAY + timedelta(days=2), said_to=DAY + timedelta(days=7)),
        lambda i: DAY + timedelta(days=2) <= i.claim.said_on <= DAY + timedelta(days=7),
    ),
    "resolved on a day": (
        lambda: Selection(resolved_from=PUBLISHED, resolved_to=PUBLISHED),
        lambda i: day_of(i) == PUBLISHED,
    ),
    "resolved until the end of time": (
        lambda: Selection(resolved_from=PUBLISHED, resolved_to=date.max),
        lambda i: day_of(i) >= PUBLISHED,
    ),
    "a kind of claim": (
        lambda: Selection(claim_kind=Kind.CONDITIONAL_FORECAST),
        lambda i: i.claim.kind == Kind.CONDITIONAL_FORECAST,
    ),
    "a tier": (lambda: Selection(tier=Tier.STATED), lambda i: i.tier == Tier.STATED),
    "without hindsight": (lambda: Selection(hindsight=False), lambda i: not i.hindsight),
    "several at once": (
        lambda: Selection(topic=topic("war"), tier=Tier.LEXICON, said_from=DAY),
        lambda i: (
            i.tier == Tier.LEXICON and i.topic is not None and i.topic.slug in ("war", "siege")
        ),
    ),
}


@pytest.mark.parametrize("then", [None, "now"], ids=["the present", "the past"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_those_are_counted_of_which_it_is_true(
    claims: list[Claim], question: str, then: str | None
) -> None:
    selection, holds = QUESTIONS[question]
    items = ScoreItem.objects.select_related("topic", "claim", "resolution")
    wanted = sorted(item.claim_id for item in items if holds(item))
    only, moment = selection(), timezone.now() if then else None

    with reading(moment, only):
        counted = sorted(ScoreItem.objects.values_list("claim_id", flat=True))
        accounts = set(ClaimAccount.objects.values_list("claim_id", flat=True))

    assert counted == wanted
    assert accounts >= set(wanted)
    assert 0 < len(wanted) <= len(claims)
    assert question == "everything" or len(wanted) < len(claims)


def test_only_claims_read_off_that_lexicon_are_counted(claims: list[Claim]) -> None:
    used = ScoreItem.objects.exclude(lexicon=None).values_list("lexicon", flat=True).first()

    with reading(only=Selection(lexicon=used)):
        found = {item.lexicon_id for item in ScoreItem.objects.all()}

    assert found == {used}


def test_open_claims_have_no_day_of_resolution(claims: list[Claim]) -> None:
    with reading(only=Selection(resolved_from=date(1900, 1, 1))):
        accounts = set(ClaimAccount.objects.values_list("account", flat=True))

    assert accounts == {"scored"}


def test_a_topic_of_the_past_has_what_lay_below_it_then(claims: list[Claim]) -> None:
    before = dated(datetime(2026, 8, 1, tzinfo=UTC))
    Topic.objects.filter(slug="siege").update(parent=None)
    after = dated(datetime(2026, 8, 2, tzinfo=UTC))

    def counted_at(then: datetime) -> int:
        with reading(then, Selection(topic=topic_then)):
            return ScoreItem.objects.count()

    topic_then = topic("war")

    assert (counted_at(before), counted_at(after)) == (6, 3)


def test_what_is_selected_by_items_alone_may_be_kept() -> None:
    assert EVERYTHING.of_items
    assert Selection(tier=Tier.STATED, lexicon=1, hindsight=False).of_items
    assert not any(
        selection.of_items
        for selection in (
            Selection(topic=1),
            Selection(said_to=DAY),
            Selection(claim_kind=Kind.FORECAST),
            Selection(resolved_from=DAY),
        )
    )
