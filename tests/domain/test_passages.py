import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.passages import DiffOp, DiffPiece, cuts_word, diff, nearest

TEXT = (
    "Nobody knows. The city will be besieged, and only death and destruction will result. So it is."
)
WORDS = st.text(alphabet="abc d’日本,.\n", max_size=40)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="nothing"),
        pytest.param("a quarterly dividend of four cents per share was declared", id="unrelated"),
        pytest.param("第三次世界大戦は始まらないだろう", id="another-script"),
    ],
)
def test_words_unlike_all_of_the_text_have_no_nearest_passage(words: str) -> None:
    assert nearest(TEXT, words) is None


def test_a_book_is_not_compared_with_a_library() -> None:
    assert nearest("a" * 100_000, "a" * 50_000) is None


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        pytest.param("the city would be besieged", "The city will be besieged", id="other-modal"),
        pytest.param(
            "besieged, and death and destruction",
            "besieged, and only death and destruction",
            id="dropped-word",
        ),
        pytest.param("he city will be besiege", "The city will be besieged", id="cut-words"),
    ],
)
def test_the_nearest_passage_is_made_of_whole_words(words: str, passage: str) -> None:
    near = nearest(TEXT, words)

    assert near is not None
    assert near.exact == passage == TEXT[near.start : near.end]


def test_distance_counts_letters_between_the_words_sent_and_the_passage_shown() -> None:
    near = nearest(TEXT, "The city wills be beseiged")

    assert near is not None
    assert near.exact == "The city will be besieged"
    assert near.distance == 3


def test_a_text_of_more_letters_than_the_aligner_has_symbols_is_compared() -> None:
    han = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))

    near = nearest(f"。{han}。", han[:300] + "x" + han[301:])

    assert near is not None
    assert near.exact == han


def test_the_difference_is_shown_in_words() -> None:
    assert diff("if Assad and Putin do", "if Putin and Assad do") == (
        DiffPiece(DiffOp.EQUAL, "if "),
        DiffPiece(DiffOp.DELETE, "Assad"),
        DiffPiece(DiffOp.INSERT, "Putin"),
        DiffPiece(DiffOp.EQUAL, " and "),
        DiffPiece(DiffOp.DELETE, "Putin"),
        DiffPiece(DiffOp.INSERT, "Assad"),
        DiffPiece(DiffOp.EQUAL, " do"),
    )


@given(WORDS, WORDS)
def test_the_difference_gives_both_sides_back(sent: str, found: str) -> None:
    pieces = diff(sent, found)

    assert "".join(piece.text for piece in pieces if piece.op is not DiffOp.INSERT) == sent
    assert "".join(piece.text for piece in pieces if piece.op is not DiffOp.DELETE) == found


def test_the_difference_is_right_past_256_different_words() -> None:
    sent = " ".join(f"w{n}" for n in range(600))
    found = sent.replace("w300 ", "")

    pieces = diff(sent, found)

    assert "".join(piece.text for piece in pieces if piece.op is not DiffOp.INSERT) == sent
    assert "".join(piece.text for piece in pieces if piece.op is not DiffOp.DELETE) == found


@pytest.mark.parametrize(
    ("text", "at", "cut"),
    [
        pytest.param("unlikely", 2, True, id="inside-a-word"),
        pytest.param("18,000", 1, True, id="inside-a-number"),
        pytest.param("is likely", 3, False, id="between-words"),
        pytest.param("Nusra’s", 5, False, id="at-an-apostrophe"),
        pytest.param("アレッポ市", 4, False, id="script-without-spaces"),
        pytest.param("word", 0, False, id="at-the-start"),
        pytest.param("word", 4, False, id="at-the-end"),
    ],
)
def test_a_border_cuts_only_inside_words_and_numbers(text: str, at: int, cut: bool) -> None:
    assert cuts_word(text, at) is cut
