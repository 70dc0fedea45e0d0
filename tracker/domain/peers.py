"""A speaker beside the others who spoke to the same propositions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, log

from tracker.domain.scoring import clipped


def peer_scores(stated: Mapping[str, Fraction], y: int) -> dict[str, float] | None:
    """Returns per speaker 100 (ln p of what happened - mean of the others); they sum to 0.

    Higher is better; p is clipped as in the log score; None below two speakers.
    """
    if len(stated) < 2:
        return None
    logs = {name: log(clipped(p) if y else 1 - clipped(p)) for name, p in stated.items()}
    total, others = fsum(logs.values()), len(stated) - 1
    return {name: 100 * (own - (total - own) / others) for name, own in logs.items()}


@dataclass(frozen=True, slots=True)
class Peers:
    """Means over the propositions to which others spoke as well; None where there is none."""

    propositions: int
    score: float | None
    boldness: Fraction | None


def among_peers(name: str, heard: Iterable[tuple[int, Mapping[str, Fraction]]]) -> Peers:
    """Returns one speaker's mean peer score (higher is better) and mean boldness.

    Takes the outcome of each proposition with every speaker's p; those without the speaker, or
    with nobody else, do not count. Boldness is the distance from the mean of the others.
    """
    scores, distances = [], []
    for y, stated in heard:
        found = peer_scores(stated, y) if name in stated else None
        if found is not None:
            others = [p for other, p in stated.items() if other != name]
            scores.append(found[name])
            distances.append(boldness(stated[name], sum(others, Fraction(0)) / len(others)))
    if not scores:
        return Peers(0, None, None)
    return Peers(len(scores), fsum(scores) / len(scores), sum(distances, Fraction(0)) / len(scores))


def boldness(p: Fraction, reference: Fraction) -> Fraction:
    """Returns |p - c|, the distance from the others or the base rate: descriptive, never ranked."""
    return abs(p - reference)
