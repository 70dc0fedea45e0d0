"""References: one line a value, dates as exact as they are known, kinds as sources have them."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.references import texts
from tracker.domain import citations
from tracker.domain.citations import (
    KINDS,
    LONGEST_VALUE,
    MEDIA_TYPES,
    MOST_ENTRIES,
    MOST_NAMES,
    BadCitation,
    Format,
    Issued,
    Reference,
)
from tracker.domain.errors import RequiredField, UnstorableText
from tracker.models.documents import SourceKind


def test_the_kinds_are_those_that_sources_have() -> None:
    assert {kind.value for kind in SourceKind} == KINDS
    assert MEDIA_TYPES.keys() == set(Format)


@pytest.mark.parametrize("name", ["patent", "", "ARTICLE", "article newspaper"])
def test_a_type_that_no_source_has_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(BadCitation, match="article-newspaper, broadcast") as refused:
        citations.kind_of(name)

    assert refused.value.field == "type"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("report", "report"), ("article-journal", "article-newspaper"), ("post-weblog", "post")],
)
def test_a_type_of_csl_stands_for_the_nearest_kind(name: str, kind: str) -> None:
    assert citations.kind_of(name) == kind


@pytest.mark.parametrize(
    ("on", "words", "exact", "literal"),
    [
        (date(2016, 4, 11), "", "2016-04-11", ""),
        (date(2016, 4, 11), "2016-04-11", "2016-04-11", ""),
        (date(2016, 4, 11), "April 11", "2016-04-11", "April 11"),
        (None, "2016-04-11", "2016-04-11", ""),
        (None, "2016-04-11T09:30:00Z", "2016-04-11", ""),
        (None, "2016-04", "2016-04", ""),
        (None, "2016", "2016", ""),
        (None, "2016-04-09/2016-04-10", "2016-04-09/2016-04-10", ""),
        (None, "2016/2015", "", "2016/2015"),
        (None, "2016-13", "", "2016-13"),
        (None, "2016-02-30", "", "2016-02-30"),
        (None, "٢٠١٦", "", "٢٠١٦"),
        (None, " Spring\n2016 ", "", "Spring 2016"),
        (None, "on or before 2016-04-11", "", "on or before 2016-04-11"),
        (None, "", "", ""),
    ],
    ids=lambda value: str(value) or "none",
)
def test_a_date_is_as_exact_as_it_is_known(
    on: date | None, words: str, exact: str, literal: str
) -> None:
    issued = Issued.of(on, words)

    assert (issued.exact, issued.literal) == (exact, literal)


@given(st.none() | st.dates(), texts)
def test_a_date_that_is_taken_apart_and_put_together_is_the_same(
    on: date | None, words: str
) -> None:
    issued = Issued.of(on, words)

    assert Issued.of(issued.on, issued.words) == issued


@given(texts)
def test_every_value_is_one_line_and_stays_so(text: str) -> None:
    line = citations.plain(text)

    assert len(line.splitlines()) <= 1
    assert citations.plain(line) == line


@given(texts)
def test_an_address_holds_nothing_that_ends_it(text: str) -> None:
    found = citations.address(f"https://example.org/{text}")

    assert not set(found) & set(' <>"{}|\\^`')
    assert found.isascii()
    assert citations.address(found) == found


def test_an_address_that_is_one_stays_as_it_is() -> None:
    url = "https://user@example.org:8080/a/~b(c)?x=[1]&y=%20#frag"

    assert citations.address(url) == url
    assert urlsplit(citations.address("https://example.org/ü ")).path == "/%C3%BC"


def test_a_reference_drops_names_that_are_blank() -> None:
    found = Reference.of(key="k", kind="post", title=" A\tB ", authors=["Ada", " ", "\n"])

    assert (found.title, found.authors) == ("A B", ("Ada",))


@pytest.mark.parametrize("entries", [0, MOST_ENTRIES + 1])
def test_a_file_has_entries_but_not_without_end(entries: int) -> None:
    with pytest.raises(BadCitation):
        citations.counted(entries)

    citations.counted(1)


def test_what_is_longer_than_any_title_is_refused() -> None:
    with pytest.raises(BadCitation, match="longer than 10,000"):
        citations.bounded("x" * (LONGEST_VALUE + 1), "title")
    with pytest.raises(UnstorableText):
        citations.bounded("\0", "title")
    with pytest.raises(BadCitation, match="authors"):
        citations.listed(["Ada"] * (MOST_NAMES + 1), "author")

    assert citations.bounded("e\u0301", "title") == "é"


def test_a_refusal_within_an_entry_says_which_and_keeps_its_kind() -> None:
    with pytest.raises(RequiredField) as refused, citations.named_entry(2, "ada16"):
        raise RequiredField("A new source needs its title.", field="title", known=1)

    assert refused.value.message == "Entry 3 (ada16): A new source needs its title."
    assert (refused.value.field, refused.value.facts) == ("2.title", {"known": 1})
