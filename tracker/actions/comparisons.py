"""Two subjects compared: from the events that each spoke to, in the field of all."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.actions import scores, tallies
from tracker.actions.scores import Record, Subject
from tracker.domain.comparing import Difference, Order, difference, order_of
from tracker.domain.readers import Panel, share_preferring
from tracker.domain.score_tables import SpeakerScore
from tracker.domain.tallied import spoken_of, wordings_of


@dataclass(frozen=True)
class Comparison:
    """Two records, how far they lie apart, and the share of readers who put a above b."""

    a: Record
    b: Record
    difference: Difference
    share: float | None
    order: Order
    readers: int
    seed: int


def compare(subject: Subject, a: int, b: int) -> Comparison:
    """Compares two subjects of one kind by their improvement over the base rate."""
    kind = subject.kind
    reference = tallies.standings_of(kind).reference
    spoken = [
        {event: spoken_of(sums, reference) for event, sums in tallies.events_of(kind, pk).items()}
        for pk in (a, b)
    ]
    found = difference(*spoken)
    lines = {record.id: record for record in scores.records(subject, only={a, b})}
    own, other = (lines.get(pk) or scores.record_of(subject, pk) for pk in (a, b))
    panel = scores.panel_of(subject, seed=own.seed)
    share = _share(subject, panel, own, other) if found.interval else None
    return Comparison(own, other, found, share, order_of(found, share), panel.readers, panel.seed)


def _share(subject: Subject, panel: Panel, a: Record, b: Record) -> float | None:
    """The share of readers under whom a improves more on the base rate than b does."""
    if a.score is None or b.score is None:
        return None
    phrases = tallies.phrases_of(subject.kind, {a.id, b.id})
    own, other = (wordings_of(phrases.get(record.id, ()), panel) for record in (a, b))
    head_start = _erred(a.score) - _erred(b.score)
    return share_preferring(panel, own, other, head_start=head_start)


def _erred(score: SpeakerScore) -> float:
    """The mean squared error of the base rate on a subject's claims, which no reader changes."""
    assert score.brier is not None
    assert score.improvement.mean is not None
    return score.improvement.mean + float(score.brier)
