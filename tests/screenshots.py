"""Pictures of the running demo for the README: `python -m tests.screenshots` after `make demo`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
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


def answer(page: Page) -> None:
    """A judge's answer, read once more before it goes in."""
    for key in ("m", "5", "Shift+1", "r"):
        page.keyboard.press(key)
    page.keyboard.insert_text("Two agencies report it, independently of each other.")
    page.keyboard.press("Control+Enter")


def take(
    page: Page,
    address: str,
    name: str,
    act: Callable[[Page], None] | None = None,
    *,
    whole: bool = False,
) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if act:
        act(page)
        page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)
    print(f"docs/images/{name}.png")  # noqa: T201  a command that says what it wrote


def pictures(opened: Browser, address: str, passwords: dict[str, str], theme: str) -> None:
    """Every picture in one look."""
    suffix = "" if theme == "light" else f"-{theme}"
    size = {"width": WIDE[0], "height": WIDE[1]}
    options: dict[str, Any] = {"viewport": size, "color_scheme": theme}
    editor = opened.new_page(**options)
    sign_in(editor, address, "editor", passwords["editor"])
    claim = first(editor, address, "claim/?q=unlikely", "unlikely")
    person = first(editor, address, "person/?q=Lister", "Lister")
    take(editor, f"{address}/admin/tracker/claim/", f"claims{suffix}")
    take(editor, claim, f"claim{suffix}", whole=True)
    take(editor, f"{address}/admin/tracker/claim/add/?snapshot=1", f"log{suffix}", quote)
    take(editor, person, f"person{suffix}")
    with round_on(editor, claim) as round:
        take(editor, f"{address}/admin/", f"home{suffix}")
        judge = opened.new_page(**options)
        sign_in(judge, address, "judge_one", passwords["judge_one"])
        take(judge, round, f"round{suffix}", whole=True)
        take(judge, round, f"round-confirm{suffix}", answer)
    phone = opened.new_page(**{**options, "viewport": {"width": PHONE[0], "height": PHONE[1]}})
    sign_in(phone, address, "editor", passwords["editor"])
    take(phone, claim, f"claim-phone{suffix}", whole=True)
    take(phone, f"{address}/admin/tracker/claim/add/?snapshot=1", f"log-phone{suffix}", quote)


@contextmanager
def round_on(editor: Page, claim: str) -> Iterator[str]:
    """A round on the claim's proposition, abandoned again once its picture is taken."""
    editor.goto(claim)
    editor.click(".t-toolbar a:has-text('Open a round')")
    editor.click("button:has-text('Open the round')")
    round = editor.url
    yield round
    editor.goto(round)
    editor.click(".t-toolbar a:has-text('Abandon')")
    editor.fill("[name=reason]", "Opened for a picture of the page.")
    editor.click("button:has-text('Abandon')")


def main() -> None:
    address, passwords = demo()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for theme in sys.argv[1:] or ["light"]:
            pictures(opened, address, passwords, theme)


if __name__ == "__main__":
    main()
