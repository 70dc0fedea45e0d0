"""Articles to measure with: prose of our own on ten beats, no two alike, the same in every run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

MORE = 0.3  # the share of paragraphs that go on after the quotation
QUOTED = 40  # code points at least, as the quotations that are measured


@dataclass(frozen=True)
class Beat:
    """What one reporter writes about: who speaks, where, of what, and in which sentences."""

    headline: str
    places: Sequence[str]
    people: Sequence[str]
    matters: Sequence[str]
    forecasts: Sequence[str]


BEATS = (
    Beat(
        "Dockers' vote leaves the harbour guessing",
        ("Varnholt", "the eastern basin", "Pier Nine", "the ferry terminal", "Skagen Reach"),
        ("Ada Lindqvist", "Tomas Okafor", "the harbour master", "a crane driver", "Ines Varga"),
        ("the night shift", "the new rota", "container fees", "the tug contract", "overtime pay"),
        (
            "If {matter} is not settled by {day}, {place} stands still as it has not for {n} years",
            "Nobody here believes that {matter} can be decided without the men at {place}",
            "There is a fair chance that {n} ships will be turned away from {place} before {day}",
            "We would rather lose {matter} than watch {place} empty itself crate by crate",
        ),
    ),
    Beat(
        "After the dry spring, farmers count what is left",
        ("the Orla valley", "Marrow Hill", "the lower terraces", "Fenwick", "the river meadows"),
        ("Jonas Petrie", "Sela Marchetti", "the water board", "an agronomist", "Bea Holloway"),
        ("the barley", "irrigation", "the late potatoes", "seed prices", "the frost damage"),
        (
            "Without {n} millimetres of rain before {day}, {matter} in {place} is as good as lost",
            "My grandfather would not have planted {matter} on {place} in a spring like this one",
            "I expect {matter} to cost us {n} per cent more by {day}, and that is the kind view",
            "What worries me about {matter} is less the heat than the wind over {place}",
        ),
    ),
    Beat(
        "Ministers part without a word on the ceasefire",
        ("Karsa", "the northern corridor", "the old citadel", "the border town", "Dal Amar"),
        ("a senior diplomat", "Leila Haddad", "the envoy", "General Brandt", "an aid worker"),
        (
            "the truce",
            "the exchange of prisoners",
            "the air bridge",
            "the buffer zone",
            "winter aid",
        ),
        (
            "Should {matter} fail before {day}, {place} might yet see the worst weeks of this war",
            "Both sides need {matter} more than they admit, and {place} is where they admit it",
            "There are {n} convoys waiting outside {place}, and not one of them trusts {matter}",
            "It is unlikely that {matter} survives a second attack on {place} of that size",
        ),
    ),
    Beat(
        "Central bank keeps its rate, and its counsel",
        ("the capital", "the bond desk", "the trading floor", "the regional banks", "Aldgate"),
        ("Mira Castellan", "the deputy governor", "Piet Vandermeer", "a fund manager", "Ruth Osei"),
        ("inflation", "the key rate", "the reserve rule", "household debt", "the currency peg"),
        (
            "We see {matter} returning to {n} per cent by {day}, unless {place} loses its nerve",
            "Anyone at {place} who tells you that {matter} is beaten has not bought bread lately",
            "The odds that {matter} surprises us again before {day} are higher than {place} thinks",
            "A pause in {matter} would be read at {place} as a retreat, and it would be one",
        ),
    ),
    Beat(
        "Team doctor says the captain may be back for the final",
        ("Northgate Park", "the training ground", "the away stand", "the clinic", "Ravensbourne"),
        ("Coach Duarte", "Mikkel Sand", "the team doctor", "a former keeper", "Ola Fernsby"),
        ("his knee", "the back line", "the transfer", "the penalty drill", "the second leg"),
        (
            "With {matter} as it is, I would not put money on him leaving {place} before {day}",
            "They scored {n} goals at {place}, and {matter} decided every single one of them",
            "He will surely play by {day}; what {matter} does to him at {place} is another matter",
            "You cannot win at {place} for {n} seasons and then complain about {matter} like that",
        ),
    ),
    Beat(
        "Vaccine trial reaches its last village",
        ("Tamale Road", "the district hospital", "the highland clinics", "Mbeya", "the cold store"),
        ("Dr Amina Yusuf", "the trial's chair", "a nurse", "Professor Keogh", "Samuel Adjei"),
        (
            "the second dose",
            "the cold chain",
            "the control group",
            "the booster",
            "the fever count",
        ),
        (
            "If {matter} holds up in {place}, we could have an answer by {day}, and a licence",
            "Of {n} families in {place}, only four have turned down {matter}, and two came back",
            "I would be surprised if {matter} turned out to do less in {place} than in the city",
            "The hardest part of {matter} was never science but the last {n} miles to {place}",
        ),
    ),
    Beat(
        "Court reserves its ruling in the archive case",
        ("the county court", "Chamber Six", "the public gallery", "the registry", "Lincoln Row"),
        ("Judge Halvorsen", "the defence", "Priya Raman", "a clerk", "the state attorney"),
        ("the sealed letters", "the appeal", "the expert report", "the missing ledger", "bail"),
        (
            "On {matter} the bench at {place} has said nothing for {n} weeks, seldom a good sign",
            "My client expects a decision on {matter} by {day} and has packed no suitcase",
            "Whoever reads {matter} with care will find that {place} was misled, and not only once",
            "It is close to certain that {matter} goes to a higher court than {place} after {day}",
        ),
    ),
    Beat(
        "City council splits over the tram to the hospital",
        (
            "Market Street",
            "the west bank",
            "Station Square",
            "the hospital hill",
            "Cooper's Bridge",
        ),
        ("Councillor Ngata", "the mayor", "a shopkeeper", "Ellen Prow", "the transit union"),
        ("the tram line", "the parking levy", "the cycle lane", "the bus subsidy", "the tunnel"),
        (
            "By {day} people will have forgotten that anyone in {place} was ever against {matter}",
            "For {n} million we could have {matter} to {place} and keep the library open, too",
            "I think it rather unlikely that {matter} gets past {place} before the election",
            "The shops around {place} have {n} months to live if {matter} comes as it is drawn",
        ),
    ),
    Beat(
        "Probe sends first pictures of the ice moon",
        (
            "mission control",
            "the southern plume",
            "the relay station",
            "Crater Hypatia",
            "the lander",
        ),
        ("Hana Sorensen", "the flight director", "Dr Wei Zhang", "an engineer", "Luca Ferrante"),
        ("the antenna", "the heat shield", "the ice drill", "the fuel margin", "the camera"),
        (
            "As long as {matter} answers every {n} minutes, {place} is allowed to be optimistic",
            "There may be salt water under {place}, but {matter} alone will not tell us by {day}",
            "We gave {matter} a one in {n} chance, and I am glad that {place} did not listen",
            "Before {day} nobody at {place} will dare to call {matter} a success out loud",
        ),
    ),
    Beat(
        "Small theatres ask who will fill the stalls",
        ("the Lantern", "the old cinema", "the puppet stage", "Harrow Lane", "the summer tent"),
        ("Greta Molnar", "the stage manager", "a critic", "Davi Rocha", "the arts council"),
        ("the autumn premiere", "the ticket tax", "the revival", "the touring grant", "the lease"),
        (
            "Unless {matter} is extended before {day}, the lights at {place} go out for good",
            "I have seen {n} productions at {place}, and only {matter} frightened me",
            "Audiences will return to {place} when {matter} is worth missing supper for",
            "It seems to me that {matter} matters more to the council than {place} ever did",
        ),
    ),
)
DAYS = ("Easter", "midsummer", "the end of March", "next Thursday", "Christmas", "10 October")
SAYING = ("said {who}.", "{who} told this newspaper.", "according to {who}.", "{who} wrote later.")
BETWEEN = (
    "The figures from {place} are provisional: {n} cases, {m} of them since {day}.",
    "{Who} did not want to comment on {matter} when asked at {place}.",
    "At {place} the talk on that morning was of {matter} and of little else.",
    "It is {n} years since {matter} was last on the agenda, and {place} has changed since.",
    "A spokeswoman pointed out that {matter} had been agreed to by {m} of {n} members.",
    "Rain fell over {place} while the meeting dragged on towards its {n}th hour.",
    "Two letters about {matter}, seen by this newspaper, are dated shortly before {day}.",
)


@dataclass(frozen=True)
class Article:
    """A text, and the sentences that someone is quoted with in it, word for word."""

    text: str
    quotations: tuple[str, ...]


def articles(*, quotations: int = 40, seed: int = 1) -> list[Article]:
    """One article a beat, each with as many quotations, none of which another article has."""
    taken: set[str] = set()
    random = Random(seed)
    return [_written(beat, quotations, random, taken) for beat in BEATS]


def _written(beat: Beat, quotations: int, random: Random, taken: set[str]) -> Article:
    spoken: list[str] = []
    paragraphs = [beat.headline]
    for said in _sentences(beat, quotations, random, taken):
        spoken.append(said)
        who = random.choice(beat.people)
        tag = random.choice(SAYING).format(who=who)
        told = f"{_filler(beat, random)} “{said},” {tag}"
        more = f" {_filler(beat, random)}" if random.random() < MORE else ""
        paragraphs.append(told + more)
    return Article("\n\n".join(paragraphs), tuple(spoken))


def _sentences(beat: Beat, quotations: int, random: Random, taken: set[str]) -> Iterator[str]:
    for _ in range(quotations):
        said = _filled(random.choice(beat.forecasts), beat, random)
        while said in taken or len(said) < QUOTED:
            said = _filled(random.choice(beat.forecasts), beat, random)
        taken.add(said)
        yield said


def _filler(beat: Beat, random: Random) -> str:
    return _filled(random.choice(BETWEEN), beat, random)


def _filled(pattern: str, beat: Beat, random: Random) -> str:
    who = random.choice(beat.people)
    text = pattern.format(
        matter=random.choice(beat.matters),
        place=random.choice(beat.places),
        who=who,
        Who=who[0].upper() + who[1:],
        day=random.choice(DAYS),
        n=random.randint(3, 97),
        m=random.randint(2, 40),
    )
    return text[0].upper() + text[1:]
