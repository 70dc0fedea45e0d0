"""BibTeX out: letter for letter what the source says, whatever TeX makes of such letters."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given

from tests.domain.references import STORY, references, texts
from tracker.domain.citations import KINDS, Issued, Reference
from tracker.domain.citations_bibtex import ENTRY_TYPES, escaped, to_bibtex


def fields(reference: Reference) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = (.*),$", to_bibtex([reference]), re.MULTILINE))


def issued(on: date | None, words: str = "") -> dict[str, str]:
    reference = Reference.of(key="k", kind="post", title="A", issued=Issued.of(on, words))
    return {name: text for name, text in fields(reference).items() if name[0] in "dmy"}


def test_every_kind_of_source_is_some_type_of_entry() -> None:
    assert ENTRY_TYPES.keys() == KINDS


def test_an_entry_has_the_fields_of_bibtex_and_of_biblatex() -> None:
    assert to_bibtex([STORY]).startswith("@article{source-1,\n")
    assert fields(STORY) == {
        "title": r"{{Oil up 5\% -{}- at \$100\_000 \textbraceleft{}a\textbraceright{}}}",
        "author": "{{Ada Analyst} and {Reuters, AFP}}",
        "journal": r"{Wall \& Co}",
        "date": "{2016-04}",
        "year": "{2016}",
        "month": "apr",
        "url": "{https://example.org/a%20b?q=1%20&_=#f}",
        "urldate": "{2020-01-02}",
        "language": "{en}",
        "entrysubtype": "{article-newspaper}",
    }


@pytest.mark.parametrize(
    ("on", "words", "expected"),
    [
        (date(2016, 4, 11), "", {"date": "{2016-04-11}", "year": "{2016}", "month": "apr"}),
        (None, "2016", {"date": "{2016}", "year": "{2016}"}),
        (None, "2016-04/2016-05", {"date": "{2016-04/2016-05}", "year": "{2016}"}),
        (None, "Spring 2016", {"year": "{Spring 2016}"}),
        (None, "", {}),
    ],
    ids=["day", "year", "range", "words", "unknown"],
)
def test_dates_are_written_for_old_styles_and_new(
    on: date | None, words: str, expected: dict[str, str]
) -> None:
    assert issued(on, words) == expected


@given(references)
def test_braces_are_balanced_whatever_the_texts_hold(reference: Reference) -> None:
    depth = 0
    for letter in to_bibtex([reference]):
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0

    assert depth == 0


@given(texts)
def test_nothing_is_left_that_tex_would_act_on(text: str) -> None:
    bare = re.sub(r"\\(text[a-z]+\{\}|[#$%&_])|(?<=[-`'<>,?!])\{\}", "", escaped(text))

    assert not set(bare) & set("\\{}#$%&_~^")


def test_a_key_takes_no_part_in_the_grammar() -> None:
    reference = Reference.of(key="a, b}{", kind="post", title="A")

    assert to_bibtex([reference]).startswith("@online{a--b--,\n")
