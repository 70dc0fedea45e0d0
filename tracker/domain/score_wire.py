"""The names under which scores leave the house: one place, so that every door says the same.

Numbers are floats without a negative zero; what is undefined is null, never 0 or infinity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.agreement import Agreement, reading
from tracker.domain.calibration import Corp, NullBand
from tracker.domain.comparing import Difference
from tracker.domain.distributions import Interval, clean
from tracker.domain.judging import OutcomeAnswer
from tracker.domain.peers import Peers
from tracker.domain.ranking import TIER_WORDS, Improvement
from tracker.domain.readers import ReaderBand
from tracker.domain.score_tables import ScoreReport, SpeakerScore
from tracker.domain.scoring import Murphy
from tracker.domain.shares import shares_of
from tracker.domain.thresholds import INTERVAL_LEVEL

Json = dict[str, Any]


def report_json(report: ScoreReport) -> Json:
    """Returns the report as JSON: first the scores, then what they rest on."""
    return {
        "n": report.n,
        "events": report.events,
        "void": report.void,
        "brier": clean(report.brier),
        "log": clean(report.log),
        "skill": clean(report.skill),
        "improvement": improvement_json(report.improvement),
        "murphy": murphy_json(report.murphy),
        "murphy_corrected": murphy_json(report.murphy_corrected),
        "corp": corp_json(report.corp),
        "spiegelhalter_z": clean(report.spiegelhalter_z),
        "auc": clean(report.auc),
        "s2": clean(report.field.s2),
        "tau2": clean(report.field.tau2),
        "mu": clean(report.field.mu),
        "speakers": [speaker_json(speaker) for speaker in report.speakers],
        "method": report.method,
        "seed": report.seed,
        "interval_level": INTERVAL_LEVEL,
        "null_band": null_band_json(report.null_band),
        "reader_band": reader_band_json(report.reader_band),
        "vagueness": clean(report.vagueness),
        "base_rate": {
            "stated": report.basis.stated,
            "leave_one_event_out": report.basis.leave_one_event_out,
        },
        "split_events": report.basis.split_events,
    }


def speaker_json(speaker: SpeakerScore) -> Json:
    """Returns one speaker's scores; `tier` is a code, `tier_words` what people read."""
    shrunken = speaker.shrunken
    return {
        "speaker": speaker.speaker,
        "n": speaker.n,
        "events": speaker.events,
        "brier": clean(speaker.brier),
        "improvement": improvement_json(speaker.improvement),
        "shrunken": clean(shrunken.score if shrunken else None),
        "reliability": clean(shrunken.reliability if shrunken else None),
        "rank": list(speaker.rank) if speaker.rank else None,
        "tier": speaker.tier.value,
        "tier_words": TIER_WORDS[speaker.tier],
        "void": speaker.void,
        "shrunken_sd": clean(shrunken.sd if shrunken else None),
        "reader_band": reader_band_json(speaker.reader_band),
    }


def improvement_json(improvement: Improvement) -> Json:
    """Returns mean, errors and interval limits; each is null where undefined."""
    interval = improvement.interval
    return {
        "mean": clean(improvement.mean),
        "se_naive": clean(improvement.se_naive),
        "se_cluster": clean(improvement.se_cluster),
        "low": clean(interval.low if interval else None),
        "high": clean(interval.high if interval else None),
    }


def murphy_json(murphy: Murphy | None) -> Json:
    """Returns reliability, resolution and uncertainty; nulls without enough claims."""
    if murphy is None:
        return {"rel": None, "res": None, "unc": None}
    return {"rel": clean(murphy.rel), "res": clean(murphy.res), "unc": clean(murphy.unc)}


def corp_json(corp: Corp | None) -> Json:
    """Returns the CORP decomposition and its curve; nulls and no points without claims."""
    if corp is None:
        return {"mcb": None, "dsc": None, "unc": None, "curve": []}
    points = [{"p": clean(at.p), "q": clean(at.q), "n": at.n} for at in corp.curve]
    return {
        "mcb": clean(corp.mcb),
        "dsc": clean(corp.dsc),
        "unc": clean(corp.unc),
        "curve": points,
    }


def null_band_json(band: NullBand | None) -> Json | None:
    """Returns the band of a perfectly calibrated speaker with the same p."""
    if band is None:
        return None
    points = [{"p": at.p, "low": clean(at.low), "high": clean(at.high)} for at in band.points]
    return {
        "mcb_mean": clean(band.mcb_mean),
        "mcb": interval_json(band.mcb),
        "share_at_least_observed": band.share,
        "curve": points,
        "draws": band.draws,
        "seed": band.seed,
    }


def reader_band_json(band: ReaderBand | None) -> Json | None:
    """Returns mean and 5-95 % of the Brier score over readers of the hedge words."""
    if band is None:
        return None
    return {
        "mean": clean(band.mean),
        "low": clean(band.low),
        "high": clean(band.high),
        "readers": band.readers,
        "seed": band.seed,
    }


def verdicts_json(counts: Mapping[str, int]) -> Json:
    """Returns each verdict of the claims that have one and no score, with its share.

    Of those with another answer (void, ambiguous, open ...) there is the number alone.
    """
    answers = {
        answer.value: counts.get(answer.value, 0) for answer in OutcomeAnswer if answer.grade
    }
    shares = shares_of(answers) if any(answers.values()) else {}
    return {
        "n": sum(answers.values()),
        "others": sum(counts.values()) - sum(answers.values()),
        "shares": [
            {
                "verdict": name,
                "n": found.n,
                "share": clean(found.share),
                "interval": interval_json(found.interval),
            }
            for name, found in shares.items()
        ],
    }


def peers_json(peers: Peers) -> Json:
    """Returns how a subject did beside others on the same propositions; nulls without any."""
    return {
        "propositions": peers.propositions,
        "peer_score": clean(peers.score),
        "boldness": clean(peers.boldness),
    }


def difference_json(found: Difference) -> Json:
    """Returns a difference of two means with its error and interval; nulls where undefined."""
    interval = found.interval
    return {
        "mean": clean(found.mean),
        "se_cluster": clean(found.se),
        "low": clean(interval.low if interval else None),
        "high": clean(interval.high if interval else None),
    }


def agreement_json(agreement: Agreement) -> Mapping[str, Any]:
    """Returns alpha with its level, what it rests on, its interval and what it permits."""
    return {
        "alpha": clean(agreement.alpha),
        "level": agreement.level.value,
        "units": agreement.units,
        "ratings": agreement.ratings,
        "interval": interval_json(agreement.interval),
        "interval_level": INTERVAL_LEVEL,
        "reading": reading(agreement.alpha).value,
        "seed": agreement.seed,
    }


def interval_json(interval: Interval | None) -> list[float | None] | None:
    """Returns [low, high], or null."""
    return None if interval is None else [clean(interval.low), clean(interval.high)]
