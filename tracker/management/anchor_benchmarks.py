"""How well quotations are found again in a page that changed: what was anchored, what proposed.

Each quotation is changed in the page as pages change, and below a new lead, so that it stands
elsewhere, too. Its siblings in the same article differ from it in a name or a number at times:
what is found must be found at the right place.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tracker.domain.quotes import Anchor, AnchorState, anchor, reanchor
from tracker.management.anchor_articles import Article

LEAD = "This article was updated after publication; an earlier version had another lead.\n\n"
FRESH = " As this newspaper has learned since, "  # in place of the old neighbours
AROUND = 40
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
MEGABYTE = 1_000_000
ANCHORED = (AnchorState.EXACT, AnchorState.MOVED)


@dataclass(frozen=True)
class Share:
    """What became of the quotations that one kind of change befell; they add up to `of`."""

    kind: str
    of: int
    anchored: int
    proposed: int
    misplaced: int
    lost: int


@dataclass(frozen=True)
class Pace:
    """Milliseconds for one quotation in one text."""

    text: str
    characters: int
    median: float
    most: float


# --- how pages change ----------------------------------------------------------------


def straight_marks(said: str, random: Random) -> str:
    return said.translate(STRAIGHT)


def other_spacing(said: str, random: Random) -> str:
    """Some blanks become no-break spaces, line breaks or two."""
    blanks = ("\u00a0", "\n", "  ", " ", " ", " ")
    first, _, rest = said.partition(" ")
    return first + "\u00a0" + "".join(random.choice(blanks) if c == " " else c for c in rest)


def typo(said: str, random: Random) -> str:
    """Two neighbouring letters of a longer word change places."""
    spots = [
        at
        for at in range(1, len(said) - 2)
        if said[at - 1 : at + 3].isalpha() and said[at] != said[at + 1]
    ]
    at = random.choice(spots)
    return said[:at] + said[at + 1] + said[at] + said[at + 2 :]


def dropped_word(said: str, random: Random) -> str:
    words = said.split(" ")
    at = random.randrange(1, len(words) - 1)
    return " ".join(words[:at] + words[at + 1 :])


def ellipsis(said: str, random: Random) -> str:
    """Two words or more of the middle give way to dots."""
    words = said.split(" ")
    first = random.randrange(2, max(3, len(words) // 2))
    last = min(len(words) - 2, first + random.randint(2, 6))
    dots = random.choice(("…", "...", "[...]", ". . ."))
    return " ".join([*words[:first], dots, *words[last:]])


CHANGES: dict[str, Callable[[str, Random], str]] = {
    "quote marks": straight_marks,
    "spacing": other_spacing,
    "typo": typo,
    "dropped word": dropped_word,
    "ellipsis": ellipsis,
    "typo, rewritten around": typo,
}
REWRITTEN = "rewritten around"


# --- what is measured ----------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """One quotation, its page as it has changed, and where the words stand there."""

    old: Anchor
    newer: str
    start: int
    end: int


def trials(written: Sequence[Article], kind: str, *, seed: int = 1) -> Iterator[Trial]:
    """Every quotation of the articles, each in a page that changed nothing but it and its lead."""
    random = Random(seed)
    page = "\n\n".join(article.text for article in written)
    for article in written:
        for said in article.quotations:
            quoted = f"“{said},”"
            start = page.index(quoted)
            end = start + len(quoted)
            changed = CHANGES[kind](quoted, random)
            cut = AROUND if kind.endswith(REWRITTEN) else 0
            lead = LEAD + page[: start - cut] + FRESH * bool(cut)
            newer = lead + changed + FRESH * bool(cut) + page[end + cut :]
            begin = len(lead)
            yield Trial(anchor(page, start, end), newer, begin, begin + len(changed))


def outcome(trial: Trial) -> str:
    """Whether the quotation was anchored, proposed, misplaced or lost."""
    found = reanchor(trial.old, trial.newer)
    here = found.anchor or found.nearest
    if here is None:
        return "lost"
    if here.end <= trial.start or trial.end <= here.start:
        return "misplaced"
    return "anchored" if found.state in ANCHORED else "proposed"


def shares(written: Sequence[Article]) -> Iterator[tuple[Share, Pace]]:
    """What became of all quotations by each kind of change, and how long each took."""
    for kind in CHANGES:
        counts: Counter[str] = Counter()
        took, size = [], 0
        for trial in trials(written, kind):
            began = time.process_time()
            counts[outcome(trial)] += 1
            took.append((time.process_time() - began) * 1000)
            size = len(trial.newer)
        names = ("anchored", "proposed", "misplaced", "lost")
        share = Share(kind, counts.total(), *(counts[name] for name in names))
        yield share, Pace(kind, size, statistics.median(took), max(took))


def strangers(written: Sequence[Article]) -> tuple[int, int, int]:
    """How many quotations were sought, anchored and proposed in articles of others."""
    sought = anchored = proposed = 0
    for article in written:
        others = [other.text for other in written if other is not article]
        for said in article.quotations:
            start = article.text.index(said)
            old = anchor(article.text, start, start + len(said))
            for text in others:
                state = reanchor(old, text).state
                sought += 1
                anchored += state in ANCHORED
                proposed += state is AnchorState.CHANGED
    return sought, anchored, proposed


# --- texts that want to be slow ------------------------------------------------------

HOSTILE: dict[str, str] = {
    "one letter": "a",
    "repeats": "the port the port is unlikely ",
    "combining marks": "e\u0301\u0302\u0323",
    "right to left": "\u202eשלום\u202c \u2067עולם\u2069 ",
    "no spaces": "theportisunlikelytoreopenbeforemarch",
    "blanks and dots": " . .  …\u00a0—-",
    "quotation marks": "“‘’”",
}


def hostile(size: int = MEGABYTE) -> Iterator[Pace]:
    """The time for a quotation that such a text nearly holds, and for one it does not hold."""
    for name, unit in HOSTILE.items():
        text = (unit * (size // len(unit) + 1))[:size]
        took = []
        near = (unit * 40)[:120]
        for said in (near[:60] + "x" + near[60:], "If the strike lasts, the port is closed."):
            began = time.process_time()
            reanchor(Anchor(7, 7 + len(said), said, "", ""), text)
            took.append((time.process_time() - began) * 1000)
        yield Pace(name, len(text), statistics.median(took), max(took))
