from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.pictures import HOSTILE, assert_inside, assert_table, marks, root_of, words_in
from tracker.domain.hedge_profile import (
    HedgeProfile,
    HedgeUse,
    band_bar_svg,
    band_bar_table,
    hedge_profile_svg,
    hedge_profile_table,
)
from tracker.domain.hedges import Band, KindCode


def use(phrase="likely", band=(600, 750, 850), kind=KindCode.PUBLISHED_RAW, counts=(9, 6, 4)):
    uses, resolved, hits = counts
    return HedgeUse(phrase, Band(*band), kind, uses, resolved, hits)


permille = st.integers(0, 1000)
bands = st.tuples(permille, permille, permille).map(lambda three: Band(*sorted(three)))
counts = st.tuples(*[st.integers(0, 500)] * 3).map(sorted)
profiles = st.lists(
    st.builds(
        lambda phrase, band, kind, given: HedgeUse(phrase, band, kind, *reversed(given)),
        st.text(min_size=1, max_size=40),
        bands,
        st.sampled_from(KindCode),
        counts,
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    "counts", [(3, 4, 1), (4, 2, 3), (4, 2, -1)], ids=["resolved", "hits", "negative"]
)
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="rise from 0"):
        use(counts=counts)


def test_fewer_than_three_resolved_claims_have_no_share():
    shown = HedgeProfile.of("Ada", [use(counts=(5, 2, 2))])

    assert len(marks(hedge_profile_svg(shown), "circle")) == 1  # the legend's
    assert hedge_profile_table(shown).rows[0][-4:] == ("5", "2", "2", "–")


def test_a_share_stands_with_its_interval():
    """Jeffreys for 4 of 6: quantiles .05 and .95 of Beta(4.5, 2.5), .34 and .90."""
    shown = HedgeProfile.of("Ada", [use(counts=(9, 6, 4))])

    assert len(marks(hedge_profile_svg(shown), "circle")) == 2
    assert hedge_profile_table(shown).rows[0][-1] == "67 % (34 % to 90 %)"


def test_counts_are_said_beside_the_phrase():
    uses = [use("may", counts=(2, 0, 0)), use("will", counts=(9, 6, 4)), use(counts=(3, 3, 1))]

    words = words_in(hedge_profile_svg(HedgeProfile.of("Ada", uses)))

    assert "2 claims, none scored" in words
    assert "4 of 6 came true, 3 not scored" in words
    assert "1 of 3 came true" in words


def test_phrases_rise_by_their_point_and_then_by_their_words():
    uses = [
        use("will", (900, 980, 1000)),
        use("probable"),
        use("likely"),
        use("may", (200, 400, 600)),
    ]

    rows = hedge_profile_table(HedgeProfile.of("Ada", uses)).rows

    assert [row[0] for row in rows] == ["may", "likely", "probable", "will"]


@pytest.mark.parametrize("kind", KindCode)
def test_our_own_estimates_are_dashed_and_say_so(kind):
    svg = hedge_profile_svg(HedgeProfile.of("Ada", [use(kind=kind)]))

    ours = kind in (KindCode.INTERPOLATION, KindCode.RULE)
    assert bool(marks(svg, "rect", "d")) is ours
    assert any("our" in word or "by us" in word for word in words_in(svg)[5:7]) is ours


def test_no_hedges_are_said_to_be_none():
    svg = hedge_profile_svg(HedgeProfile.of("Ada", []))

    assert " ".join(words_in(svg)) == (
        "Hedge words: Ada No claim is hedged in words of the lexicon yet."
    )


def test_claims_without_words_of_the_lexicon_are_counted():
    shown = HedgeProfile.of("Ada", [use()], unlisted=3, bare=1)

    said = " ".join(words_in(hedge_profile_svg(shown)))

    assert "3 claims hedged in words outside the lexicon. 1 claim without a hedge." in said


def test_a_phrase_stands_with_its_source():
    shown = HedgeProfile.of("Ada", [replace(use("might yet"), source="interpolated from: might")])

    assert "interpolated from: might" in words_in(hedge_profile_svg(shown))
    assert hedge_profile_table(shown).rows[0][5] == "interpolated from: might"


def test_of_many_phrases_those_used_most_are_drawn_and_the_table_has_all():
    uses = [use(f"phrase {n:02}", counts=(n, 0, 0)) for n in range(30)]
    shown = HedgeProfile.of("Ada", uses)

    said = words_in(hedge_profile_svg(shown))

    assert [n for n in range(30) if f"“phrase {n:02}”" in said] == list(range(18, 30))
    assert "the 12 phrases used most, of 30" in " ".join(said)
    assert len(hedge_profile_table(shown).rows) == 30


@settings(max_examples=60, deadline=None)
@given(profiles)
def test_all_marks_are_inside_and_the_table_counts_every_claim(uses):
    shown = HedgeProfile.of("Ada", uses)

    svg = hedge_profile_svg(shown)
    table = hedge_profile_table(shown)

    assert_inside(svg)
    assert_table(table)
    for place, wanted in ((6, "uses"), (7, "resolved"), (8, "hits")):
        assert sum(int(row[place]) for row in table.rows) == sum(getattr(u, wanted) for u in uses)
    assert svg == hedge_profile_svg(HedgeProfile.of("Ada", uses))


@given(bands)
def test_a_band_bar_fits_a_cell(band):
    svg = band_bar_svg(band, words=HOSTILE)

    _, _, width, height = map(float, root_of(svg).get("viewBox").split())
    assert_inside(svg)
    assert (width, height) == (120, 16)
    assert words_in(svg) == []


def test_a_band_bar_says_its_numbers():
    title = next(iter(root_of(band_bar_svg(Band(150, 405, 650), words="might yet"))))

    assert title.text == "“might yet”: 15 % to 65 %, around 40.5 %"
    assert band_bar_table(Band(150, 405, 650)).rows == (("15 %", "40.5 %", "65 %"),)


def test_a_band_bar_without_words_says_its_numbers_alone():
    assert next(iter(root_of(band_bar_svg(Band(0, 0, 50))))).text == "0 % to 5 %, around 0 %"


def test_equal_bars_of_one_page_differ_by_their_key():
    bars = {band_bar_svg(Band(1, 2, 3), key=key) for key in ("1", "2")}

    assert len(bars) == 2


def test_a_hostile_phrase_stays_a_phrase():
    assert_inside(hedge_profile_svg(HedgeProfile.of(HOSTILE, [use(HOSTILE)])))
