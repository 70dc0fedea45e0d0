// The article as it is read: passages quoted from it are marked, and words that are selected in it,
// with the mouse or the keyboard, go into the fields beside it. Offsets are code points, where a
// JavaScript string counts in UTF-16.
"use strict";

(() => {
    const KEYS = { q: "exact", s: "person", h: "hedge", c: "condition_words", d: "deadline_words", w: "said_words" };
    const PLACES = { k: "kind", p: "statement", t: "text" };
    const SHOWN = ["exact", "hedge", "condition_words", "deadline_words", "said_words"];
    const points = (text) => [...text].length;

    class Reading {
        constructor(form, reader) {
            this.form = form;
            this.reader = reader;
            this.text = field(form, "text");
            this.bar = form.querySelector("[data-chosen-words]");
            this.change = form.querySelector("[data-change-text]");
            this.spans = JSON.parse(document.getElementById("spans").textContent);
            this.listen();
            this.show(Boolean(this.text.value));
        }

        listen() {
            const { reader, text, form } = this;
            reader.setAttribute("contenteditable", "true"); // for its caret: nothing can be written
            for (const kind of ["beforeinput", "paste", "drop", "cut", "dragstart"]) {
                reader.addEventListener(kind, (event) => event.preventDefault());
            }
            text.addEventListener("paste", () => setTimeout(() => this.show(Boolean(text.value))));
            text.addEventListener("change", () => this.show(Boolean(text.value)));
            this.change.addEventListener("click", () => { this.show(false); text.focus(); });
            document.addEventListener("selectionchange", () => this.offer());
            // Pressing on selected words would drag them, where people mean to select anew.
            reader.addEventListener("mousedown", (event) => { if (!event.shiftKey && event.button === 0) getSelection().removeAllRanges(); });
            reader.addEventListener("mouseup", () => setTimeout(() => this.atOnce()));
            reader.addEventListener("keydown", (event) => this.key(event));
            this.bar.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
            this.bar.addEventListener("click", (event) => {
                const button = event.target.closest("[data-into]");
                if (button) this.take(button.dataset.into);
            });
            for (const kind of ["input", "change", "chosen", "putback"]) form.addEventListener(kind, () => this.light());
            form.addEventListener("putback", () => this.show(Boolean(text.value)));
            form.addEventListener("keydown", (event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[name=_next]"));
                if (event.key === "Escape" && typing(event.target) && !reader.hidden) reader.focus();
            });
        }

        show(reading) {
            this.reader.hidden = this.bar.hidden = !reading;
            this.change.hidden = !reading;
            this.form.classList.toggle("t-is-reading", reading);
            if (!reading || this.reader.dataset.of === this.text.value) return this.light();
            this.reader.dataset.of = this.text.value;
            this.reader.replaceChildren(...this.pieces());
            this.light();
        }

        // The text cut where a quotation begins or ends; one that was changed has none yet.
        pieces() {
            const all = [...this.text.value];
            const own = this.text.value === this.text.defaultValue ? this.spans : [];
            const cuts = [...new Set([0, all.length, ...own.flatMap((one) => [one.start, one.end])])].sort((a, b) => a - b);
            return cuts.slice(1).map((end, n) => {
                const over = own.filter((one) => one.start <= cuts[n] && end <= one.end);
                const piece = document.createElement(over.length ? "mark" : "span");
                piece.textContent = all.slice(cuts[n], end).join("");
                if (over.length) piece.title = over.map((one) => `${one.who}: ${one.state.toLowerCase()}`).join("; ");
                return piece;
            });
        }

        // What is selected, without spaces around it: its words and where they begin.
        selected() {
            const selection = getSelection();
            if (!selection.rangeCount || selection.isCollapsed) return null;
            const range = selection.getRangeAt(0);
            if (!this.reader.contains(range.startContainer) || !this.reader.contains(range.endContainer)) return null;
            const before = range.cloneRange();
            before.selectNodeContents(this.reader);
            before.setEnd(range.startContainer, range.startOffset);
            const raw = range.toString();
            const words = raw.trim();
            if (!words) return null;
            return { words, start: points(before.toString()) + points(raw.slice(0, raw.indexOf(words))) };
        }

        offer() {
            const found = this.selected();
            if (!found && this.bar.contains(document.activeElement)) return;
            // It keeps its place when nothing is selected: a text that jumps is hard to select in.
            this.bar.classList.toggle("t-nothing", !found);
            this.bar.querySelectorAll("button").forEach((button) => { button.disabled = !found; });
            this.bar.querySelector("[data-chosen-quote]").textContent = found ? `“${found.words}”` : this.bar.dataset.teaches;
        }

        atOnce() {
            const found = this.selected();
            if (found && found.words.length > 2 && !field(this.form, "exact").value) this.take("exact");
        }

        take(name) {
            const found = this.selected();
            const input = field(this.form, name);
            if (!found || !input) return;
            input.value = found.words;
            if (name === "exact") field(this.form, "start").value = found.start;
            const fold = input.closest("details.t-more");
            if (fold) fold.open = true;
            if (name === "hedge") field(this.form, "hedge_term").value = "";
            input.dispatchEvent(new Event("input", { bubbles: true }));
            if (name === "person") input.focus();
        }

        key(event) {
            if (!plain(event)) return;
            const found = this.selected();
            if (event.key === "Enter") {
                event.preventDefault();
                this.take("exact");
            }
            const place = KEYS[event.key] || PLACES[event.key];
            if (!place) return;
            event.preventDefault();
            if (found && KEYS[event.key]) return this.take(place);
            const input = field(this.form, place);
            const fold = input.closest("details.t-more");
            if (fold) fold.open = true;
            input.focus();
            input.scrollIntoView({ block: "center" });
        }

        // Where the words of the fields stand in the text, each in its own colour.
        light() {
            if (!window.CSS || !CSS.highlights || this.reader.hidden) return;
            const all = this.text.value;
            const start = [...all].slice(0, Number(field(this.form, "start").value) || 0).join("").length;
            const exact = field(this.form, "exact").value;
            const from = exact && all.startsWith(exact, start) ? start : Math.max(0, all.indexOf(exact));
            for (const name of SHOWN) {
                const words = field(this.form, name).value.trim();
                let at = words ? all.indexOf(words, from) : -1;
                if (words && at < 0) at = all.indexOf(words);
                if (at < 0) CSS.highlights.delete(`t-${name}`);
                else CSS.highlights.set(`t-${name}`, new Highlight(this.range(at, at + words.length)));
            }
        }

        range(from, to) {
            const range = document.createRange();
            let at = 0;
            for (const piece of this.reader.childNodes) {
                const node = piece.firstChild;
                if (!node) continue;
                if (at <= from && from <= at + node.length) range.setStart(node, from - at);
                if (at <= to && to <= at + node.length) {
                    range.setEnd(node, to - at);
                    break;
                }
                at += node.length;
            }
            return range;
        }
    }

    document.addEventListener("DOMContentLoaded", () => {
        const reader = document.querySelector("[data-reader]");
        if (!reader) return;
        const reading = new Reading(reader.closest("form"), reader);
        if (new URLSearchParams(location.search).has("after")) {
            reader.focus({ preventScroll: true });
            const last = [...reader.querySelectorAll("mark")].pop();
            if (last) last.scrollIntoView({ block: "center" });
        }
        reading.offer();
    });
})();
