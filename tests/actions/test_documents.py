"""Documents: one source per page, one snapshot per text, quotations word for word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.actions.steps import WORDS, quotation, refused, source
from tests.builders import (
    CODED,
    SAID,
    TEXT,
    make_organisation,
    make_quotation,
    make_snapshot,
    make_source,
    make_user,
)
from tracker.actions.documents import (
    HopDraft,
    QuotationDraft,
    SnapshotDraft,
    SourceDraft,
    capture,
    file_source,
    quote,
)
from tracker.actions.people import OrganisationDraft
from tracker.domain import errors
from tracker.models import Anchoring, Quotation, Snapshot, Source

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "another scheme": "http://paper.example/a?id=1",
    "www": "https://www.paper.example/a?id=1",
    "a tracking parameter": "https://paper.example/a?utm_source=mail&id=1",
    "a fragment": "https://paper.example/a?id=1#comments",
    "a final slash": "https://paper.example/a/?id=1",
    "an AMP page": "https://paper.example/a/amp?id=1",
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_page_is_one_source_with(case: str) -> None:
    first = file_source(by=make_user(), draft=source(url="https://paper.example/a?id=1"))

    again = file_source(by=make_user(), draft=source(url=ADDRESSES[case], title="Other"))

    assert (again, again.title) == (first, "Siege")
    assert Source.objects.count() == 1


def test_another_page_is_another_source_and_so_is_each_without_an_address() -> None:
    for url in ("https://paper.example/a?id=1", "https://paper.example/a?id=2", "", ""):
        file_source(by=make_user(), draft=source(url=url))

    assert Source.objects.count() == 4


BAD_SOURCES: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "an unknown id": ({"id": 0}, errors.NotFound, "source"),
    "an address that is none": ({"url": "paper"}, errors.BadAddress, "url"),
    "no title": ({"title": " "}, errors.RequiredField, "title"),
    "an unknown kind": ({"kind": "rumour"}, errors.UnknownValue, "kind"),
    "an unknown selection": ({"selection": "whim"}, errors.UnknownValue, "selection"),
    "a NUL byte in a byline": ({"bylines": ("\0",)}, errors.UnstorableText, "bylines"),
    "an outlet without a name": (
        {"outlet": OrganisationDraft()},
        errors.UnknownSpeaker,
        "organisation",
    ),
    "an address past what an index takes": (
        {"url": "https://paper.example/" + "".join(chr(0x4E00 + n) for n in range(1_900))},
        errors.UnstorableText,
        "",
    ),
}


@pytest.mark.parametrize("case", BAD_SOURCES)
def test_a_source_is_refused_whole(case: str) -> None:
    changes, error, field = BAD_SOURCES[case]
    coder = make_user()

    with refused(error, field):
        file_source(by=coder, draft=source(**changes))


def test_a_merged_source_is_recognised_as_the_one_that_stands() -> None:
    winner = make_source()
    loser = make_source(merged_into=winner)

    assert file_source(by=make_user(), draft=SourceDraft(id=loser.pk)) == winner
    assert file_source(by=make_user(), draft=SourceDraft(url=loser.url)) == winner


def test_a_source_is_filed_with_its_outlet_and_bylines() -> None:
    outlet = make_organisation(name="The Paper")

    filed = file_source(
        by=make_user(),
        draft=source(outlet=OrganisationDraft("the paper"), bylines=("A. Reporter",)),
    )

    assert (filed.outlet, filed.bylines) == (outlet, ["A. Reporter"])


# --- snapshots -----------------------------------------------------------------------

BAD_SNAPSHOTS: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "of another source": ({"id": 0}, errors.NotFound, "snapshot"),
    "no text": ({"text": "\n"}, errors.RequiredField, "text"),
    "a NUL byte": ({"text": "a\0b"}, errors.UnstorableText, "text"),
    "a lone surrogate": ({"text": "a\udc80b"}, errors.UnstorableText, "text"),
    "an unknown method": ({"text": "a", "method": "magic"}, errors.UnknownValue, "method"),
    "an unknown completeness": (
        {"text": "a", "completeness": "half"},
        errors.UnknownValue,
        "completeness",
    ),
}


@pytest.mark.parametrize("case", BAD_SNAPSHOTS)
def test_a_snapshot_is_refused_whole(case: str) -> None:
    changes, error, field = BAD_SNAPSHOTS[case]
    page, coder = make_source(), make_user()

    with refused(error, field):
        capture(by=coder, now=CODED, source=page, draft=SnapshotDraft(**changes))


def test_the_same_text_of_a_source_is_one_snapshot_in_unicode_form_nfc() -> None:
    page, other, coder = make_source(), make_source(), make_user()

    first, again, elsewhere, excerpt = (
        capture(
            by=coder, now=CODED, source=where, draft=SnapshotDraft(text=text, completeness=part)
        )
        for where, text, part in (
            (page, "Jose\u0301", "full"),
            (page, "José", "full"),
            (other, "José", "full"),
            (page, "José", "excerpt"),
        )
    )

    assert first == again and first.text == "José"
    assert Snapshot.objects.count() == len({first, elsewhere, excerpt}) == 3
    found = capture(by=coder, now=CODED, source=page, draft=SnapshotDraft(id=first.pk))
    assert (found, found.captured_at) == (first, CODED)


# --- quotations ----------------------------------------------------------------------

BAD_QUOTATIONS: dict[str, tuple[dict[str, Any], type[errors.TrackerError], str]] = {
    "of another snapshot": ({"id": 0}, errors.NotFound, "quotation"),
    "two words swapped": (
        {"exact": "The city will besieged be by summer"},
        errors.QuotationNotFound,
        "exact",
    ),
    "words that stand there twice": ({"exact": "the"}, errors.QuotationAmbiguous, "exact"),
    "offsets beyond the text": ({"start": 0, "end": 999}, errors.OffsetsOutsideText, "start"),
    "an unknown mode": ({"mode": "hearsay"}, errors.UnknownValue, "mode"),
    "an unknown mode of a hop": (
        {"hops": (HopDraft(mode="hearsay"),)},
        errors.UnknownValue,
        "mode",
    ),
    "a NUL byte in a hop": (
        {"hops": (HopDraft(mode="unnamed", channel="\0"),)},
        errors.UnstorableText,
        "channel",
    ),
    "a day that the calendar lacks": (
        {"said_on": "2016-02-30"},
        errors.UnknownValue,
        "said_on",
    ),
    "an unknown quotation upstream": ({"relayed_from": 0}, errors.NotFound, "relayed_from"),
    "a NUL byte in the role": ({"role_words": "\0"}, errors.UnstorableText, "role_words"),
}


@pytest.mark.parametrize("case", BAD_QUOTATIONS)
def test_a_quotation_is_refused_whole(case: str) -> None:
    changes, error, field = BAD_QUOTATIONS[case]
    snapshot, coder = make_snapshot(text=TEXT + " the end of the siege"), make_user()

    with refused(error, field):
        quote(by=coder, now=CODED, snapshot=snapshot, draft=quotation(**changes))


def test_a_quotation_is_found_with_its_neighbours() -> None:
    found = quote(by=make_user(), now=CODED, snapshot=make_snapshot(), draft=quotation())

    assert TEXT[found.start : found.end] == found.exact == WORDS
    assert (found.prefix, found.suffix) == ("“", ",” said the analyst.")


def test_a_quotation_may_be_named_by_its_id() -> None:
    known = make_quotation()

    same = quote(
        by=make_user(), now=CODED, snapshot=known.snapshot, draft=QuotationDraft(id=known.pk)
    )

    assert (same, Quotation.objects.count()) == (known, 1)


SAID_ON = {
    "2016-04": (date(2016, 4, 1), date(2016, 4, 30), "month"),
    "2016-04-09/2016-04-10": (date(2016, 4, 9), date(2016, 4, 10), "interval"),
    "on or before 2016-04-11": (None, date(2016, 4, 11), "before"),
    "": (None, SAID, "before"),
}


@pytest.mark.parametrize("words", SAID_ON)
def test_when_it_was_said_is_kept_as_exactly_as_it_is_known(words: str) -> None:
    found = quote(
        by=make_user(), now=CODED, snapshot=make_snapshot(), draft=quotation(said_on=words)
    )

    assert (found.said_first, found.said_last, found.said_precision) == SAID_ON[words]


def test_the_way_the_words_came_decides_their_grade() -> None:
    paper = HopDraft(mode="direct_quote", outlet=OrganisationDraft("The Paper"))
    snapshot, upstream = make_snapshot(), make_quotation()

    first, relayed, blurred, own = (
        quote(by=make_user(), now=CODED, snapshot=snapshot, draft=quotation(**fields))
        for fields in (
            {},
            {"hops": (paper,), "relayed_from": upstream.pk},
            {"hops": (HopDraft(mode="paraphrase", channel="radio"), paper)},
            {"mode": "own_publication"},
        )
    )

    assert [q.provenance for q in (first, relayed, blurred, own)] == ["B", "C", "D", "A"]
    assert [hop.mode for hop in blurred.hops.all()] == ["paraphrase", "direct_quote"]
    assert relayed.relayed_from == upstream


def test_words_that_a_page_leaves_in_its_headline_alone_are_gone() -> None:
    words = "those in Aleppo might yet experience some of the worst this war has seen"
    source = make_source(title=words)
    make_quotation(snapshot=make_snapshot(text=f"“{words},” he said.", source=source), exact=words)

    file = SnapshotDraft(text=f"{words}\n\nHe has taken it back.")
    capture(by=make_user(), now=CODED, source=source, draft=file)

    assert Anchoring.objects.get().state == "orphan"
