"""Pictures of the running demo for the README: `python -m tests.screenshots` after `make demo`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.admin.reading import caret_before

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = (1280, 860), (390, 844)


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, talking to nobody but the pages."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    """Through the login form, as a person would."""
    page.goto(f"{address}/admin/login/?next=/admin/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def demo() -> tuple[str, dict[str, str]]:
    """The address of the running demo and its users' passwords."""
    var = Path(os.environ.get("TRACKER_VAR", ROOT / "var"))
    file = var / "demo.json"
    if not file.exists():
        sys.exit(f"{file} is not there: start the demo first (make demo).")
    facts: dict[str, Any] = json.loads(file.read_text())
    address = str(facts["admin"]).split("/admin")[0]
    return address, {user["username"]: user["password"] for user in facts["users"]}


def first(page: Page, address: str, path: str, row: str) -> str:
    """The address of the first record in a list that has `row` in its line."""
    page.goto(f"{address}/admin/tracker/{path}")
    link = page.locator("#result_list tbody tr", has_text=row).locator("th a").first
    return address + str(link.get_attribute("href")).split("?")[0]


QUOTED = "Moscow is unlikely to forgo its interests in Syria"


def quote(page: Page) -> None:
    """Words selected in the article, a speaker being looked for."""
    caret_before(page, QUOTED)
    for _ in range(len(QUOTED)):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("q")
    page.fill("[name=person]", "Lister")
    page.wait_for_selector("#hints-who .t-hint")
    page.evaluate("window.scrollTo(0, 0)")


def answer(page: Page, grade: str, why: str) -> None:
    """A judge's answer, typed and not yet sent."""
    for key in ("m", grade, "Shift+1", "r"):
        page.keyboard.press(key)
    page.keyboard.insert_text(why)
    page.keyboard.press("Escape")
    page.evaluate("window.scrollTo(0, 0)")


def hand_in(page: Page) -> None:
    """Sends the answer, once it was read again."""
    page.keyboard.press("Control+Enter")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def take(page: Page, name: str, *, height: int = WIDE[1]) -> None:
    """A picture of the page as it stands, so many CSS pixels high."""
    width = page.viewport_size["width"] if page.viewport_size else WIDE[0]
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    print(f"docs/images/{name}.png")  # noqa: T201  a command that says what it wrote


class Studio:
    """Windows of the demo's people, in one look."""

    def __init__(self, opened: Browser, address: str, passwords: dict[str, str], theme: str):
        self.opened, self.address, self.passwords, self.theme = opened, address, passwords, theme

    def window(self, username: str, size: tuple[int, int] = WIDE) -> Page:
        options: dict[str, Any] = {"viewport": {"width": size[0], "height": size[1]}}
        page = self.opened.new_page(color_scheme=self.theme, **options)
        sign_in(page, self.address, username, self.passwords[username])
        return page

    def named(self, name: str) -> str:
        return name if self.theme == "light" else f"{name}-{self.theme}"


def reading(studio: Studio) -> None:
    """A claim, its speaker, the lists, the board."""
    page, address = studio.window("editor"), studio.address
    claim = first(page, address, "claim/?q=unlikely", "unlikely")
    person = first(page, address, "person/?q=Lister", "Lister")
    for name, where, height in (
        ("claim", claim, 1180),
        ("person", person, 1100),
        ("claims", f"{address}/admin/tracker/claim/", 720),
        ("scoreboard", f"{address}/admin/tracker/scoreitem/scoreboard/", 1000),
    ):
        page.goto(where)
        take(page, studio.named(name), height=height)


def logging(studio: Studio) -> None:
    """The article with words selected in it, at the desk and on a phone."""
    for name, size, height in (("log", WIDE, 900), ("log-phone", PHONE, PHONE[1])):
        page = studio.window("coder", size)
        page.goto(f"{studio.address}/admin/tracker/claim/add/?snapshot=1")
        quote(page)
        take(page, studio.named(name), height=height)


def importing(studio: Studio) -> None:
    """A file of which two lines are at fault, checked by the worker."""
    page = studio.window("editor")
    page.goto(f"{studio.address}/admin/tracker/import/upload/")
    rows = [
        "source.url,source.title,snapshot.text,quotation.exact,speaker.person,proposition.deadline",
        "https://example.org/port,Harbour talks,The port will reopen.,The port will reopen,Ada,",
        "https://example.org/port,Harbour talks,The port will reopen.,It will never open,Ada,",
        "https://example.org/rail,Rail talks,Trains may run by May.,Trains may run,Ben,next May",
    ]
    page.set_input_files(
        "[name=file]",
        {"name": "harbour.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()},
    )
    page.click("button:has-text('Send it')")
    page.wait_for_selector('[data-ended="yes"]', timeout=60_000)
    take(page, studio.named("import"))


def judging(studio: Studio) -> None:
    """A round on its way: a judge's answer, what waits on the editor's desk, two who differ."""
    editor = studio.window("editor")
    claim = first(editor, studio.address, "claim/?q=unlikely", "unlikely")
    with round_on(editor, claim) as round:
        judge = studio.window("judge_one")
        judge.goto(round)
        answer(judge, "5", "Two agencies report it, independently of each other.")
        take(judge, studio.named("round"), height=900)
        hand_in(judge)
        other = studio.window("judge_two")
        other.goto(round)
        answer(other, "2", "What they report falls short of the criteria: no day is named.")
        hand_in(other)
        editor.goto(f"{studio.address}/admin/")
        take(editor, studio.named("home"), height=900)
        editor.goto(round)
        take(editor, studio.named("adjudication"), height=1000)


@contextmanager
def round_on(editor: Page, claim: str) -> Iterator[str]:
    """A round on the claim's proposition, abandoned again once its picture is taken."""
    editor.goto(claim)
    editor.click(".t-toolbar a:has-text('Open a round')")
    editor.click("button:has-text('Open the round')")
    round = editor.url
    try:
        yield round
    finally:
        editor.goto(round)
        editor.click(".t-toolbar a:has-text('Abandon')")
        editor.fill("[name=reason]", "Opened for a picture of the page.")
        editor.click("button:has-text('Abandon')")


def main() -> None:
    address, passwords = demo()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for theme in sys.argv[1:] or ["light"]:
            studio = Studio(opened, address, passwords, theme)
            for scene in (reading, logging, importing, judging):
                scene(studio)


if __name__ == "__main__":
    main()
