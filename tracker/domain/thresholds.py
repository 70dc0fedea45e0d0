"""Every number that turns a score into words or an interval, each with its source."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

METHOD_VERSION: Final = "1.0"
"""Version of the formulas; a change in any of them, or in a number below, makes a new one."""

DEFAULT_SEED: Final = 20160411
"""Seed of a run that names none (the day the worked example was published); always printed."""

INTERVAL_LEVEL: Final = 0.90
"""Level of every interval and band: 5 % on either side (method, decision 4)."""

INTERVAL_Z: Final = NormalDist().inv_cdf((1 + INTERVAL_LEVEL) / 2)
"""Normal quantile of the level above, 1.6449."""

LOG_CLIP: Final = (0.01, 0.99)
"""The log score clips p to these: readers put "will" at 100 %, and one miss would be infinite."""

MIN_EVENTS_FOR_A_NUMBER: Final = 3
"""Fewer resolved events are listed, not summed up (method, "Small numbers")."""

MIN_EVENTS_FOR_A_TIER: Final = 10
"""Below it nobody is ranked: among 1,997 forecasters the naive top ten had n = 1 or 2, and
reliability reached one half at 8 to 12 events (method, "Small numbers")."""

MIN_RELIABILITY: Final = 0.5
"""A tier needs at least as much signal as noise: tau2 / (tau2 + s2 / n) of one half."""

TIER_PROBABILITY: Final = 0.95
"""Posterior probability from which "better" or "worse than the base rate" is said."""

READER_MAJORITY: Final = 0.95
"""Share of readers who must agree on an order before "A above B" is said."""

MIN_READERS: Final = 3
"""Readings that make an inferred probability (Lehner et al. 2012; codebook, "probability")."""

READERS: Final = 2000
"""Simulated readers of the hedge words (method, "Reader band")."""

RANK_DRAWS: Final = 4000
"""Draws behind a rank interval (Goldstein & Spiegelhalter 1996, JRSS A 159:385-443)."""

NULL_DRAWS: Final = 1000
"""Draws of a perfectly calibrated speaker behind the null band of a calibration curve."""

NULL_VALUES: Final = 1001
"""Most distinct p that the null band follows one by one: the database's permille grid."""

BOOTSTRAP_DRAWS: Final = 1000
"""Resamples of units behind the interval of an agreement coefficient."""

ALPHA_RELY: Final = 0.800
"""Krippendorff 2004, "Reliability in content analysis", HCR 30:411-433: rely on it from here."""

ALPHA_TENTATIVE: Final = 0.667
"""The same: tentative conclusions from here; below it, no ranking from that queue."""
