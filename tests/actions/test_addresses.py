"""One page, many addresses: known again by each, merged without moving anything, parted again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.steps import refused, source
from tests.builders import (
    CODED,
    make_capture,
    make_claim,
    make_organisation,
    make_quotation,
    make_resolution,
    make_snapshot,
    make_source,
    make_user,
)
from tracker.actions.addresses import (
    add_address,
    addresses_of,
    merge_sources,
    note_addresses,
    same_page,
    unmerge_source,
)
from tracker.actions.documents import find_source, recognise_source
from tracker.actions.records import edit
from tracker.actions.scores import rescore
from tracker.domain import errors
from tracker.models import Address, ScoreItem, Source
from tracker.models.addresses import AddressOrigin

pytestmark = pytest.mark.django_db

PAGE = "https://paper.example/a"
REDIRECT, REL = AddressOrigin.REDIRECT, AddressOrigin.REL_CANONICAL


def at(url: str, **fields: Any) -> Source:
    return make_source(url=url, canonical_url=url, **fields)


# --- by people ---


def test_a_judge_adds_no_address() -> None:
    judge, page = make_user(role="judge"), at(PAGE)

    with refused(errors.NotPermitted):
        add_address(by=judge, now=CODED, source=page, url=f"{PAGE}/print")


@pytest.mark.parametrize("url", ["", "ftp://paper.example/a", "paper.example/a"])
def test_what_is_no_address_is_not_added(url: str) -> None:
    coder, page = make_user(), at(PAGE)

    with refused(errors.BadAddress, field="url"):
        add_address(by=coder, now=CODED, source=page, url=url)


def test_an_address_that_another_source_has_is_a_case_for_a_merge() -> None:
    coder, page, other = make_user(), at(PAGE), at("https://wire.example/a")

    with refused(errors.AlreadyLogged, field="url") as refusal:
        add_address(by=coder, now=CODED, source=page, url=other.url)

    assert refusal.value.facts["source"] == other.pk
    assert "merge the two" in refusal.value.message


def test_a_source_is_found_by_an_address_that_a_person_added() -> None:
    coder, page = make_user(), at(PAGE)

    for _ in range(2):
        add_address(by=coder, now=CODED, source=page, url="http://www.wire.example/story/9#top")

    found = Address.objects.get()
    assert (found.canonical_url, found.added_by) == ("https://wire.example/story/9", coder)
    assert find_source("https://wire.example/story/9?utm_source=mail") == page
    assert recognise_source(source(url="https://wire.example/story/9")) == page


def test_the_sources_own_address_needs_no_second_row() -> None:
    page = at(PAGE)

    add_address(by=make_user(), now=CODED, source=page, url=f"{PAGE}?utm_source=mail")

    assert not Address.objects.exists()


def test_no_source_is_moved_to_an_address_that_is_known_as_anothers() -> None:
    add_address(by=make_user(), now=CODED, source=at(PAGE), url="https://wire.example/9")
    editor, other = make_user(role="editor"), make_source()

    with refused(errors.AlreadyLogged, field="url"):
        edit(by=editor, record=other, url="https://wire.example/9")


# --- by the page itself ---


def test_addresses_of_the_same_site_are_the_sources_own() -> None:
    page = at(PAGE)

    left = note_addresses(
        page, [(f"{PAGE}?print=1", REL), ("http://m.paper.example/b", REDIRECT)], now=CODED
    )

    assert left == []
    assert addresses_of(page) == {PAGE, f"{PAGE}?print=1", "https://paper.example/b"}


@pytest.mark.parametrize(
    ("url", "left"),
    [
        pytest.param(PAGE, [], id="its own"),
        pytest.param("https://paper.example/?utm_source=x", [], id="the front page"),
        pytest.param("https://wire.example/9", ["https://wire.example/9"], id="another site"),
    ],
)
def test_other_addresses_are_left_to_people(url: str, left: list[str]) -> None:
    assert note_addresses(at(PAGE), [(url, REL), (url, REDIRECT)], now=CODED) == left
    assert not Address.objects.exists()


def test_a_page_that_calls_itself_by_anothers_address_is_proposed_for_a_merge() -> None:
    page, other, merged = at(PAGE), at("https://paper.example/b"), make_source()
    merged.merged_into = other
    merged.save()
    stated = note_addresses(page, [(merged.url, REL), (other.url, REL)], now=CODED)
    make_capture(source=page, status="ok", found={"addresses": stated})

    assert same_page(page) == [other]
    assert same_page(other) == []
    merge_sources(by=make_user(role="editor"), loser=page, winner=other, reason="One page.")
    assert same_page(other) == []


# --- merging ---


def test_only_editors_merge_and_say_why() -> None:
    loser, winner = make_source(), make_source()
    coder, editor = make_user(), make_user(role="editor")

    with refused(errors.NotPermitted):
        merge_sources(by=coder, loser=loser, winner=winner, reason="One page.")
    with refused(errors.CommentRequired, field="reason"):
        merge_sources(by=editor, loser=loser, winner=winner, reason=" ")


def test_only_sources_that_stand_are_merged() -> None:
    editor, standing = make_user(role="editor"), make_source()
    merged, other = make_source(merged_into=standing), make_source()

    for loser, winner in [(standing, standing), (merged, other), (other, merged)]:
        with refused(errors.Conflict, field="into"):
            merge_sources(by=editor, loser=loser, winner=winner, reason="One page.")


def test_a_merge_moves_the_pointer_and_nothing_else() -> None:
    editor, loser, winner = make_user(role="editor"), at(PAGE), at("https://wire.example/9")
    older = make_source(merged_into=loser)
    claim = make_claim(quotation=make_quotation(snapshot=make_snapshot(source=loser)))

    merge_sources(by=editor, loser=loser, winner=winner, reason="The wire's own page.")

    claim.refresh_from_db()
    older.refresh_from_db()
    assert claim.quotation.snapshot.source == loser
    assert older.merged_into == winner
    assert find_source(PAGE) == find_source(winner.url) == winner
    assert recognise_source(source(id=older.pk)) == winner
    history = loser.history_events.order_by("-pgh_id").first()
    assert history.pgh_context.metadata["reason"] == "The wire's own page."


def scored_at(page: Source) -> Any:
    claim = make_claim(quotation=make_quotation(snapshot=make_snapshot(source=page)))
    make_resolution(proposition=claim.proposition)
    rescore()
    return claim


def outlet_of(claim: Any) -> Any:
    return ScoreItem.objects.get(claim=claim).outlet


def test_claims_of_a_merged_source_count_for_the_outlet_that_stands() -> None:
    editor, paper, wire = make_user(role="editor"), make_organisation(), make_organisation()
    loser, winner = make_source(outlet=paper), make_source(outlet=wire)
    claim = scored_at(loser)
    assert outlet_of(claim) == paper

    merge_sources(by=editor, loser=loser, winner=winner, reason="One page.")
    assert outlet_of(claim) == wire

    edit(by=editor, record=winner, reason="It has none.", outlet=None)
    assert outlet_of(claim) == paper

    edit(by=editor, record=winner, reason="It has one.", outlet=wire)
    unmerge_source(by=editor, source=loser, reason="Two pages after all.")
    assert outlet_of(claim) == paper


# --- parting ---


def test_only_editors_part_and_say_why() -> None:
    merged, standing = make_source(merged_into=make_source()), make_source()
    coder, editor = make_user(), make_user(role="editor")

    with refused(errors.NotPermitted):
        unmerge_source(by=coder, source=merged, reason="Two pages.")
    with refused(errors.CommentRequired, field="reason"):
        unmerge_source(by=editor, source=merged, reason="")
    with refused(errors.Conflict):
        unmerge_source(by=editor, source=standing, reason="Two pages.")


def test_a_mistaken_merge_is_taken_back_with_what_came_along() -> None:
    editor = make_user(role="editor")
    first, second, third, other = (make_source() for _ in range(4))
    merge_sources(by=editor, loser=first, winner=second, reason="One page.")
    merge_sources(by=editor, loser=other, winner=third, reason="One page.")
    merge_sources(by=editor, loser=second, winner=third, reason="A mistake.")

    parted = unmerge_source(by=editor, source=second, reason="Two pages.")

    for one in (first, other):
        one.refresh_from_db()
    assert parted.merged_into is None
    assert (first.merged_into, other.merged_into) == (second, third)
    assert find_source(first.url) == second
