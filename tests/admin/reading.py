"""How a person selects words in an article: with the mouse, or with the caret and Shift."""

from __future__ import annotations

from playwright.sync_api import Page

FIND = """words => {
    const reader = document.querySelector("[data-reader]");
    const walk = document.createTreeWalker(reader, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        nodes.push([node, text.length]);
        text += node.data;
    }
    const at = text.indexOf(words);
    const place = (offset) => {
        const [node, from] = nodes.find(([one, start]) => offset <= start + one.length);
        const range = document.createRange();
        range.setStart(node, offset - from);
        range.setEnd(node, offset - from);
        return range;
    };
    reader.scrollIntoView({ block: "nearest" });
    const middle = (box) => (box.top + box.bottom) / 2;
    const [words0, window0] = [place(at), reader].map((one) => middle(one.getBoundingClientRect()));
    reader.scrollTop += words0 - window0;
    return [at, at + words.length].map((offset) => {
        const { x, y, height } = place(offset).getBoundingClientRect();
        return { x, y: y + height / 2 };
    });
}"""
CARET = """words => {
    const reader = document.querySelector("[data-reader]");
    reader.focus();
    const walk = document.createTreeWalker(reader, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.indexOf(words);
        if (at >= 0) return getSelection().collapse(node, at);
    }
}"""


def drag_over(page: Page, words: str) -> None:
    """Presses the mouse before the first letter, and lets go after the last."""
    start, end = page.evaluate(FIND, words)
    page.mouse.move(start["x"] + 0.5, start["y"])
    page.mouse.down()
    page.mouse.move(end["x"], end["y"], steps=4)
    page.mouse.up()


def caret_before(page: Page, words: str) -> None:
    page.evaluate(CARET, words)
