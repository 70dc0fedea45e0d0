"""Where to begin, and what is said where there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api.conftest import Door
from tracker.api.root import PLACES
from tracker.api.urls import NOUNS


def test_the_root_names_every_noun(coder: Door) -> None:
    found = coder.read("").json()

    assert set(PLACES) <= set(found)
    for name in set(found) - {"tokens"}:
        assert coder.get(found[name]).status_code == 200


def test_the_root_is_open_to_all_and_lists_all_nouns(door: Callable[[str], Door]) -> None:
    assert door("public").read("").status_code == 200
    assert set(PLACES) == {noun.noun for noun in NOUNS}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_nowhere_answers_as_every_refusal_does(coder: Door, method: str) -> None:
    answer = getattr(coder, method)("/api/v1/no/such/place/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"
