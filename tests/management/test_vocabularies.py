"""Words and names: the same for the same seed, a few of them everywhere, most of them rare."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

from tracker.management import vocabularies


def test_the_same_seed_finds_the_same_words() -> None:
    assert vocabularies.words(Random(1), 50) == vocabularies.words(Random(1), 50)
    assert vocabularies.words(Random(1), 50) != vocabularies.words(Random(2), 50)


def test_no_word_comes_twice() -> None:
    assert len(set(vocabularies.words(Random(1), 4_000))) == 4_000


def test_a_few_words_are_in_most_phrases_and_most_in_few() -> None:
    found = Counter(
        word.lower() for phrase in vocabularies.phrases(Random(1), 5_000) for word in phrase.split()
    )

    assert found["ceasefire"] > 500
    assert len(found) > 2_000
    assert sum(n == 1 for n in found.values()) > 500


def test_people_share_families_but_seldom_both_names() -> None:
    people = list(islice(vocabularies.names(Random(1)), 2_000))

    assert len({family for _, family in people}) < 2_000
    assert len(set(people)) > 1_950
