"""A marked passage becomes one quotation, of the newest snapshot in which it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.steps import at_once
from tests.builders import CODED, make_quotation, make_snapshot, make_source, make_user
from tracker.actions.annotations import Marked, keep_marked
from tracker.domain.annotations import NotCaptured, Note
from tracker.domain.errors import (
    NotPermitted,
    QuotationAmbiguous,
    QuotationNotFound,
    RequiredField,
    UnknownValue,
)
from tracker.models import Quotation, Snapshot, Source

pytestmark = pytest.mark.django_db

TEXT = "“It will rain,” said Ada. “It will rain,” said Bo. It may snow."


def captured(text: str = TEXT, *, days: int = 0, source: Source | None = None) -> Snapshot:
    return make_snapshot(text=text, source=source, captured_at=CODED + timedelta(days=days))


def keep(source: Source, exact: str = "It may snow", **values: Any) -> Marked:
    first = values.pop("first", None)
    note = Note(uri=source.url, exact=exact, **values)
    return keep_marked(by=make_user(), now=CODED, source=source, note=note, first=first)


def test_a_judge_quotes_nothing() -> None:
    note = Note(uri="https://example.org/", exact="It may snow")

    with pytest.raises(NotPermitted):
        keep_marked(by=make_user(role="judge"), now=CODED, source=captured().source, note=note)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"exact": "It may hail"}, QuotationNotFound),
        ({"exact": "It will rain"}, QuotationAmbiguous),
        ({"extras": (("mode", "sung"),)}, UnknownValue),
        ({"extras": (("said_on", "May"),)}, UnknownValue),
    ],
    ids=["absent", "twice", "mode", "date"],
)
def test_what_cannot_be_anchored_is_refused(
    values: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        keep(captured().source, **values)

    assert not Quotation.objects.exists()


def test_a_page_without_a_text_is_to_be_captured_first() -> None:
    with pytest.raises(NotCaptured):
        keep(make_source())


def test_words_without_a_date_are_refused_where_the_page_has_none() -> None:
    source = captured(source=make_source(published_on=None)).source

    with pytest.raises(RequiredField):
        keep(source)
    assert keep(source, extras=(("said_on", "2016"),)).quotation.said_precision == "year"


def test_a_passage_is_quoted_with_all_that_the_note_says() -> None:
    snapshot = captured()
    extras = {"mode": "paraphrase", "speaker_words": "Ada", "role_words": "seer", "channel": "fax"}

    made = keep(snapshot.source, extras=tuple(extras.items()))

    assert made.new
    found = made.quotation
    assert (found.snapshot, found.exact) == (snapshot, "It may snow")
    assert TEXT[found.start : found.end] == "It may snow"
    assert {name: getattr(found, name) for name in extras} == extras
    assert found.said_precision == "before"


def test_the_newest_text_that_holds_the_words_is_quoted() -> None:
    older = captured(days=0)
    captured("All has changed.", days=2, source=older.source)
    newer = captured(TEXT + " Updated.", days=1, source=older.source)

    assert keep(older.source).quotation.snapshot == newer


def test_a_snapshot_that_the_note_names_comes_first() -> None:
    older = captured(days=0)
    captured(TEXT + " Updated.", days=1, source=older.source)

    assert keep(older.source, first=older).quotation.snapshot == older


def test_the_refusal_speaks_of_the_newest_text() -> None:
    older = captured("It may hail.", days=0)
    captured("It might snow.", days=1, source=older.source)

    with pytest.raises(QuotationNotFound) as refused:
        keep(older.source)

    assert refused.value.facts["nearest"].exact == "It might snow"


def test_a_passage_that_is_quoted_is_recognised_in_whichever_snapshot() -> None:
    older = captured()
    quoted = make_quotation(snapshot=older, exact="It may snow")
    captured(TEXT + " Updated.", days=1, source=older.source)

    again = keep(older.source)

    assert (again.quotation, again.new) == (quoted, False)
    assert Quotation.objects.count() == 1


def test_the_same_words_elsewhere_are_another_quotation() -> None:
    source = captured().source
    first = keep(source, "It will rain", suffix=",” said Ada")
    second = keep(source, "It will rain", suffix=",” said Bo")

    assert first.new
    assert second.new
    assert first.quotation != second.quotation


def test_a_merged_source_is_quoted_as_the_one_that_stands() -> None:
    standing = make_source()
    snapshot = captured(source=make_source(merged_into=standing))

    assert keep(standing).quotation.snapshot == snapshot
    assert not keep(snapshot.source).new


def test_a_passage_that_is_marked_twice_at_once_is_quoted_once(committed: None) -> None:
    source = captured().source

    first, second = at_once(lambda: keep(source), lambda: keep(source))

    assert isinstance(first, Marked)
    assert isinstance(second, Marked)
    assert {first.new, second.new} == {True, False}
    assert first.quotation == second.quotation
