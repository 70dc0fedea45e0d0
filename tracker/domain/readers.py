"""The reader band: how far a score depends on who reads the hedge words.

A reader who takes "likely" high tends to take "probable" high too. The model keeps the survey's
percentiles per phrase and the rank correlations between phrases; readers are drawn from a Gaussian
copula (Nelsen 2006, "An Introduction to Copulas", 2nd ed., Springer) and every claim is scored as
each of them would read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import pi, sin, sqrt
from random import Random
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.domain.distributions import beta_quantile, beta_shapes, central
from tracker.domain.hedges import HedgeTerm
from tracker.domain.thresholds import READER_MAJORITY, READERS

Matrix = list[list[float]]

_STANDARD = NormalDist()
_SMALLEST = 2.0**-54
_STEPS = 100
_MIRROR = "mirror of "


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """Percentiles 0..100 and sd of p (0..1) per surveyed phrase, and their rank correlations."""

    phrases: tuple[str, ...]
    percentiles: tuple[tuple[float, ...], ...]
    spreads: tuple[float, ...]
    rank_correlations: tuple[tuple[float, ...], ...]
    respondents: int

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> ReaderModel:
        """Returns the model of a decoded reader_model.json, whose answers are in percent."""
        names = data["phrases"]
        tables = data["percentiles_0_to_100"]
        return cls(
            phrases=tuple(normalised(name) for name in names),
            percentiles=tuple(tuple(p / 100 for p in tables[name]) for name in names),
            spreads=tuple(sd / 100 for sd in data["sd"]),
            rank_correlations=tuple(tuple(row) for row in data["spearman"]),
            respondents=int(data["n"]),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A lexicon phrase: mean and sd of p over readers (0..1), and the words it was based on."""

    phrase: str
    mean: float
    sd: float
    base: str = ""

    @classmethod
    def of(cls, hedge: HedgeTerm) -> Term:
        """Returns what readers need to know of a lexicon entry."""
        return cls(
            hedge.phrase, float(hedge.score_p_exact), float(hedge.score_sd), hedge.base_phrase
        )


@dataclass(frozen=True)
class Panel:
    """The p that each simulated reader takes from each phrase, keyed by normalised phrase.

    `spreads` are the sd of p over real readers, for the vagueness term.
    """

    readings: Mapping[str, tuple[float, ...]]
    spreads: Mapping[str, float]
    readers: int
    seed: int

    @cached_property
    def rows(self) -> Mapping[str, NDArray[np.float64]]:
        """The readings, a row for each phrase."""
        return {phrase: np.array(own) for phrase, own in self.readings.items()}


@dataclass(frozen=True, slots=True)
class Wordings:
    """A record as readers see it: (n, hits) per phrase, and what no reader changes.

    `fixed` is the summed squared error of the `n_fixed` claims with a number of their own.
    """

    phrases: Mapping[str, tuple[int, int]]
    fixed: Fraction = Fraction(0)
    n_fixed: int = 0

    @property
    def n(self) -> int:
        return self.n_fixed + sum(n for n, _ in self.phrases.values())


@dataclass(frozen=True, slots=True)
class ReaderBand:
    """Mean and 5-95 % of a Brier score over readers of the hedge words."""

    mean: float
    low: float
    high: float
    readers: int
    seed: int


def normalised(phrase: str) -> str:
    """Returns the phrase as it is looked up: case, spacing and curly apostrophes do not matter."""
    return " ".join(phrase.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().split())


def draw_panel(
    model: ReaderModel,
    terms: Iterable[Term],
    *,
    seed: int,
    readers: int = READERS,
) -> Panel:
    """Returns what simulated readers take from the surveyed phrases and from the terms.

    A surveyed phrase is read off its own percentiles; any other takes the reader's percentile on
    its base phrase, read off the Beta with the term's mean and sd. The draws depend on the seed
    and the model only, never on which terms are asked for.
    """
    ranks = _draw_ranks(model, seed, readers)
    readings = {
        phrase: tuple(_read(table, rank) for rank in ranks[phrase])
        for phrase, table in zip(model.phrases, model.percentiles, strict=True)
    }
    spreads = dict(zip(model.phrases, model.spreads, strict=True))
    centres = {
        phrase: sum(table) / len(table)
        for phrase, table in zip(model.phrases, model.percentiles, strict=True)
    }
    for term in terms:
        key = normalised(term.phrase)
        if key in readings:
            continue
        base, mirrored = _base_phrase(term, centres)
        table = _beta_percentiles(term, model.respondents)
        readings[key] = tuple(_read(table, 1 - u if mirrored else u) for u in ranks[base])
        spreads[key] = term.sd
    return Panel(readings, spreads, readers, seed)


