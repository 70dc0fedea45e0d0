import csv
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import hedges
from tracker.domain.errors import BadTable
from tracker.domain.hedges import Band, DefaultMode, HedgeTerm, KindCode, Lexicon

TABLE = Path(__file__).parents[2] / "tracker" / "data" / "hedges.csv"
ROW = {
    "phrase": "unlikely", "point": "20.0", "low": "5.0", "high": "30.0", "n_respondents": "5174.0",
    "source": "Kucharski 2026", "licence_note": "CC BY 4.0",
    "kind": "published_raw (statistics ours)", "score_p": "0.19010000000000002",
    "score_sd": "0.113", "base_phrase": "", "default_mode": "score", "note": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    with TABLE.open(newline="") as rows:
        return Lexicon("1.0", hedges.parse(csv.DictReader(rows)))


def term_of(lexicon: Lexicon, phrase: str) -> HedgeTerm:
    return next(term for term in lexicon.terms if term.phrase == phrase)


# --- the table ---


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"low": "25.0"}, "low <= point <= high", id="low-above-point"),
        pytest.param({"high": "10.0"}, "low <= point <= high", id="high-below-point"),
        pytest.param({"high": "100.5"}, "high is not a percentage", id="above-100"),
        pytest.param({"low": "-1"}, "low is not a percentage", id="negative"),
        pytest.param({"point": "20.05"}, "point is not a percentage", id="finer-than-permille"),
        pytest.param({"point": "many"}, "point is not a number", id="not-a-number"),
        pytest.param({"point": "NaN"}, "point is not a number", id="nan"),
        pytest.param({"n_respondents": "12.5"}, "n_respondents", id="half-a-respondent"),
        pytest.param({"score_p": "1.01"}, "score_p is not between", id="mean-above-1"),
        pytest.param({"score_sd": "-0.1"}, "score_sd is not between", id="negative-sd"),
        pytest.param({"kind": "hearsay"}, "kind “hearsay” is unknown", id="unknown-kind"),
        pytest.param({"default_mode": "maybe"}, "'maybe'", id="unknown-mode"),
        pytest.param({"source": " "}, "a phrase and a source", id="no-source"),
        pytest.param({"phrase": ""}, "a phrase and a source", id="no-phrase"),
    ],
)
def test_a_faulty_line_is_named_with_its_fault(change: dict[str, str], said: str) -> None:
    with pytest.raises(BadTable) as refusal:
        hedges.parse([ROW | {"phrase": "likely"}, ROW | change])

    assert list(refusal.value.facts["lines"]) == [3]
    assert said in refusal.value.facts["lines"][3]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadTable) as refusal:
        hedges.parse([{name: value for name, value in ROW.items() if name != "source"}])

    assert "'source' is missing" in refusal.value.facts["lines"][2]


def test_every_faulty_line_is_named() -> None:
    with pytest.raises(BadTable) as refusal:
        hedges.parse([ROW | {"low": "x"}, ROW, ROW | {"phrase": "Unlikely"}])

    assert list(refusal.value.facts["lines"]) == [2, 4]


def test_a_line_becomes_permille_and_keeps_the_exact_mean() -> None:
    (term,) = hedges.parse([ROW])

    assert hedges.band(term) == Band(low=50, point=200, high=300)
    assert (term.n, term.score_p) == (5174, 190)
    assert term.score_p_exact == Decimal("0.19010000000000002")
    assert term.kind == ROW["kind"]


def test_the_lexicon_holds_153_terms_of_five_kinds(lexicon: Lexicon) -> None:
    assert len(lexicon.terms) == 153
    assert {term.kind_code for term in lexicon.terms} == set(KindCode)
    assert all(term.source for term in lexicon.terms)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        pytest.param("likely", KindCode.PUBLISHED_RAW, id="survey"),
        pytest.param("I think", KindCode.PUBLISHED_RAW_WEAK, id="weak-survey"),
        pytest.param("remote", KindCode.PUBLISHED_STANDARD_RANGE, id="standard"),
        pytest.param("most likely", KindCode.RULE, id="published-rule"),
        pytest.param("might yet", KindCode.INTERPOLATION, id="ours"),
    ],
)
def test_kinds_stay_apart(lexicon: Lexicon, phrase: str, code: KindCode) -> None:
    assert term_of(lexicon, phrase).kind_code is code


@pytest.mark.parametrize(
    ("phrase", "scorable", "flagged"),
    [
        pytest.param("no evidence that", False, False, id="verdict-only"),
        pytest.param("might", True, True, id="possibility"),
        pytest.param("unlikely", True, False, id="scored"),
    ],
)
def test_the_default_mode_says_what_is_scored(
    lexicon: Lexicon, phrase: str, scorable: bool, flagged: bool
) -> None:
    term = term_of(lexicon, phrase)

    assert (hedges.scorable(term), hedges.flagged_possibility(term)) == (scorable, flagged)
    assert term.default_mode in DefaultMode


# --- sentences ---


def test_every_phrase_of_the_lexicon_finds_itself_alone(lexicon: Lexicon) -> None:
    gaps = {
        "he/she believes (no other hedge)": "he believes",
        "only X will result": "only ruin will result",
    }
    for term in lexicon.terms:
        words = gaps.get(term.phrase, term.phrase.replace("...", "Russia"))

        (hit,) = hedges.find(f"So {words} so.", lexicon)

        assert (hit.term.phrase, hit.start, hit.end) == (term.phrase, 3, 3 + len(words))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("They are hostage to his continued survival", id="bare-assertion"),
        pytest.param("In May 2016 the political will of the regime broke.", id="month-and-noun"),
    ],
)
def test_words_without_a_hedge_have_none(lexicon: Lexicon, text: str) -> None:
    assert hedges.find(text, lexicon) == ()
    assert hedges.governing(()) is None


