"""Strict JSON: no constants that are no numbers, no name twice."""

from __future__ import annotations

import json

import pytest

from tracker.intake.json_text import distinct, no_constant


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": -Infinity}', '{"a": 1, "a": 2}'])
def test_what_strict_json_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no JSON number|stands twice"):
        json.loads(text, parse_constant=no_constant, object_pairs_hook=distinct)


def test_all_other_json_is_read_as_ever() -> None:
    text = '{"a": [1, {"b": null}]}'

    found = json.loads(text, parse_constant=no_constant, object_pairs_hook=distinct)

    assert found == {"a": [1, {"b": None}]}
