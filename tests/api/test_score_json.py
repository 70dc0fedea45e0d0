"""What a score object carries besides its figures."""

from __future__ import annotations

import pytest

from tests.api.conftest import Door
from tests.builders import make_claim, make_lexicon, make_person, make_resolution, make_term
from tests.scoring import make_events, make_items
from tracker.actions.scores import rescore
from tracker.api.score_json import ScoreFull, ScoreRead
from tracker.domain.shares import share_interval


def test_claims_with_a_verdict_and_no_score_are_counted_with_their_shares(coder: Door) -> None:
    person = make_person()
    lexicon = make_lexicon(frozen=False, phrases=())
    term = make_term(lexicon=lexicon, phrase="no evidence that", mode="verdict_only")
    for outcome in ("did_not", "did_not", "came_true", "ambiguous"):
        claim = make_claim(person=person, hedge_term=term, p_tier="lexicon")
        make_resolution(proposition=claim.proposition, outcome=outcome)
    make_claim(person=person, hedge_term=term, p_tier="lexicon")
    make_resolution(proposition=make_claim(person=person).proposition)
    rescore()

    found = coder.read(f"scores/people/{person.pk}/").json()

    verdicts = {share["verdict"]: share for share in found["verdicts"]["shares"]}
    assert found["accounts"] == {"scored": 1, "verdict_only": 5}
    assert (found["n"], found["verdicts"]["n"], found["verdicts"]["others"]) == (1, 3, 1)
    assert [share["n"] for share in verdicts.values()] == [1, 0, 0, 0, 2]
    interval = share_interval(2, 3)
    assert interval is not None
    assert verdicts["did_not"]["share"] == pytest.approx(2 / 3)
    assert verdicts["did_not"]["interval"] == [interval.low, interval.high]


def test_without_such_claims_there_are_no_shares(coder: Door) -> None:
    found = coder.read(f"scores/people/{make_person().pk}/").json()

    assert found["verdicts"] == {"n": 0, "others": 0, "shares": []}
    assert found["peers"] == {"propositions": 0, "peer_score": None, "boldness": None}


def test_one_record_says_how_it_did_beside_others(coder: Door) -> None:
    a, b = make_person(), make_person()
    events = make_events("101")
    make_items(a, [(event, 900) for event in events])
    make_items(b, [(events[0], 600)])

    own, other = (coder.read(f"scores/people/{person.pk}/").json()["peers"] for person in (a, b))

    assert own["propositions"] == other["propositions"] == 1
    assert own["peer_score"] == pytest.approx(-other["peer_score"])
    assert own["peer_score"] > 0
    assert own["boldness"] == other["boldness"] == pytest.approx(0.3)


def test_every_score_carries_what_it_rests_on() -> None:
    carried = {
        "accounts",
        "as_of",
        "events",
        "improvement",
        "interval_level",
        "lexicons",
        "method",
        "n",
        "probability_tiers",
        "reader_band",
        "seed",
        "selection",
        "single_judge_not_blind",
        "verdicts",
    }

    assert carried < set(ScoreRead().fields) < set(ScoreFull().fields)