def test_a_lexicon_without_terms_finds_nothing() -> None:
    assert hedges.find("It will rain.", Lexicon("0", ())) == ()


SENTENCES: dict[str, tuple[str, str, bool]] = {
    # The worked example of April 2016.
    "C09": ("He can withstand Russian displeasure", "can", False),
    "C12": ("Moscow is unlikely to forgo its interests", "unlikely", False),
    "C13": ("It may force Russia to re-escalate", "may", False),
    "C14": (
        "there is no reason to believe that Russia could not add the man- and air-power",
        "there is no reason to believe that ... could not",
        False,
    ),
    "C15": (
        "I expect that if Putin and Assad do as they say, those in Aleppo might yet experience",
        "might yet",
        True,
    ),
    "C19": ("there is no evidence that Russia would seek", "no evidence that", False),
    "C20": ("it remains unclear whether Russia will partake", "it remains unclear", False),
    "C26": ("If so, you can be sure other groups will be targeted", "can be sure", False),
    "C28": ("a new round of peace talks is set to begin on Friday", "set to", False),
    "C30": ("Putin is ultimately unlikely to abandon Assad", "ultimately unlikely", False),
    "C32": (
        "If Russia joins a major regime offensive on Aleppo, there’ll be little going back",
        "there'll be little going back",
        False,
    ),
    "C33": ("The city will be besieged", "will", False),
    "C34": ("only death and destruction will result.", "only X will result", False),
    # Longest phrase, negation as part of a phrase, contractions.
    "longest": ("It is more likely than not to fail", "more likely than not", False),
    "not-likely": ("It isn’t likely to last", "not likely", False),
    "almost-none": ("There is almost no chance of peace", "almost no chance", False),
    "ruled-out": ("It cannot be ruled out that he falls", "cannot be ruled out", False),
    "wont": ("They won't yield", "won't", False),
    "contracted": ("They’ll yield", "will", False),
    # Beside the future tense, the doubt governs.
    "unlikely-will": ("It is unlikely that Assad will fall", "unlikely", False),
    "will-probably": ("They will probably yield", "probably", False),
    "probably-not": ("They will probably not yield", "probably not", False),
    "believe-will": ("We believe the city will fall", "we believe", False),
    "believes-yields": ("Lister believes the city will fall", "will", False),
    "comment-on-will": ("Assad will fall, I think.", "I think", False),
    # Stacked hedges: the one nearest the event, never a product.
    "belief-could": ("I think it could rain", "could", True),
    "doubt-could": ("I doubt that they could do it", "I doubt", True),
    "hard-to-see": ("It is hard to see how they can win", "hard to see how", True),
    "comment-on-might": ("Assad might fall, I think.", "might", True),
    "seems-poised": ("It seems they are poised to strike", "poised to", True),
    "unclear-might": ("It remains unclear how they might win", "it remains unclear", True),
    # Clauses and conditions.
    "late-if": ("The city will be besieged if Russia can be won over", "will", False),
    "two-clauses": ("Peace is possible, but war is likely", "likely", False),
    "two-sentences": ("He may stay. The war will go on.", "will", False),
    "abbreviation": ("I doubt that Gen. Suleiman could win", "I doubt", True),
    "hedged-condition": ("If he can win, he may", "may", False),
    "only-a-condition": ("if they might win", "might", False),
}


@pytest.mark.parametrize(
    ("text", "phrase", "stacked"),
    [pytest.param(*row, id=name) for name, row in SENTENCES.items()],
)
def test_the_hedge_nearest_the_event_governs(
    lexicon: Lexicon, text: str, phrase: str, stacked: bool
) -> None:
    found = hedges.governing(hedges.find(text, lexicon))

    assert found is not None
    assert (found.term.phrase, found.stacked) == (phrase, stacked)


@pytest.mark.parametrize(
    ("event", "phrase"),
    [
        pytest.param("stay", "may", id="first-sentence"),
        pytest.param("go on", "will", id="second-sentence"),
        pytest.param("He", "may", id="before-any-hedge"),
    ],
)
def test_the_place_of_the_event_chooses_its_hedge(
    lexicon: Lexicon, event: str, phrase: str
) -> None:
    text = "He may stay. The war will go on."

    found = hedges.governing(hedges.find(text, lexicon), text.index(event))

    assert found is not None
    assert found.term.phrase == phrase
    assert len(found.all) == 2


def test_a_negation_outside_the_phrase_is_flagged(lexicon: Lexicon) -> None:
    hits = hedges.find("It is not very likely, and they couldn’t win.", lexicon)

    assert [(hit.term.phrase, hit.negated) for hit in hits] == [
        ("very likely", True),
        ("could", True),
    ]


@given(st.text(alphabet="will may not I think, if.’ 5-\n", max_size=80))
def test_hits_stand_in_order_and_never_overlap(text: str) -> None:
    terms = hedges.parse(
        ROW | {"phrase": phrase} for phrase in ("will", "will not", "may", "I think", "50-50")
    )

    hits = hedges.find(text, Lexicon("0", terms))

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= two.start for one, two in pairwise(hits))
