"""What each list is for: the question that it answers, its saved filters, what fills it.

One entry a noun, by the name of its model. `{me}` in a filter is whoever is at work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.roles import Verb


@dataclass(frozen=True)
class Saved:
    """A filter under a name; only for those with a verb, where one is given."""

    words: str
    query: str
    verb: Verb | None = None


@dataclass(frozen=True)
class Guide:
    """A list in words.

    `question` stands above it, `empty` where nothing is found, `columns` (heading, way from the
    row) are in its file beside what the page shows. `title` is what people call the rows, where
    the model's own name is another.
    """

    question: str = ""
    empty: str = ""
    saved: tuple[Saved, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    title: str = ""


GUIDES: Mapping[str, Guide] = {
    # --- log ---
    "claim": Guide(
        "Who predicted what, in which words, and what became of it?",
        "A claim is a speaker's words about what will happen. Choose “Log a claim”: paste the"
        " article, mark the words, name the speaker.",
        (
            Saved("Logged by me", "coder__exact={me}", Verb.LOG),
            Saved("Drafts", "state__exact=draft", Verb.LOG),
            Saved("My drafts", "coder__exact={me}&state__exact=draft", Verb.LOG),
            Saved("Coded after the outcome", "coded_after_outcome__exact=1", Verb.CODE),
            Saved("Withdrawn", "state__in=retracted,misquote", Verb.CODE),
        ),
        (
            ("UUID", "uuid"),
            ("Exact words", "quotation.exact"),
            ("Said, in the text's words", "quotation.said_words"),
            ("Deadline, in the speaker's words", "proposition.deadline_words"),
            ("Hedge", "hedge"),
            ("p low (permille)", "p_low"),
            ("p point (permille)", "p_point"),
            ("p high (permille)", "p_high"),
            ("Proposition", "proposition.statement"),
            ("Source", "quotation.snapshot.source.url"),
        ),
    ),
    "proposition": Guide(
        "What can the world settle, by when, and where does it stand?",
        "A proposition is one neutral sentence that the world can make wrong. It is made with the"
        " claim that speaks to it, or here.",
        (
            Saved("Due", "standing=due"),
            Saved("Overdue", "standing=overdue"),
            Saved("Due this week", "standing=soon"),
            Saved("Being judged", "standing=judged"),
            Saved("Waiting", "standing=waiting"),
            Saved("Resolved", "standing=resolved"),
            Saved("Drafts", "standing=draft", Verb.LOG),
        ),
        (("UUID", "uuid"), ("Whole statement", "statement"), ("Criteria", "criteria")),
    ),
    "duplicate": Guide(
        "Which records are held to be one, and who has yet to agree?",
        "“Likely duplicates” shows what may be the same. Whoever proposes a merge, somebody else"
        " confirms it.",
        (
            Saved("Needs my decision", "waiting=me"),
            Saved("Proposed", "state__exact=proposed"),
            Saved("Merged", "state__exact=merged"),
            Saved("Rejected", "state__exact=rejected"),
        ),
    ),
    "source": Guide(
        "Which pages do we quote, and have we looked at all of each?",
        "A source is a page with an address, or a book. It is made with the first claim from it,"
        " or here.",
        columns=(("Address", "url"), ("UUID", "uuid")),
    ),
    "capture": Guide(
        "Which pages were fetched, which were not, and why?",
        "A capture keeps a page as it was. Choose “New article” to bring one, or “Fetch this"
        " page” on a source.",
        (
            Saved("Failed", "status__in=failed,blocked"),
            Saved("Under way", "status__in=queued,running"),
            Saved("Asked for by me", "requested_by__exact={me}", Verb.LOG),
        ),
    ),
    "import": Guide(
        "Which files of claims were taken, which were refused, and why?",
        "An import takes a file of claims as a whole. Choose “Import a file”; it is checked first.",
        (
            Saved("Refused or failed", "state__in=refused,failed"),
            Saved("Under way", "state__in=queued,running"),
        ),
    ),
    "snapshot": Guide(
        "What did each page say when it was captured?",
        "A snapshot is the text of a page at a moment. It comes with a claim's article or a"
        " capture.",
        (
            Saved("Whole pages", "completeness__exact=full"),
            Saved("Excerpts", "completeness__exact=excerpt"),
        ),
    ),
    "quotation": Guide(
        "Which exact words are kept, and how did they reach us?",
        "A quotation is provable to the character. It is made by logging a claim.",
        columns=(("Exact words", "exact"), ("UUID", "uuid")),
    ),
    "anchoring": Guide(
        "Where does a page say otherwise now than when it was quoted?",
        "Each new capture looks for every quotation of its page. What is no longer there, or reads"
        " otherwise, stands here until somebody has looked.",
        (Saved("Nobody has looked", "waiting=alarm"),),
        title="changed words",
    ),
    "distortion": Guide(
        "Where was a hedge sharpened or dropped on the way?",
        "A distortion is noted on a quotation: the words elsewhere in the page that say more than"
        " the speaker did.",
    ),
    # --- judge ---
    "round": Guide(
        "What is being judged, and whose move is it?",
        "A round opens on a proposition that is due: choose “Open a round” on its page. The worker"
        " opens those whose deadline has passed.",
        (
            Saved("Mine", "waiting=me", Verb.JUDGE),
            Saved("Judges differ", "waiting=adjudicator"),
            Saved("To be resolved", "waiting=editor"),
            Saved("Under way", "closed_at__isnull=1"),
        ),
    ),
    "assignment": Guide(
        "Who is asked to judge what?",
        "An editor may give a seat to a judge on the round's page; without, any judge may answer.",
        title="seats",
    ),
    "override": Guide(
        "Who judges in spite of the separation of duties, and why?",
        "Good: nobody. An editor may let somebody judge what they coded, with a reason that is"
        " listed here for ever.",
        title="exceptions",
    ),
    "outcome": Guide(
        "What happened, when, and who says so?",
        "An outcome is a dated fact with its sources. Judges cite it; it is added here or on the"
        " proposition's page.",
        (
            Saved("Something happened", "found_nothing__exact=0"),
            Saved("Searched, found nothing", "found_nothing__exact=1"),
        ),
    ),
    "verdict": Guide(
        "How did each judge answer?",
        "A verdict is one judge's answer to a round. It shows here once it may be seen.",
        (Saved("Mine", "judge__exact={me}", Verb.JUDGE),),
    ),
    "reading": Guide(
        "How did people read the hedge words of a claim?",
        "A reading is what one reader takes the words to mean, before they see what others took.",
        (Saved("Mine", "reader__exact={me}", Verb.READ_WORDS),),
    ),
    # --- publish ---
    "resolution": Guide(
        "What was decided, and what keeps it from being published?",
        "A resolution follows a round whose judges agree or were adjudicated: choose “Resolve” on"
        " the round's page.",
        (
            Saved("Awaiting publication", "standing=awaiting"),
            Saved("Reply window over", "standing=ready"),
            Saved("Awaiting a reply", "standing=asked"),
            Saved("Speaker replied", "standing=answered"),
            Saved("Published", "standing=published"),
        ),
    ),
    "reply": Guide(
        "What did speakers answer?",
        "A reply comes through a link that an editor sends: choose “Ask for a reply” on the"
        " resolution's page.",
    ),
    "externalreview": Guide(
        "What did other publishers find, in their own words?",
        "Reviews come in by the API, as ClaimReview: POST external-reviews/.",
        title="reviews of others",
    ),
    "webhook": Guide(
        "Which servers are told what happens, and do they take it?",
        "Add one with its address; its secret is shown once.",
        (Saved("Disabled", "state__exact=disabled", Verb.CURATE),),
    ),
    "delivery": Guide(
        "Which messages were taken, and what was answered?",
        "Messages are filed as things happen, one for every webhook that wants them.",
        (
            Saved("Failed", "state__exact=failed", Verb.CURATE),
            Saved("Waiting", "state__exact=waiting", Verb.CURATE),
        ),
    ),
    "replylink": Guide(
        "Whom did we ask for a reply, and until when can they answer?",
        "Choose “Ask for a reply” on a resolution that is not yet published.",
    ),
    "dispute": Guide(
        "Who objects to what, and what was ruled?",
        "A dispute is filed on a resolution's page, by anybody with a ground.",
        (Saved("Needs a decision", "ruling=pending"),),
    ),
    # --- scores ---
    "scoreitem": Guide(
        "Which claim counts with which probability against which outcome?",
        "A score item follows from a published resolution; nobody writes one.",
    ),
    "scorerun": Guide(
        "Which tables were published, and can they be computed again?",
        "A table is published through the API (POST score-runs/); anybody can verify it.",
        title="published tables",
    ),
    "benchmark": Guide(
        "What would somebody have said who knew only the base rate?",
        "A base rate, market price or crowd forecast is added on the proposition's page; it must"
        " be older than the outcome.",
        title="base rates",
    ),
    # --- reference ---
    "person": Guide(
        "Who speaks, and under which names?",
        "A person is made with their first claim, or here.",
        (
            Saved("Standing", "merged_into__isnull=1"),
            Saved("Merged into another", "merged_into__isnull=0"),
        ),
        (("Slug", "slug"), ("UUID", "uuid")),
    ),
    "organisation": Guide(
        "For whom do people speak, and who prints it?",
        "An organisation is made with the first claim of somebody who speaks for it, or here.",
        (
            Saved("Media", "kind__exact=media"),
            Saved("Standing", "merged_into__isnull=1"),
            Saved("Merged into another", "merged_into__isnull=0"),
        ),
        (("Slug", "slug"), ("UUID", "uuid")),
    ),
    "affiliation": Guide(
        "Who spoke for whom, as what, and when?",
        "An affiliation ties a person to an organisation for a time; it is made with a claim that"
        " names both, or here.",
    ),
    "topic": Guide(
        "What are claims about?",
        "A topic gathers propositions; topics form a tree.",
        columns=(("Slug", "slug"), ("UUID", "uuid")),
    ),
    "hedgeterm": Guide(
        "What do readers take each phrase to mean, and who measured it?",
        "A new lexicon is added through the API.",
    ),
    "lexicon": Guide(
        "Which dictionary of hedges was in force when?", "The lexicon comes with the tracker."
    ),
    "calendarfeed": Guide(
        "Which calendars read what comes due?",
        "A calendar is an address that your calendar program reads: choose “Add”.",
        title="my calendar",
    ),
    # --- operations ---
    "user": Guide(
        "Who works here, as what, and when were they last seen?",
        "Add a user and give them a role: coder, judge, editor or admin.",
        (
            Saved("Active", "is_active__exact=1"),
            Saved("Deactivated", "is_active__exact=0"),
            Saved("Never logged in", "last_login__isnull=1"),
        ),
    ),
    "token": Guide(
        "Who has a token for the API, and until when?",
        "A script shows a token instead of a password. Choose “Add”: it is shown once.",
    ),
    "procrastinatejob": Guide(
        "What has the worker done, what waits, and what went wrong?",
        "Nothing has been asked of the worker yet: it fetches pages, opens due rounds and sends"
        " letters. Start it with manage.py work.",
        (
            Saved("Failed", "status__exact=failed"),
            Saved("Waiting", "status__exact=todo"),
            Saved("Running", "status__exact=doing"),
        ),
        title="jobs",
    ),
}
