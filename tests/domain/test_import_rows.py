"""What cells and bodies say, and why some say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import import_rows as rows
from tracker.domain.errors import TrackerError
from tracker.domain.import_columns import CLAIMS
from tracker.domain.import_rows import UnknownColumn, text
from tracker.domain.spreadsheets import neutral

WRONG: dict[str, tuple[Any, str]] = {
    "a NUL byte": (rows.text, "a\0b"),
    "a lone surrogate": (rows.text, "\ud800"),
    "a key beyond an index": (rows.key_text, "x" * 1_001),
    "a day of the year 0": (rows.day, "0000-01-01"),
    "a day of the year 10000": (rows.day, "10000-01-01"),
    "a day that no month has": (rows.day, "2016-02-30"),
    "a day in another order": (rows.day, "11/04/2016"),
    "an hour that is none": (rows.moment, "2016-04-11T25:00:00Z"),
    "a word for a truth": (rows.truth, "perhaps"),
    "a negative id": (rows.whole(1), "-1"),
    "an id of 2^63": (rows.whole(1), str(2**63)),
    "a probability above 1": (rows.permille, "1.1"),
    "four decimals": (rows.permille, "0.1234"),
    "a huge exponent": (rows.permille, "1e999999"),
    "not a number": (rows.permille, "NaN"),
    "a probability in words": (rows.permille, "likely"),
    "hops that are no JSON": (rows.hops, "translated"),
    "hops without a mode": (rows.hops, '[{"outlet": "The Wire"}]'),
    "hops nested without end": (rows.hops, "[" * 100_000),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_cell_is_refused_with(case: str) -> None:
    reads, cell = WRONG[case]

    with pytest.raises(TrackerError) as refusal:
        reads(cell, True)

    assert refusal.value.message


RIGHT: dict[str, tuple[Any, Any, Any]] = {
    "a formula's mark": (rows.text, "'=1+1", "=1+1"),
    "an apostrophe": (rows.text, "'tis", "'tis"),
    "a day": (rows.day, "2016-04-11", date(2016, 4, 11)),
    "a moment": (rows.moment, "2016-04-11T09:30Z", datetime(2016, 4, 11, 9, 30, tzinfo=UTC)),
    "yes": (rows.truth, "Yes", True),
    "a permille": (rows.permille, "0.125", 125),
    "names": (rows.names, "Ada | Bo|", ("Ada", "Bo")),
    "a hop": (rows.hops, '[{"mode": "x"}]', ({"mode": "x", "channel": "", "outlet": None},)),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_cell_is_read_as(case: str) -> None:
    reads, cell, value = RIGHT[case]

    assert reads(cell, True) == value


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6))
def test_what_is_kept_from_spreadsheets_comes_back_to_the_letter(value: str) -> None:
    assert text(neutral(value), True) == text(value, False)


def test_columns_are_known_by_their_short_names_and_others_by_their_nearest() -> None:
    for short, whole in (
        ("speaker.person", "speaker.person.name"),
        ("source.outlet", "source.outlet.name"),
        ("probability", "probability.point"),
    ):
        found = CLAIMS.column(short)
        assert found
        assert found.name == whole

    assert CLAIMS.column("coded_at") is None
    with pytest.raises(UnknownColumn, match=r"quotation\.exact\?") as refusal:
        CLAIMS.column("quotation.exakt")
    assert refusal.value.field == "quotation.exakt"


def test_a_body_says_the_same_as_its_cells() -> None:
    cells = {"kind": "forecast", "speaker.person": "Ada", "probability": "0.5", "note": ""}
    body = {"kind": "forecast", "speaker": {"person": "Ada"}, "probability": 0.5}

    header = [CLAIMS.column(name) for name in cells]

    groups, wrong = CLAIMS.of_body(body)
    assert (groups.pop("speaker"), wrong) == ({}, [])
    assert CLAIMS.of_cells(header, list(cells.values())) == (groups, [])


BODIES: dict[str, tuple[Any, list[str]]] = {
    "a list": ([], [""]),
    "a field that is none": ({"kinds": "x"}, ["kinds"]),
    "a field that is none within": ({"speaker": {"persons": "x"}}, ["speaker.persons"]),
    "a number for text": ({"kind": 7}, ["kind"]),
    "text for an object": ({"quotation": "words"}, ["quotation"]),
    "nothing for an object": ({"quotation": None}, ["quotation"]),
    "text for a number": ({"revises": "1"}, ["revises"]),
    "text for a truth": ({"freeze": "true"}, ["freeze"]),
    "a truth for a number": ({"probability": True}, ["probability.point"]),
    "several": ({"kind": 7, "probability": {"point": 2}}, ["kind", "probability.point"]),
}


@pytest.mark.parametrize("case", BODIES)
def test_every_wrong_field_of_a_body_is_named_where_it_is(case: str) -> None:
    body, fields = BODIES[case]

    _, wrong = CLAIMS.of_body(body)

    assert [error.field for error in wrong] == fields


def test_null_says_nothing_where_json_takes_it() -> None:
    body = {"proposition": None, "probability": None, "source": {"published_on": None}}

    groups, wrong = CLAIMS.of_body(body)

    assert (groups, wrong) == ({"source": {}}, [])
