"""Every answer as CSV: stable columns, nothing lost, nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import Door
from tests.api.test_base import world
from tests.builders import make_person, make_resolution, make_source
from tracker.actions.scores import rescore
from tracker.api.root import PLACES
from tracker.api.tables import columns_of, narrowed, spread, written
from tracker.domain.spreadsheets import MARK, neutral, plain

Row = dict[str, Any]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    st.lists(TEXT | st.integers(0, 9), max_size=3),
)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def told(value: Any) -> str:
    """A value of the JSON as it reads in a cell, an apostrophe taken off."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def same(cell: str, value: Any) -> bool:
    if isinstance(value, str | None):
        return plain(cell) == told(value)
    return bool(json.loads(cell) == value)


@given(st.lists(st.fixed_dictionaries({"a": VALUE, "b": st.fixed_dictionaries({"c": VALUE})})))
def test_a_table_read_back_says_what_the_json_said(records: list[Row]) -> None:
    found = rows_of(written(records, ["a", "b.c"]))

    assert len(found) == len(records)
    for row, record in zip(found, records, strict=True):
        assert same(row["a"], record["a"])
        assert same(row["b.c"], record["b"]["c"])


@given(TEXT)
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    rows = rows_of(written([{"a": text}], ["a"]))

    assert all(row["a"] == neutral(row["a"]) or row["a"].startswith(MARK) for row in rows)


def test_null_is_no_text_and_the_empty_text_is_one() -> None:
    assert written([{"a": None, "b": ""}], ["a", "b"]) == 'a,b\r\n,""\r\n'


def test_what_is_null_as_a_whole_leaves_its_columns_empty() -> None:
    record = {"who": None, "more": {"x": 1}}

    assert dict(spread(record, frozenset({"who.id", "more.x"}))) == {"more.x": 1}


def test_columns_that_nobody_declared_follow_the_others() -> None:
    assert written([{"b": 1, "a": {"x": [2]}}], ["a.y"]) == "a.y,b,a.x\r\n,1,[2]\r\n"


def test_fields_leave_the_columns_that_they_name() -> None:
    columns = ["id", "speaker.person.id", "speaker.role", "source.id"]

    assert narrowed(columns, "id,speaker") == columns[:3]
    assert narrowed(columns, "") == columns


@pytest.mark.parametrize("noun", PLACES)
def test_every_list_and_record_is_a_table_with_the_columns_of_its_description(
    editor: Door, noun: str
) -> None:
    world()
    page = editor.read(f"{noun}/").json()["results"]
    whole = editor.read(f"{noun}/{page[0]['id']}/").json()
    table = editor.read(f"{noun}/", format="csv")
    record = editor.read(f"{noun}/{page[0]['id']}/", format="csv")

    assert table["Content-Type"] == record["Content-Type"] == "text/csv; charset=utf-8"
    listed = columns_of(f"api/v1/^{noun}/$")
    for answer, records, columns in (
        (table, page, listed),
        (record, [whole], columns_of(f"api/v1/^{noun}/(?P<key>[^/]+)/$")),
    ):
        found = rows_of(answer.content.decode())
        assert [*found[0]] == [*columns]
        for row, one in zip(found, records, strict=True):
            for name, value in spread(one, frozenset(columns)):
                assert same(row[name], value), (name, value)


def test_an_empty_list_has_its_header(editor: Door) -> None:
    answer = editor.read("claims/", format="csv").content.decode()

    assert answer.startswith("id,uuid,state,")
    assert answer.count("\r\n") == 1


def test_accept_asks_for_a_table_and_the_links_turn_its_pages(editor: Door) -> None:
    for _ in range(3):
        make_source()

    answer = editor.get("/api/v1/sources/?limit=2", HTTP_ACCEPT="text/csv")

    assert len(rows_of(answer.content.decode())) == 2
    assert 'rel="next"' in answer["Link"]


@pytest.mark.parametrize(
    "path", ["scores/people/", "scores/people/{}/", "scores/people/sensitivity/", "agreement/"]
)
def test_scores_and_agreement_are_tables_too(editor: Door, path: str) -> None:
    resolution = make_resolution()
    person = resolution.proposition.claims.first()
    rescore()
    address = path.format(person.person_id if person else make_person().pk)

    answer = editor.read(address, format="csv")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["", "scores/", "captures/1/bytes/", "tokens/", "scores/people/caterpillar.json"]
)
def test_what_is_no_record_is_no_table(door: Callable[[str], Door], path: str) -> None:
    answer = door("editor").read(path, format="csv")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "format"


def test_a_writing_is_answered_in_json(coder: Door) -> None:
    answer = coder.generic(
        "POST", "/api/v1/topics/", b'{"name": "Ports"}', "application/json", HTTP_ACCEPT="text/csv"
    )

    assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")


def test_a_refusal_is_a_problem_though_a_table_was_asked_for(coder: Door) -> None:
    answer = coder.read("claims/", format="csv", limit=0)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
