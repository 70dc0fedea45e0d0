// Live help beside the fields: pieces of a page that the server writes, each of whose buttons
// fills in the fields that it names.
"use strict";

(() => {
    const WAIT = 180; // milliseconds after the last key
    const LISTS = { organisation: "organisation", outlet: "organisation", topic: "topic",
        hop_1_outlet: "organisation", hop_2_outlet: "organisation" };
    const names = (given) => (given || "").split(" ").filter(Boolean);

    function suggestNames(form) {
        for (const [name, kind] of Object.entries(LISTS)) {
            const input = field(form, name);
            if (!input) continue;
            const list = Object.assign(document.createElement("datalist"), { id: `names-${name}` });
            input.after(list);
            input.setAttribute("list", list.id);
            let waiting;
            input.addEventListener("input", () => {
                clearTimeout(waiting);
                waiting = setTimeout(() => fillList(form, list, kind, input.value), WAIT);
            });
        }
    }

    async function fillList(form, list, kind, words) {
        if (words.trim().length < 2) return;
        const response = await fetch(`${form.dataset.names}?${new URLSearchParams({ kind, q: words })}`);
        if (!response.ok) return;
        const { names: found } = await response.json();
        list.replaceChildren(...found.map((name) => Object.assign(document.createElement("option"), { value: name })));
    }

    function help(form, hints) {
        const asks = names(hints.dataset.from).map((name) => field(form, name)).filter(Boolean);
        let waiting, asked = 0;
        const ask = async () => {
            const own = ++asked;
            const query = new URLSearchParams();
            for (const name of names(hints.dataset.send)) {
                if (field(form, name)) query.set(name, field(form, name).value);
            }
            if (!asks.some((one) => one.value.trim())) return hints.replaceChildren();
            const response = await fetch(`${hints.dataset.hints}?${query}`);
            // What was asked last is answered last, whatever came back first.
            if (!response.ok || own !== asked) return;
            hints.innerHTML = await response.text();
            hints.querySelectorAll("[data-auto]").forEach((hint) => fillEmpty(form, hint));
            press(form, hints);
        };
        for (const one of asks) {
            one.addEventListener("input", () => {
                names(hints.dataset.clears).forEach((name) => { field(form, name).value = ""; });
                clearTimeout(waiting);
                waiting = setTimeout(ask, WAIT);
            });
            one.addEventListener("keydown", (event) => {
                const first = hints.querySelector("button");
                if (event.key !== "ArrowDown" || !first || (one.tagName === "TEXTAREA" && one.selectionEnd < one.value.length)) return;
                event.preventDefault();
                first.focus();
            });
        }
        hints.addEventListener("click", (event) => choose(form, hints, event.target.closest("[data-fill]")));
        hints.addEventListener("keydown", (event) => walk(event, hints, asks[0]));
        if ("now" in hints.dataset) ask();
        form.addEventListener("putback", ask);
    }

    function walk(event, hints, input) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape") {
            event.stopPropagation();
            input.focus();
        }
        if (!step) return;
        event.preventDefault();
        const all = [...hints.querySelectorAll("button")];
        (all[all.indexOf(document.activeElement) + step] || input).focus();
    }

    function choose(form, hints, hint) {
        if (!hint) return;
        const filled = fill(form, hint);
        if ("once" in hints.dataset) hints.replaceChildren();
        press(form, hints);
        const next = filled.find((one) => one.type !== "hidden");
        if (next && "once" in hints.dataset) next.focus();
        form.dispatchEvent(new CustomEvent("chosen", { detail: filled.map((one) => one.name) }));
    }

    function fill(form, hint) {
        const filled = [];
        for (const [name, value] of Object.entries(JSON.parse(hint.dataset.fill))) {
            const input = field(form, name);
            if (!input) continue;
            input.value = value;
            input.dispatchEvent(new Event("change", { bubbles: true }));
            filled.push(input);
        }
        return filled;
    }

    // What the words themselves say is filled in, unless somebody has said otherwise.
    function fillEmpty(form, hint) {
        const values = JSON.parse(hint.dataset.fill);
        const free = Object.keys(values).every((name) => !field(form, name).value || field(form, name).value === field(form, name).dataset.auto);
        if (!free) return;
        fill(form, hint).forEach((input) => { input.dataset.auto = input.value; });
    }

    function press(form, hints) {
        for (const hint of hints.querySelectorAll("[data-fill]")) {
            const values = Object.entries(JSON.parse(hint.dataset.fill)).filter(([name]) => field(form, name));
            hint.setAttribute("aria-pressed", String(values.every(([name, value]) => field(form, name).value === value)));
        }
    }

    // A proposition on record brings its criteria, condition and deadline along.
    function known(form) {
        const panel = form.querySelector("[data-known]");
        const pk = field(form, "known_proposition");
        if (!panel || !pk) return;
        const show = () => {
            panel.hidden = !pk.value;
            form.classList.toggle("t-has-known", Boolean(pk.value));
            panel.querySelector("[data-known-label]").textContent = field(form, "known_label").value;
            if (pk.value) field(form, "statement").value = "";
        };
        panel.querySelector("[data-unknown]").addEventListener("click", () => {
            pk.value = field(form, "known_label").value = "";
            show();
            pk.dispatchEvent(new Event("change", { bubbles: true }));
            field(form, "statement").focus();
        });
        form.addEventListener("chosen", show);
        form.addEventListener("putback", show);
        show();
    }

    function sixTests(form) {
        const button = form.querySelector("[data-all-hold]");
        const hold = () => {
            form.querySelectorAll(".t-test input[value=holds]").forEach((one) => { one.checked = true; });
            form.dispatchEvent(new Event("change", { bubbles: true }));
        };
        if (!button) return;
        button.addEventListener("click", hold);
        document.addEventListener("keydown", (event) => {
            if (event.key === "a" && plain(event) && !typing(event.target)) hold();
        });
    }

    document.addEventListener("DOMContentLoaded", () => {
        for (const form of document.querySelectorAll("form[data-names]")) {
            suggestNames(form);
            form.querySelectorAll("[data-hints]").forEach((hints) => help(form, hints));
            known(form);
            sixTests(form);
        }
    });
})();
