import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.provenance import Grade, Hop, Mode, explain, grade, scorable

BI = "Business Insider"
WSJ = "The Wall Street Journal"
TWEET = Hop(Mode.OWN_PUBLICATION, "Twitter")
HOPS = st.lists(st.builds(Hop, st.sampled_from(Mode), st.sampled_from(["", BI, WSJ])), max_size=4)
WORST_LAST = list(Grade)


@pytest.mark.parametrize(
    ("hops", "own", "expected", "said"),
    [
        pytest.param([Hop(Mode.UNNAMED, BI)], False, Grade.E, f"{BI} names nobody", id="unnamed"),
        pytest.param([Hop(Mode.UNNAMED, WSJ), Hop(Mode.DIRECT_QUOTE, BI)], False, Grade.E,
                     "names nobody", id="unnamed-then-quoted"),
        pytest.param([Hop(Mode.UNNAMED, BI)], True, Grade.E, "names nobody", id="unnamed-own"),
        pytest.param([Hop(Mode.PARAPHRASE, BI)], False, Grade.D, f"by {BI} in other", id="C13"),
        pytest.param([Hop(Mode.PARAPHRASE, WSJ), Hop(Mode.DIRECT_QUOTE, BI)], False, Grade.D,
                     f"by {WSJ} in other words", id="paraphrase-quoted-on"),
        pytest.param([Hop(Mode.HEADLINE, BI)], False, Grade.D, "in other words", id="headline"),
        pytest.param([], False, Grade.D, "not recorded", id="nothing-known"),
        pytest.param([Hop(Mode.DIRECT_QUOTE, WSJ), Hop(Mode.DIRECT_QUOTE, BI)], False, Grade.C,
                     f"from {WSJ} to {BI}", id="C08-two-outlets"),
        pytest.param([TWEET, Hop(Mode.DIRECT_QUOTE, BI)], False, Grade.C,
                     f"from Twitter to {BI}", id="C12-quoted-tweet"),
        pytest.param([Hop(Mode.TRANSLATED, BI)], False, Grade.C, "translation", id="translated"),
        pytest.param([Hop(Mode.TRANSLATED, BI)], True, Grade.C, "translation", id="translated-own"),
        pytest.param([Hop(Mode.DIRECT_QUOTE, BI)], False, Grade.B, f"by {BI}", id="C15-direct"),
        pytest.param([Hop(Mode.PARTIAL_QUOTE, BI)], False, Grade.B, f"by {BI}", id="partial"),
        pytest.param([TWEET], False, Grade.A, "own publication", id="the-tweet-itself"),
        pytest.param([], True, Grade.A, "own publication", id="C02-reporters-own-words"),
        pytest.param([Hop(Mode.HEADLINE, BI)], True, Grade.A, "own", id="C01-the-outlets-headline"),
    ],
)  # fmt: skip
def test_the_weakest_hop_decides_and_is_named(
    hops: list[Hop], own: bool, expected: Grade, said: str
) -> None:
    found = grade(hops, own)

    assert found is expected
    sentence = explain(found, hops)
    assert sentence.startswith(f"Grade {expected}: ")
    assert said in sentence


@pytest.mark.parametrize(
    ("hops", "why"),
    [
        pytest.param([Hop(Mode.DIRECT_QUOTE, BI)], "not A, because we hold", id="B-not-A"),
        pytest.param([Hop(Mode.DIRECT_QUOTE, WSJ), Hop(Mode.DIRECT_QUOTE, BI)],
                     f"not B, because {BI} took it from {WSJ}, not from the speaker.",
                     id="C-not-B"),
        pytest.param([TWEET, Hop(Mode.DIRECT_QUOTE, BI)],
                     f"not B, because {BI} took it from Twitter", id="C-not-B-tweet"),
        pytest.param([Hop(Mode.DIRECT_QUOTE, ""), Hop(Mode.DIRECT_QUOTE, BI)],
                     f"not B, because {BI} took it from another", id="C-not-B-unnamed-channel"),
        pytest.param([Hop(Mode.TRANSLATED, BI)], "not B, because the wording is the translator's",
                     id="C-not-B-translated"),
        pytest.param([Hop(Mode.PARAPHRASE, BI)], "not C, because the words came as a paraphrase",
                     id="D-not-C"),
        pytest.param([Hop(Mode.HEADLINE, BI)], "not C, because the words came in a headline",
                     id="D-not-C-headline"),
        pytest.param([], "not C, because nothing shows", id="D-not-C-unknown"),
        pytest.param([Hop(Mode.UNNAMED, BI)], "not D, because nobody answers", id="E-not-D"),
    ],
)  # fmt: skip
def test_a_grade_says_why_it_is_not_a_better_one(hops: list[Hop], why: str) -> None:
    assert why in explain(grade(hops, own=False), hops)


@pytest.mark.parametrize(
    ("given_grade", "coders_agree", "expected"),
    [
        pytest.param(Grade.E, True, False, id="E-never"),
        pytest.param(Grade.E, False, False, id="E-never-alone"),
        pytest.param(Grade.D, False, False, id="D-alone"),
        pytest.param(Grade.D, True, True, id="D-agreed"),
        pytest.param(Grade.C, False, True, id="C"),
        pytest.param(Grade.B, False, True, id="B"),
        pytest.param(Grade.A, False, True, id="A"),
    ],
)
def test_what_may_be_scored(given_grade: Grade, coders_agree: bool, expected: bool) -> None:
    assert scorable(given_grade, coders_agree) is expected


@given(HOPS.filter(bool), st.sampled_from(Mode), st.booleans())
def test_another_hop_never_improves_the_grade(hops: list[Hop], mode: Mode, own: bool) -> None:
    longer = [*hops, Hop(mode, BI)]

    assert WORST_LAST.index(grade(longer, own)) >= WORST_LAST.index(grade(hops, own))


@given(HOPS, st.booleans())
def test_every_grade_is_explained_in_one_sentence(hops: list[Hop], own: bool) -> None:
    sentence = explain(grade(hops, own), hops)

    assert sentence.count(". ") == 0
    assert sentence.endswith(".")
