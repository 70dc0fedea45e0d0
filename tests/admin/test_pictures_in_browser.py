"""Pictures of scores as a real browser hands them to eyes, to screen readers and to printers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import builders
from tests.admin.conftest import Door, Visitor
from tracker.actions.scores import rescore
from tracker.models import HedgeTerm, Person

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

NAMES = ("Calibration", "Score", "Hedge words", "Claims and outcomes")


def make_speaker() -> Person:
    """A person with twelve scored claims, in words of the lexicon, on twelve events."""
    person = builders.make_person(name="Ada Analyst")
    terms = list(HedgeTerm.objects.filter(phrase__in=["likely", "might yet", "unlikely"]))
    for n in range(12):
        term = terms[n % 3]
        claim = builders.make_claim(
            person=person,
            hedge=term.phrase,
            hedge_term=term,
            p_low=term.low,
            p_point=term.point,
            p_high=term.high,
            p_tier="lexicon",
        )
        outcome = "came_true" if n % 2 else "did_not"
        builders.make_resolution(proposition=claim.proposition, outcome=outcome)
    rescore()
    return person


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def fits(visitor: Visitor) -> bool:
    """Whether the page is no wider than the window, so that nobody scrolls sideways."""
    return bool(
        visitor.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def test_a_screen_reader_finds_every_picture_by_name_and_its_table(door: Door) -> None:
    editor = door.let_in("editor")
    person = make_speaker()
    editor.goto(f"/admin/tracker/person/{person.pk}/change/")

    for name in NAMES:
        around = section(editor.page, name)
        image = around.get_by_role("img", name=re.compile(rf"^{name}: Ada Analyst"))
        expect(image.first).to_be_visible()
        around.get_by_text("Data table").first.press("Enter")
        table = around.get_by_role("table")
        expect(table).to_be_visible()
        assert table.get_by_role("columnheader").count() >= 5
        assert table.get_by_role("rowheader").count() >= 1
    assert fits(editor)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_record_and_scoreboard_fit_a_phone(door: Door, theme: str) -> None:
    editor = door.let_in("editor", width=390, theme=theme)
    person = make_speaker()

    editor.goto(f"/admin/tracker/person/{person.pk}/change/")
    assert fits(editor)
    editor.goto("/admin/tracker/scoreitem/scoreboard/")
    assert fits(editor)

    for row in (editor.page.get_by_role("rowheader"), editor.page.get_by_text("Read the 12")):
        assert (row.first.bounding_box() or {})["width"] > 80


def test_on_paper_the_tables_stand_open(door: Door) -> None:
    editor = door.let_in("editor")
    person = make_speaker()
    editor.goto(f"/admin/tracker/person/{person.pk}/change/")
    table = section(editor.page, "Hedge words").locator("table")
    assert not table.is_visible()

    editor.page.emulate_media(media="print")

    expect(table).to_be_visible()
    expect(section(editor.page, "Hedge words").get_by_text("Link or embed")).to_be_hidden()


@pytest.mark.parametrize("public", [False, True], ids=["closed", "open"])
def test_a_public_picture_shows_in_a_page_of_another_origin(
    door: Door, settings: Any, public: bool
) -> None:
    settings.TRACKER_PUBLIC_READ = public
    make_speaker()
    here, there = door.server.url, door.server.url.replace("localhost", "127.0.0.1")
    assert here != there
    # The page stands in for somebody else's, whose own policy lets pictures in.
    other = door.browser.new_page(bypass_csp=True)
    other.goto(f"{there}/health/")

    loaded = other.evaluate(
        "url => new Promise(done => { const image = new Image();"
        " image.onload = () => done(image.naturalWidth > 0); image.onerror = () => done(false);"
        " image.src = url; })",
        f"{here}/api/v1/scores/people/caterpillar.svg",
    )

    assert loaded is public
