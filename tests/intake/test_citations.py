"""Citation files of others: read by their libraries, refused by entry and field, never hung on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.references import files
from tracker.domain.citations import Entry, Issued, Reference
from tracker.domain.citations_bibtex import to_bibtex
from tracker.domain.citations_ris import to_ris
from tracker.domain.errors import TrackerError
from tracker.intake.citations import LARGEST_FILE, read_bibtex, read_ris

Reader = Callable[[bytes], tuple[Entry, ...]]


@given(files)
def test_bibtex_that_goes_out_comes_in_the_same(references: list[Reference]) -> None:
    found = read_bibtex(to_bibtex(references).encode())

    assert [entry.reference for entry in found] == references
    assert not any(entry.ignored for entry in found)


@given(files)
def test_ris_that_goes_out_comes_in_the_same(references: list[Reference]) -> None:
    found = read_ris(to_ris(references).encode())

    assert [entry.reference for entry in found] == references
    assert not any(entry.ignored for entry in found)


def bib(fields: str, kind: str = "misc") -> bytes:
    return f"@{kind}{{a, title = {{T}}, {fields}}}".encode()


ROOM = LARGEST_FILE - 100
HOSTILE: dict[str, tuple[Reader, bytes, str]] = {
    "nothing": (read_bibtex, b"", ""),
    "no entry": (read_bibtex, b"hello", ""),
    "too large": (read_bibtex, b"x" * (LARGEST_FILE + 1), ""),
    "not UTF-8": (read_bibtex, b"@misc{a, title={\xff}}", ""),
    "a NUL": (read_bibtex, b"@misc{a, title={\0}}", ""),
    "too many": (read_bibtex, b"@misc{a}\n" * 1_001, ""),
    "far too many": (read_bibtex, b"@misc{a," * (ROOM // 8), ""),
    "an open brace": (read_bibtex, b"@misc{a, title = {x}", ""),
    "open braces": (read_bibtex, b"@misc{a, title={" + b"{" * ROOM, ""),
    "open quotes": (read_bibtex, b'@misc{a, title="' + b'"' * ROOM, ""),
    "nested braces": (
        read_bibtex,
        b"@misc{a, title={" + b"{" * 4000 + b"}" * 4000 + b"}}",
        "title",
    ),
    "an escaped end": (read_bibtex, b"@misc{a, title={x\\}}", ""),
    "a field without value": (read_bibtex, b"@misc{a, title}", ""),
    "a key twice": (read_bibtex, b"@misc{a, title={x}}\n@misc{a, title={y}}", ""),
    "a field twice": (read_bibtex, b"@misc{a, title={x}, title={y}}", "title"),
    "a sum": (read_bibtex, bib('journal = "x" # "y"'), "journal"),
    "a long title": (read_bibtex, b"@misc{a, title={" + b"x" * 20_000 + b"}}", "title"),
    "an unknown type": (read_bibtex, bib("", "patent"), "type"),
    "an unknown subtype": (read_bibtex, bib("entrysubtype = {patent}"), "type"),
    "no RIS": (read_ris, b"hello", ""),
    "no end": (read_ris, b"TY  - NEWS\nTI  - x\n", ""),
    "no beginning": (read_ris, b"TI  - x\nER  - \n", ""),
    "two ends": (read_ris, b"TY  - NEWS\nER  - \nER  - \n", ""),
    "an entry in an entry": (read_ris, b"TY  - NEWS\nTY  - NEWS\nER  - \nER  - \n", ""),
    "an unknown RIS type": (read_ris, b"TY  - PAT\nTI  - x\nER  - \n", "TY"),
    "endless lines": (read_ris, b"TY  - NEWS\nTI  - " + b"\n" * ROOM, ""),
    "a long line and many": (read_ris, b"TY  - NEWS\nTI  - " + b"x" * 10**6 + b"\n" * 10**6, ""),
    "many RIS entries": (read_ris, b"TY  - NEWS\n" * (ROOM // 11), ""),
    "many authors": (read_ris, b"TY  - NEWS\n" + b"AU  - x\n" * 2_000 + b"ER  - \n", "AU"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_cannot_be_read_is_refused_in_words(case: str) -> None:
    read, body, field = HOSTILE[case]

    with pytest.raises(TrackerError) as refused:
        read(body)

    assert refused.value.code in ("bad_citation", "unstorable_text")
    assert refused.value.field.rpartition(".")[2] == field


@given(st.text(st.sampled_from('@{}(),="#\\ \nabtitle%$'), max_size=80))
def test_whatever_stands_in_a_file_is_read_or_refused(text: str) -> None:
    for read, body in ((read_bibtex, f"@misc{{{text}"), (read_ris, f"TY  - NEWS\n{text}\nER  - ")):
        try:
            read(body.encode())
        except TrackerError as refused:
            assert refused.message


def one(body: bytes, read: Reader = read_bibtex) -> Reference:
    return read(body)[0].reference


BIBTEX: dict[str, tuple[str, str, Any]] = {
    "accents": (r"title2 = {x}, author = {M{\"u}ller, Karl}", "authors", ("Karl Müller",)),
    "several names": (
        "author = {von Beethoven, Ludwig and King, Jr., Martin and {Reuters and AFP} and others}",
        "authors",
        ("Ludwig von Beethoven", "Martin King Jr.", "Reuters and AFP"),
    ),
    "a percent sign as typed": ("journal = {Up 5% at AT&T for $1 or $2}", "outlet",
                                "Up 5% at AT&T for $1 or $2"),
    "a percent sign as TeX has it": (r"journal = {Up 5\% -- now}", "outlet", "Up 5% – now"),
    "a string": ("journal = nyt", "outlet", "The New York Times"),
    "an institution": ("institution = {RUSI}, publisher = {X}", "outlet", "RUSI"),
    "an escaped address": (r"url = {https://example.org/a\_b--c\%20}", "url",
                           "https://example.org/a_b--c%20"),
    "a wrapped address": (r"url = {\url{https://example.org/a_b}}", "url",
                          "https://example.org/a_b"),
    "a day": ("date = {2016-04-11}", "issued", Issued(date(2016, 4, 11))),
    "year, month and day": ("year = 2016, month = apr, day = 9", "issued",
                            Issued(date(2016, 4, 9))),
    "a month by number": ("year = {2016}, month = {4}", "issued", Issued(words="2016-04")),
    "a month by name": ("year = {2016}, month = {April}", "issued", Issued(words="2016-04")),
    "months": ("year = {2016}, month = {April/May}", "issued", Issued(words="April/May 2016")),
    "a year in words": ("year = {in press}", "issued", Issued(words="in press")),
    "a newspaper": ("entrysubtype = {newspaper}", "kind", "article-newspaper"),
}  # fmt: skip


@pytest.mark.parametrize("case", BIBTEX)
def test_bibtex_is_read_as_its_users_write_it(case: str) -> None:
    fields, name, expected = BIBTEX[case]

    reference = one(b'@string{nyt = "The New York Times"}\n' + bib(fields))

    assert getattr(reference, name) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("article", "article-newspaper"), ("ONLINE", "webpage"), ("techreport", "report")],
)
def test_entry_types_stand_for_kinds(kind: str, expected: str) -> None:
    assert one(bib("", kind)).kind == expected


def test_ris_is_read_as_its_users_write_it() -> None:
    body = (
        "\ufeffExported by someone\r\n1.\r\n"
        "TY  - JOUR\r\nA1  - Analyst, Ada\r\nAU  - Reuters,\r\nT1  - A title\r\n  in two lines\r\n"
        "JO  - The Paper\r\nY1  - 2016/04/11\r\nUR  - https://example.org/a;b?c=1\r\n"
        "VL  - 3\r\nZZ  - x\r\nER  - \r\n\r\n"
    )

    (entry,) = read_ris(body.encode())

    reference = entry.reference
    assert (reference.title, reference.outlet) == ("A title in two lines", "The Paper")
    assert reference.kind == "article-newspaper"
    assert sorted(reference.authors) == ["Ada Analyst", "Reuters"]
    assert reference.issued == Issued(date(2016, 4, 11))
    assert reference.url == "https://example.org/a;b?c=1"
    assert entry.ignored == ("VL", "ZZ")


def test_fields_that_sources_do_not_have_are_named() -> None:
    (entry,) = read_bibtex(bib("doi = {10.1/x}, publisher = {X}, journal = {Y}"))

    assert entry.ignored == ("doi", "publisher")


def test_comments_are_no_entries() -> None:
    body = b"A comment\n@comment{x}\n@preamble{{y}}\n" + bib("")

    assert len(read_bibtex(body)) == 1
