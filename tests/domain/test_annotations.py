"""Annotations: what goes out marks the same passage when it comes in, in units of any client."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.annotations import (
    EXTRAS,
    BadAnnotation,
    Note,
    Passage,
    place,
    read_annotation,
    read_row,
    to_annotation,
    to_page,
)
from tracker.domain.errors import (
    HeadlineNotQuotable,
    QuotationAmbiguous,
    QuotationNotFound,
    UnstorableText,
)
from tracker.domain.quotes import anchor, to_utf16

TEXT = "𝔘𝔫𝔦: “It will rain,” said Ada. “It will rain,” said Bo."
WORDS = "It will rain"
FIRST, SECOND = TEXT.index(WORDS), TEXT.rindex(WORDS)
PAGE = "https://example.org/a"
QUOTE = {"type": "TextQuoteSelector", "exact": WORDS}
RAW_TEXTS = st.text(st.sampled_from("ab 𝔘é“”.\n"), min_size=1, max_size=40)


def passage(text: str, start: int, end: int, **extras: str) -> Passage:
    return Passage(
        url="https://here/quotations/1/",
        source=PAGE,
        anchor=anchor(text, start, end),
        captured_at=datetime(2016, 4, 11, 9, tzinfo=UTC),
        cached=("https://here/api/v1/snapshots/7/text/",),
        text_sha256="ab",
        provenance="B",
        extras=tuple(extras.items()),
    )


def body(*selectors: Any, **more: Any) -> dict[str, Any]:
    target = {"source": PAGE, "selector": list(selectors)}
    return {"type": "Annotation", "target": target, **more}


def position(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end, **more}


# --- out -----------------------------------------------------------------------------


def test_an_annotation_says_where_when_and_in_which_words() -> None:
    found = to_annotation(passage(TEXT, FIRST, FIRST + 12, mode="direct_quote", role_words=""))

    assert found == {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"tr": "urn:expert-claim-tracker:terms#"}],
        "id": "https://here/quotations/1/",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": {
            "type": "SpecificResource",
            "source": PAGE,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": WORDS,
                    "prefix": "𝔘𝔫𝔦: “",
                    "suffix": ",” said Ada. “It will rain,” sai",
                },
                {"type": "TextPositionSelector", "start": 6, "end": 18},
            ],
            "state": {
                "type": "TimeState",
                "sourceDate": "2016-04-11T09:00:00Z",
                "cached": ["https://here/api/v1/snapshots/7/text/"],
            },
        },
        "tr:mode": "direct_quote",
        "tr:provenance": "B",
        "tr:textSha256": "ab",
    }


def test_a_page_of_annotations_leads_to_the_next() -> None:
    assert "next" not in to_page([], "https://here/", None)
    assert to_page([], "https://here/", "https://here/?c=1")["next"] == "https://here/?c=1"


@given(RAW_TEXTS, st.data())
def test_what_goes_out_marks_the_same_passage_when_it_comes_in(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    sent = passage(text, start, end, said_on="2016", mode="paraphrase")

    note = read_annotation(json.loads(json.dumps(to_annotation(sent))))

    assert place(text, "Another title", note) == sent.anchor
    assert (note.uri, note.cached) == (PAGE, sent.cached)
    assert dict(note.extras) == {"said_on": "2016", "mode": "paraphrase"}


# --- in ------------------------------------------------------------------------------

WRONG: dict[str, tuple[Any, str]] = {
    "a list": ([], ""),
    "no target": ({"type": "Annotation"}, "target"),
    "a page alone": ({"type": "Annotation", "target": PAGE}, "target"),
    "two targets": ({"type": "Annotation", "target": [{}, {}]}, "target"),
    "another type": ({**body(QUOTE), "type": "Note"}, "type"),
    "no type": ({"target": body(QUOTE)["target"]}, "type"),
    "no source": ({"type": "Annotation", "target": {"selector": QUOTE}}, "target.source"),
    "a source of numbers": (
        {"type": "Annotation", "target": {"source": 7, "selector": QUOTE}},
        "target.source",
    ),
    "no selector": (body(), "target.selector"),
    "a position alone": (body(position(0, 4)), "target.selector"),
    "blank words": (body({**QUOTE, "exact": " "}), "target.selector"),
    "words of numbers": (body({**QUOTE, "exact": 7}), "target.selector.exact"),
    "a prefix of numbers": (body({**QUOTE, "prefix": [1]}), "target.selector.prefix"),
    "a fraction": (body(QUOTE, position(0.5, 4)), "target.selector.start"),
    "a negative place": (body(QUOTE, position(-1, 4)), "target.selector.start"),
    "an enormous place": (body(QUOTE, position(0, 2**40)), "target.selector.end"),
    "an unknown unit": (
        body(QUOTE, position(0, 4, **{"tr:unit": "bytes"})),
        "target.selector.tr:unit",
    ),
    "a unit that is a list": (
        body(QUOTE, position(0, 4, **{"tr:unit": []})),
        "target.selector.tr:unit",
    ),
    "a date of numbers": ({**body(QUOTE), "tr:saidOn": 2016}, "tr:saidOn"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_quotes_no_page_is_refused_by_field(case: str) -> None:
    sent, field = WRONG[case]

    with pytest.raises(BadAnnotation) as refused:
        read_annotation(sent)

    assert refused.value.field == field


def test_text_that_cannot_be_stored_is_refused() -> None:
    with pytest.raises(UnstorableText):
        read_annotation(body({**QUOTE, "exact": "\ud800"}))


def test_a_deep_nest_of_selectors_is_followed_only_so_far() -> None:
    near = body({"type": "RangeSelector", "refinedBy": QUOTE})
    far: dict[str, Any] = QUOTE
    for _ in range(2_000):
        far = {"type": "RangeSelector", "refinedBy": far}

    assert read_annotation(near).exact == WORDS
    with pytest.raises(BadAnnotation):
        read_annotation(body(far))


@pytest.mark.parametrize(
    "sent",
    [
        body(QUOTE),
        {**body(QUOTE), "type": ["Annotation", "Note"]},
        {"@type": "Annotation", "target": {"source": {"id": PAGE}, "selector": QUOTE}},
        {"type": "Annotation", "target": [{"source": PAGE, "selector": [None, QUOTE]}]},
        {**body({**QUOTE, "type": ["TextQuoteSelector"]})},
    ],
    ids=["plain", "types", "objects", "lists", "a list of types"],
)
def test_the_forms_that_json_ld_allows_are_read(sent: dict[str, Any]) -> None:
    note = read_annotation(sent)

    assert (note.uri, note.exact) == (PAGE, WORDS)


def test_every_extra_comes_back_under_its_name() -> None:
    note = read_annotation({**body(QUOTE), **dict.fromkeys(EXTRAS, "x")})

    assert dict(note.extras) == dict.fromkeys(EXTRAS.values(), "x")


# --- Hypothesis ----------------------------------------------------------------------


def row(*selectors: Any, **more: Any) -> dict[str, Any]:
    target = {"source": PAGE, "selector": list(selectors)}
    return {"id": "r", "uri": PAGE, "target": [target], **more}


@pytest.mark.parametrize(
    "sent",
    ["text", {"uri": PAGE}, {"uri": PAGE, "target": []}, {"uri": PAGE, "target": [{}]}],
    ids=["no object", "no target", "an empty target", "a note on the page"],
)
def test_a_row_that_quotes_nothing_is_refused(sent: Any) -> None:
    with pytest.raises(BadAnnotation):
        read_row(sent)


def test_a_row_hints_in_utf16_and_may_say_when() -> None:
    found = read_row(row(QUOTE, position(9, 21)), "2016")
    own = read_row(row(QUOTE, **{"tr:saidOn": "2017"}), "2016")

    assert (found.placed, found.utf16) == (False, True)
    assert dict(found.extras) == {"said_on": "2016"}
    assert dict(own.extras) == {"said_on": "2017"}


# --- where it stands -----------------------------------------------------------------


def note(**values: Any) -> Note:
    return Note(**{"uri": PAGE, "exact": WORDS, **values})


def test_words_that_stand_twice_need_more() -> None:
    with pytest.raises(QuotationAmbiguous):
        place(TEXT, "", note())
    with pytest.raises(QuotationAmbiguous):  # half of a surrogate pair is no place
        place(TEXT, "", note(start=1, end=4, utf16=True))
    with pytest.raises(QuotationNotFound):
        place(TEXT, "", note(exact="It will snow"))


@pytest.mark.parametrize(
    ("hints", "start"),
    [
        ({"start": SECOND, "end": SECOND + 12}, SECOND),
        ({"start": FIRST, "end": FIRST + 12}, FIRST),
        ({"start": to_utf16(TEXT, SECOND), "end": to_utf16(TEXT, SECOND + 12), "utf16": True},
         SECOND),
        ({"suffix": ",” said Bo"}, SECOND),
        ({"suffix": ",” said Ada"}, FIRST),
        ({"start": SECOND, "placed": False, "suffix": ",” said Ada"}, FIRST),
        ({"start": 10**6, "placed": False, "utf16": True}, SECOND),
        ({"start": SECOND + 3, "end": SECOND + 4}, SECOND),
    ],
    ids=["second", "first", "UTF-16", "after it", "after the other", "neighbours over a hint",
         "a hint beyond", "a wrong place hints"],
)  # fmt: skip
def test_place_then_neighbours_then_nearness_decide(hints: dict[str, Any], start: int) -> None:
    assert place(TEXT, "", note(**hints)).start == start


def test_a_headline_is_marked_only_as_one() -> None:
    text = "It will rain\n\nAda was asked about it."

    with pytest.raises(HeadlineNotQuotable):
        place(text, "It will rain", note())
    assert place(text, "It will rain", note(extras=(("mode", "headline"),))).start == 0
