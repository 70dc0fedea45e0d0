// Keys that every working page shares: `?` lists them, Control and Enter go on.
"use strict";

// Whether somebody is writing, so that a letter is a letter.
const typing = (target) => Boolean(target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])"));
const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

document.addEventListener("DOMContentLoaded", () => {
    const list = document.getElementById("keys");
    if (!list) return;
    document.querySelectorAll("[data-keys]").forEach((button) => button.addEventListener("click", () => list.showModal()));
    document.addEventListener("keydown", (event) => {
        if (event.key !== "?" || typing(event.target) || !plain(event) || document.querySelector("dialog[open]")) return;
        event.preventDefault();
        list.showModal();
    });
});
