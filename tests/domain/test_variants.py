import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.variants import fold

TYPOGRAPHY = st.text(alphabet="ab.-…— \n\xa0‘’“”\"'ﬁ\u00ad\u200b–‑", max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("may be", "maybe", id="a-space-inside-a-word"),
        pytest.param("Will", "will", id="capitals"),
        pytest.param("won’t", "wont", id="a-dropped-apostrophe"),
        pytest.param("no, never", "no never", id="a-dropped-comma"),
        pytest.param("a full stop. Then", "a full stop Then", id="a-dropped-stop"),
    ],
)
def test_what_may_change_the_sense_is_not_folded_away(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("‘worst’ “ever”", "'worst' \"ever\"", id="quotation-marks"),
        pytest.param("«worst»", '"worst"', id="guillemets"),
        pytest.param("paper — the truce", "paper -- the truce", id="two-hyphens"),
        pytest.param("paper — the truce", "paper—the truce", id="closed-up-dash"),
        pytest.param("paper – the truce", "paper - the truce", id="spaced-hyphen"),
        pytest.param("man‑power", "man-power", id="non-breaking-hyphen"),
        pytest.param("and then…", "and then...", id="ellipsis-character"),
        pytest.param("and . . . then", "and…then", id="spaced-dots"),
        pytest.param("the  city\r\n\twill", "the city will", id="runs-of-blanks"),
        pytest.param("the\xa0city", "the city", id="no-break-space"),
        pytest.param("offen\u00adsive", "offensive", id="soft-hyphen"),
        pytest.param("\ufeffof\u200bfensive", "offensive", id="zero-width"),
        pytest.param("oﬀensive ﬁre", "offensive fire", id="ligatures"),
    ],
)
def test_the_same_words_in_other_typography_fold_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


def test_offsets_lead_back_to_the_original() -> None:
    text = "He said  “never — ever…”\nand left"
    folded = fold(text)
    at = folded.text.index("never")

    start, end = folded.original(at, at + len("never-ever..."))

    assert text[start:end] == "never — ever…"


@given(TYPOGRAPHY, st.data())
def test_every_folded_passage_has_an_original_that_folds_to_hold_it(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))

    opens, closes = folded.original(start, end)

    assert 0 <= opens < closes <= len(text)
    letters = [letter for letter in folded.text[start:end] if letter in "ab"]
    assert [letter for letter in text[opens:closes] if letter in "ab"] == letters
