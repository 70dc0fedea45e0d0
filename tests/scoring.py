"""Score items by the handful, for tests that ask what many claims come to together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from tests.builders import (
    make_claim,
    make_person,
    make_quotation,
    make_resolution,
    make_score_item,
    make_user,
)
from tracker.actions import scores
from tracker.actions.scores import Subject
from tracker.domain.score_tables import ScoreReport, score_table
from tracker.domain.scoring import Forecast
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.models import Lexicon, Person, Resolution, ScoreItem


def make_events(outcomes: str, **fields: Any) -> list[Resolution]:
    """Resolved propositions, one for each of "1" and "0": what happened and what did not."""
    names = {"1": "came_true", "0": "did_not"}
    return [make_resolution(outcome=names[outcome], **fields) for outcome in outcomes]


def make_items(person: Person, said: Iterable[tuple[Resolution, int]], **fields: Any) -> None:
    """What a person said of these events, in permille."""
    shared: dict[str, Any] = {"quotation": make_quotation(), "coder": make_user()}
    for resolution, p in said:
        claim = make_claim(proposition=resolution.proposition, person=person, p=p, **shared)
        y = int(resolution.outcome == "came_true")
        make_score_item(claim=claim, resolution=resolution, p=p, y=y, **fields)


def forecast_of(item: ScoreItem, subject: Subject, **changes: Any) -> Forecast:
    """A score item as the pure reference takes it; `p`, `y` may be others than its own."""
    return Forecast(
        speaker=str(getattr(item, subject.column)),
        event=str(item.proposition_id),
        p=Fraction(changes.get("p", item.p), 1000),
        y=changes.get("y", item.y),
        base_rate=None if item.base_rate is None else Fraction(item.base_rate, 1000),
        phrase=item.phrase,
    )


def reference_of(rows: list[Forecast]) -> ScoreReport:
    """The report of the rows one by one, past every tally."""
    lexicon = Lexicon.objects.latest_frozen()
    panel = scores.panel_for(lexicon, {row.phrase for row in rows}, seed=DEFAULT_SEED)
    return score_table(rows, seed=DEFAULT_SEED, readers=panel)


def make_ranked_people() -> list[Person]:
    """A good, a middling and a bad speaker on a dozen shared events: enough to be ranked."""
    events, people = make_events("1" * 12), [make_person() for _ in range(3)]
    for person, p, step in zip(people, (900, 500, 100), (7, 7, 0), strict=True):
        said = [(event, p + step * at) for at, event in enumerate(events)]
        make_items(person, said, phrase="")
    return people
