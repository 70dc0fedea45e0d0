"""Sources, snapshots and quotations: true hashes, exact words, however the row comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.builders import (
    CODED,
    SAID,
    make_quotation,
    make_relay,
    make_snapshot,
    make_source,
    make_user,
)
from tests.refusals import refused, sql
from tracker.domain.provenance import Grade
from tracker.models import Quotation, Snapshot, Source

pytestmark = pytest.mark.django_db


def twice(make: Callable[..., Any], **fields: Any) -> None:
    make(**fields)
    make(**fields)


def own(make: Callable[..., Any], column: str) -> None:
    """File a row that points at itself from its first moment."""
    pk = 1_000_000
    make(pk=pk, **{f"{column}_id": pk})


REFUSED: dict[str, Callable[[], Any]] = {
    "source_kind_known": lambda: make_source(kind="rumour"),
    "source_selection_known": lambda: make_source(selection="whim"),
    "source_not_own_merger": lambda: own(make_source, "merged_into"),
    "source_one_per_address": lambda: twice(make_source, canonical_url="https://example.org/a"),
    "snapshot_method_known": lambda: make_snapshot(method="memory"),
    "snapshot_completeness_known": lambda: make_snapshot(completeness="most"),
    "snapshot_once_per_text": lambda: twice(make_snapshot, source=make_source()),
    "snapshot_hash_true": lambda: make_snapshot(text_sha256=sha256(b"else").hexdigest()),
    "quotation_mode_known": lambda: make_quotation(mode="hearsay"),
    "quotation_precision_known": lambda: make_quotation(said_precision="decade"),
    "quotation_provenance_known": lambda: make_quotation(provenance="F"),
    "quotation_start_before_end": lambda: make_quotation(start=3, end=3),
    "quotation_said_in_order": lambda: make_quotation(said_first=SAID + timedelta(days=1)),
    "quotation_not_own_relay": lambda: own(make_quotation, "relayed_from"),
    "quotation_word_for_word": lambda: make_quotation(start=0),
    "relay_mode_known": lambda: make_relay(mode="hearsay"),
    "relay_one_per_step": lambda: twice(make_relay, quotation=make_quotation()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


def test_documents_without_an_address_may_be_many() -> None:
    twice(make_source, url="", canonical_url="")

    assert Source.objects.filter(canonical_url="").count() == 2


def test_a_source_is_found_at_its_address_unless_merged() -> None:
    source = make_source()
    merged = make_source(merged_into=source)

    assert Source.objects.at(source.canonical_url).get() == source
    assert not Source.objects.at(merged.canonical_url).exists()


def test_a_later_text_of_the_same_source_is_another_snapshot() -> None:
    source = make_source()

    make_snapshot(source=source, text="First edition.")
    make_snapshot(source=source, text="Second edition.")

    assert source.snapshots.count() == 2


def test_a_hop_follows_another() -> None:
    quotation = make_quotation()

    make_relay(quotation=quotation, step=2)
    make_relay(quotation=quotation, step=1)

    assert [hop.step for hop in quotation.hops.all()] == [1, 2]


# --- words at their offsets -----------------------------------------------------------


def drafts(snapshot: Snapshot, *spans: tuple[str, int, int]) -> list[Quotation]:
    return [
        Quotation(
            snapshot=snapshot,
            exact=exact,
            start=start,
            end=end,
            said_last=SAID,
            provenance=Grade.B,
        )
        for exact, start, end in spans
    ]


def copy_in(rows: Iterable[Quotation]) -> None:
    """Insert by COPY, as large imports do."""
    names = [f.column for f in Quotation._meta.concrete_fields if f.column != "id"]
    columns = ", ".join(f'"{name}"' for name in names)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY tracker_quotation ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([str(v) if (v := getattr(row, n)) is not None else None for n in names])


WAYS: dict[str, Callable[[list[Quotation]], Any]] = {
    "one by one": lambda rows: [row.save() for row in rows],
    "bulk_create": Quotation.objects.bulk_create,
    "COPY": copy_in,
}
TEXT = "“Ça brûle,” 😀 said Émile."


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "span",
    [
        pytest.param(("brûlé", 4, 9), id="another accent"),
        pytest.param(("Ça brûle", 2, 10), id="shifted by one"),
        pytest.param(("Ça brûle", 1, 8), id="end too early"),
        pytest.param(("Émile.", 19, 240), id="beyond the end of the text"),
        pytest.param(("x", 500, 501), id="outside the text"),
        pytest.param(("", 500, 501), id="no words at all"),
        pytest.param(("x", 2**31 - 2, 2**31 - 1), id="at the last number there is"),
    ],
)
def test_no_way_in_takes_words_that_the_text_does_not_say(
    way: str, span: tuple[str, int, int]
) -> None:
    rows = drafts(make_snapshot(text=TEXT), ("Ça brûle", 1, 9), span)

    with refused("quotation_word_for_word"):
        WAYS[way](rows)

    assert not Quotation.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_takes_exact_words_counted_in_code_points(way: str) -> None:
    snapshot = make_snapshot(text=TEXT)

    WAYS[way](drafts(snapshot, ("said", 14, 18), ("Ça brûle", 1, 9)))

    assert [q.exact for q in Quotation.objects.of(snapshot)] == ["Ça brûle", "said"]


def test_a_quotation_does_not_come_before_its_snapshot() -> None:
    snapshot = make_snapshot(text=TEXT)
    early = drafts(snapshot, ("never said", 0, 10))[0]
    early.snapshot_id = snapshot.pk + 1_000_000

    with refused("quotation_word_for_word"):
        early.save()


class TestWords(TestCase):
    @settings(deadline=None, max_examples=40)
    @given(st.data())
    def test_every_slice_of_a_text_is_a_quotation_of_it(self, data: st.DataObject) -> None:
        letters = st.characters(codec="utf-8", exclude_characters="\0")
        text = data.draw(st.text(letters, min_size=1))
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        snapshot = make_snapshot(text=text)

        Quotation.objects.bulk_create(drafts(snapshot, (text[start:end], start, end)))

        assert snapshot.quotations.get().exact == text[start:end]


# --- hashes --------------------------------------------------------------------------


def test_copy_takes_no_snapshot_with_a_false_hash() -> None:
    names = ["uuid", "source_id", "captured_at", "method", "completeness", "text", "text_sha256"]
    row = [
        "6a4c0f51-3c0a-4f0f-8f0e-000000000001",
        str(make_source().pk),
        CODED.isoformat(),
        "paste",
        "full",
        "The text.",
        sha256(b"another text").hexdigest(),
        str(make_user().pk),
    ]

    with (
        refused("snapshot_hash_true"),
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY tracker_snapshot ({', '.join([*names, 'captured_by_id'])}) FROM STDIN"
        ) as copy,
    ):
        copy.write_row(row)


@pytest.mark.parametrize("text", ["", "Plain.", "Ünïcödé 😀 \u2028 line"], ids=repr)
def test_a_true_hash_is_that_of_the_text_in_utf_8(text: str) -> None:
    snapshot = make_snapshot(text=text)

    assert snapshot.text_sha256 == sha256(text.encode()).hexdigest()
    assert sql("SELECT count(*) FROM tracker_snapshot") == [(1,)]


def test_a_quotation_keeps_the_days_between_which_it_was_said() -> None:
    quotation = make_quotation(said_first=date(2016, 4, 9), said_last=date(2016, 4, 10))

    assert quotation.said_first is not None
    assert quotation.said_first < quotation.said_last
