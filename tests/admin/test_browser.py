"""The main ways through the workbench, walked in a real browser on a live server."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.admin.conftest import Door, Visitor
from tests.admin.world import make_story, make_world
from tracker.models import Claim, Outcome, Resolution, Round

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

ARTICLE = """The ceasefire is fraying.

“The city is likely to be besieged by July,” said Charles Lister of the Middle East Institute.

Others are less sure."""


def log_a_claim(coder: Visitor) -> Claim:
    """Fills in the form from article to deadline; one word of the quotation is wrong at first."""
    page = coder.page
    coder.goto("/admin/tracker/claim/add/")
    page.fill("[name=url]", "https://example.org/siege")
    page.fill("[name=title]", "The ceasefire is fraying")
    page.fill("[name=outlet]", "Example Herald")
    page.fill("[name=published_on]", "2016-04-11")
    page.fill("[name=text]", ARTICLE)
    page.fill("[name=exact]", "The city is likely to be besieged by June")
    page.fill("[name=person]", "Charles Lister")
    page.fill("[name=role]", "resident fellow")
    page.fill("[name=organisation]", "Middle East Institute")
    page.fill("[name=statement]", "The city is besieged by 1 July 2016.")
    page.fill("[name=criteria]", "No day until then on which all roads are cut.")
    page.select_option("[name=kind]", "forecast")
    page.fill("[name=hedge]", "likely")
    page.fill("[name=deadline]", "2016-07-01")
    page.check("[name=freeze]")
    page.click("[name=_save]")
    expect(page.locator(".t-diff ins")).to_have_text("July")
    assert page.input_value("[name=person]") == "Charles Lister"
    page.click("text=Take the words as they stand")
    expect(page.locator(".t-passage mark")).to_have_text(
        "The city is likely to be besieged by July"
    )
    return Claim.objects.get()


def judge_with_the_keyboard(judge: Visitor, grade: str) -> None:
    page = judge.page
    judge.goto("/admin/")
    page.click("text=The city is besieged by 1 July 2016.")
    page.wait_for_selector(".t-key")
    assert "Charles Lister" not in page.content()
    page.keyboard.press(grade)
    page.check("[name=cited]")
    page.fill("[name=rationale]", "The last road was cut on 7 July, a week late.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#confirm")).to_contain_text("cannot be taken back")
    page.keyboard.press("Enter")
    expect(page.locator("text=Your verdict is in.").first).to_be_visible()


def test_a_claim_goes_from_the_article_to_publication(door: Door) -> None:
    claim = log_a_claim(door.let_in("coder"))
    builders.make_outcome(proposition=claim.proposition, statement="The last road was cut.")
    editor = door.let_in("editor")
    editor.goto(f"/admin/tracker/claim/{claim.pk}/change/")
    editor.page.click(".t-toolbar a:has-text('Open a round')")
    editor.page.click("button:has-text('Open the round')")

    judge_with_the_keyboard(door.let_in("judge"), "1")
    judge_with_the_keyboard(door.let_in("judge"), "2")
    editor.goto(f"/admin/tracker/round/{Round.objects.get().pk}/change/")
    editor.page.click(".t-toolbar a:has-text('Resolve')")
    editor.page.click("button:has-text('Resolve')")
    editor.goto(f"/admin/tracker/resolution/{Resolution.objects.get().pk}/change/")
    editor.page.click(".t-toolbar a:has-text('Publish')")
    editor.page.click("button:has-text('Publish')")
    expect(editor.page.locator(".t-errors")).to_contain_text("The speaker can reply until")
    editor.page.fill("[name=override_reason]", "The speaker has answered.")
    editor.page.click("button:has-text('Publish')")

    expect(editor.page.locator(".t-eyebrow .t-badge").first).to_have_text("Published")
    editor.goto(f"/admin/tracker/claim/{claim.pk}/change/")
    expect(editor.page.locator(".t-resolution")).to_contain_text("Mostly did not")
    expect(editor.page.locator("text=it did not happen")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_window(door: Door, width: int, theme: str) -> None:
    claim = make_story()
    make_world()
    assert claim.proposition is not None
    editor = door.let_in("editor", width=width, theme=theme)
    addresses = {
        "claim": claim.pk,
        "person": claim.person_id,
        "proposition": claim.proposition_id,
        "round": claim.proposition.rounds.get().pk,
        "resolution": claim.proposition.resolutions.get().pk,
        "outcome": Outcome.objects.latest("pk").pk,
    }
    pages = [f"/admin/tracker/{noun}/{pk}/change/" for noun, pk in addresses.items()]
    pages += ["/admin/", "/admin/tracker/claim/add/", "/admin/tracker/claim/"]

    wide = {}
    for path in pages:
        editor.goto(path)
        room = editor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if room > 0:
            wide[path] = room

    assert wide == {}
