"""Words find claims, in the quotation, the proposition and the title, and show where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.builders import (
    make_claim,
    make_proposition,
    make_quotation,
    make_round,
    make_snapshot,
    make_source,
)
from tracker.models import Claim

EXACT = "It will be <b>besieged</b> by summer & the road shut"


def said(exact: str, title: str = "On Aleppo", **fields: Any) -> Claim:
    source = make_source(title=title)
    snapshot = make_snapshot(source=source, text=f"He said: {exact}")
    return make_claim(quotation=make_quotation(exact=exact, snapshot=snapshot), **fields)


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.json()
    return [row["id"] for row in answer.json()["results"]]


@pytest.mark.parametrize("words", ["\0", "-", '"', " ' ", "x" * 1001, "(((&|!:*"])
def test_what_is_no_question_is_refused_by_name(coder: Door, words: str) -> None:
    answer = coder.read("claims/", q=words)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "q"


@pytest.mark.parametrize("words", ["a:b:*", "a & ! | <-> b", "' OR 1=1 --", "-a -b", "%s\\"])
def test_no_words_break_the_search(coder: Door, words: str) -> None:
    assert coder.read("claims/", q=words).status_code == 200


def test_words_may_stand_in_quotation_proposition_and_title(coder: Door) -> None:
    claim = said(EXACT, title="Letters", proposition=make_proposition(statement="Aleppo falls."))
    said("Nothing of the kind")

    assert ids(coder.read("claims/", q="besieged aleppo letters")) == [claim.pk]


def test_an_exact_phrase_finds_its_claim_and_filters_narrow_it(coder: Door) -> None:
    first, second = (said("It is what it is, as we said") for _ in range(2))

    found = coder.read("claims/", q='"it is what it is"', count="true")

    assert ids(found) == [second.pk, first.pk]
    assert found.json()["count"] == {"value": 2, "capped": False}
    narrowed = coder.read("claims/", q='"it is what it is"', speaker=first.person_id)
    assert ids(narrowed) == [first.pk]


def test_pages_of_what_is_found_are_read_once_each(coder: Door) -> None:
    claims = [said(f"The harbour reopens, number {n}") for n in range(5)]

    first = coder.read("claims/", q="harbour", limit=3)

    assert ids(first) + ids(coder.get(first.json()["next"])) == [c.pk for c in claims[::-1]]


def test_relevance_puts_first_what_says_it_more_often(coder: Door) -> None:
    most = said("The harbour, the harbour and the harbour again")
    least = said("The harbour")

    first = coder.read("claims/", q="harbour", order="-relevance", limit=1)

    assert ids(first) == [most.pk]
    assert ids(coder.get(first.json()["next"])) == [least.pk]


def test_without_words_there_is_no_relevance_and_nothing_to_highlight(coder: Door) -> None:
    for name, value in (("order", "-relevance"), ("highlight", "true")):
        answer = coder.read("claims/", **{name: value})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == name
    assert coder.read("claims/", q="x", highlight="yes").status_code == 400


def test_highlights_are_html_in_which_the_text_is_escaped(coder: Door) -> None:
    said(EXACT)

    found = coder.read("claims/", q="summer", highlight="true", fields="id").json()["results"]

    assert found[0]["highlights"]["quotation"] == (
        "It will be &lt;b&gt;besieged&lt;/b&gt; by <mark>summer</mark> &amp; the road shut"
    )
    assert found[0]["highlights"]["title"] == "On Aleppo"


def test_stop_words_of_an_exact_phrase_are_highlighted(coder: Door) -> None:
    said("It is what it is")

    found = coder.read("claims/", q='"what it is"', highlight="true").json()["results"]

    assert (
        "<mark>what</mark> <mark>it</mark> <mark>is</mark>" in (found[0]["highlights"]["quotation"])
    )


def test_a_judge_finds_nothing_of_what_awaits_their_verdict(judge: Door, coder: Door) -> None:
    claim = said("The harbour reopens")
    make_round(proposition=claim.proposition)

    assert ids(judge.read("claims/", q="harbour")) == []
    assert judge.read("claims/", q="harbour", count="true").json()["count"]["value"] == 0
    assert ids(coder.read("claims/", q="harbour")) == [claim.pk]


def test_the_past_is_searched_for_its_own_words(coder: Door) -> None:
    said("The harbour reopens")

    assert ids(coder.read("claims/", q="harbour", as_of="2016-01-01")) == []
