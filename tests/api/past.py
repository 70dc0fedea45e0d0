"""What was so at which hour: a claim and a resolution whose past is known, for the API's tests."""

from __future__ import annotations

from typing import Any

from tests.builders import make_claim, make_person, make_proposition, make_topic
from tests.moments import dated, hours, revise
from tracker.actions.scores import rescore
from tracker.models import Claim, Person, Resolution


def at(n: int) -> str:
    return hours(n).isoformat()


def ids(answer: Any) -> list[int]:
    return [row["id"] for row in answer.json()["results"]]


def coded_in_steps() -> Claim:
    """Ada Analyst's draft of 1: she is renamed at 2; it is frozen at 3 and withdrawn at 4."""
    claim = make_claim(frozen=False, person=make_person(name="Ada Analyst", slug="ada"))
    dated(hours(1))
    Person.objects.update(name="Ada Lovelace", slug="lovelace")
    dated(hours(2))
    coding = {"p_low": 700, "p_point": 800, "p_high": 900, "p_tier": "stated", "hedge": "surely"}
    frozen = {"state": "frozen", "kind": "forecast", "frozen_at": hours(3), **coding}
    Claim.objects.update(proposition=make_proposition(topic=make_topic(slug="siege")), **frozen)
    dated(hours(3))
    Claim.objects.update(state="retracted", state_reason="Taken back.")
    dated(hours(4))
    return claim


def resolved_twice() -> tuple[Resolution, Resolution]:
    """Decided at 1, published at 2; replaced by one decided at 3, published at 4."""
    claim = make_claim(person=make_person(slug="ada"))
    dated(hours(0))
    assert claim.proposition is not None
    found = revise(claim.proposition)
    rescore()
    return found
