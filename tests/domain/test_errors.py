"""Errors: one class, one code, one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tracker.domain import errors
from tracker.domain.errors import Conflict, TrackerError


def below(kind: type[TrackerError]) -> Iterator[type[TrackerError]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


ALL = sorted({kind for kind in below(TrackerError) if kind.__module__ == errors.__name__}, key=str)


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in [TrackerError, *ALL]]

    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", ALL)
def test_an_error_is_named_as_its_class(kind: type[TrackerError]) -> None:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()

    assert kind.code and f"{name}_".startswith(f"{kind.code}_")


@pytest.mark.parametrize("kind", ALL)
def test_an_error_says_one_whole_sentence(kind: type[TrackerError]) -> None:
    sentence = str(kind())

    assert "\n" not in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize("kind", ALL)
def test_an_error_conflicts_with_the_record_if_and_only_if_it_says_so(
    kind: type[TrackerError],
) -> None:
    assert kind.conflict is issubclass(kind, Conflict)


def test_an_error_carries_its_field_its_facts_and_another_sentence() -> None:
    error = TrackerError("Not this one.", field="claim", nearest="that one")

    assert (str(error), error.field, error.facts) == (
        "Not this one.",
        "claim",
        {"nearest": "that one"},
    )
