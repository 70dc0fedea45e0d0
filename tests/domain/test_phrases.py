import re

import pytest

from tracker.domain.phrases import is_hedge, is_negated, pattern


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        pytest.param("will", "they willed it", id="inside-a-word"),
        pytest.param("will", "a test of will-power", id="inside-a-compound"),
        pytest.param("likely", "an unlikely end", id="behind-a-prefix"),
        pytest.param("I think", "Hawaii think tanks", id="letter-of-a-name"),
        pytest.param("no evidence that", "no evidence of that kind", id="another-construction"),
        pytest.param(
            "there is no reason to believe that ... could not",
            "there is no reason to believe that. They could not come",
            id="gap-over-a-full-stop",
        ),
    ],
)
def test_other_words_are_not_the_phrase(phrase: str, text: str) -> None:
    assert not re.search(pattern(phrase), text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("phrase", "text", "form"),
    [
        pytest.param("will", "They’ll go", "’ll", id="contracted-will"),
        pytest.param("cannot", "They can’t win", "can’t", id="contracted-cannot"),
        pytest.param("could", "They couldn't win", "couldn't", id="contracted-not"),
        pytest.param("not likely", "It isn’t likely", "isn’t likely", id="contracted-is-not"),
        pytest.param("is going to", "They’re going to leave", "’re going to", id="other-person"),
        pytest.param("is expected to", "were expected to", "were expected to", id="other-tense"),
        pytest.param("seems", "They seem ready", "seem", id="plural"),
        pytest.param("threatens to", "threatening to", "threatening to", id="participle"),
        pytest.param("I expect", "I fully expect it", "I fully expect", id="adverb"),
        pytest.param("there'll be little going back", "There will be little going back",
                     "There will be little going back", id="spelled-out"),
        pytest.param("toss-up", "a toss up", "toss up", id="without-hyphen"),
        pytest.param("50-50", "a fifty-fifty bet", "fifty-fifty", id="number-in-words"),
        pytest.param("might yet", "might\n yet", "might\n yet", id="over-a-line-end"),
        pytest.param("he/she believes (no other hedge)", "Lister believes", "believes", id="name"),
        pytest.param("only X will result", "only death and ruin will result",
                     "only death and ruin will result", id="gap"),
    ],
)  # fmt: skip
def test_the_forms_of_a_phrase_are_found(phrase: str, text: str, form: str) -> None:
    found = re.search(pattern(phrase), text, re.IGNORECASE)

    assert found is not None
    assert found.group() == form


@pytest.mark.parametrize(
    ("phrase", "text", "hedge"),
    [
        pytest.param("may", "by 5 *May* they left", False, id="month-after-a-day"),
        pytest.param("may", "since *May* they fought", False, id="month-after-since"),
        pytest.param("may", "*May* 2016 was bloody", False, id="month-before-a-year"),
        pytest.param("may", "*May* they fall?", True, id="may-at-the-start"),
        pytest.param("may", "in time they *may* fall", True, id="may-as-a-verb"),
        pytest.param("will", "the *will* to fight", False, id="will-as-a-noun"),
        pytest.param("will", "political *will* is absent", False, id="political-will"),
        pytest.param("will", "the city *will* fall", True, id="will-as-a-verb"),
        pytest.param("might", "military *might* decides", False, id="might-as-a-noun"),
        pytest.param("can", "kicked the *can* down", False, id="can-as-a-noun"),
        pytest.param("risks", "the *risks* of war", False, id="risks-as-a-noun"),
        pytest.param("risks", "Moscow *risks* a quagmire", True, id="risks-as-a-verb"),
        pytest.param("remote", "in *remote* areas", False, id="remote-place"),
        pytest.param("remote", "the odds are *remote*", True, id="remote-odds"),
        pytest.param("possible", "as soon as *possible*", False, id="as-soon-as-possible"),
    ],
)
def test_nouns_months_and_idioms_are_told_from_hedges(phrase: str, text: str, hedge: bool) -> None:
    plain = text.replace("*", "")
    start = text.index("*")
    end = text.rindex("*") - 1

    assert is_hedge(phrase, plain, start, end) is hedge


@pytest.mark.parametrize(
    ("phrase", "text", "negated"),
    [
        pytest.param("very likely", "it is not *very likely*", True, id="not-before"),
        pytest.param("good chance", "he hasn’t a *good chance*", True, id="contracted-before"),
        pytest.param("could", "they *could* not win", True, id="not-after"),
        pytest.param("could", "they *couldn’t* win", True, id="contracted-inside"),
        pytest.param("is going to", "it *is not going to* happen", True, id="not-inside"),
        pytest.param("will", "they *will* never yield", True, id="never-after"),
        pytest.param("will", "not only *will* they yield", False, id="not-only"),
        pytest.param("not likely", "it is *not likely*", False, id="part-of-the-phrase"),
        pytest.param("won't", "they *won’t* yield", False, id="contracted-part-of-the-phrase"),
        pytest.param("cannot", "they *can’t* yield", False, id="cannot"),
        pytest.param("likely", "war, not peace, is *likely*", False, id="another-phrase"),
    ],
)
def test_a_negation_is_noticed_when_the_phrase_does_not_hold_it(
    phrase: str, text: str, negated: bool
) -> None:
    plain = text.replace("*", "")

    assert is_negated(phrase, plain, text.index("*"), text.rindex("*") - 1) is negated
