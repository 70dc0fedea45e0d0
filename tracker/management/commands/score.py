"""Scores a table of forecasts from a spreadsheet; needs no database."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.domain.distributions import clean
from tracker.domain.errors import BadTable
from tracker.domain.hedges import parse
from tracker.domain.ranking import TIER_WORDS, Improvement, Tier
from tracker.domain.readers import Panel, ReaderModel, Term, draw_panel, normalised
from tracker.domain.score_tables import ScoreReport, score_table
from tracker.domain.score_wire import report_json
from tracker.domain.scoring import Forecast
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.intake.tables import named_lines, read_forecasts

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Score a table of forecasts from a spreadsheet."""

    help = "Score a CSV table with the columns speaker,event,p,y[,base_rate][,phrase]."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the table, the form of the answer and the seed."""
        parser.add_argument("file", help="the CSV table; - reads standard input")
        parser.add_argument("--json", action="store_true", help="print JSON, not a table")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="seed of all draws")

    def handle(self, *args: Any, file: str, seed: int, **options: Any) -> None:
        """Print every figure, or raise CommandError (status 2) that names each line at fault."""
        try:
            forecasts = read_forecasts(read_input(file))
        except BadTable as error:
            message = "\n".join(named_lines(error.facts["lines"]))
            raise CommandError(message, returncode=2) from error
        report = score_table(forecasts, seed=seed, readers=reader_panel(forecasts, seed))
        if report.basis.split_events:
            self.stderr.write(
                f"note: {report.basis.split_events} events have both outcomes among their rows"
            )
        if options["json"]:
            self.stdout.write(json.dumps(report_json(report), ensure_ascii=False, allow_nan=False))
            return
        for line in readable(report):
            self.stdout.write(line)


def read_input(file: str) -> bytes:
    """Returns the bytes of the file, or of standard input for "-"; raises CommandError."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise CommandError(f"cannot read {file}: {error}", returncode=2) from error


def reader_panel(forecasts: Iterable[Forecast], seed: int) -> Panel | None:
    """Returns the readers of the phrases that the forecasts use; None when they use none."""
    used = {normalised(forecast.phrase) for forecast in forecasts if forecast.phrase}
    if not used:
        return None
    model = ReaderModel.parse(json.loads((DATA / "reader_model.json").read_text("utf-8")))
    with (DATA / "hedges.csv").open(encoding="utf-8", newline="") as file:
        terms = [Term.of(hedge) for hedge in parse(csv.DictReader(file))]
    return draw_panel(model, (term for term in terms if normalised(term.phrase) in used), seed=seed)


def readable(report: ScoreReport) -> Iterator[str]:
    """Yields the report for people: nobody below three events gets a number."""
    yield f"{report.n} claims on {report.events} events, {report.void} void"
    corp, band = report.corp, report.null_band
    yield f"Brier {shown(report.brier)}  log {shown(report.log)}  skill {shown(report.skill)}"
    yield f"improvement over the base rate {spread(report.improvement)}"
    if corp and band:
        yield (
            f"miscalibration {shown(corp.mcb)} (by chance alone up to {shown(band.mcb.high)})"
            f"  discrimination {shown(corp.dsc)}  uncertainty {shown(corp.unc)}"
        )
    if report.reader_band:
        low, high = report.reader_band.low, report.reader_band.high
        yield f"Brier over readers of the hedge words {shown(low)} to {shown(high)}"
    yield ""
    width = max((len(own.speaker) for own in report.speakers), default=7)
    yield f"{'speaker':{width}}  claims  events  void   Brier  improvement (90 %)"
    for own in report.speakers:
        figures = f"{own.n:6}  {own.events:6}  {own.void:4}"
        words = TIER_WORDS[own.tier]
        if own.tier is Tier.CLAIMS_ONLY:
            yield f"{own.speaker:{width}}  {figures}  {words}"
            continue
        rank = f", rank {own.rank[0]} to {own.rank[1]}" if own.rank else ""
        score = f"{shown(own.brier):>6}  {spread(own.improvement)}"
        yield f"{own.speaker:{width}}  {figures}  {score}  {words}{rank}"
    yield ""
    yield f"method {report.method}, seed {report.seed}; events count, not repetitions"


def shown(value: Any) -> str:
    """Returns a figure with three decimals, or a dash where it is undefined."""
    number = clean(value)
    return "-" if number is None else f"{number:.3f}"


def spread(improvement: Improvement) -> str:
    """Returns a mean with its interval."""
    if improvement.interval is None:
        return shown(improvement.mean)
    low, high = improvement.interval.low, improvement.interval.high
    return f"{shown(improvement.mean)} ({shown(low)} to {shown(high)})"
