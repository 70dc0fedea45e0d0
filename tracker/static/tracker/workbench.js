// The log form's comforts: quote the selection, suggest names and hedges, keep what was typed.
"use strict";

const field = (form, name) => form.elements.namedItem(name);

function quoteSelection(form) {
    const text = field(form, "text");
    const exact = field(form, "exact");
    if (!text || !exact) return;
    text.addEventListener("mouseup", () => take(form, text, exact));
    text.addEventListener("keyup", (event) => {
        if (event.key === "Enter" && event.altKey) take(form, text, exact);
    });
}

function take(form, text, exact) {
    const words = text.value.slice(text.selectionStart, text.selectionEnd).trim();
    if (words.length < 3) return;
    exact.value = words;
    const at = text.value.indexOf(words, text.selectionStart);
    // Offsets are code points; a JavaScript string counts in UTF-16.
    field(form, "start").value = [...text.value.slice(0, at)].length;
    exact.dispatchEvent(new Event("change", { bubbles: true }));
}

// --- what a bookmarklet brings, in the part of an address that no server sees ---
// It is a stranger's text: it goes into the fields as text, and nothing is kept before somebody
// presses a button. It waits in the tab's memory while its owner logs in.
const BROUGHT = ["url", "title", "outlet", "bylines", "published_on", "text", "exact", "start"];
const BROUGHT_KEY = "log-brought";

function bring() {
    const found = /^#quote=(.+)$/.exec(location.hash);
    if (!found) return;
    sessionStorage.setItem("brought", found[1]);
    localStorage.removeItem(BROUGHT_KEY);
    history.replaceState(null, "", location.pathname + location.search);
}

function brought() {
    try {
        const found = JSON.parse(decodeURIComponent(sessionStorage.getItem("brought") || "null"));
        return found && typeof found.url === "string" ? found : null;
    } catch {
        return null;
    }
}

function unpack(form) {
    const notice = form.querySelector("[data-brought]");
    const found = notice && brought();
    if (!found || field(form, "url").value || field(form, "text").value) return;
    for (const name of BROUGHT) {
        if (typeof found[name] === "string") field(form, name).value = found[name];
    }
    field(form, "excerpt").checked = field(form, "fetch").checked = true;
    form.dataset.keep = BROUGHT_KEY;
    restore(BROUGHT_KEY, typedIn(form));
    notice.querySelector("b").textContent = found.url.slice(0, 200);
    notice.hidden = false;
    form.querySelector(".t-bar .t-quiet").addEventListener("click", () => sessionStorage.removeItem("brought"));
}

function copyBookmarklet(panel) {
    const code = panel.querySelector("[data-code]");
    const said = panel.querySelector("[data-copied]");
    panel.querySelector("[data-bookmarklet]").addEventListener("click", (event) => {
        event.preventDefault();
        said.textContent = "Drag it to the bookmarks bar, or copy it.";
    });
    panel.querySelector("[data-copy]").addEventListener("click", async () => {
        code.select();
        try {
            await navigator.clipboard.writeText(code.value);
            said.textContent = "Copied.";
        } catch {
            said.textContent = "Selected: copy it with your browser.";
        }
    });
}

const LISTS = { person: "person", organisation: "organisation", outlet: "organisation", topic: "topic",
    hop_1_outlet: "organisation", hop_2_outlet: "organisation" };

function suggestNames(form) {
    for (const [name, kind] of Object.entries(LISTS)) {
        const input = field(form, name);
        if (!input) continue;
        const list = document.createElement("datalist");
        list.id = `names-${name}`;
        input.after(list);
        input.setAttribute("list", list.id);
        let waiting;
        input.addEventListener("input", () => {
            clearTimeout(waiting);
            waiting = setTimeout(() => fill(form, list, kind, input.value), 200);
        });
    }
}

async function fill(form, list, kind, words) {
    if (words.trim().length < 2) return;
    const query = new URLSearchParams({ kind, q: words });
    const response = await fetch(`${form.dataset.names}?${query}`);
    if (!response.ok) return;
    const { names } = await response.json();
    list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
}

