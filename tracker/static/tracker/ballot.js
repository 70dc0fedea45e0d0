// A judge answers with the keyboard: the grade's digit, a letter for all else, and Enter once more
// before it goes in, for a verdict is never changed.
"use strict";

(() => {
    const KEYS = { met: "m", not_met: "n", undeterminable: "u", came_true: "5", mostly: "4", partly: "3",
        mostly_not: "2", did_not: "1", open: "o", void_condition: "v", ambiguous: "a", annulled: "x" };

    function lettered(ballot) {
        const byKey = {};
        for (const input of ballot.querySelectorAll("input[type=radio]")) {
            const key = KEYS[input.value];
            if (!key) continue;
            byKey[key] = input;
            input.closest("label").append(Object.assign(document.createElement("kbd"), { className: "t-key", textContent: key }));
        }
        [...ballot.querySelectorAll("[name=cited]")].slice(0, 9).forEach((input, place) => {
            const key = Object.assign(document.createElement("kbd"), { className: "t-key", textContent: `⇧${place + 1}` });
            input.closest("label").append(key);
        });
        return byKey;
    }

    function chosen(ballot, name) {
        const input = ballot.querySelector(`[name=${name}]:checked`);
        return input ? input.closest("label").querySelector("span").textContent : "";
    }

    function tick(input) {
        if (!input) return;
        input.checked = !input.checked;
        input.focus();
        input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function answer(ballot, byKey, event) {
        const shifted = event.shiftKey && /^Digit[1-9]$/.exec(event.code);
        const input = byKey[event.key];
        if (shifted) tick(ballot.querySelectorAll("[name=cited]")[Number(event.code.slice(5)) - 1]);
        else if (event.key === "s") search(ballot);
        else if (event.key === "r") field(ballot, "rationale").focus();
        else if (event.key === "f") fact();
        else if (input) {
            input.checked = true;
            input.focus();
            input.dispatchEvent(new Event("change", { bubbles: true }));
        } else return;
        event.preventDefault();
    }

    function search(ballot) {
        const nothing = field(ballot, "nothing_found");
        if (!nothing.checked) tick(nothing);
        field(ballot, "searched").focus();
    }

    function fact() {
        const fold = document.getElementById("fact");
        if (!fold) return;
        fold.open = true;
        fold.querySelector("textarea").focus();
    }

    // What is incomplete goes to the server at once, which says what is wanting and keeps nothing.
    function confirm(ballot) {
        const dialog = document.getElementById("confirm");
        let agreed = null;
        ballot.addEventListener("submit", (event) => {
            const open = [...ballot.querySelectorAll("fieldset")].some((one) => one.querySelector("[type=radio]") && !one.querySelector(":checked"));
            if (agreed || open || !field(ballot, "rationale").value.trim()) return;
            event.preventDefault();
            event.stopImmediatePropagation();
            const relied = ballot.querySelectorAll("[name=cited]:checked").length;
            dialog.querySelector("[data-answer]").textContent = chosen(ballot, "outcome");
            dialog.querySelector("[data-condition]").textContent = chosen(ballot, "condition") && `Condition: ${chosen(ballot, "condition").toLowerCase()}`;
            dialog.querySelector("[data-relies]").textContent = `It relies on ${relied} outcome${relied === 1 ? "" : "s"} on record.`;
            dialog.returnValue = "";
            dialog.showModal();
            dialog.addEventListener("close", () => {
                if (dialog.returnValue !== "yes") return;
                agreed = event.submitter;
                ballot.requestSubmit(agreed);
            }, { once: true });
        }, { capture: true });
    }

    function searching(ballot) {
        const nothing = field(ballot, "nothing_found");
        const show = () => ballot.classList.toggle("t-searched-in-vain", nothing.checked || Boolean(field(ballot, "searched").value));
        for (const kind of ["change", "putback"]) ballot.addEventListener(kind, show);
        show();
    }

    document.addEventListener("DOMContentLoaded", () => {
        const ballot = document.querySelector("form.t-ballot");
        if (!ballot) return;
        const byKey = lettered(ballot);
        confirm(ballot);
        searching(ballot);
        document.addEventListener("keydown", (event) => {
            if (document.querySelector("dialog[open]")) return;
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                const form = event.target.closest("form.t-fact") || ballot;
                form.requestSubmit(form.querySelector("[name=_next], [name=_fact]"));
            } else if (event.key === "Escape" && typing(event.target)) event.target.blur();
            else if (!typing(event.target) && plain(event)) answer(ballot, byKey, event);
        });
    });
})();