def _base_phrase(term: Term, centres: Mapping[str, float]) -> tuple[str, bool]:
    """Returns the surveyed phrase that stands for the term, and whether it is read in reverse.

    The first surveyed phrase that the base names; without one, the one nearest in mean p.
    """
    base = normalised(term.base)
    found = []
    for phrase in centres:
        match = re.search(rf"\b{re.escape(phrase)}\b", base)
        if match:
            found.append((match.start(), -len(phrase), phrase))
    if found:
        return min(found)[2], base.startswith(_MIRROR)
    return min(centres, key=lambda phrase: (abs(centres[phrase] - term.mean), phrase)), False


def _draw_ranks(model: ReaderModel, seed: int, readers: int) -> dict[str, list[float]]:
    root = _cholesky(_latent_correlations(model.rank_correlations))
    quantile, cdf, uniform = _STANDARD.inv_cdf, _STANDARD.cdf, Random(seed).random
    columns: list[list[float]] = [[] for _ in model.phrases]
    for _ in range(readers):
        shocks = [quantile(uniform() or _SMALLEST) for _ in model.phrases]
        for column, weights in zip(columns, root, strict=True):
            column.append(cdf(sum(w * z for w, z in zip(weights, shocks, strict=False))))
    return dict(zip(model.phrases, columns, strict=True))


def _latent_correlations(ranks: Sequence[Sequence[float]]) -> Matrix:
    """Returns the normal correlations 2 sin(pi rho / 6) behind rank correlations (Pearson 1907)."""
    return [
        [1.0 if i == j else 2 * sin(pi * rho / 6) for j, rho in enumerate(row)]
        for i, row in enumerate(ranks)
    ]


def _cholesky(matrix: Matrix) -> Matrix:
    """Returns the lower triangular root, row by row without the zeros.

    Raises ValueError unless the matrix is positive definite.
    """
    root: Matrix = []
    for i, row in enumerate(matrix):
        line: list[float] = []
        for j in range(i):
            above = sum(a * b for a, b in zip(line, root[j], strict=False))
            line.append((row[j] - above) / root[j][j])
        rest = row[i] - sum(a * a for a in line)
        if rest <= 0:
            raise ValueError("the rank correlations are not those of any joint distribution")
        root.append([*line, sqrt(rest)])
    return root


def _read(table: Sequence[float], rank: float) -> float:
    place = min(max(rank, 0.0), 1.0) * _STEPS
    below = min(int(place), _STEPS - 1)
    return table[below] + (place - below) * (table[below + 1] - table[below])


def _beta_percentiles(term: Term, respondents: int) -> tuple[float, ...]:
    """Returns percentiles 0..100 like the survey's: the ends are those of that many answers."""
    if not term.sd:
        return (term.mean,) * (_STEPS + 1)
    a, b = beta_shapes(term.mean, term.sd)
    edge = 1 / (2 * respondents)
    ranks = [edge, *(step / _STEPS for step in range(1, _STEPS)), 1 - edge]
    table = [beta_quantile(a, b, ranks[0])]
    for rank in ranks[1:]:
        table.append(beta_quantile(a, b, rank, start=table[-1]))
    return tuple(table)


def reader_scores(panel: Panel, record: Wordings) -> list[float] | None:
    """Returns the mean Brier score under each reader; None without claims.

    A phrase with n claims and h hits adds n P^2 - 2 h P + h. Raises KeyError for a phrase that
    the panel has not read.
    """
    claims = record.n
    if not claims:
        return None
    totals = np.full(panel.readers, float(record.fixed))
    for phrase in sorted(record.phrases):
        n, hits = record.phrases[phrase]
        p = panel.rows[normalised(phrase)]
        totals = totals + (n * p - 2 * hits) * p + hits
    found: list[float] = (totals / claims).tolist()
    return found


def reader_band(panel: Panel, record: Wordings) -> ReaderBand | None:
    """Returns mean and 5-95 % of the Brier score over the panel; None without claims."""
    scores = reader_scores(panel, record)
    if scores is None:
        return None
    low, high = central(scores)
    return ReaderBand(sum(scores) / len(scores), low, high, panel.readers, panel.seed)


def share_preferring(
    panel: Panel, a: Wordings, b: Wordings, *, head_start: float = 0.0
) -> float | None:
    """Returns the share of readers under whom a scores better (lower) than b, ties half.

    `head_start` is by how much the base rate erred more on a's claims than on b's: with it readers
    are asked for the improvement over the base rate. None when either has no claims.
    """
    own, other = reader_scores(panel, a), reader_scores(panel, b)
    if own is None or other is None:
        return None
    gaps = [x - y - head_start for x, y in zip(own, other, strict=True)]
    return sum((gap < 0) + (gap == 0) / 2 for gap in gaps) / len(gaps)


def may_say_above(share: float | None) -> bool:
    """Returns whether enough readers agree that the first stands above the second."""
    return share is not None and share >= READER_MAJORITY
