"""A reply is kept as it was written, without what cannot be seen."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import RequiredField, TrackerError, UnknownValue, UnstorableText
from tracker.domain.replies import (
    LONGEST_DAYS,
    MOST_CHARACTERS,
    MOST_IN_LINE,
    TURNS,
    TooLong,
    expiry,
    one_line,
    standing,
    verbatim,
)

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", RequiredField),
        (" \n\0\u202e ", RequiredField),
        ("a" * (MOST_CHARACTERS + 1), TooLong),
        ("half \ud800", UnstorableText),
    ],
    ids=["nothing", "nothing that can be seen", "one too many", "a lone surrogate"],
)
def test_what_cannot_be_printed_is_refused(text: str, error: type[TrackerError]) -> None:
    with pytest.raises(error) as caught:
        verbatim(text, field="text")

    assert caught.value.field == "text"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b>No</b> & <script>alert(1)</script>", "<b>No</b> & <script>alert(1)</script>"),
        ("One\r\ntwo\rthree\u2028four", "One\ntwo\nthree\nfour"),
        ("A\0b\x1b[31mc\x7f\x9f", "Ab[31mc"),
        ("safe \u202eevil\u202c", "safe evil"),
        ("Cafe\u0301", "Café"),
        ("  I stand by it.\n", "I stand by it."),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
    ],
    ids=["HTML", "breaks", "controls", "overrides", "NFC", "ends", "joiners"],
)
def test_a_reply_is_plain_text_and_stays_as_it_was_written(sent: str, kept: str) -> None:
    assert verbatim(sent, field="text") == kept


def test_the_longest_reply_counts_characters_not_bytes() -> None:
    longest = "é" * MOST_CHARACTERS

    assert verbatim(f" {longest} ", field="text") == longest


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_is_kept_is_kept_again_unchanged(text: str) -> None:
    try:
        kept = verbatim(text, field="text")
    except RequiredField:
        return

    assert verbatim(kept, field="text") == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(
        c in TURNS or (unicodedata.category(c) == "Cc" and c not in "\n\t") for c in kept
    )


def test_a_signature_is_one_line() -> None:
    assert one_line(" Ada \n Analyst\t", field="author") == "Ada Analyst"
    with pytest.raises(TooLong):
        one_line("a" * (MOST_IN_LINE + 1), field="author")


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_link_holds_for_days_that_can_be_counted(days: int) -> None:
    with pytest.raises(UnknownValue, match="1 to 90"):
        expiry(now=NOW, reply_until=UNTIL, days=days)


def test_after_the_window_somebody_says_how_long_a_link_holds() -> None:
    with pytest.raises(RequiredField):
        expiry(now=UNTIL, reply_until=UNTIL, days=None)

    assert expiry(now=UNTIL, reply_until=UNTIL, days=2) == UNTIL + timedelta(days=2)
    assert expiry(now=NOW, reply_until=UNTIL, days=None) == UNTIL


@pytest.mark.parametrize(
    ("used", "revoked", "over", "where"),
    [
        (False, False, False, "open"),
        (False, False, True, "expired"),
        (False, True, True, "revoked"),
        (True, False, True, "used"),
    ],
)
def test_a_link_stands_in_one_place(used: bool, revoked: bool, over: bool, where: str) -> None:
    now = UNTIL if over else NOW

    assert standing(used=used, revoked=revoked, expires_at=UNTIL, now=now) == where
