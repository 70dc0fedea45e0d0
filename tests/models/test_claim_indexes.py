"""Claims are found by what they are made of now, whoever changed it and by whatever door."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import make_claim, make_proposition, make_quotation, make_snapshot, make_source
from tests.refusals import sql
from tracker.models import Claim, ClaimIndex, Proposition, Source
from tracker.models.claim_indexes import ENTRIES, NEVER, holds

pytestmark = pytest.mark.django_db
TRIGGERS = (
    "claim_indexed",
    "claim_indexed_again",
    "proposition_indexes_claims",
    "source_indexes_claims",
)


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
        make_claim(quotation=make_quotation(snapshot=snapshot))
    Source.objects.filter(title="Two").update(title="Three")

    differing = f"""
        (TABLE tracker_claimindex EXCEPT {ENTRIES.format(claims="tracker_claim")}) UNION ALL
        ({ENTRIES.format(claims="tracker_claim")} EXCEPT TABLE tracker_claimindex)
    """
    assert sql(differing) == []
    assert ClaimIndex.objects.count() == 2
