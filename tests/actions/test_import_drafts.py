"""Rows as drafts, and what the record knows of many at once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.builders import make_claim, make_source
from tracker.actions.import_drafts import known_of, row_of
from tracker.domain.errors import BadAddress, NotFound
from tracker.domain.import_rows import WrongType

pytestmark = pytest.mark.django_db


def test_an_address_that_is_none_and_a_uuid_that_is_none_are_refused() -> None:
    with pytest.raises(BadAddress):
        row_of(2, {"source": {"url": "ftp://example.org/"}})
    with pytest.raises(WrongType):
        row_of(2, {"": {"uuid": "7"}})


def test_a_condition_is_drafted_though_its_consequence_says_nothing_itself() -> None:
    row = row_of(2, {"proposition.condition": {"statement": "The truce ends."}})

    assert row.draft.proposition
    assert row.draft.proposition.condition
    assert row.draft.proposition.condition.statement == "The truce ends."


def test_pages_and_twins_are_known_by_address_reference_and_uuid() -> None:
    winner = make_source()
    url = "https://example.org/merged"
    make_source(url=url, canonical_url=url, merged_into=winner)
    claim = make_claim(external_id="a-1")
    by_url = row_of(2, {"source": {"url": "http://www.example.org/merged/"}})
    by_reference = row_of(3, {"": {"external_id": " a-1 "}})
    by_uuid = row_of(4, {"": {"uuid": str(claim.uuid)}})
    unknown = row_of(5, {"": {"uuid": str(uuid4()), "external_id": "a-2"}})

    known = known_of([by_url, by_reference, by_uuid, unknown])

    assert known.sources == {by_url.address: winner}
    twins = [known.twin(row) for row in (by_reference, by_uuid, unknown)]
    assert twins == [claim, claim, None]
    with pytest.raises(NotFound, match="There is no claim 7"):
        known.claim(7, "revises")
