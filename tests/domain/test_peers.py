import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.peers import Peers, among_peers, boldness, peer_scores


def test_nobody_is_a_peer_of_oneself():
    assert peer_scores({"A": Fraction(1, 2)}, 1) is None


def test_without_a_shared_proposition_there_is_no_peer_score():
    alone = [(1, {"A": Fraction(9, 10)}), (0, {"B": Fraction(1, 2), "C": Fraction(1, 3)})]

    assert among_peers("A", alone) == Peers(0, None, None)


@given(st.dictionaries(st.text(), st.integers(0, 1000), min_size=2), st.integers(0, 1))
def test_peer_scores_sum_to_nothing(stated, y):
    scores = peer_scores({name: Fraction(p, 1000) for name, p in stated.items()}, y)

    assert sum(scores.values()) == pytest.approx(0, abs=1e-9 * len(scores))


def test_the_bolder_of_two_right_speakers_has_the_higher_peer_score():
    scores = peer_scores({"A": Fraction(9, 10), "B": Fraction(6, 10)}, 1)

    assert scores["A"] == pytest.approx(100 * math.log(1.5))
    assert scores["B"] == pytest.approx(-100 * math.log(1.5))


def test_a_speaker_is_held_against_the_others_proposition_by_proposition():
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    heard = [
        (1, {"A": 9 * tenth, "B": 6 * tenth}),
        (0, {"A": half, "B": half, "C": half}),
        (1, {"B": half, "C": half}),
    ]

    found = among_peers("A", heard)

    assert found.propositions == 2
    assert found.score == pytest.approx(50 * math.log(1.5))
    assert found.boldness == Fraction(3, 20)


def test_boldness_is_a_distance():
    assert boldness(Fraction(1, 4), Fraction(3, 4)) == Fraction(1, 2)
