// What every page has: the bookmarklet, what it brings, and what was typed and never saved.
"use strict";

const field = (form, name) => form.elements.namedItem(name);

// --- what a bookmarklet brings, in the part of an address that no server sees ---
// It is a stranger's text: it goes into the fields as text, and nothing is kept before somebody
// presses a button. It waits in the tab's memory while its owner logs in.
const BROUGHT = ["url", "title", "outlet", "bylines", "published_on", "text", "exact", "start"];

function bring() {
    const found = /^#quote=(.+)$/.exec(location.hash);
    if (!found) return;
    sessionStorage.setItem("brought", found[1]);
    sessionStorage.setItem("fresh", "1");
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
    // Its draft is its own: what was typed about this page, not about another.
    form.dataset.keep = `log:${found.url.slice(0, 500)}`;
    if (sessionStorage.getItem("fresh")) localStorage.removeItem(keyOf(form));
    sessionStorage.removeItem("fresh");
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

function copyText(button) {
    button.addEventListener("click", async () => {
        const text = button.closest("[data-copies]").querySelector(".t-copied");
        try {
            await navigator.clipboard.writeText(text.textContent);
            button.textContent = "Copied";
        } catch {
            getSelection().selectAllChildren(text);
            button.textContent = "Selected: copy it";
        }
    });
}

// A tab that was closed, or a session that ended, loses nothing: the browser keeps what was typed,
// by person and by what it is about, until a page has come back that is neither the form with its
// errors nor the login page.
const PASSING = /^(csrfmiddlewaretoken|nearest_.*|_.*)$/;
const REFUSED = ".t-alert, .t-errors, .errornote, .errorlist, .errors";
const NEVER = new Set(["file", "submit", "password"]);
const typedIn = (form) => [...form.elements].filter((one) => one.name && !NEVER.has(one.type) && !PASSING.test(one.name));
const ticks = (one) => one.type === "checkbox" || one.type === "radio";
const keyOf = (form) => `draft:${form.dataset.user}:${form.dataset.keep}`;

function valuesOf(form) {
    const values = {};
    for (const one of typedIn(form)) {
        if (ticks(one)) values[`${one.name}=${one.value}`] = one.checked;
        else values[one.name] = one.value;
    }
    return values;
}

function putBack(form, values) {
    for (const one of typedIn(form)) {
        const kept = values[ticks(one) ? `${one.name}=${one.value}` : one.name];
        if (kept === undefined) continue;
        if (ticks(one)) one.checked = kept;
        else one.value = kept;
    }
    form.dispatchEvent(new CustomEvent("putback"));
}

function keep(form) {
    if (!form.dataset.keep) return;
    const before = valuesOf(form);
    const refused = form.querySelector(REFUSED);
    if (!refused) restore(form, before);
    const store = () => {
        const now = valuesOf(form);
        const changed = Object.keys(now).filter((name) => now[name] !== before[name]);
        if (!changed.length && !refused) return localStorage.removeItem(keyOf(form));
        const values = Object.fromEntries(changed.map((name) => [name, now[name]]));
        localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
    };
    form.addEventListener("input", store);
    form.addEventListener("change", store);
    form.addEventListener("submit", () => sessionStorage.setItem("sent", keyOf(form)));
}

function restore(form, before) {
    let kept = null;
    try {
        kept = JSON.parse(localStorage.getItem(keyOf(form)));
    } catch {
        return;
    }
    if (!kept || !kept.values) return;
    putBack(form, kept.values);
    const notice = form.querySelector("[data-kept]");
    if (!notice) return;
    notice.querySelector("[data-kept-at]").textContent = new Date(kept.at).toLocaleString("sv").slice(0, 16);
    notice.hidden = false;
    notice.querySelector("[data-discard]").addEventListener("click", () => {
        localStorage.removeItem(keyOf(form));
        putBack(form, before);
        notice.hidden = true;
    });
}

// Forms that name no draft of their own have one by their address; passwords are in none.
function claimAll() {
    const me = document.querySelector("[data-me]");
    if (!me || document.querySelector(".popup")) return;
    for (const form of document.querySelectorAll("#content form")) {
        const writes = form.querySelector("textarea, input[type=text], input[type=url]");
        if (form.method !== "post" || form.dataset.keep || !writes || form.id === "changelist-form") continue;
        form.dataset.keep = `form:${location.pathname}`;
        form.dataset.user = me.dataset.me;
        const notice = document.createElement("div");
        notice.className = "t-kept";
        notice.dataset.kept = "";
        notice.hidden = true;
        notice.setAttribute("role", "status");
        notice.innerHTML = 'What you typed here on <b data-kept-at></b> is back: it was never saved. <button type="button" class="t-link" data-discard>Discard it</button>';
        form.prepend(notice);
    }
}

// Sent is not yet saved: the login page, the form with its errors, or the same form without a word
// of success say that it was not.
function forget() {
    const sent = sessionStorage.getItem("sent");
    if (!sent) return;
    sessionStorage.removeItem("sent");
    const again = [...document.querySelectorAll("form[data-keep]")].some((form) => keyOf(form) === sent);
    const told = document.querySelector("li > .bg-green-100");
    if (document.querySelector("#login-form") || document.querySelector(`form[data-keep] :is(${REFUSED})`) || (again && !told)) return;
    localStorage.removeItem(sent);
    sessionStorage.removeItem("brought");
}

document.addEventListener("DOMContentLoaded", () => {
    bring();
    claimAll();
    forget();
    document.querySelectorAll(".t-bookmarklet").forEach(copyBookmarklet);
    document.querySelectorAll("[data-copy-text]").forEach(copyText);
    // A page that waits for a worker looks again; the server leads on from it.
    if (document.querySelector("[data-waits]")) setTimeout(() => location.reload(), 1500);
    for (const form of document.querySelectorAll("form[data-keep]")) {
        unpack(form);
        keep(form);
    }
});
