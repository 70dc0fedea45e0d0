"""What a person's work costs in a browser: clicks, keys and seconds, counted and never limited."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.admin.reading import drag_over

Record = Callable[[str, object], None]  # pytest's `record_property`
MEASURE = "measure"


@dataclass
class Hand:
    """One person at mouse and keyboard; what they do is counted."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.click(selector)

    def drag(self, words: str) -> None:
        """Selects words with the mouse: one press, one release."""
        self.clicks += 1
        drag_over(self.page, words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Each letter is a key; it goes where the caret is."""
        self.keys += len(text)
        self.page.keyboard.insert_text(text)

    def choose(self, selector: str, value: str) -> None:
        """Picks from a list: a click on it, a click on the line."""
        self.clicks += 2
        self.page.select_option(selector, value)

    def fill(self, selector: str, text: str) -> None:
        """A click into the field, then its letters."""
        self.clicks += 1
        self.keys += len(text)
        self.page.fill(selector, text)


@contextmanager
def measured(record: Record, what: str, hand: Hand) -> Iterator[None]:
    """Says at the end of the run what the work took."""
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    record(MEASURE, f"{what}: {hand.clicks} clicks, {hand.keys} keys, {took:.0f} s of the browser")
