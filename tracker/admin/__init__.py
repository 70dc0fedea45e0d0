"""Door 2: the workbench. Each noun has its file; importing them puts their pages on the site."""

from tracker.admin import (
    accounts,
    benchmarks,
    claims,
    disputes,
    documents,
    hedges,
    home,
    outcomes,
    people,
    propositions,
    readings,
    resolutions,
    rounds,
    scores,
    topics,
    verdicts,
)

__all__ = [
    "accounts",
    "benchmarks",
    "claims",
    "disputes",
    "documents",
    "hedges",
    "home",
    "outcomes",
    "people",
    "propositions",
    "readings",
    "resolutions",
    "rounds",
    "scores",
    "topics",
    "verdicts",
]
