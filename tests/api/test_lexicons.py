"""Lexicons: versions in a list, phrases with their bands in the record."""

from __future__ import annotations

from tests.api.conftest import Door


def test_the_shipped_lexicon_is_read_with_every_phrase(coder: Door) -> None:
    row = coder.read("lexicons/").json()["results"][0]
    found = coder.read(f"lexicons/{row['id']}/").json()

    assert (row["version"], row["phrases"]) == ("1.0", 153)
    assert "terms" not in row
    assert len(found["terms"]) == 153
    for term in found["terms"]:
        assert 0 <= term["low"] <= term["point"] <= term["high"] <= 1
        assert term["source"]


def test_a_lexicon_is_not_written_here(coder: Door) -> None:
    assert coder.send("lexicons/", {"version": "2.0"}).status_code == 405
