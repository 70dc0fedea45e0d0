"""CSL-JSON: what goes out comes in the same, and what comes in wrong is named."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from tests.domain.references import STORY, files
from tracker.domain.citations import BadCitation, Issued, Reference
from tracker.domain.citations_csl import read_csl, to_csl
from tracker.domain.errors import UnstorableText

ITEM = {"id": "a", "type": "report", "title": "A"}


@given(files)
def test_what_goes_out_comes_in_the_same(references: list[Reference]) -> None:
    sent = json.loads(json.dumps([to_csl(reference) for reference in references]))

    assert [entry.reference for entry in read_csl(sent)] == references


def test_an_item_has_the_names_that_processors_know() -> None:
    assert to_csl(STORY) == {
        "id": "source-1",
        "type": "article-newspaper",
        "title": "Oil up 5% -- at $100_000 {a}",
        "author": [{"literal": "Ada Analyst"}, {"literal": "Reuters, AFP"}],
        "container-title": "Wall & Co",
        "issued": {"date-parts": [[2016, 4]]},
        "accessed": {"date-parts": [[2020, 1, 2]]},
        "URL": "https://example.org/a%20b?q=1%20&_=#f",
        "language": "en",
    }


WRONG: dict[str, tuple[Any, str]] = {
    "no list": ("A", ""),
    "an empty list": ([], ""),
    "an item that is none": (["A"], "0"),
    "no type": ({"id": "a", "title": "A"}, "0.type"),
    "an unknown type": ({**ITEM, "type": "patent"}, "0.type"),
    "a type that is a list": ({**ITEM, "type": []}, "0.type"),
    "a title that is a number": ({**ITEM, "title": 7}, "0.title"),
    "the second of two": ([ITEM, {**ITEM, "URL": {}}], "1.URL"),
    "authors that are one name": ({**ITEM, "author": "Ada"}, "0.author"),
    "an author that is a name": ({**ITEM, "author": ["Ada"]}, "0.author"),
    "a name of numbers": ({**ITEM, "author": [{"family": 7}]}, "0.author"),
    "a date that is a list": ({**ITEM, "issued": [2016]}, "0.issued"),
    "no day in it": ({**ITEM, "issued": {"date-parts": [[]]}}, "0.issued"),
    "a day too many": ({**ITEM, "issued": {"date-parts": [[2016], [2017], [2018]]}}, "0.issued"),
    "four numbers": ({**ITEM, "issued": {"date-parts": [[2016, 4, 11, 9]]}}, "0.issued"),
    "no such day": ({**ITEM, "issued": {"date-parts": [[2016, 2, 30]]}}, "0.issued"),
    "no such year": ({**ITEM, "issued": {"date-parts": [[-44]]}}, "0.issued"),
    "an enormous year": ({**ITEM, "issued": {"date-parts": [[10**400]]}}, "0.issued"),
    "a fraction": ({**ITEM, "issued": {"date-parts": [[2016.5]]}}, "0.issued"),
    "a year in words": ({**ITEM, "issued": {"date-parts": [["MMXVI"]]}}, "0.issued"),
    "an accessed number": ({**ITEM, "accessed": 7}, "0.accessed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_by_entry_and_field(case: str) -> None:
    sent, field = WRONG[case]

    with pytest.raises(BadCitation) as refused:
        read_csl(sent)

    assert refused.value.field == field


@pytest.mark.parametrize("title", ["\0", "\ud800"], ids=["nul", "surrogate"])
def test_text_that_cannot_be_stored_is_refused(title: str) -> None:
    with pytest.raises(UnstorableText) as refused:
        read_csl({**ITEM, "title": title})

    assert refused.value.field == "0.title"


@pytest.mark.parametrize(
    ("sent", "issued"),
    [
        ({"date-parts": [["2016", "04", 11]]}, Issued(date(2016, 4, 11))),
        ({"date-parts": [[2016]]}, Issued(words="2016")),
        ({"date-parts": [[2016, 4], [2017]]}, Issued(words="2016-04/2017")),
        ({"date-parts": [[2016]], "season": 2}, Issued(words="Summer 2016")),
        ({"date-parts": [[2016]], "season": "winter"}, Issued(words="Winter 2016")),
        ({"date-parts": [[2016]], "circa": True}, Issued(words="circa 2016")),
        ({"date-parts": [[2016, 4, 11]], "literal": "Monday"}, Issued(date(2016, 4, 11), "Monday")),
        ({"literal": "last weekend"}, Issued(words="last weekend")),
        ({"raw": "2016-04-11"}, Issued(date(2016, 4, 11))),
        ("2016-04", Issued(words="2016-04")),
        ({}, Issued()),
        (None, Issued()),
    ],
    ids=str,
)
def test_dates_are_read_as_exactly_as_they_are_known(sent: Any, issued: Issued) -> None:
    assert read_csl({**ITEM, "issued": sent})[0].reference.issued == issued


def test_names_are_put_in_the_order_in_which_they_are_spoken() -> None:
    names = [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "Reuters, AFP", "family": "x"},
        {},
    ]

    authors = read_csl({**ITEM, "author": names})[0].reference.authors

    assert authors == ("Ludwig van Beethoven", "Martin Luther King Jr.", "Reuters, AFP")


@pytest.mark.parametrize("sent", [ITEM, [ITEM], {"items": [ITEM]}], ids=["one", "list", "Zotero"])
def test_an_item_comes_alone_in_a_list_or_as_zotero_sends_it(sent: Any) -> None:
    assert [entry.reference.title for entry in read_csl(sent)] == ["A"]


def test_fields_that_sources_do_not_have_are_named() -> None:
    more = {"container-title": "The Paper", "publisher": "Paper Ltd", "DOI": "10.1/x", "id": 7}

    (entry,) = read_csl({**ITEM, **more})

    assert (entry.reference.key, entry.reference.outlet) == ("7", "The Paper")
    assert entry.ignored == ("DOI", "publisher")
