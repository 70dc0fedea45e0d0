import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain import quotes
from tracker.domain.errors import (
    OffsetsDisagree,
    OffsetsOutsideText,
    QuotationAmbiguous,
    QuotationNotFound,
    UnstorableText,
)
from tracker.domain.quotes import Anchor, AnchorState, Context, DiffOp, anchor, locate, reanchor

PAGE = (
    "Moscow is unlikely to yield, an analyst wrote. “I expect that if Putin and Assad do as they "
    "say, those in Aleppo might yet experience some of the worst this war has seen,” another said. "
    "Putin’s generals — at least on paper — keep the truce… for now. Talks will resume. "
    "8,000 men were said to be near; the talks will resume."
)
STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


# --- text that can be kept ---


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\0b", id="nul"),
        pytest.param("a\ud800b", id="high-surrogate"),
        pytest.param("\udfff", id="low-surrogate"),
    ],
)
def test_unstorable_text_is_refused(text: str) -> None:
    with pytest.raises(UnstorableText) as refusal:
        quotes.clean(text, field="text")

    assert refusal.value.field == "text"


@given(STORABLE)
def test_clean_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    cleaned = quotes.clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert quotes.clean(cleaned) == cleaned


def test_the_hash_is_sha256_of_utf8() -> None:
    assert quotes.text_hash("abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


# --- offsets ---


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(-1, 3, id="before-the-text"),
        pytest.param(0, len(PAGE) + 1, id="past-the-text"),
        pytest.param(5, 5, id="empty"),
        pytest.param(9, 5, id="backwards"),
    ],
)
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(OffsetsOutsideText):
        locate(PAGE, "Moscow", start=start, end=end)


def test_words_that_do_not_stand_at_their_offsets_are_refused() -> None:
    with pytest.raises(OffsetsDisagree) as refusal:
        locate(PAGE, "Moscow", start=1, end=7)

    assert refusal.value.facts["found"] == "oscow "


def test_words_at_their_offsets_are_anchored_with_32_characters_either_side() -> None:
    start = PAGE.index("might yet")

    found = locate(PAGE, "might yet", start=start, end=start + 9)

    assert found == Anchor(
        start, start + 9, "might yet", PAGE[start - 32 : start], PAGE[start + 9 : start + 41]
    )


# --- words alone ---


def test_two_swapped_names_are_refused_and_the_difference_is_shown() -> None:
    with pytest.raises(QuotationNotFound) as refusal:
        locate(PAGE, "I expect that if Assad and Putin do as they say")

    near = refusal.value.facts["nearest"]
    assert near.exact == "I expect that if Putin and Assad do as they say"
    assert [piece.text for piece in near.diff if piece.op is DiffOp.DELETE] == ["Assad", "Putin"]
    assert [piece.text for piece in near.diff if piece.op is DiffOp.INSERT] == ["Putin", "Assad"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("likely to yield", "unlikely to yield", id="a-lost-prefix"),
        pytest.param("the talks will resum", "the talks will resume", id="a-lost-letter"),
    ],
)
def test_words_cut_out_of_longer_words_are_refused(words: str, shown: str) -> None:
    assert words in PAGE

    with pytest.raises(QuotationNotFound) as refusal:
        locate(PAGE, words)

    assert refusal.value.facts["nearest"].exact == shown


@pytest.mark.parametrize("words", [pytest.param("", id="empty"), pytest.param(" \n", id="blank")])
def test_no_words_are_not_a_quotation(words: str) -> None:
    with pytest.raises(QuotationNotFound) as refusal:
        locate(PAGE, words)

    assert refusal.value.facts["nearest"] is None


def test_unrelated_words_are_refused_without_a_proposal() -> None:
    with pytest.raises(QuotationNotFound) as refusal:
        locate(PAGE, "quarterly dividends of four cents per share were declared by the board")

    assert refusal.value.facts["nearest"] is None


def test_words_that_stand_twice_are_refused_with_their_count() -> None:
    with pytest.raises(QuotationAmbiguous) as refusal:
        locate(PAGE, "will resume.")

    assert refusal.value.facts["count"] == 2
    assert "2 times" in refusal.value.message


@pytest.mark.parametrize(
    "hint",
    [
        pytest.param({"prefix": "near; the talks"}, id="prefix"),
        pytest.param({"prefix": "near;  the talks "}, id="prefix-in-other-spacing"),
        pytest.param({"start": len(PAGE) - 10}, id="a-start-nearby"),
    ],
)
def test_neighbours_or_a_place_choose_among_equal_words(hint: dict[str, object]) -> None:
    found = locate(PAGE, "will resume.", **hint)  # type: ignore[arg-type] # one hint of each kind

    assert found.start == PAGE.rindex("will resume.")


def test_a_suffix_chooses_among_equal_words() -> None:
    assert locate(PAGE, "will resume.", suffix="8,000").start == PAGE.index("will resume.")