function suggestHedges(form) {
    const hints = form.querySelector("#hedge-hints");
    const marked = form.querySelector("#words");
    const exact = field(form, "exact");
    if (!hints) return;
    const show = async () => {
        const words = exact ? exact.value : marked ? marked.textContent : "";
        if (!words.trim()) return hints.replaceChildren();
        const response = await fetch(`${form.dataset.hedges}?${new URLSearchParams({ words })}`);
        if (response.ok) hints.innerHTML = await response.text();
    };
    hints.addEventListener("click", (event) => {
        const hint = event.target.closest("[data-hedge]");
        if (!hint) return;
        field(form, "hedge").value = hint.dataset.hedge;
        field(form, "hedge_term").value = hint.dataset.term;
    });
    if (exact) exact.addEventListener("change", show);
    show();
}

// Whoever words a proposition anew is shown those on record that say the same, and may take one.
function meetPropositions(form) {
    const met = form.querySelector("#met");
    const statement = field(form, "statement");
    if (!met || !statement) return;
    statement.addEventListener("change", async () => {
        if (!statement.value.trim()) return met.replaceChildren();
        const query = new URLSearchParams({ words: statement.value });
        const response = await fetch(`${met.dataset.met}?${query}`);
        if (response.ok) met.innerHTML = await response.text();
    });
    met.addEventListener("click", (event) => {
        const chosen = event.target.closest("[data-known]");
        if (!chosen) return;
        const known = field(form, "known_proposition");
        known.replaceChildren(new Option(chosen.dataset.words, chosen.dataset.known, true, true));
        known.dispatchEvent(new Event("change", { bubbles: true }));
        statement.value = "";
        met.replaceChildren();
    });
}

// A tab that was closed, or a session that ended, loses nothing: the browser keeps the form until
// a page has come back that is neither the form with its errors nor the login page.
const typedIn = (form) => [...form.querySelectorAll("input[type=text], input:not([type]), textarea")];

function keep(form) {
    const key = form.dataset.keep;
    if (!key) return;
    const typed = typedIn(form);
    if (typed.every((input) => !input.value)) restore(key, typed);
    form.addEventListener("input", () => {
        const values = Object.fromEntries(typed.map((input) => [input.name, input.value]));
        localStorage.setItem(key, JSON.stringify(values));
    });
    form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
}

function restore(key, typed) {
    const kept = JSON.parse(localStorage.getItem(key) || "{}");
    for (const input of typed) {
        if (kept[input.name]) input.value = kept[input.name];
    }
}

function forget() {
    const sent = sessionStorage.getItem("sent");
    if (!sent || document.querySelector("form[data-keep] .t-alert, #login-form")) return;
    localStorage.removeItem(sent);
    sessionStorage.removeItem("sent");
    sessionStorage.removeItem("brought");
}

// A judge answers with the keyboard: the grade's digit, a letter for all else.
const KEYS = { met: "m", not_met: "n", undeterminable: "u", came_true: "5", mostly: "4", partly: "3",
    mostly_not: "2", did_not: "1", open: "o", void_condition: "v", ambiguous: "a", annulled: "x" };

function answerWithKeys(ballot) {
    const byKey = {};
    for (const input of ballot.querySelectorAll("input[type=radio]")) {
        const key = KEYS[input.value];
        if (!key) continue;
        byKey[key] = input;
        input.closest("label").append(Object.assign(document.createElement("kbd"), { className: "t-key", textContent: key }));
    }
    document.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            ballot.requestSubmit(ballot.querySelector("[name=_next]"));
        }
        const typing = event.target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");
        if (typing || event.ctrlKey || event.metaKey || event.altKey || !byKey[event.key]) return;
        event.preventDefault();
        byKey[event.key].checked = true;
        byKey[event.key].focus();
    });
}

document.addEventListener("DOMContentLoaded", () => {
    bring();
    forget();
    document.querySelectorAll(".t-bookmarklet").forEach(copyBookmarklet);
    document.querySelectorAll("form.t-ballot").forEach(answerWithKeys);
    for (const form of document.querySelectorAll("form.t-form")) {
        quoteSelection(form);
        unpack(form);
        if (form.dataset.names) suggestNames(form);
        keep(form);
        suggestHedges(form);
        meetPropositions(form);
    }
});
