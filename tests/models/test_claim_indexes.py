"""Claims are found by what they are made of now, whoever changed it and by whatever door."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from tests.builders import make_claim, make_proposition, make_quotation, make_snapshot, make_source
from tests.refusals import sql
from tracker.models import Claim, ClaimIndex, Proposition, Source
from tracker.models.claim_indexes import ENTRIES, NEVER, bearing, holds

pytestmark = pytest.mark.django_db
TRIGGERS = (
    "claim_indexed",
    "claim_indexed_again",
    "further_quotation_indexes_claim",
    "proposition_indexes_claims",
    "source_indexes_claims",
)
WAITING = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)"


def found(words: str) -> list[int]:
    return list(Claim.objects.filter(holds(words)).order_by("pk").values_list("pk", flat=True))


def test_a_claim_that_is_filed_is_found_by_its_words() -> None:
    claim = make_claim(quotation=make_quotation(exact="Aleppo will be besieged by summer"))

    assert found("aleppo besieged") == [claim.pk]
    assert found("aleppo winter") == []


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ('"will be besieged by"', True),
        ('"be by will"', False),
        ("besieging", True),
        ("ALÉPPO", True),
        ("aleppo -summer", False),
        ("winter OR summer", True),
        ('"by summer" aleppo', True),
    ],
)
def test_phrases_stems_and_exclusions_are_understood(words: str, hits: bool) -> None:
    claim = make_claim(quotation=make_quotation(exact="Aleppo will be besieged by summer"))

    assert found(words) == ([claim.pk] if hits else [])


def test_a_phrase_of_words_that_stand_everywhere_is_found() -> None:
    claim = make_claim(quotation=make_quotation(exact="It is what it is, and so it will be."))

    assert found('"it is what it is"') == [claim.pk]
    assert found('"what is it is"') == []


def test_a_claim_is_found_by_its_further_quotations_but_by_no_phrase_across_two() -> None:
    claim = make_claim(quotation=make_quotation(exact="Aleppo is besieged by summer"))
    make_claim(quotation=make_quotation(exact="It rains"))
    for words in ("The city will be starved", "In hunger they will sue for terms"):
        claim.further_quotations.add(make_quotation(exact=words))

    for words in ("besieged starving", '"city will be starved"', '"sue for terms" -winter'):
        assert found(words) == [claim.pk]
    for words in ('"summer the city"', '"summer in the city"', '"starved in hunger"'):
        assert found(words) == []


def test_a_quotation_weighs_the_same_whether_it_was_the_first_or_came_later() -> None:
    claim = make_claim(quotation=make_quotation(exact="Aleppo"))
    claim.further_quotations.add(make_quotation(exact="Odesa"))

    ranks = [
        Claim.objects.annotate(rank=bearing(word)).get(pk=claim.pk).rank
        for word in ("aleppo", "odesa")
    ]

    assert ranks[0] == ranks[1] > 0


def test_words_of_the_proposition_and_of_the_title_follow_their_changes() -> None:
    claim = make_claim(frozen=False, proposition=make_proposition(frozen=False))
    Proposition.objects.update(statement="The harbour reopens.", deadline=date(2027, 2, 28))
    Source.objects.update(title="Letters from Odesa")

    assert found("harbour odesa") == [claim.pk]
    assert claim.index.due_on == date(2027, 2, 28)


def test_a_claim_that_moves_to_another_proposition_is_found_by_that() -> None:
    claim = make_claim(frozen=False)
    other = make_proposition(statement="The harbour reopens.")

    Claim.objects.filter(pk=claim.pk).update(proposition=other)

    assert found("harbour") == [claim.pk]


def test_a_claim_without_a_deadline_stands_at_the_end_of_time() -> None:
    claim = make_claim(frozen=False, proposition=None)

    assert ClaimIndex.objects.get(claim=claim).due_on == NEVER


def test_text_of_any_length_can_be_filed() -> None:
    words = "harbour " + "x" * 3000 + " " + " ".join(f"w{n}" for n in range(200_000))
    claim = make_claim(quotation=make_quotation(exact=words))

    assert found("harbour w7") == [claim.pk]


def test_what_triggers_keep_is_what_a_computation_from_scratch_gives() -> None:
    for title in ("One", "Two"):
        snapshot = make_snapshot(source=make_source(title=title))
        claim = make_claim(quotation=make_quotation(snapshot=snapshot))
    claim.further_quotations.add(make_quotation(exact="Odesa"), make_quotation(exact="Kherson"))
    Source.objects.filter(title="Two").update(title="Three")

    differing = f"""
        (TABLE tracker_claimindex EXCEPT {ENTRIES.format(claims="tracker_claim")}) UNION ALL
        ({ENTRIES.format(claims="tracker_claim")} EXCEPT TABLE tracker_claimindex)
    """
    assert sql(differing) == []
    assert ClaimIndex.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_the_same_moment_neither_is_lost() -> None:
    claim, further = make_claim(), make_quotation(exact="Odesa will hold")

    def retitle() -> None:
        Source.objects.filter(pk=claim.quotation.snapshot.source_id).update(title="Letters")
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            claim.further_quotations.add(further)
            other = pool.submit(retitle)
            while not other.done() and sql(WAITING) == [(False,)]:
                pass
        other.result()

    assert found("odesa letters") == [claim.pk]