def test_neighbours_that_fit_nowhere_choose_nothing() -> None:
    with pytest.raises(QuotationAmbiguous):
        locate(PAGE, "will resume.", prefix="elsewhere ")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("those in Aleppo\nmight  yet experience", id="spacing"),
        pytest.param("Putin's generals", id="apostrophe"),
        pytest.param("Putin's generals -- at least on paper -- keep", id="dashes"),
        pytest.param("keep the truce... for now", id="ellipsis"),
        pytest.param("on paper—keep the truce…for now.", id="closed-up"),
    ],
)
def test_other_typography_is_found_in_the_words_of_the_text(words: str) -> None:
    found = locate(PAGE, words)

    assert found.variant
    assert found.exact == PAGE[found.start : found.end] != words
    assert not found.exact[0].isspace()
    assert not found.exact[-1].isspace()


def test_decomposed_letters_are_found() -> None:
    found = locate("the café is open", unicodedata.normalize("NFD", "café"))

    assert found.exact == "café"


def test_very_frequent_words_are_refused() -> None:
    with pytest.raises(QuotationAmbiguous, match="very often"):
        locate("a b " * 5_000, "a b")


@given(STORABLE, st.data())
def test_offsets_round_trip(text: str, data: st.DataObject) -> None:
    text = quotes.clean(text)
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    made = anchor(text, start, end)

    assert locate(text, made.exact, start=start, end=end) == made
    assert reanchor(made, text).anchor == made
    assert text[: made.start].endswith(made.prefix)
    assert text[made.end :].startswith(made.suffix)


@given(st.lists(st.sampled_from(["Putin", "and", "Assad", "do", "as", "they", "say"]), max_size=9))
def test_whatever_is_located_stands_in_the_text(words: list[str]) -> None:
    quotation = " ".join(words)
    try:
        found = locate(PAGE, quotation)
    except (QuotationNotFound, QuotationAmbiguous):
        return
    assert found.exact == PAGE[found.start : found.end] == quotation


# --- newer texts of the same page ---

QUOTED = anchor(PAGE, PAGE.index("those in Aleppo"), PAGE.index(",” another"))


@pytest.mark.parametrize(
    ("newer", "state"),
    [
        pytest.param("The page you are looking for was removed.", AnchorState.ORPHAN, id="gone"),
        pytest.param("", AnchorState.ORPHAN, id="empty"),
        pytest.param(PAGE.replace("might yet", "will"), AnchorState.CHANGED, id="other-hedge"),
        pytest.param(PAGE.replace("in Aleppo", "in Homs"), AnchorState.CHANGED, id="other-city"),
        pytest.param("Updated. " + PAGE, AnchorState.MOVED, id="shifted"),
        pytest.param(PAGE.replace(" ", "\n"), AnchorState.MOVED, id="other-spacing"),
        pytest.param(PAGE + " Corrected.", AnchorState.EXACT, id="appended"),
    ],
)
def test_a_newer_text_keeps_moves_changes_or_loses_a_quotation(
    newer: str, state: AnchorState
) -> None:
    found = reanchor(QUOTED, newer)

    assert found.state is state
    assert (found.anchor is not None) == (state in {AnchorState.EXACT, AnchorState.MOVED})
    assert (found.nearest is not None) == (state is AnchorState.CHANGED)


def test_a_moved_quotation_in_other_typography_takes_the_words_of_the_newer_text() -> None:
    newer = "Intro. " + PAGE.replace("this war", "this\u00a0war")

    found = reanchor(QUOTED, newer).anchor

    assert found is not None
    assert found.variant
    assert found.exact == newer[found.start : found.end]


def test_of_equal_words_the_one_with_the_old_neighbours_is_kept() -> None:
    second = PAGE.rindex("will resume.")
    newer = "Talks will resume. " + PAGE

    found = reanchor(anchor(PAGE, second, second + 12), newer).anchor

    assert found is not None
    assert found.start == newer.rindex("will resume.")


def test_short_words_do_not_move_to_strangers() -> None:
    old = anchor("Its plan has backfired.", 9, 22)

    found = reanchor(old, "A hundred pages on, we read of an engine that has backfired twice.")

    assert found.state is AnchorState.CHANGED


def test_a_selection_inside_a_word_can_move() -> None:
    old = anchor("The reescalation began in the northeast of the country.", 6, 51)

    found = reanchor(old, "New: The reescalation began in the northeast of the country.")

    assert found.state is AnchorState.MOVED


# --- for readers and for JavaScript ---


def test_context_outside_the_text_is_refused() -> None:
    with pytest.raises(OffsetsOutsideText):
        quotes.context(PAGE, 0, len(PAGE) + 1)


def test_context_shows_what_stands_around() -> None:
    assert quotes.context("one two three four", 4, 7, width=3) == Context("ne ", "two", " th")


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        pytest.param("a😀b", 2, id="inside-a-pair"),
        pytest.param("a😀b", 5, id="past-the-end"),
        pytest.param("a😀b", -1, id="negative"),
    ],
)
def test_impossible_utf16_offsets_are_refused(text: str, offset: int) -> None:
    with pytest.raises(OffsetsOutsideText):
        quotes.from_utf16(text, offset)


@pytest.mark.parametrize("offset", [pytest.param(-1, id="before"), pytest.param(4, id="after")])
def test_offsets_outside_have_no_utf16_counterpart(offset: int) -> None:
    with pytest.raises(OffsetsOutsideText):
        quotes.to_utf16("a😀b", offset)


@given(STORABLE, st.data())
def test_utf16_offsets_round_trip(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))

    assert quotes.from_utf16(text, quotes.to_utf16(text, offset)) == offset
