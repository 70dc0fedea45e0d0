"""What is a headline and what is body text: a table of cases, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import (
    HeadlineNotQuotable,
    OffsetsDisagree,
    QuotationAmbiguous,
    QuotationNotFound,
)
from tracker.domain.headlines import headlines, locate_in_body
from tracker.domain.quotes import AnchorState, anchor, reanchor
from tracker.domain.variants import fold

TITLE = "Port ‘paralysed’ — and worse may come"
BODY = "The port is paralysed, said the analyst. It may stay shut until March."
TEXT = f"{TITLE}\n\n{BODY}"

HEADLINES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "first line": (TEXT, TITLE, (TITLE,)),
    "after blank lines": (f"\n \n{TEXT}", TITLE, (TITLE,)),
    "after a section's name": (f"World\n{TEXT}", TITLE, (TITLE,)),
    "repeated below": (f"{TEXT}\n{TITLE}\nMore.", TITLE, (TITLE, TITLE)),
    "in capitals": (f"{TITLE.upper()}\n{BODY}", TITLE, (TITLE.upper(),)),
    "other quotation marks and dash": (
        f'Port "paralysed" - and worse may come\n{BODY}',
        TITLE,
        ('Port "paralysed" - and worse may come',),
    ),
    "broken over two lines": (
        f"Port ‘paralysed’ —\nand worse may come\n{BODY}",
        TITLE,
        ("Port ‘paralysed’ —\nand worse may come",),
    ),
    "line breaks lost": (f"{TITLE} {BODY}", TITLE, (TITLE,)),
    "line breaks lost before a quotation": (f"{TITLE} “No,” she said.", TITLE, (TITLE,)),
    "the whole text": (TITLE, TITLE, (TITLE,)),
    "Windows line ends": (f"{TITLE}\r\n\r\n{BODY}", TITLE, (TITLE,)),
    "the page adds its outlet": (TEXT, f"{TITLE} | The Paper", (TITLE,)),
    "the page adds its outlet with a dash": (TEXT, f"{TITLE} - the paper", (TITLE,)),
    "no title": (TEXT, "  ", ()),
    "not in the text": (BODY, TITLE, ()),
    "a sentence begins like the title": (
        "The port is shut until March, she said.",
        "The port is shut",
        (),
    ),
    "a sentence of an uncased script begins like the title": ("港口 关闭", "港口", ()),
    "a sentence holds the title": (
        "He wrote: The port is shut\nThen he left.",
        "The port is shut",
        (),
    ),
    "a line in the body begins like the title": (
        "He left.\nThe port is shut Monday.",
        "The port is shut",
        (),
    ),
    "a part of the title is a line": ("worse may come\n" + BODY, TITLE, ()),
    "a sentence with its full stop": ("He left.\nThe port is shut.", "The port is shut", ()),
    "another outlet's name": (TEXT, f"{TITLE} | The Wire", ()),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_the_headline_is_found_and_nothing_else(case: str) -> None:
    text, title, expected = HEADLINES[case]

    found = headlines(text, title, ["The Paper"])

    assert tuple(text[span.start : span.end] for span in found) == expected


REFUSED: dict[str, tuple[str, str]] = {
    "the whole headline": (TEXT, TITLE),
    "a part of it": (TEXT, "worse may come"),
    "in other quotation marks": (TEXT, 'Port "paralysed"'),
    "headline and body in one": (TEXT, "worse may come\n\nThe port is paralysed"),
    "twice, both times in headlines": (f"{TEXT}\n{TITLE}", "worse may come"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_words_of_the_headline_alone_are_refused_with_the_headline(case: str) -> None:
    text, words = REFUSED[case]

    with pytest.raises(HeadlineNotQuotable) as refusal:
        locate_in_body(text, TITLE, words)

    assert refusal.value.field == "exact"
    assert refusal.value.facts == {"headline": TITLE}


@pytest.mark.parametrize(("start", "end"), [(0, 4), (23, 37), (30, 45)])
def test_offsets_that_reach_into_the_headline_are_refused(start: int, end: int) -> None:
    with pytest.raises(HeadlineNotQuotable):
        locate_in_body(TEXT, TITLE, TEXT[start:end], start=start, end=end)


def test_other_refusals_stay_what_they_are() -> None:
    with pytest.raises(QuotationNotFound) as unknown:
        locate_in_body(TEXT, TITLE, "It may stay open until March")
    with pytest.raises(OffsetsDisagree):
        locate_in_body(TEXT, TITLE, "port", start=0, end=4)
    with pytest.raises(QuotationAmbiguous):
        locate_in_body(f"{TEXT} The port is paralysed.", TITLE, "The port is paralysed")

    assert unknown.value.facts["nearest"].exact == "It may stay shut until March"


BODIES: dict[str, tuple[str, str, str]] = {
    "words of the body": (TEXT, "It may stay shut", "It may stay shut"),
    "words of both": (
        f"{TITLE}\n\nShe fears that worse may come by March.",
        "worse may come",
        "worse may come",
    ),
    "of both, in the body in other typography": (
        f"{TITLE}\n\nIt is “paralysed” now.",
        "‘paralysed’",
        "“paralysed”",
    ),
    "of a text without its headline": (BODY, "The port is paralysed", "The port is paralysed"),
}


@pytest.mark.parametrize("case", BODIES)
def test_the_place_in_the_body_is_taken(case: str) -> None:
    text, words, expected = BODIES[case]

    here = locate_in_body(text, TITLE, words)

    assert here.exact == expected == text[here.start : here.end]
    assert here.start >= text.index(text.splitlines()[-1])


def test_neighbours_still_choose_among_places_of_the_body() -> None:
    text = f"{TITLE}\n\nIt may rain. It may rain."

    here = locate_in_body(text, TITLE, "It may rain", prefix=f"{TITLE}\n\n")

    assert here.start == len(TITLE) + 2


def plain(words: str) -> str:
    return fold(words.strip()).text.strip().lower()


@given(st.text(alphabet="ab ‘—\n.A", max_size=60), st.text(alphabet="ab ‘—A", max_size=8))
def test_a_headline_reads_like_the_title_and_fills_its_line(text: str, title: str) -> None:
    for span in headlines(text, title):
        line_before = text[: span.start].rpartition("\n")[2]

        assert not line_before.strip()
        assert plain(text[span.start : span.end]) == plain(title)


@given(st.text(alphabet="ab .\n", max_size=40), st.text(alphabet="ab", min_size=1, max_size=3))
def test_what_is_found_never_overlaps_a_headline(text: str, words: str) -> None:
    try:
        here = locate_in_body(text, "ab", words)
    except (HeadlineNotQuotable, QuotationNotFound, QuotationAmbiguous):
        return

    assert all(span.end <= here.start or here.end <= span.start for span in headlines(text, "ab"))


def test_words_that_are_left_in_the_headline_alone_are_gone() -> None:
    words = "The talks will resume in weeks and not in months"
    old = anchor(f"{words}, he said.", 0, len(words))
    newer = f"{words}\n\nHe said nothing of the kind."
    above = headlines(newer, words)

    assert reanchor(old, newer).state is AnchorState.EXACT
    assert reanchor(old, newer, outside=above).state is AnchorState.ORPHAN

    both = f"{words}\n\n{words}, he said."
    moved = reanchor(old, both, outside=headlines(both, words))
    assert moved.anchor is not None
    assert moved.anchor.start == both.rindex(words)
