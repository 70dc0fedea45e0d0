(() => {
    const MOST = 20000, AROUND = 300;
    const BLOCKS = "p,li,blockquote,h1,h2,h3,h4,h5,h6,td,th,dd,dt,pre,figcaption,div,article,section,main,body";
    const chosen = getSelection();
    const raw = chosen.rangeCount ? String(chosen) : "";
    const words = raw.trim();
    if (words.length > MOST) return alert("Select fewer words: a quotation is not a whole article.");

    const plain = (range) => {
        const copy = range.cloneContents();
        copy.querySelectorAll("script,style,noscript,template").forEach((one) => one.remove());
        copy.querySelectorAll("br").forEach((one) => one.replaceWith(" "));
        return copy.textContent.replace(/\s+/g, " ");
    };
    const blockOf = (node) => (node.nodeType === 1 ? node : node.parentElement).closest(BLOCKS) || document.body;
    const left = (range) => {
        const found = document.createRange();
        found.selectNodeContents(blockOf(range.startContainer));
        found.setEnd(range.startContainer, range.startOffset);
        const all = (plain(found) + (/^\s/.test(raw) ? " " : "")).trimStart();
        const near = [...all].slice(-AROUND).join("");
        return near === all ? all : "[…] " + near.slice(near.indexOf(" ") + 1);
    };
    const right = (range) => {
        const block = blockOf(range.endContainer);
        const inside = document.createRange();
        inside.selectNodeContents(block);
        inside.setEnd(range.endContainer, range.endOffset);
        if (block !== blockOf(range.startContainer) && !plain(inside).trim()) return "";
        const found = document.createRange();
        found.selectNodeContents(block);
        found.setStart(range.endContainer, range.endOffset);
        const all = ((/\s$/.test(raw) ? " " : "") + plain(found)).trimEnd();
        const near = [...all].slice(0, AROUND).join("");
        return near === all ? all : near.slice(0, near.lastIndexOf(" ")) + " […]";
    };
    const said = (...names) => names
        .map((name) => document.querySelector(`meta[name="${name}"],meta[property="${name}"],meta[itemprop="${name}"]`))
        .map((meta) => (meta ? meta.content.trim().slice(0, 500) : ""))
        .find((text) => text && !/^https?:/.test(text)) || "";
    const tidy = (text) => text.replace(/\s+/g, " ").trim();

    const title = tidy(document.title);
    const headings = [...document.querySelectorAll("h1")].map((one) => tidy(one.textContent));
    const dated = document.querySelector("time[datetime]");
    const day = said("article:published_time", "datePublished", "date", "dc.date") || (dated ? dated.dateTime : "");
    const range = words ? chosen.getRangeAt(0) : null;
    const before = range ? left(range) : "";
    const brought = {
        url: location.href,
        title: headings.find((one) => one && title.includes(one)) || title,
        outlet: said("og:site_name"),
        bylines: said("author", "article:author", "dc.creator"),
        published_on: (day.match(/^\d{4}-\d{2}-\d{2}/) || [""])[0],
        text: range ? before + words + right(range) : "",
        exact: words,
        start: range ? String([...before].length) : "",
    };
    const logForm = "{{ address|escapejs }}#quote=" + encodeURIComponent(JSON.stringify(brought));
    if (!open(logForm, "_blank")) location.href = logForm;
})();
