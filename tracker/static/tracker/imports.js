// Keeps the progress of imports that run up to date, and shows their end once they have ended.
"use strict";

(() => {
  const EVERY = 2000;

  const follow = async (shown) => {
    const answer = await fetch(shown.dataset.import, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const run = await answer.json();
    const bar = shown.querySelector("progress");
    bar.max = Math.max(1, 2 * run.rows_read);
    bar.value = run.rows_checked + (run.rows_written || run.rows_there);
    shown.querySelector("span").textContent =
      `${run.rows_checked} checked, ${run.rows_written} written, ${run.rows_there} there`;
    if (run.finished_at) {
      location.reload();
    } else {
      setTimeout(() => follow(shown), EVERY);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const shown of document.querySelectorAll('[data-import][data-ended=""]')) {
      setTimeout(() => follow(shown), EVERY);
    }
  });
})();
