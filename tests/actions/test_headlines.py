"""Headline words are nobody's quotation but their outlet's, by whichever action they come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.steps import claim, log, quotation, refused, source
from tests.builders import (
    CODED,
    make_claim,
    make_organisation,
    make_quotation,
    make_relay,
    make_snapshot,
    make_source,
    make_user,
)
from tracker.actions.claims import ClaimDraft, add_quotation
from tracker.actions.documents import SnapshotDraft, provenance_reason, quote
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.domain.errors import HeadlineNotQuotable
from tracker.models import Quotation, Snapshot

pytestmark = pytest.mark.django_db

TITLE = "Port ‘paralysed’, and worse may come"
TEXT = f"{TITLE}\n\nThe port is paralysed, said Ada. She fears that worse may come soon."
PAPER = OrganisationDraft("The Paper", kind="media")


def article(**fields: Any) -> ClaimDraft:
    whole = {
        "source": source(title=f"{TITLE} | The Paper", outlet=PAPER),
        "snapshot": SnapshotDraft(text=TEXT),
        "quotation": quotation(exact="Port ‘paralysed’"),
        **fields,
    }
    return claim(**whole)


def captured() -> Snapshot:
    outlet = make_organisation(name="The Paper", kind="media")
    return make_snapshot(text=TEXT, source=make_source(title=TITLE, outlet=outlet))


NOT_THE_OUTLET: dict[str, SpeakerDraft] = {
    "a person": SpeakerDraft(person="Ada"),
    "a person for the outlet": SpeakerDraft(person="Ada", organisation=PAPER),
    "another organisation": SpeakerDraft(organisation=OrganisationDraft("The Port")),
}


@pytest.mark.parametrize("fields", [{}, {"start": 0, "end": 16}], ids=["words", "offsets"])
def test_words_of_the_headline_alone_are_refused(fields: dict[str, Any]) -> None:
    snapshot, coder = captured(), make_user()

    with refused(HeadlineNotQuotable, "exact"):
        quote(
            by=coder,
            now=CODED,
            snapshot=snapshot,
            draft=quotation(exact="Port ‘paralysed’", **fields),
        )


def test_a_claim_on_the_headline_is_refused_whole() -> None:
    coder = make_user()

    with refused(HeadlineNotQuotable, "exact"):
        log(article(), by=coder)


@pytest.mark.parametrize("case", NOT_THE_OUTLET)
def test_a_headline_speaks_for_nobody_but_its_outlet(case: str) -> None:
    coder = make_user()
    kept_as_headline = quotation(exact="Port ‘paralysed’", mode="headline")

    with refused(HeadlineNotQuotable, "exact"):
        log(article(quotation=kept_as_headline, speaker=NOT_THE_OUTLET[case]), by=coder)


def test_a_headline_is_no_further_quotation_of_a_speaker() -> None:
    coder, logged = make_user(), make_claim()
    headline = make_quotation(exact="Port ‘paralysed’", mode="headline")

    with refused(HeadlineNotQuotable, "exact"):
        add_quotation(by=coder, claim=logged, quotation=headline)


def test_where_the_body_says_the_same_the_body_is_quoted() -> None:
    logged = log(article(quotation=quotation(exact="worse may come")))

    assert logged.quotation.start == TEXT.rindex("worse may come")


def test_an_outlet_answers_for_its_own_headline() -> None:
    own = quotation(exact="Port ‘paralysed’", mode="headline")

    logged = log(article(quotation=own, speaker=SpeakerDraft(organisation=PAPER)))

    assert (logged.quotation.start, logged.quotation.provenance) == (0, "D")


def test_a_merged_outlet_still_answers_for_its_headline() -> None:
    snapshot = captured()
    outlet = snapshot.source.outlet
    assert outlet is not None
    outlet.merged_into = winner = make_organisation()
    outlet.save(update_fields=["merged_into"])
    logged = make_claim(organisation=winner)
    own = quotation(exact="Port ‘paralysed’", mode="headline")

    again = Snapshot.objects.get(pk=snapshot.pk)
    added = quote(by=make_user(), now=CODED, snapshot=again, draft=own)

    assert add_quotation(by=make_user(), claim=logged, quotation=added) == logged


def test_the_grade_is_explained_by_the_way_the_words_came() -> None:
    snapshot = captured()
    found = make_quotation(exact="The port is paralysed", snapshot=snapshot, provenance="C")
    make_relay(quotation=found, outlet=make_organisation(name="The Wire"), channel="")

    assert provenance_reason(Quotation.objects.get(pk=found.pk)) == (
        "Grade C: the quotation was relayed, from The Wire to The Paper; not B, because "
        "The Paper took it from The Wire, not from the speaker."
    )
