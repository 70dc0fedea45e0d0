"""The log page as its users meet it: selecting, suggestions, keys, and what is never lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.admin.conftest import PASSWORD, Door, Visitor
from tests.admin.reading import caret_before, drag_over
from tracker.models import Affiliation, Claim

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

ADD = "/admin/tracker/claim/add/"
WORDS = "The city is likely to be besieged by the end of the year"
ARTICLE = f"""The ceasefire is fraying 🙂.

“{WORDS},” said Charles Lister of the Middle East Institute.

“If the talks fail, the road may be cut,” he added."""


def opened(coder: Visitor) -> None:
    source = builders.make_source(title="The ceasefire", published_on=builders.SAID)
    snapshot = builders.make_snapshot(text=ARTICLE, source=source)
    coder.goto(f"{ADD}?snapshot={snapshot.pk}")


def test_words_are_quoted_with_the_mouse_and_their_offsets_are_code_points(door: Door) -> None:
    coder = door.let_in("coder")
    opened(coder)
    page = coder.page

    drag_over(page, WORDS)

    expect(page.locator("[name=exact]")).to_have_value(WORDS)
    assert int(page.input_value("[name=start]")) == ARTICLE.index(WORDS)
    expect(page.locator("[name=hedge]")).to_have_value("likely")
    expect(page.locator("#hints-deadline")).to_contain_text("2026-12-31, stated")


def test_words_are_quoted_with_the_keyboard_and_nothing_can_be_written(door: Door) -> None:
    coder = door.let_in("coder")
    opened(coder)
    page = coder.page
    caret_before(page, "If the talks fail")

    page.keyboard.type("xyz")
    for _ in range(4):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("c")

    expect(page.locator("[name=condition_words]")).to_have_value("If the talks fail")
    assert page.locator("[data-reader]").inner_text().strip() == ARTICLE.strip()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_a_known_speaker_comes_with_the_role_of_the_day(door: Door) -> None:
    person = builders.make_person(name="Charles Lister")
    institute = builders.make_organisation(name="Middle East Institute")
    builders.make_affiliation(person=person, organisation=institute, role="resident fellow")
    coder = door.let_in("coder")
    opened(coder)
    page = coder.page

    page.fill("[name=person]", "lister")
    expect(page.locator("#hints-who .t-hint")).to_contain_text("resident fellow")
    page.press("[name=person]", "ArrowDown")
    page.keyboard.press("Enter")

    assert page.input_value("[name=organisation]") == "Middle East Institute"
    assert page.input_value("[name=person_slug]") == person.slug


def test_save_and_next_stays_on_the_article_with_text_and_marks(door: Door) -> None:
    coder = door.let_in("coder")
    opened(coder)
    page = coder.page
    drag_over(page, WORDS)
    page.fill("[name=person]", "Charles Lister")
    page.fill("[name=role]", "resident fellow")
    page.fill("[name=organisation]", "Middle East Institute")

    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-reader] mark")).to_have_text(WORDS)
    assert page.input_value("[name=person]") == "Charles Lister"
    assert page.input_value("[name=exact]") == ""
    assert Claim.objects.get().quotation.exact == WORDS
    assert Affiliation.objects.get().role == "resident fellow"


def test_what_was_typed_survives_a_closed_tab_until_it_is_saved(door: Door) -> None:
    coder = door.let_in("coder")
    opened(coder)
    coder.page.fill("[name=statement]", "The city is besieged.")
    coder.page.select_option("[name=kind]", "forecast")
    coder.page.check("[name=t1][value=holds]")

    again = coder.page.context.new_page()
    again.goto(coder.page.url)

    expect(again.locator("[data-kept]")).to_contain_text("it was never saved")
    expect(again.locator("[name=statement]")).to_have_value("The city is besieged.")
    assert again.input_value("[name=kind]") == "forecast"
    assert again.is_checked("[name=t1][value=holds]")
    again.click("[data-discard]")
    expect(again.locator("[name=statement]")).to_have_value("")
    again.reload()
    expect(again.locator("[data-kept]")).to_be_hidden()


def test_what_was_typed_is_still_there_after_the_session_ended(door: Door) -> None:
    coder = door.let_in("coder")
    opened(coder)
    page = coder.page
    drag_over(page, WORDS)
    page.fill("[name=person]", "Charles Lister")
    page.context.clear_cookies(name="sessionid")

    page.click("[name=_save]")
    page.wait_for_url("**/admin/login/**")
    page.fill("[name=username]", "coder0")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")

    expect(page.locator("[name=person]")).to_have_value("Charles Lister")
    expect(page.locator("[name=exact]")).to_have_value(WORDS)


def test_the_words_bar_stays_in_reach_on_a_phone(door: Door) -> None:
    coder = door.let_in("coder", width=390)
    opened(coder)
    page = coder.page

    drag_over(page, "likely")
    bar = page.locator("[data-chosen-words]")
    expect(bar).to_be_in_viewport()
    page.click("[data-into=hedge]")

    expect(page.locator("[name=hedge]")).to_have_value("likely")
