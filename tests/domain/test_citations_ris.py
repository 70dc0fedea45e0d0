"""RIS: a line a value, dates in four parts, names in the order in which they are spoken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from tests.domain.references import STORY, references, texts
from tracker.domain.citations import KINDS, BadCitation, Issued, Reference, plain
from tracker.domain.citations_ris import TYPES, read_date, read_name, to_ris


def test_every_kind_of_source_is_a_type_of_its_own() -> None:
    assert TYPES.keys() == KINDS
    assert len(set(TYPES.values())) == len(KINDS)


def test_an_entry_runs_from_its_type_to_its_end() -> None:
    assert to_ris([STORY]).split("\r\n") == [
        "TY  - NEWS",
        "AU  - Ada Analyst",
        "AU  - Reuters,, AFP",
        "ID  - source-1",
        "TI  - Oil up 5% -- at $100_000 {a}",
        "T2  - Wall & Co",
        "PY  - 2016",
        "DA  - 2016/04//",
        "Y2  - 2020/01/02/",
        "UR  - https://example.org/a%20b?q=1%20&_=#f",
        "LA  - en",
        "ER  - ",
        "",
        "",
    ]


@given(references)
def test_no_value_begins_a_field_of_its_own(reference: Reference) -> None:
    lines = to_ris([reference]).split("\r\n")

    assert all(line[2:6] == "  - " for line in lines if line)
    assert [line[:2] for line in lines if line[:2] in ("TY", "ER")] == ["TY", "ER"]


@pytest.mark.parametrize(
    ("given_", "issued"),
    [
        ("2016/04/11/", Issued(date(2016, 4, 11))),
        ("2016/4/9", Issued(date(2016, 4, 9))),
        ("2016/04/11/Monday", Issued(date(2016, 4, 11), "Monday")),
        ("2016/04//", Issued(words="2016-04")),
        ("2016///", Issued(words="2016")),
        ("2016///Spring", Issued(words="Spring")),
        ("2016", Issued(words="2016")),
        ("2016//11/", Issued(words="2016//11")),
        ("2016-04-11", Issued(date(2016, 4, 11))),
        ("2016/02/30/", Issued(words="2016-02-30")),
        ("///2016-04-09/2016-04-10", Issued(words="2016-04-09/2016-04-10")),
        ("Apr 11", Issued(words="Apr 11")),
        ("///", Issued()),
        ("", Issued()),
    ],
    ids=str,
)
def test_dates_are_read_as_exactly_as_they_are_known(given_: str, issued: Issued) -> None:
    assert read_date(given_) == issued


@pytest.mark.parametrize(
    ("given_", "name"),
    [
        ("Analyst, Ada", "Ada Analyst"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("Reuters", "Reuters"),
        ("Reuters,", "Reuters"),
        ("Reuters,, AFP", "Reuters, AFP"),
        ("", ""),
    ],
)
def test_names_are_put_in_the_order_in_which_they_are_spoken(given_: str, name: str) -> None:
    assert read_name(given_) == name


@given(texts)
def test_a_name_that_goes_out_comes_in_the_same(text: str) -> None:
    reference = Reference.of(key="k", kind="post", title="A", authors=[text])
    lines = [line[6:] for line in to_ris([reference]).split("\r\n") if line.startswith("AU")]

    assert [plain(read_name(line)) for line in lines] == list(reference.authors)


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(BadCitation):
        read_name("x" * 20_000)
