"""What a page says of itself fits every column, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.quotes import clean
from tracker.intake.documents import language, line, names, storable


@given(st.text(st.characters(), max_size=200))
def test_any_text_can_be_stored(text):
    assert clean(storable(text)) is not None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        pytest.param("a\0b", "a\ufffdb", id="nul"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone-surrogate"),
        pytest.param("\ud83d\ude00", "\U0001f600", id="surrogate-pair"),
        pytest.param("Zoë — “six”", "Zoë — “six”", id="sound"),
    ],
)
def test_what_cannot_be_stored_is_marked(text, stored):
    assert storable(text) == stored


@pytest.mark.parametrize(
    ("text", "one"),
    [
        pytest.param("  The\n river \t rises ", "The river rises", id="spaces"),
        pytest.param("Cafe\u0301", "Café", id="decomposed"),
        pytest.param("Gauge\0\ud800", "Gauge", id="unstorable"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_fact_is_one_line(text, one):
    assert line(text) == one


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", ()),
        ("Mira Holt", ("Mira Holt",)),
        ("Mira Holt; Jonas  Weil;; Mira Holt", ("Mira Holt", "Jonas Weil")),
    ],
)
def test_authors_are_named_once(text, people):
    assert names(text) == people


@pytest.mark.parametrize(
    ("tag", "kept"),
    [("en", "en"), ("en_GB", "en-GB"), (" zh-Hans-CN ", "zh-Hans-CN"), ("English!", ""), ("", "")],
)
def test_a_language_is_a_tag_or_nothing(tag, kept):
    assert language(tag) == kept
