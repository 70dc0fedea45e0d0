import json
import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.agreement import Level, agreement
from tracker.domain.readers import Panel
from tracker.domain.score_tables import score_table
from tracker.domain.score_wire import agreement_json, report_json
from tracker.domain.scoring import Forecast

PANEL = Panel({"likely": (0.6, 0.8)}, {"likely": 0.1}, 2, 1)
NAMES = [
    "n", "events", "void", "brier", "log", "skill", "improvement", "murphy", "murphy_corrected",
    "corp", "spiegelhalter_z", "auc", "s2", "tau2", "mu", "speakers",
]  # fmt: skip
SPEAKER = [
    "speaker", "n", "events", "brier", "improvement", "shrunken", "reliability", "rank", "tier",
]  # fmt: skip


def table(*rows):
    return [Forecast(name, event, Fraction(p), y, phrase="likely") for name, event, p, y in rows]


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    return [value] if isinstance(value, float) else []


def test_an_empty_table_keeps_every_name_and_says_null():
    wire = report_json(score_table([], seed=1))

    assert list(wire)[: len(NAMES)] == NAMES
    undefined = ["brier", "log", "skill", "spiegelhalter_z", "auc", "s2", "tau2", "mu"]
    assert all(wire[name] is None for name in undefined)
    assert wire["improvement"] == dict.fromkeys(["mean", "se_naive", "se_cluster", "low", "high"])
    assert wire["murphy"] == wire["murphy_corrected"] == dict.fromkeys(["rel", "res", "unc"])
    assert wire["corp"] == {"mcb": None, "dsc": None, "unc": None, "curve": []}
    assert wire["speakers"] == []


def test_the_names_are_those_that_are_published():
    rows = table(("A", "e1", "0.7", 1), ("A", "e2", "0.7", 0), ("B", "e1", "0.2", None))

    wire = report_json(score_table(rows, seed=7, readers=PANEL))

    assert list(wire)[: len(NAMES)] == NAMES
    assert list(wire["speakers"][0])[: len(SPEAKER)] == SPEAKER
    assert wire["corp"]["curve"] == [{"p": 0.7, "q": 0.5, "n": 2}]
    assert wire["speakers"][0]["rank"] is None
    assert wire["speakers"][0]["tier"] == "claims_only"
    assert (wire["seed"], wire["method"], wire["interval_level"]) == (7, "1.0", 0.9)
    assert wire["base_rate"] == {"stated": 0, "leave_one_event_out": 2}
    assert wire["null_band"]["draws"] == 1000
    assert wire["reader_band"]["readers"] == 2


def test_a_rank_is_a_pair_of_whole_numbers():
    rows = [
        (name, f"e{event}", p if event % 2 else str(1 - float(p)), event % 2)
        for event in range(40)
        for name, p in (("A", "0.9"), ("B", "0.5"), ("C", "0.2"))
    ]

    wire = report_json(score_table(table(*rows), seed=1))

    assert [own["rank"] for own in wire["speakers"]] == [[1, 1], [2, 2], [3, 3]]


rows = st.tuples(
    st.sampled_from("AB"),
    st.sampled_from(["e1", "e2", "e3"]),
    st.sampled_from(["0", "0.25", "0.5", "0.75", "1"]),
    st.sampled_from([0, 1, None]),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(rows, max_size=12))
def test_no_figure_is_infinite_missing_or_a_negative_zero(drawn):
    wire = report_json(score_table(table(*drawn), seed=1, readers=PANEL))

    found = numbers(json.loads(json.dumps(wire, allow_nan=False)))
    assert all(math.copysign(1, number) > 0 for number in found if number == 0)


def test_agreement_says_what_it_rests_on_and_what_it_permits():
    units = [[Fraction(1), Fraction(1)], [Fraction(2), Fraction(2)], [Fraction(1)]]

    wire = agreement_json(agreement(units, Level.NOMINAL, seed=1))

    assert list(wire)[:5] == ["alpha", "level", "units", "ratings", "interval"]
    assert (wire["alpha"], wire["level"], wire["units"], wire["ratings"]) == (1.0, "nominal", 2, 4)
    assert wire["reading"] == "rely"


def test_an_undefined_alpha_is_null():
    wire = agreement_json(agreement([[Fraction(1)] * 2], Level.RATIO, seed=1))

    assert (wire["alpha"], wire["interval"], wire["reading"]) == (None, None, "undefined")
