// On every page: a way past the side bar, keys that lead to pages, and names for what Select2 draws.
"use strict";

// g, then a letter; the list is what `?` shows where a page has none of its own.
const GOES = { h: ["Home", ""], c: ["Claims", "tracker/claim/"], l: ["Log a claim", "tracker/claim/add/"],
    p: ["Propositions", "tracker/proposition/"], r: ["Rounds", "tracker/round/"], d: ["Resolutions", "tracker/resolution/"],
    s: ["Scoreboard", "tracker/scoreitem/scoreboard/"], w: ["People", "tracker/person/"] };
const ROOT = "/admin/";

const writes = (target) => target instanceof Element && Boolean(target.closest("input, textarea, select, [contenteditable], .select2-container"));
const made = (name, facts, ...inside) => {
    const element = Object.assign(document.createElement(name), facts);
    element.append(...inside);
    return element;
};

function skipLink() {
    const content = document.getElementById("content");
    if (!content) return;
    content.tabIndex = -1;
    document.body.prepend(made("a", { className: "t-skip", href: "#content", textContent: "Skip to the content" }));
}

// Select2 names its boxes by what is chosen, which is nothing at first: the label names them.
function nameBoxes() {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
        const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
        const words = (label && label.textContent.trim().replace(/\s*\*$/, "")) || select.getAttribute("aria-label") || select.name;
        const box = select.nextElementSibling;
        if (!box || !box.matches(".select2-container")) continue;
        for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
            part.removeAttribute("aria-labelledby");
            part.setAttribute("aria-label", words);
        }
    }
}

function shortcuts() {
    const rows = [["/", "Search this list"], ...Object.entries(GOES).map(([key, [words]]) => [`g ${key}`, words]), ["?", "This list"]];
    const lines = rows.map(([key, words]) => made("div", {}, made("dt", {}, ...key.split(" ").map((part) => made("kbd", { className: "t-key", textContent: part }))), made("dd", { textContent: words })));
    const close = made("button", { type: "button", className: "t-button", textContent: "Close" });
    const title = made("h2", { id: "shortcuts-title", textContent: "Keys" });
    const list = made("dialog", { className: "t-panel t-shortcuts" }, title, made("dl", { className: "t-facts" }, ...lines), close);
    list.setAttribute("aria-labelledby", title.id);
    close.addEventListener("click", () => list.close());
    document.body.append(list);
    return list;
}

function keys() {
    let going = false;
    let list;
    document.addEventListener("keydown", (event) => {
        if (writes(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
        if (going && GOES[event.key]) {
            event.preventDefault();
            event.stopImmediatePropagation();
            location.assign(ROOT + GOES[event.key][1]);
        } else if (event.key === "?" && !document.getElementById("keys")) {
            event.preventDefault();
            list = list || shortcuts();
            list.showModal();
        }
        going = event.key === "g";
        if (going) setTimeout(() => { going = false; }, 1500);
    }, true);
}

document.addEventListener("DOMContentLoaded", () => {
    if (!document.getElementById("nav-sidebar-apps")) return;
    skipLink();
    keys();
});
// Select2 draws when jQuery finds the time, and again for each row that is added.
document.addEventListener("DOMContentLoaded", () => {
    nameBoxes();
    let waiting;
    new MutationObserver((changes) => {
        if (waiting || !changes.some((change) => change.addedNodes.length)) return;
        waiting = setTimeout(() => { waiting = undefined; nameBoxes(); }, 50);
    }).observe(document.body, { childList: true, subtree: true });
});
