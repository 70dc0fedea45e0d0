"""The axis of days under a timeline: round dates, and a break before what came long after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.drawing import EDGE, WIDTH, Scale, Svg, label, width_of

_MOST_TICKS = 6
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
_LEFT, _RIGHT = 2 * EDGE, WIDTH - 2 * EDGE
_GUTTER = 56.0
"""Room behind the break."""
_LEAST_BROKEN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from `first` to `last`; those after `until` stand together behind a break."""

    first: date
    until: date
    last: date

    @classmethod
    def over(cls, first: date, facts: date, last: date) -> TimeAxis:
        """Returns the axis of days whose facts end on the day `facts`, the judgements on `last`.

        Whoever codes the past judges it years later: on an unbroken axis all that matters would be
        crowded into a corner. It is broken where more lies after the facts than among them.
        """
        span = facts - first
        broken = span >= _LEAST_BROKEN and last - facts > span
        return cls(first, facts if broken else last, last)

    @property
    def broken(self) -> bool:
        return self.until < self.last

    @property
    def gap(self) -> tuple[float, float]:
        """Where lines are broken off and go on; without a break both are their end."""
        if not self.broken:
            return _RIGHT, _RIGHT
        middle = _RIGHT - _GUTTER / 2
        return middle - 4, middle + 4

    def __call__(self, day: date) -> float:
        """Returns where a day stands, in units of the viewBox."""
        if day > self.until:
            return _RIGHT
        end = _RIGHT - _GUTTER if self.broken else _RIGHT
        return Scale(self.first.toordinal(), self.until.toordinal(), _LEFT, end)(day.toordinal())

    def ticks(self) -> Mapping[date, str]:
        """Returns round months within the axis with their words; where they are few, its ends."""
        lowest = self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)
        highest = self.until.year * 12 + self.until.month - 1
        for step in _MONTHS:
            months = range(-(-lowest // step) * step, highest + 1, step)
            if len(months) <= _MOST_TICKS - self.broken:
                break
        if len(months) < 2:
            return {day: day.isoformat() for day in sorted({self.first, self.until})}
        shown = 4 if step % 12 == 0 else 7
        days = [date(month // 12, month % 12 + 1, 1) for month in months]
        return {day: day.isoformat()[:shown] for day in days}

    def words(self, y: float) -> list[Svg]:
        """Returns the dates on the baseline y, and what stands behind the break."""
        drawn = []
        for day, words in self.ticks().items():
            half = width_of(words) / 2
            inside = min(max(self(day), half), WIDTH - half)
            drawn.append(label(inside, y, words, anchor="middle"))
        if self.broken:
            drawn.append(label(WIDTH - EDGE, y, "later", "m", anchor="end"))
        return drawn
