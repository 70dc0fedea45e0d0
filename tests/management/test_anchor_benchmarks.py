"""What is measured of re-anchoring, at a size that is counted to the last quotation."""

from __future__ import annotations

from random import Random

import pytest

from tracker.domain.quotes import Anchor, AnchorState, anchor, reanchor
from tracker.domain.variants import fold
from tracker.management.anchor_articles import Article, articles
from tracker.management.anchor_benchmarks import (
    CHANGES,
    HOSTILE,
    Share,
    Trial,
    hostile,
    outcome,
    shares,
    strangers,
    trials,
)

SIZE = 4  # quotations of each of the ten articles


@pytest.fixture(scope="module")
def written() -> list[Article]:
    return articles(quotations=SIZE)


# --- the changes are what they are called --------------------------------------------

QUOTED = "“The port’s cranes are unlikely to move before Easter, whatever happens,”"


@pytest.mark.parametrize("kind", CHANGES)
def test_every_change_changes_the_words(kind: str) -> None:
    assert CHANGES[kind](QUOTED, Random(1)) != QUOTED


@pytest.mark.parametrize("kind", ["quote marks", "spacing"])
def test_what_is_typography_folds_to_the_same_words(kind: str) -> None:
    assert fold(CHANGES[kind](QUOTED, Random(1))).text == fold(QUOTED).text


def test_a_typo_keeps_the_letters_and_a_dropped_word_all_others() -> None:
    typed, shorter = (CHANGES[kind](QUOTED, Random(1)) for kind in ("typo", "dropped word"))

    assert sorted(typed) == sorted(QUOTED)
    assert len(shorter.split()) == len(QUOTED.split()) - 1


# --- what is counted -----------------------------------------------------------------


def test_what_is_found_elsewhere_is_misplaced_and_what_is_not_found_is_lost() -> None:
    old = anchor(QUOTED, 1, len(QUOTED) - 2)
    elsewhere = f"{QUOTED} Later: cranes."

    assert outcome(Trial(old, elsewhere, len(QUOTED), len(elsewhere))) == "misplaced"
    assert outcome(Trial(old, elsewhere, 0, len(QUOTED))) == "anchored"
    assert outcome(Trial(old, "Nothing of it is left.", 0, 7)) == "lost"


def test_each_trial_knows_where_the_changed_words_stand(written: list[Article]) -> None:
    for kind in CHANGES:
        for trial in trials(written[:2], kind):
            assert trial.newer[trial.start] in '“"'
            assert trial.old.exact not in trial.newer


def test_typography_is_anchored_and_every_other_change_is_proposed_in_its_place(
    written: list[Article],
) -> None:
    found = {share.kind: share for share, _ in shares(written)}
    of = SIZE * len(written)

    for kind in ("quote marks", "spacing"):
        assert found[kind] == Share(kind, of, anchored=of, proposed=0, misplaced=0, lost=0)
    for kind in ("typo", "dropped word", "ellipsis"):
        assert found[kind] == Share(kind, of, anchored=0, proposed=of, misplaced=0, lost=0)


def test_nothing_is_anchored_by_likeness_where_all_around_it_was_rewritten(
    written: list[Article],
) -> None:
    found = next(share for share, _ in shares(written) if share.kind.endswith("rewritten around"))

    assert (found.anchored, found.lost) == (0, 0)
    assert found.proposed + found.misplaced == found.of == SIZE * len(written)


def test_no_quotation_is_anchored_in_an_article_of_others(written: list[Article]) -> None:
    assert strangers(written) == (SIZE * len(written) * (len(written) - 1), 0, 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_in_a_text_that_wants_to_be_slow_nothing_is_taken_for_the_words(name: str) -> None:
    text = HOSTILE[name] * 2_000
    said = "If the strike lasts, the port is closed."

    found = reanchor(Anchor(7, 7 + len(said), said, "", ""), text)

    assert found.state is AnchorState.ORPHAN


def test_the_hostile_texts_have_the_size_that_is_asked_for() -> None:
    assert {(pace.text, pace.characters) for pace in hostile(3_000)} == {
        (name, 3_000) for name in HOSTILE
    }
