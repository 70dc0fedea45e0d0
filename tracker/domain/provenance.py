"""Provenance: by what way the words reached us, hop by hop, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How one hop passed the words on."""

    DIRECT_QUOTE = "direct_quote"
    PARTIAL_QUOTE = "partial_quote"
    PARAPHRASE = "paraphrase"
    OWN_PUBLICATION = "own_publication"
    TRANSLATED = "translated"
    UNNAMED = "unnamed"
    HEADLINE = "headline"


class Grade(StrEnum):
    """The codebook's provenance grade."""

    A = "A"  # the speaker's own post, text or recording, which we hold
    B = "B"  # quoted by the outlet to which the speaker spoke
    C = "C"  # quoted, but relayed or translated on the way
    D = "D"  # no words of the speaker's: paraphrase or headline
    E = "E"  # nobody is named


@dataclass(frozen=True)
class Hop:
    """One step on the way, first step first: who passed the words on, how, and in what words."""

    mode: Mode
    outlet: str
    words: str = ""


# In these the words are no longer the speaker's, whatever came before or after.
_REWORDED = frozenset({Mode.PARAPHRASE, Mode.HEADLINE})


def grade(hops: Sequence[Hop], own: bool) -> Grade:
    """Return the grade of words that came by these hops; the weakest hop decides.

    own: what we hold is the speaker's own publication or recording, or, for an outlet or a
    reporter as speaker, the article itself (its headline included).
    """
    modes = [hop.mode for hop in hops]
    if Mode.UNNAMED in modes:
        return Grade.E
    if Mode.PARAPHRASE in modes or (Mode.HEADLINE in modes and not own):
        return Grade.D
    if Mode.TRANSLATED in modes:
        return Grade.C
    if own or modes == [Mode.OWN_PUBLICATION]:
        return Grade.A
    if not modes:
        return Grade.D
    return Grade.B if len(modes) == 1 else Grade.C


def explain(given: Grade, hops: Sequence[Hop]) -> str:
    """Return one sentence that says why the grade is what it is, and not the next better one."""
    outlets = [hop.outlet for hop in hops if hop.outlet]
    last = outlets[-1] if outlets else "the outlet"
    match given:
        case Grade.A:
            return "Grade A: we hold the speaker's own publication or recording."
        case Grade.B:
            return (
                f"Grade B: quoted by {last}, to which the speaker spoke; not A, because we hold "
                "the outlet's quotation, not the speaker's own text or recording."
            )
        case Grade.C:
            return _relayed(hops, last)
        case Grade.D if not hops:
            return (
                "Grade D: how the words reached us is not recorded; not C, because nothing shows "
                "that they are the speaker's."
            )
        case Grade.D:
            return _reworded(hops, last)
    return f"Grade E: {last} names nobody who said it; not D, because nobody answers for it."


def _relayed(hops: Sequence[Hop], last: str) -> str:
    way = " to ".join(hop.outlet or "a channel that is not named" for hop in hops)
    if any(hop.mode is Mode.TRANSLATED for hop in hops):
        return (
            f"Grade C: quoted in translation, by way of {way}; not B, because the wording is the "
            "translator's."
        )
    before = next((hop.outlet for hop in reversed(hops[:-1]) if hop.outlet), "another")
    return (
        f"Grade C: the quotation was relayed, from {way}; not B, because {last} took it from "
        f"{before}, not from the speaker."
    )


def _reworded(hops: Sequence[Hop], last: str) -> str:
    blurred = next((hop for hop in hops if hop.mode in _REWORDED), None)
    outlet = (blurred and blurred.outlet) or last
    manner = "in a headline" if blurred and blurred.mode is Mode.HEADLINE else "as a paraphrase"
    return (
        f"Grade D: reported by {outlet} in other words than the speaker's; not C, because "
        f"the words came {manner}, not as a quotation."
    )


def scorable(given: Grade, coders_agree: bool) -> bool:
    """Return whether a claim of this grade may be scored: D only if two coders read it alike."""
    return given is not Grade.E and (given is not Grade.D or coders_agree)
