"""Articles to measure with: distinct, quoted word for word, the same in every run."""

from __future__ import annotations

from itertools import combinations

from tracker.management.anchor_articles import BEATS, QUOTED, articles


def test_there_are_four_hundred_quotations_in_about_a_hundred_thousand_characters() -> None:
    written = articles()

    assert sum(len(article.quotations) for article in written) == 400
    assert 90_000 < sum(len(article.text) for article in written) < 110_000


def test_every_quotation_is_long_enough_and_stands_once_in_its_article_and_in_no_other() -> None:
    written = articles()
    every = "\n".join(article.text for article in written)

    for article in written:
        for said in article.quotations:
            assert len(said) >= QUOTED
            assert every.count(f"“{said},”") == article.text.count(f"“{said},”") == 1


def test_the_articles_are_the_same_in_every_run_and_others_with_another_seed() -> None:
    assert articles(quotations=3) == articles(quotations=3)
    assert articles(quotations=3) != articles(quotations=3, seed=2)


def test_no_two_articles_share_a_sentence_of_what_was_said() -> None:
    for one, other in combinations(BEATS, 2):
        assert not set(one.forecasts) & set(other.forecasts)
        assert not set(one.matters) & set(other.matters)
