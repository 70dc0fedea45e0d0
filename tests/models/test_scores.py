"""Score items and the tallies that the database keeps of them, whatever way rows come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.builders import (
    JUDGED,
    make_claim,
    make_organisation,
    make_person,
    make_quotation,
    make_resolution,
    make_score_item,
    make_topic,
    make_user,
)
from tests.refusals import refused, sql
from tracker.models import (
    OrganisationTally,
    OutletTally,
    PersonTally,
    ScoreItem,
    ScoreRun,
    TopicTally,
)
from tracker.models.claims import Tier

TALLIES: dict[str, Any] = {
    "person": PersonTally,
    "organisation": OrganisationTally,
    "topic": TopicTally,
    "outlet": OutletTally,
}
SUBJECTS: dict[str, Callable[[], Any]] = {
    "person": make_person,
    "organisation": make_organisation,
    "topic": make_topic,
    "outlet": make_organisation,
}


def score_twice() -> None:
    first = make_score_item()
    make_score_item(claim=first.claim, resolution=first.resolution)


def publish(**fields: Any) -> ScoreRun:
    made = {"title": "All", "method_version": "1", "as_of": JUDGED, "seed": 1, "table": {}}
    who = make_user(role="editor")
    return ScoreRun.objects.create(published_by=who, published_at=JUDGED, **made, **fields)


REFUSED: dict[str, Callable[[], Any]] = {
    "score_run_subject_known": lambda: publish(subject="teams"),
    "score_item_p_in_range": lambda: make_score_item(p=1001),
    "score_item_y_0_or_1": lambda: make_score_item(y=2),
    "score_item_tier_known": lambda: make_score_item(tier="hunch"),
    "tracker_scoreitem_claim_id_key": score_twice,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_by_name(name: str) -> None:
    with refused(name):
        REFUSED[name]()


# Their names hold the noun: persontally_once, organisationtally_once, topictally_once,
# outlettally_once, and the same for hits_within_n, n_check, hits_check and p_check.
TALLY_REFUSED = {
    "{0}tally_hits_within_n": {"n": 1, "hits": 2},
    "tracker_{0}tally_n_check": {"n": -1, "hits": -1},
    "tracker_{0}tally_hits_check": {"hits": -1},
    "tracker_{0}tally_p_check": {"p": -1},
}


@pytest.mark.django_db
@pytest.mark.parametrize("key", TALLIES)
@pytest.mark.parametrize("pattern", TALLY_REFUSED)
def test_a_tally_counts_what_can_be_counted(key: str, pattern: str) -> None:
    row = {"subject": SUBJECTS[key](), "p": 500, "n": 2, "hits": 1, **TALLY_REFUSED[pattern]}
    both_negative = "tracker_{0}tally_hits_check" if row["n"] < 0 else pattern

    with refused(pattern.format(key), both_negative.format(key)):
        TALLIES[key].objects.create(**row)


@pytest.mark.django_db
@pytest.mark.parametrize("key", TALLIES)
def test_a_subject_has_one_tally_for_each_probability(key: str) -> None:
    row = {"subject": SUBJECTS[key](), "p": 500, "n": 2, "hits": 1}
    TALLIES[key].objects.create(**row)

    with refused(f"{key}tally_once"):
        TALLIES[key].objects.create(**row)


# --- tallies follow their items: score_item_counted and score_item_uncounted ----------


def counted(key: str) -> set[tuple[int, ...]]:
    """What a GROUP BY over the items counts."""
    rows = ScoreItem.objects.exclude(**{f"{key}_id": None}).values_list(f"{key}_id", "p")
    return set(rows.annotate(n=Count("claim"), hits=Sum("y")))


def tallied(key: str) -> set[tuple[int, ...]]:
    return set(TALLIES[key].objects.exclude(n=0).values_list("subject_id", "p", "n", "hits"))


def assert_tallies_true() -> None:
    for key in TALLIES:
        assert tallied(key) == counted(key)
        assert not TALLIES[key].objects.filter(n=0, hits__gt=0).exists()


def draft_items(number: int, y: int = 0) -> list[ScoreItem]:
    """Unsaved items of as many claims on one event, which share all that need not differ."""
    shared = {"quotation": make_quotation(), "coder": make_user(), "person": make_person()}
    claims = [make_claim(frozen=False, **shared) for _ in range(number)]
    resolution = make_resolution()
    common = {"resolution": resolution, "proposition": resolution.proposition}
    return [ScoreItem(claim=claim, tier=Tier.STATED, p=0, y=y, **common) for claim in claims]


COLUMNS = [field.column for field in ScoreItem._meta.concrete_fields if not field.primary_key]


def copy_in(rows: Sequence[ScoreItem]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY tracker_scoreitem ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([getattr(row, name) for name in COLUMNS])


def insert_by_sql(rows: Sequence[ScoreItem]) -> None:
    """One statement of raw SQL, by way of a staging table."""
    sql("CREATE TEMPORARY TABLE staged (LIKE tracker_scoreitem) ON COMMIT DROP")
    sql("ALTER TABLE staged DROP COLUMN id")
    values = ", ".join(["%s"] * len(COLUMNS))
    for row in rows:
        line = [getattr(row, name) for name in COLUMNS]
        sql(f"INSERT INTO staged ({', '.join(COLUMNS)}) VALUES ({values})", *line)
    columns = ", ".join(COLUMNS)
    sql(f"INSERT INTO tracker_scoreitem ({columns}) SELECT {columns} FROM staged")
    sql("DROP TABLE staged")


INSERTS: dict[str, Callable[[Sequence[ScoreItem]], Any]] = {
    "one by one": lambda rows: [row.save(force_insert=True) for row in rows],
    "bulk_create": ScoreItem.objects.bulk_create,
    "COPY": copy_in,
    "SQL": insert_by_sql,
}
DELETES: dict[str, Callable[[list[int]], Any]] = {
    "queryset": lambda keys: ScoreItem.objects.filter(pk__in=keys).delete(),
    "SQL": lambda keys: sql("DELETE FROM tracker_scoreitem WHERE id = ANY(%s)", keys),
}
TURNS = st.lists(
    st.tuples(
        st.sampled_from(sorted(INSERTS)),
        st.sampled_from(sorted(DELETES)),
        st.lists(
            st.tuples(
                st.sampled_from([0, 500, 1000]),
                st.integers(0, 1),
                st.integers(0, 3),
                st.integers(0, 3),
            ),
            max_size=4,
        ),
        st.integers(0, 5),
    ),
    max_size=4,
)


class TestTallies(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(TURNS)
    def test_tallies_equal_a_group_by_after_any_history(self, turns: list[Any]) -> None:
        free = [draft_items(16, y) for y in (0, 1)]
        subjects = [{key: make() for key, make in SUBJECTS.items()} for _ in range(2)]
        for insert, delete, rows, dropped in turns:
            batch = []
            for p, y, first, second in rows:
                item = free[y].pop()
                item.p = p
                # the bits of two small numbers say which of the four keys each item has, and whose
                for bit, key in enumerate(SUBJECTS):
                    given_key = (first, second)[bit % 2] >> (bit // 2) & 1
                    setattr(item, key, subjects[y][key] if given_key else None)
                batch.append(item)
            INSERTS[insert](batch)
            assert_tallies_true()

            DELETES[delete](list(ScoreItem.objects.values_list("pk", flat=True)[:dropped]))
            assert_tallies_true()


@pytest.mark.django_db
def test_an_insertion_that_is_rolled_back_leaves_no_count() -> None:
    first = make_score_item()

    with refused("score_item_y_0_or_1"):
        rows = draft_items(2)
        rows[0].person, rows[1].y = first.person, 2
        ScoreItem.objects.bulk_create(rows)

    assert tallied("person") == {(first.person_id, first.p, 1, 1)}


def test_tallies_stay_true_when_two_connections_write_at_once(committed: None) -> None:
    people = [make_person() for _ in range(4)]
    halves = [draft_items(20, y) for y in (0, 1)]
    for index, item in enumerate(halves[0] + halves[1][::-1]):
        item.person, item.p = people[index % 4], index % 3 * 500
    start = Barrier(2)
    failures: list[BaseException] = []

    def write(rows: list[ScoreItem]) -> None:
        try:
            start.wait()
            for _ in range(4):
                ScoreItem.objects.bulk_create(rows)
                sql("DELETE FROM tracker_scoreitem WHERE id = ANY(%s)", [row.pk for row in rows])
            ScoreItem.objects.bulk_create(rows)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=write, args=(half,)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert ScoreItem.objects.count() == 40
    assert_tallies_true()
