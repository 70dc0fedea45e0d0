"""Seventeen claims on which two readings differ go to publication in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.admin.conftest import Door, Visitor
from tests.aleppo import Json, Player, make_users, poster
from tests.differing import PREFIX, SETTLES, differ, settled
from tracker.models import Claim, ClaimAccount, Round

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

KEYS = {"met": "m", "not_met": "n", "undeterminable": "u", "came_true": "5", "mostly": "4"}
KEYS |= {"partly": "3", "mostly_not": "2", "did_not": "1", "void_condition": "v", "ambiguous": "a"}


class Docket:
    """What is judged: the coded readings by the id of their round, facts and claims logged."""

    def __init__(self) -> None:
        self.post = poster(make_users())
        player = Player(self.post)
        items = player.example["judging"]
        player.example["judging"] = []
        player.play()
        self.outcomes, self.body_of = player.outcomes, player.body_of
        self.items: dict[int, Json] = {}
        for item in filter(differ, items):
            about = {"proposition": player.propositions[item["proposition"]]}
            self.items[self.post("editor", "rounds/", about)["id"]] = item
        self.override = player.example["override_reason"]

    def answer(self, page: Page, verdict: Json) -> None:
        """Fills the ballot in by keyboard and submits it, as Control and Enter do."""
        page.wait_for_selector(".t-key")
        for part in ("condition", "outcome"):
            if verdict.get(part, "not_applicable") != "not_applicable":
                page.keyboard.press(KEYS[verdict[part]])
        for ref in verdict["cited"]:
            page.check(f"[name=cited][value='{self.outcomes[ref]}']")
        if verdict.get("searched"):
            page.keyboard.press("s")
            page.fill("[name=searched]", verdict["searched"])
        page.fill("[name=rationale]", verdict["rationale"])
        page.keyboard.press("Control+Enter")
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.keyboard.press("Enter")

    def judge(self, visitor: Visitor) -> None:
        """All the rounds, one after the other as the judge's own queue brings them."""
        page = visitor.page
        page.goto(f"{visitor.address}/admin/")
        page.click("a[href*='/admin/tracker/round/'][href$='/change/'] >> nth=0")
        for _ in self.items:
            (pk,) = re.findall(r"/round/(\d+)/", page.url)
            self.answer(page, self.items[int(pk)]["verdicts"][0])
        expect(page.locator("text=Your verdict is in.").first).to_be_visible()

    def judge_by_script(self) -> None:
        """The other reading of each, as its judge sends it through the API."""
        for pk, item in self.items.items():
            verdict = item["verdicts"][1]
            self.post(verdict["judge"], f"rounds/{pk}/verdicts/", self.body_of(verdict))

    def adjudicate(self, visitor: Visitor) -> None:
        """Decides where the judges stayed apart."""
        for pk, item in self.items.items():
            if "adjudication" in item:
                visitor.page.goto(f"{visitor.address}/admin/tracker/round/{pk}/change/")
                self.answer(visitor.page, item["adjudication"])

    def resolve(self, visitor: Visitor) -> None:
        """Resolves each round by its verdicts, and publishes what was settled.

        The first of each way to a decision by the pages' own forms, all others by the API.
        """
        page, seen = visitor.page, set[str]()
        for pk, item in self.items.items():
            day = item.get("occurred_on", "")
            if (way := way_of(item)) in seen:
                when = {"occurred_on": day} if day else {}
                made = self.post("editor", f"rounds/{pk}/resolve/", when)["id"]
                body = {"override_reason": self.override}
                self.post("editor", f"resolutions/{made}/publish/", body)
                continue
            page.goto(f"{visitor.address}/admin/tracker/round/{pk}/resolve/")
            page.fill("[name=occurred_on]", day)
            page.click("button:has-text('Resolve')")
            page.wait_for_url("**/resolution/*/change/", wait_until="domcontentloaded")
            page.goto(page.url.replace("/change/", "/publish/"))
            page.fill("[name=override_reason]", self.override)
            page.click("button:has-text('Publish')")
            page.wait_for_url("**/resolution/*/change/", wait_until="domcontentloaded")
            seen.add(way)


def way_of(item: Json) -> str:
    """How a round of this reading comes to its decision."""
    if "adjudication" in item:
        return "adjudicated"
    first, second = item["verdicts"]
    return "agreed" if first["outcome"] == second["outcome"] else "nearly agreed"


def test_seventeen_differing_readings_settle_and_are_void_as_the_codebook_says(
    door: Door,
) -> None:
    docket = Docket()
    states = {"agreed": 11, "split": 7}  # C15 and its condition are apart, each in its own round

    docket.judge(door.let_in("judge"))
    docket.judge_by_script()
    by_state = list(Round.objects.values_list("state", flat=True))
    assert {state: by_state.count(state) for state in states} == states
    editor = door.let_in("editor")
    docket.adjudicate(editor)
    docket.resolve(editor)

    assert settled() == SETTLES
    void = Claim.objects.get(external_id=f"{PREFIX}C07")
    assert ClaimAccount.objects.get(claim=void).account in ("void", "unscored_kind")
    editor.page.goto(f"{editor.address}/admin/tracker/claim/{void.pk}/change/")
    expect(editor.page.locator(".t-resolution").first).to_contain_text("Void")
