// An export with its progress: the stream is counted as it comes, and kept when all of it is there.
// Without this script the form leads to the same file.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("[data-export]");
    const part = (name) => form.querySelector(`[data-${name}]`);
    const told = part("told");

    function working(yes) {
        part("progress").hidden = part("stop").hidden = !yes;
        form.querySelector("[type=submit]").disabled = yes;
    }

    async function* chunks(answer) {
        const reader = answer.body.getReader();
        for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
    }

    async function collect(answer) {
        const lines = !answer.headers.get("Content-Type").includes("zip");
        const header = answer.headers.get("Content-Type").includes("csv") ? 1 : 0;
        const parts = [];
        let bytes = 0;
        let rows = -header;
        for await (const chunk of chunks(answer)) {
            parts.push(chunk);
            bytes += chunk.length;
            if (lines) for (const byte of chunk) rows += byte === 10 ? 1 : 0;
            told.textContent = `${(bytes / 1e6).toFixed(1)} MB${lines ? `, ${Math.max(rows, 0)} ${rows === 1 ? "line" : "lines"}` : ""}`;
        }
        return new Blob(parts, { type: answer.headers.get("Content-Type") });
    }

    function save(blob, answer) {
        const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name ? name[1] : "export";
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        told.textContent = `${link.download} is in your downloads: ${told.textContent}.`;
    }

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
        const stopped = new AbortController();
        part("stop").onclick = () => stopped.abort();
        working(true);
        told.textContent = "It is being put together …";
        try {
            const answer = await fetch(address, { signal: stopped.signal });
            // The form with what is wrong comes as a page: show it as one.
            const page = !answer.headers.get("Content-Disposition");
            if (page) return location.assign(address);
            save(await collect(answer), answer);
        } catch (error) {
            told.textContent = stopped.signal.aborted
                ? "Stopped: nothing was kept."
                : "The connection broke off before the end, and nothing was kept: try again.";
        }
        working(false);
    });
});
