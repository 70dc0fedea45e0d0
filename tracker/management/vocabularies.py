"""Words and names that nobody has used: so many that a search has something to find and to miss."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

WORDS, PHRASES = 4_000, 20_000
GIVEN, FAMILY = 400, 4_000
CONSONANTS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z")
ONSETS = (*CONSONANTS, "br", "dr", "gr", "st", "tr")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
CODAS = ("", "l", "m", "n", "nd", "r", "rk", "s", "st", "t")
# The commonest; what is made of syllables comes after them.
COMMON = (
    "ceasefire election budget treaty inflation strike drought harbour parliament "
    "sanctions recession merger refugees currency pipeline coalition epidemic tariffs "
    "referendum garrison subsidy vaccine airport blockade minister court convoy "
    "harvest reform summit border army bank party city siege offensive withdrawal "
    "mandate railway"
)
SUBJECTS = "the {0} {1} of {2}", "the {1} in {2} after the {0}", "a {0} {1} near {2}"


def zipf(numbers: Random, most: int) -> int:
    """A number from 0 to most - 1, each about as often as one over its rank (Zipf 1949)."""
    return int((most + 1) ** numbers.random()) - 1


def words(numbers: Random, number: int) -> list[str]:
    """So many different words of two or three syllables."""
    found: dict[str, None] = {}
    while len(found) < number:
        syllables = (
            numbers.choice(ONSETS) + numbers.choice(VOWELS) for _ in range(numbers.choice((2, 3)))
        )
        found["".join(syllables) + numbers.choice(CODAS)] = None
    return list(found)


def phrases(numbers: Random, number: int) -> list[str]:
    """What can be spoken of: three words each, of which a few are everywhere and most are rare."""
    common = COMMON.split()
    known = common + words(numbers, WORDS - len(common))
    return [
        numbers.choice(SUBJECTS).format(
            known[zipf(numbers, WORDS)],
            known[zipf(numbers, WORDS)],
            known[zipf(numbers, WORDS)].capitalize(),
        )
        for _ in range(number)
    ]


def names(numbers: Random) -> Iterator[tuple[str, str]]:
    """Given and family names of one person after the other, without end."""
    given, family = words(numbers, GIVEN), words(numbers, FAMILY)
    while True:
        yield numbers.choice(given).capitalize(), numbers.choice(family).capitalize()
