"""Scores under other readings equal what the pure reference makes of the claims, read otherwise."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import (
    FROZEN,
    make_claim,
    make_lexicon,
    make_person,
    make_proposition,
    make_resolution,
    make_term,
)
from tests.scoring import forecast_of, reference_of
from tracker.actions.scores import Subject, report_on, rescore
from tracker.actions.sensitivity import Line, Variant, sensitivity
from tracker.domain.ranking import Tier, event_sums, improvement_of
from tracker.domain.shares import base_rates
from tracker.models import Claim, Person, Resolution, ScoreItem
from tracker.models.selections import Selection

pytestmark = pytest.mark.django_db
GRADES = {"came_true": 4, "mostly": 3, "partly": 2, "mostly_not": 1, "did_not": 0}


@pytest.fixture
def people() -> list[Person]:
    """Two people on twelve events, by hedge and by number, some in part, some late."""
    ours = make_lexicon(version="ours")
    other = make_lexicon(version="other", frozen=False, phrases=())
    make_term(lexicon=other, phrase="likely", score_p=550)
    other.frozen_at = FROZEN
    other.save(update_fields=["frozen_at"])
    found = [make_person(), make_person()]
    for n in range(12):
        what = make_proposition(deadline=date(2027, 1, 10), deadline_basis="convention")
        for person in found[: 1 + n % 2]:
            hedged = n % 3 == 0
            read = {"p_low": 600, "p_point": 700, "p_high": 800} if hedged else {"p": 80 * n}
            claim = make_claim(
                person=person,
                proposition=what,
                hedge_term=ours.terms.get() if hedged else None,
                p_tier="lexicon" if hedged else "stated",
                coded_after_outcome=n == 4,
                **read,
            )
        outcome = list(GRADES)[n % 5]
        occurred = {"occurred_on": date(2026, 11, 1)} if outcome == "came_true" else {}
        make_resolution(proposition=claim.proposition, outcome=outcome, **occurred)
    rescore()
    return found


def by_name(lines: list[Line]) -> dict[Variant, Line]:
    """By variant; of the other lexicons, the one of these tests and not the one that is shipped."""
    return {line.variant: line for line in lines if line.lexicon in ("", "other")}


def reread(item: ScoreItem, variant: Variant) -> dict[str, Any]:
    """What the reference is told of an item instead."""
    claim = item.claim
    match variant:
        case Variant.LOW:
            return {"p": claim.p_low}
        case Variant.HIGH:
            return {"p": claim.p_high}
        case Variant.OTHER_LEXICON:
            return {"p": 550 if item.tier == "lexicon" else item.p}
        case Variant.HALF_HORIZON:
            return {"y": 0 if item.resolution.occurred_on else item.y}
    return {}


@pytest.mark.parametrize(
    "variant", [variant for variant in Variant if variant is not Variant.GRADED]
)
def test_a_variant_is_the_table_of_the_claims_read_so(
    people: list[Person], variant: Variant
) -> None:
    items = ScoreItem.objects.select_related("claim", "resolution")
    if variant is Variant.FORESIGHT:
        items = items.filter(hindsight=False)
    rows = [forecast_of(item, Subject.PEOPLE, **reread(item, variant)) for item in items]
    wanted = reference_of(rows)
    changed = sum(
        any(value != getattr(item, name) for name, value in reread(item, variant).items())
        for item in items
    )
    left_out = ScoreItem.objects.count() - len(rows)

    whole = by_name(sensitivity(Subject.PEOPLE))[variant]
    own = by_name(sensitivity(Subject.PEOPLE, people[0].pk))[variant]

    assert (whole.n, whole.events, whole.brier) == (wanted.n, wanted.events, wanted.brier)
    assert whole.improvement == wanted.improvement
    assert whole.changed == changed + left_out
    speaker = next(s for s in wanted.speakers if s.speaker == str(people[0].pk))
    assert (own.n, own.events, own.brier) == (speaker.n, speaker.events, speaker.brier)
    assert (own.improvement, own.tier) == (speaker.improvement, speaker.tier)
    assert own.lexicon == ("other" if variant is Variant.OTHER_LEXICON else "")


def test_graded_outcomes_are_scored_by_quarters(people: list[Person]) -> None:
    graded = {r.proposition_id: GRADES[r.outcome] for r in Resolution.objects.all()}
    claims = [(c, Fraction(graded[c.proposition_id or 0], 4)) for c in Claim.objects.all()]
    outcomes = {claim.proposition_id: y for claim, y in claims}
    rates = dict(zip(outcomes, base_rates(list(outcomes.values())), strict=True))
    gained, errors = [], []
    for claim, y in claims:
        p = Fraction(690 if claim.p_tier == "lexicon" else claim.p_point or 0, 1000)
        d = (rates[claim.proposition_id] - y) ** 2 - (p - y) ** 2
        gained.append((str(claim.proposition_id), d))
        errors.append((p - y) ** 2)
    unit = 10**6 * 16 * len(outcomes) ** 2
    sums = event_sums(((event, int(d * unit)) for event, d in gained), unit=unit)

    line = by_name(sensitivity(Subject.PEOPLE))[Variant.GRADED]

    assert all((d * unit).denominator == 1 for _, d in gained)
    assert (line.n, line.events) == (len(claims), len(outcomes))
    assert line.brier == sum(errors) / len(errors)
    assert line.improvement == improvement_of(sums)
    assert line.changed == sum(y not in (0, 1) for _, y in claims)


def test_without_hedges_there_is_no_other_lexicon_to_read_them_by(db: None) -> None:
    claim = make_claim()
    make_resolution(proposition=claim.proposition)
    make_lexicon()
    rescore()

    assert Variant.OTHER_LEXICON not in {line.variant for line in sensitivity(Subject.PEOPLE)}


def test_the_first_line_is_the_score_as_it_is(people: list[Person]) -> None:
    report = report_on(Subject.PEOPLE)

    line = sensitivity(Subject.PEOPLE)[0]

    assert (line.variant, line.changed, line.moved) == (Variant.AS_SCORED, 0, 0)
    assert (line.n, line.events, line.brier) == (report.n, report.events, report.brier)
    assert (line.improvement, line.tier) == (report.improvement, None)


def test_a_tier_that_is_another_is_counted(people: list[Person]) -> None:
    """Whose every claim was coded in hindsight has no number without them."""
    late = make_person()
    for outcome in ("came_true", "did_not", "came_true"):
        claim = make_claim(person=late, coded_after_outcome=True)
        make_resolution(proposition=claim.proposition, outcome=outcome)
    rescore()

    own = by_name(sensitivity(Subject.PEOPLE, late.pk))
    whole = by_name(sensitivity(Subject.PEOPLE))

    assert (own[Variant.AS_SCORED].tier, own[Variant.FORESIGHT].tier) == (
        Tier.UNRANKED,
        Tier.CLAIMS_ONLY,
    )
    assert (own[Variant.FORESIGHT].moved, own[Variant.FORESIGHT].changed) == (1, 3)
    assert (own[Variant.FORESIGHT].n, own[Variant.FORESIGHT].brier) == (0, None)
    assert whole[Variant.FORESIGHT].moved == 1


def test_of_a_part_and_of_the_past_only_its_claims_are_read(people: list[Person]) -> None:
    now = by_name(sensitivity(Subject.PEOPLE, people[0].pk))
    then = by_name(sensitivity(Subject.PEOPLE, people[0].pk, then=timezone.now()))
    part = by_name(sensitivity(Subject.PEOPLE, only=Selection(hindsight=False)))

    assert now == then
    assert part[Variant.AS_SCORED].n == ScoreItem.objects.filter(hindsight=False).count()
    assert part[Variant.FORESIGHT].changed == 0
